import { z } from 'zod';
import type { ReallocationPlan, Suggestion } from '../../automation/campaign-optimizer.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { DEFAULT_THRESHOLDS } from '../../domain/default-thresholds.ts';
import { queryInteger } from './common.ts';
import { confidence, groundsFields, results } from './entities.ts';

const positive = z.number('must be a number').positive('must be above 0');

/** Strict: a misspelt threshold would otherwise be ignored and its default used. */
export const thresholdsBody = z.strictObject({
  ctr_threshold: positive
    .default(DEFAULT_THRESHOLDS.ctr_threshold)
    .meta({ description: 'Clicks per 100 impressions' }),
  cpa_threshold: positive.default(DEFAULT_THRESHOLDS.cpa_threshold).meta({
    description: "For a result of the campaign's objective; in the account's currency, major units",
  }),
});

export const suggestionsQuery = z.object({
  limit: queryInteger({ min: 1, max: 100, fallback: 20 }),
});

const thresholds = z.strictObject({ ctr_threshold: z.number(), cpa_threshold: z.number() });

const rate = z.number().nullable();

const evidence = z
  .strictObject({
    period: z.strictObject({ since: z.string(), until: z.string() }),
    objective: z.string().nullable(),
    aim: z.enum(['sales', 'leads', 'traffic', 'engagement', 'awareness', 'app', 'unknown']),
    impressions: z.number(),
    clicks: z.number(),
    spend: z.number(),
    ctr: rate,
    conversions: z.number(),
    revenue: z.number(),
    cpa: rate,
    roas: rate,
    results,
    budget_remaining: rate,
  })
  .meta({ description: 'The figures that the suggestion rests on' }) satisfies z.ZodType<Evidence>;

export const suggestion = z.strictObject({
  campaign_id: z.string(),
  name: z.string(),
  action: z.enum(['pause', 'increase_budget', 'decrease_budget']),
  reason: z.string().meta({ examples: ['CTR of 0.52 % is under 1.00 %'] }),
  budget_type: z.enum(['daily', 'lifetime']).nullable(),
  current_budget: z.number().nullable(),
  suggested_budget: z.number().nullable(),
  evidence,
  confidence,
}) satisfies z.ZodType<Suggestion>;

export const reallocationPlan = z.strictObject({
  underperforming: z.int().min(0),
  excellent: z.int().min(0),
  freed: z.strictObject({ daily: z.number(), lifetime: z.number() }),
  decreases: z.array(suggestion),
  increases: z.array(suggestion),
}) satisfies z.ZodType<ReallocationPlan>;

export const suggestionsAnswer = z.strictObject({
  thresholds,
  suggestions: z.array(suggestion),
  ...groundsFields,
});

export const reallocationAnswer = z.strictObject({ thresholds, plan: reallocationPlan, ...groundsFields });

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
