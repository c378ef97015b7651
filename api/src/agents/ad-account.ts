import { budgetUnitsPerCurrencyUnit } from '../domain/currency.ts';
import { GraphProtocolError } from './graph-errors.ts';

/** The ad account of an agent, under Graph's field names. */
export interface AdAccount {
  /** With its `act_` prefix. */
  id: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  /** IANA name of the time zone whose days "today" and date ranges mean. */
  timezone_name: string;
  /** 1 is active; Graph documents the others. Null when Graph does not say. */
  account_status: number | null;
  /** The least daily budget, major units. Null when Graph does not say. */
  min_daily_budget: number | null;
}

export const AD_ACCOUNT_FIELDS = [
  'id',
  'name',
  'currency',
  'timezone_name',
  'account_status',
  'min_daily_budget',
] as const;

/** @throws {GraphProtocolError} when Graph names no account, currency or time zone. */
export function toAdAccount(row: Readonly<Record<string, unknown>>): AdAccount {
  const { id, name, currency, timezone_name, account_status, min_daily_budget } = row;
  const minimum = Number(min_daily_budget ?? 0);
  if (typeof id !== 'string' || typeof currency !== 'string' || typeof timezone_name !== 'string') {
    throw new GraphProtocolError({ reason: 'account' });
  }
  return {
    id,
    name: typeof name === 'string' ? name : id,
    currency,
    timezone_name,
    account_status: typeof account_status === 'number' ? account_status : null,
    min_daily_budget: minimum > 0 ? minimum / budgetUnitsPerCurrencyUnit(currency) : null,
  };
}
