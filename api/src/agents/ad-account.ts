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
}

export const AD_ACCOUNT_FIELDS = ['id', 'name', 'currency', 'timezone_name', 'account_status'] as const;

/** @throws {GraphProtocolError} when Graph names no account, currency or time zone. */
export function toAdAccount(row: Readonly<Record<string, unknown>>): AdAccount {
  const { id, name, currency, timezone_name, account_status } = row;
  if (typeof id !== 'string' || typeof currency !== 'string' || typeof timezone_name !== 'string') {
    throw new GraphProtocolError({ reason: 'account' });
  }
  return {
    id,
    name: typeof name === 'string' ? name : id,
    currency,
    timezone_name,
    account_status: typeof account_status === 'number' ? account_status : null,
  };
}
