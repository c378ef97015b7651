import type { CampaignWithInsights } from '../domain/campaign.ts';
import type { AdAccount } from './ad-account.ts';
import { calendarDay } from './calendar-day.ts';

/**
 * The day (`YYYY-MM-DD` of the ad account's time zone) whose delivery these rows are: what Facebook says, or
 * `otherwise` when nothing was delivered.
 */
export function deliveryDay(campaigns: readonly CampaignWithInsights[], otherwise: string): string {
  return campaigns.find(({ insights }) => insights !== null)?.insights?.date_start ?? otherwise;
}

/** The day that it is for the account. */
export function accountDay(moment: Date, account: AdAccount | undefined): string {
  return calendarDay(moment, account?.timezone_name ?? 'UTC');
}

export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** The account's last whole day, and whose day it is. @param campaigns with the delivery of that day */
export function reportedDay(
  campaigns: readonly CampaignWithInsights[],
  account: AdAccount | undefined,
  yesterday = dayBefore(accountDay(new Date(), account)),
): { date: string; timezone: string } {
  return { date: deliveryDay(campaigns, yesterday), timezone: account?.timezone_name ?? 'UTC' };
}
