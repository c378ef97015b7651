import type { CampaignWithInsights } from '../domain/campaign.ts';

/** A day (`YYYY-MM-DD`) and the IANA name of the time zone whose day it is. */
export interface AccountDay {
  date: string;
  timezone: string;
}

export function dayBefore(day: AccountDay): AccountDay {
  const date = new Date(`${day.date}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return { ...day, date: date.toISOString().slice(0, 10) };
}

/**
 * The day whose delivery these rows are: what Facebook says, or `otherwise` when nothing was delivered.
 * @param campaigns with the delivery of one day
 */
export function deliveryDay(campaigns: readonly CampaignWithInsights[], otherwise: AccountDay): AccountDay {
  const delivered = campaigns.find(({ insights }) => insights !== null);
  return { ...otherwise, date: delivered?.insights?.date_start ?? otherwise.date };
}
