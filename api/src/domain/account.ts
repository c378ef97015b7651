/** What of an ad account decides how its figures are read. */
export interface AccountFacts {
  /** ISO 4217; empty when it is not known. */
  currency: string;
  /** Graph's `account_status`; null when Graph does not say. */
  account_status: number | null;
  /** The least daily budget that Facebook takes, major units; null when Graph does not say. */
  min_daily_budget: number | null;
}

/** For rows whose account is not at hand: nothing is held against it. */
export const UNKNOWN_ACCOUNT: AccountFacts = { currency: '', account_status: null, min_daily_budget: null };

/** Graph's names of `account_status`. */
const STATUS_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'ACTIVE'],
  [2, 'DISABLED'],
  [3, 'UNSETTLED'],
  [7, 'PENDING_RISK_REVIEW'],
  [8, 'PENDING_SETTLEMENT'],
  [9, 'IN_GRACE_PERIOD'],
  [100, 'PENDING_CLOSURE'],
  [101, 'CLOSED'],
  [201, 'ANY_ACTIVE'],
  [202, 'ANY_CLOSED'],
]);
const DELIVERING: ReadonlySet<number> = new Set([1, 201]);

/** Whether anything of the account can deliver; a status that is not told speaks for nothing. */
export function accountDelivers(status: number | null | undefined): boolean {
  return status === null || status === undefined || DELIVERING.has(status);
}

/** What a person has to know of the account before anything else; null when all is well. */
export function accountWarning(status: number | null | undefined): string | null {
  if (status === null || status === undefined || accountDelivers(status)) return null;
  const name = STATUS_NAMES.get(status) ?? 'of a status that is not known';
  return `The ad account is ${name} (account_status ${status}): none of its campaigns delivers`;
}
