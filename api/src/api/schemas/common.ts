import { z } from 'zod';
import { DATE_PRESETS } from '../../domain/period.ts';

/** A Graph object's id. */
export const graphId = z
  .string('must be digits')
  .regex(/^\d{1,30}$/, 'must be digits')
  .meta({ description: "Graph's id of the object", examples: ['120210000000001'] });

export const datePreset = z
  .enum(DATE_PRESETS, { error: `must be one of ${DATE_PRESETS.join(', ')}` })
  .meta({ description: "Relative range of days in the ad account's time zone" });

/**
 * A whole number in a query string: plain digits, so that `1e3`, `0x10` and ` 5` are refused.
 * `wire` is what the OpenAPI document says of it.
 */
export function queryInteger({ min, max, fallback }: { min: number; max: number; fallback: number }) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string({ error: message })
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.int().min(min, message).max(max, message))
    .default(fallback)
    .meta({
      description: 'How many at most',
      wire: { type: 'integer', minimum: min, maximum: max, default: fallback },
    });
}
