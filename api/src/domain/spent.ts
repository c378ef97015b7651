import type { CampaignWithInsights, Insights } from './campaign.ts';

/** What was spent, major units: `account` is the sum of the others. */
export interface Spent {
  /** The account's own total: what Facebook bills. */
  account: number;
  /** Of campaigns that Facebook lists. */
  campaigns: number;
  /** Of archived campaigns. */
  archived: number;
  /** Of deleted campaigns. */
  deleted: number;
  /** The account's total less all of these: what no campaign answers for. */
  unattributed: number;
}

/**
 * Adds up what campaigns spent and names what they lack of the account's total.
 * @param account the account's own row, where it was asked for
 */
export function spentOf(
  campaigns: readonly Pick<CampaignWithInsights, 'effective_status' | 'insights'>[],
  account?: Insights | null,
): Spent {
  const of = (test: (status: string) => boolean) =>
    cents(
      campaigns.reduce(
        (sum, { effective_status, insights }) =>
          test(effective_status) ? sum + (insights?.spend ?? 0) : sum,
        0,
      ),
    );
  const archived = of((status) => status === 'ARCHIVED');
  const deleted = of((status) => status === 'DELETED');
  const listed = of((status) => status !== 'ARCHIVED' && status !== 'DELETED');
  const known = cents(listed + archived + deleted);
  const total = account ? cents(account.spend) : known;
  return { account: total, campaigns: listed, archived, deleted, unattributed: cents(total - known) };
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100 + 0;
}
