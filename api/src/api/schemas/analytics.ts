import { z } from 'zod';
import type { CampaignScore, Dashboard, Trend } from '../../analytics/performance-analyzer.ts';
import { datePreset } from './common.ts';
import {
  attribution,
  confidence,
  deliveryTotals,
  deliveryTotalsFields,
  groundsFields,
  results,
  spent,
} from './entities.ts';

export const analyticsQuery = z.object({ date_preset: datePreset.default('last_30d') });

const campaignHead = { campaign_id: z.string(), name: z.string(), status: z.string() };

export const dashboardAnswer = z.strictObject({
  date_preset: datePreset,
  dates: z
    .strictObject({ start: z.iso.date(), stop: z.iso.date() })
    .nullable()
    .meta({ description: 'The days covered; null when nothing was delivered' }),
  totals: z.strictObject({
    campaigns: z.int().min(0),
    active_campaigns: z
      .int()
      .min(0)
      .meta({ description: 'Those that can deliver now: by status, dates and account' }),
    ...deliveryTotalsFields,
  }),
  spent,
  top_campaigns: z
    .array(z.strictObject({ ...campaignHead, ...deliveryTotalsFields }))
    .max(10)
    .meta({ description: 'Those that spent most, first the dearest' }),
  ...groundsFields,
}) satisfies z.ZodType<Dashboard>;

const campaignScore = z.strictObject({
  ...campaignHead,
  objective: z.string().nullable(),
  score: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .meta({ description: 'Null without delivery, and while purchases are missing' }),
  rating: z.enum(['excellent', 'good', 'average', 'poor']).nullable(),
  results,
  confidence: confidence.nullable(),
  ...deliveryTotalsFields,
}) satisfies z.ZodType<CampaignScore>;

export const performanceAnswer = z.strictObject({
  date_preset: datePreset,
  campaigns: z.array(campaignScore).meta({ description: 'The best score first' }),
  ...groundsFields,
});

const daily = {
  spend: z.number(),
  impressions: z.number(),
  clicks: z.number(),
  conversions: z.number(),
  revenue: z.number(),
};
const change = z.number().nullable();

const trend = z.strictObject({
  days: z.int(),
  date_preset: datePreset,
  totals: deliveryTotals,
  daily_average: z.strictObject(daily),
  change: z
    .strictObject({
      spend: change,
      impressions: change,
      clicks: change,
      conversions: change,
      revenue: change,
      ctr: change,
      cpc: change,
      cpa: change,
      roas: change,
    })
    .nullable()
    .meta({ description: 'Per cent against the next longer period; null for the longest' }),
}) satisfies z.ZodType<Trend>;

export const trendsAnswer = z.strictObject({ trends: z.array(trend), attribution });
