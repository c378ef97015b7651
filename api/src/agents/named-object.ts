import { NotFoundError } from '../errors.ts';
import { GraphBadQueryError, GraphPermissionError } from './graph-errors.ts';

/** Objects that callers name by id. */
export type ObjectKind = 'campaign' | 'ad';

/** How Graph says that an id means nothing to this token: 803, or 2500 for an object without the edge. */
const UNKNOWN_OBJECT_CODES: readonly unknown[] = [803, 2500];

/**
 * Runs a call on an object that a caller named.
 * @param alsoMissing what else, for this call, means that there is no such object.
 * @throws {NotFoundError} when Graph does not know the object, or does not show it to this token.
 */
export async function readNamed<T>(
  kind: ObjectKind,
  id: string,
  call: () => Promise<T>,
  alsoMissing: (error: unknown) => boolean = () => false,
): Promise<T> {
  if (!/^\d{1,32}$/.test(id)) throw notFound(kind, id);
  try {
    return await call();
  } catch (cause) {
    if (isUnknownObject(cause) || alsoMissing(cause)) throw notFound(kind, id, cause);
    throw cause;
  }
}

/**
 * A token may reach several accounts, and an id may be another kind's: neither is answered.
 * @throws {NotFoundError} when the row says that it belongs to something else.
 */
export function assertOwned(row: unknown, named: { kind: ObjectKind; id: string; accountId: string }): void {
  const { account_id: owner, [`${named.kind}_id`]: self } = row as Readonly<Record<string, unknown>>;
  const foreign = typeof owner === 'string' && owner !== named.accountId;
  if (foreign || (self !== undefined && self !== named.id)) throw notFound(named.kind, named.id);
}

/** Code 100 on the object itself: it is of another kind, and lacks the fields that were asked for. */
export function lacksFields(error: unknown): boolean {
  return error instanceof GraphBadQueryError && error.fault.code === 100;
}

function isUnknownObject(error: unknown): boolean {
  if (error instanceof GraphPermissionError) return error.fault.code === 100;
  return error instanceof GraphBadQueryError && UNKNOWN_OBJECT_CODES.includes(error.fault.code);
}

function notFound(kind: ObjectKind, id: string, cause?: unknown): NotFoundError {
  return new NotFoundError(`No ${kind} with id ${id}`, { cause });
}
