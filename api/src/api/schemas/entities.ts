import { z } from 'zod';
import type { DeliveryTotals } from '../../analytics/performance-analyzer.ts';
import type { Campaign, CampaignWithInsights, Insights } from '../../domain/campaign.ts';

const count = z.int().min(0);
const money = z.number().meta({ description: "Major units of the account's currency" });
const rate = (description: string) => z.number().nullable().meta({ description });

const campaignFields = {
  id: z.string().meta({ examples: ['120210000000001'] }),
  name: z.string(),
  status: z.string().meta({ examples: ['ACTIVE'] }),
  effective_status: z.string().meta({ description: 'Status with that of the account taken into account' }),
  objective: z
    .string()
    .nullable()
    .meta({ examples: ['OUTCOME_SALES'] }),
  daily_budget: money.nullable(),
  lifetime_budget: money.nullable(),
  created_time: z.string().meta({ examples: ['2026-01-31T12:00:00+0000'] }),
  updated_time: z.string(),
};

export const campaign = z.strictObject(campaignFields) satisfies z.ZodType<Campaign>;

const rates = {
  ctr: rate('Clicks per 100 impressions; null without impressions'),
  cpc: rate('Spend per click; null without clicks'),
  cpa: rate('Spend per conversion; null without conversions'),
  roas: rate('Revenue per unit of spend; null without spend'),
};

export const insights = z.strictObject({
  date_start: z.iso.date(),
  date_stop: z.iso.date(),
  impressions: count,
  clicks: count,
  reach: count,
  spend: money,
  cpm: rate('Spend per 1,000 impressions; null without impressions'),
  conversions: z.number().meta({ description: 'Purchases, each counted once' }),
  revenue: money,
  ...rates,
}) satisfies z.ZodType<Insights>;

export const campaignWithInsights = z.strictObject({
  ...campaignFields,
  insights: insights.nullable().meta({ description: 'Null when nothing was delivered in the period' }),
}) satisfies z.ZodType<CampaignWithInsights>;

export const deliveryTotalsFields = {
  spend: money,
  impressions: count,
  clicks: count,
  conversions: z.number(),
  revenue: money,
  ...rates,
};

export const deliveryTotals = z.strictObject(deliveryTotalsFields) satisfies z.ZodType<DeliveryTotals>;
