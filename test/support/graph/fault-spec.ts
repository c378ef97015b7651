import { z } from 'zod';
import { ROUTE_NAMES } from './route-name.ts';

const scope = {
  /** Routes that it hits, all without. */
  route: z.union([z.enum(ROUTE_NAMES), z.array(z.enum(ROUTE_NAMES))]).optional(),
  /** Name of the token that it hits, all without. */
  token: z.string().optional(),
  /** Requests that it hits before it is over; until cleared without. */
  times: z.int().min(1).optional(),
  /** Requests that it lets pass first. */
  skip: z.int().min(0).optional(),
};

const code = z.int();
const subcode = z.int().optional();

/** A fault as tests, and other processes over HTTP, switch it on. */
export const faultSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    ...scope,
    kind: z.literal('error'),
    code,
    subcode,
    /** Graph's own words without; `{token}` stands for the raw token, which Graph sometimes repeats. */
    message: z.string().optional(),
    status: z.int().min(200).max(599).optional(),
    transient: z.boolean().optional(),
  }),
  /** The error body of `code`, under status 200. */
  z.strictObject({ ...scope, kind: z.literal('error-in-200'), code: code.default(1), subcode }),
  z.strictObject({ ...scope, kind: z.literal('bare-500') }),
  z.strictObject({ ...scope, kind: z.literal('html-502') }),
  z.strictObject({ ...scope, kind: z.literal('empty-503') }),
  /** Half of the right answer, under a content length that fits the half. */
  z.strictObject({ ...scope, kind: z.literal('truncated-json') }),
  /** Half of the right answer, the rest after so many milliseconds, or on release. */
  z.strictObject({ ...scope, kind: z.literal('slow-body'), delayMs: z.number().min(0).optional() }),
  /** No answer until released; then the right one. */
  z.strictObject({ ...scope, kind: z.literal('hang') }),
  /** The connection is cut, without a byte or after half of the body. */
  z.strictObject({ ...scope, kind: z.literal('reset') }),
  z.strictObject({ ...scope, kind: z.literal('reset-mid-body') }),
  /** A throttle error until the regain time has passed on the server's clock; headers say so too. */
  z.strictObject({
    ...scope,
    kind: z.literal('throttle'),
    code: code.default(80_004),
    subcode,
    regainSeconds: z.number().min(0),
  }),
  /** A permission error: codes 3, 10, 200 to 299. */
  z.strictObject({ ...scope, kind: z.literal('permission'), code: code.default(200), subcode }),
  /** Refuses pages above a limit: code 1, or 100/1487534, 100/1504018, 2/1504038. */
  z.strictObject({
    ...scope,
    kind: z.literal('too-much-data'),
    aboveLimit: z.int().min(0),
    code: code.default(1),
    subcode,
  }),
  /** Any answer at all. */
  z.strictObject({
    ...scope,
    kind: z.literal('body'),
    status: z.int().min(200).max(599).default(200),
    contentType: z.string().default('application/json; charset=UTF-8'),
    body: z.string(),
  }),
]);

export type FaultSpec = z.input<typeof faultSpec>;
export type Fault = z.output<typeof faultSpec>;
