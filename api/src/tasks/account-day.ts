import type { AdAccount } from '../agents/ad-account.ts';
import { calendarDay } from '../agents/calendar-day.ts';
import type { CampaignWithInsights } from '../domain/campaign.ts';

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
