import { z } from 'zod';
import type { ReallocationPlan, Suggestion } from '../../automation/campaign-optimizer.ts';
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

const thresholds = z.strictObject({ ctr_threshold: z.number(), cpa_threshold: z.number() });

export const suggestion = z.strictObject({
  campaign_id: z.string(),
  name: z.string(),
  action: z.enum(['pause', 'increase_budget', 'decrease_budget']),
  reason: z.string().meta({ examples: ['CTR of 0.52 % is under 1.00 %'] }),
  budget_type: z.enum(['daily', 'lifetime']).nullable(),
  current_budget: z.number().nullable(),
  suggested_budget: z.number().nullable(),
}) satisfies z.ZodType<Suggestion>;

export const reallocationPlan = z.strictObject({
  underperforming: z.int().min(0),
  excellent: z.int().min(0),
  freed: z.strictObject({ daily: z.number(), lifetime: z.number() }),
  decreases: z.array(suggestion),
  increases: z.array(suggestion),
}) satisfies z.ZodType<ReallocationPlan>;

export const suggestionsAnswer = z.strictObject({ thresholds, suggestions: z.array(suggestion) });

export const reallocationAnswer = z.strictObject({ thresholds, plan: reallocationPlan });

export const suggestionHistoryAnswer = z.strictObject({
  suggestions: z
    .array(
      z.strictObject({
        at: z.iso.datetime(),
        kind: z.enum(['pause', 'budget', 'reallocation']),
        suggestions: z.array(z.union([suggestion, reallocationPlan])),
      }),
    )
    .meta({ description: 'The newest first' }),
});
