import { type AccountFacts, accountWarning, UNKNOWN_ACCOUNT } from './account.ts';
import type { Moment } from './activity.ts';
import { ATTRIBUTION, type Attribution } from './attribution.ts';
import type { CampaignWithInsights, Insights } from './campaign.ts';

/** An account's campaigns over a period, with all that their figures have to be read by. */
export interface AccountReport {
  /** When it was read. */
  now: Date;
  account: AccountFacts;
  /** The account's own total; null without delivery, undefined when it was not asked for. */
  total?: Insights | null;
  campaigns: CampaignWithInsights[];
}

/** What campaigns are read against where nothing is known beside them. */
export function atThisMoment(): Moment & { account: AccountFacts } {
  return { now: new Date(), account: UNKNOWN_ACCOUNT };
}

/** What goes with every answer that shows figures. */
export interface Grounds {
  /** Graph's status of the ad account. */
  account_status: number | null;
  /** What has to be known before the figures are acted on. */
  warnings: string[];
  attribution: Attribution;
}

export function groundsOf({ account: { account_status } }: Pick<AccountReport, 'account'>): Grounds {
  const warning = accountWarning(account_status);
  return { account_status, warnings: warning === null ? [] : [warning], attribution: ATTRIBUTION };
}
