import type { z } from 'zod';
import { BadRequestError } from '../errors.ts';

/** One fault of the input: where (`limit`, `items.0.id`; empty for the whole) and what. */
export interface InputFault {
  path: string;
  message: string;
}

/**
 * What `schema` makes of `value`.
 * @throws {BadRequestError} naming every fault in one line, and one by one in the extension `errors`
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => toFault(issue, value));
  const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  throw new BadRequestError(detail, { extensions: { errors } });
}

function toFault(issue: z.core.$ZodIssue, value: unknown): InputFault {
  const path = issue.path.map(String).join('.');
  if (path === '' && issue.code === 'invalid_type') return { path, message: 'a JSON object is required' };
  if (valueAt(value, issue.path) === undefined) return { path, message: 'is required' };
  return { path, message: issue.message };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return current;
}
