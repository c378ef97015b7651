import { type AccountFacts, accountDelivers } from './account.ts';
import type { Campaign } from './campaign.ts';

/** Against what it is judged whether a campaign is active. */
export interface Moment {
  now: Date;
  account: Pick<AccountFacts, 'account_status'>;
}

/** Why a campaign does not deliver. */
export type Inactivity = 'account' | 'status' | 'scheduled' | 'ended';

/** Times this close to 1970 are Graph's way to say "none". */
const NO_TIME_BEFORE_MS = 2 * 86_400_000;

/**
 * The one notion of "active": Graph calls a campaign ACTIVE whose end has passed, whose start is to come, or whose
 * account cannot deliver. One with issues does not deliver either.
 * @returns null for an active campaign
 */
export function inactivityOf(
  campaign: Pick<Campaign, 'effective_status' | 'start_time' | 'stop_time'>,
  { now, account }: Moment,
): Inactivity | null {
  if (campaign.effective_status !== 'ACTIVE') return 'status';
  if (!accountDelivers(account.account_status)) return 'account';
  const [start, stop] = [timeOf(campaign.start_time), timeOf(campaign.stop_time)];
  if (stop !== null && stop <= now.getTime()) return 'ended';
  if (start !== null && start > now.getTime()) return 'scheduled';
  return null;
}

export function isActive(
  campaign: Pick<Campaign, 'effective_status' | 'start_time' | 'stop_time'>,
  moment: Moment,
): boolean {
  return inactivityOf(campaign, moment) === null;
}

/** Milliseconds since 1970 of one of Graph's times; null for none. */
export function timeOf(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) || time < NO_TIME_BEFORE_MS ? null : time;
}
