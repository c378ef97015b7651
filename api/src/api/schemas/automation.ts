import { z } from 'zod';
import { queryInteger } from './common.ts';

const positive = z.number('must be a number').positive('must be above 0');

/** Strict: a misspelt threshold would otherwise be ignored and its default used. */
export const thresholdsBody = z.strictObject({
  ctr_threshold: positive.default(1.0).meta({ description: 'Clicks per 100 impressions' }),
  cpa_threshold: positive.default(50).meta({ description: "In the account's currency, major units" }),
});

export const suggestionsQuery = z.object({
  limit: queryInteger({ min: 1, max: 100, fallback: 20 }),
});
