import type { Campaign } from './campaign.ts';

/** A part of the account's campaigns. */
export interface CampaignsPage {
  campaigns: Campaign[];
  /** Absent on the last page. */
  next_cursor?: string;
}
