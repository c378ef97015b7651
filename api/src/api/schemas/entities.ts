import { z } from 'zod';
import type { DeliveryTotals } from '../../analytics/performance-analyzer.ts';
import type { Attribution } from '../../domain/attribution.ts';
import type { Campaign, CampaignWithInsights, Insights } from '../../domain/campaign.ts';
import type { Confidence } from '../../domain/confidence.ts';
import type { Spent } from '../../domain/spent.ts';

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
  budget_remaining: money.nullable().meta({ description: 'Of a lifetime budget, what is not spent yet' }),
  start_time: z.string().nullable(),
  stop_time: z.string().nullable().meta({
    description: 'A campaign whose end has passed keeps its status ACTIVE, and is not counted as active',
  }),
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

export const results = z
  .strictObject({
    type: z.enum(['purchases', 'leads', 'link_clicks', 'engagements', 'reach', 'app_installs']),
    count: z.number().nullable(),
    cost: money.nullable(),
    complete: z.boolean(),
    note: z.string().optional(),
  })
  .nullable()
  .meta({
    description: 'What the campaign came to by its objective; not complete while Facebook still counts',
  });

export const campaignWithInsights = z.strictObject({
  ...campaignFields,
  insights: insights.nullable().meta({ description: 'Null when nothing was delivered in the period' }),
  results: results.optional(),
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

export const attribution = z
  .strictObject({
    setting: z.literal('account'),
    description: z.string(),
    settles_after_days: z.int(),
  })
  .meta({ description: 'Which conversions the figures count' }) satisfies z.ZodType<Attribution>;

/** What goes with every answer that shows figures. */
export const groundsFields = {
  account_status: z
    .int()
    .nullable()
    .meta({ description: "Facebook's status of the ad account: 1 delivers; 2, 3, 7, 8, 9, 100, 101 do not" }),
  warnings: z.array(z.string()).meta({ description: 'What to know before acting on the figures' }),
  attribution,
};

export const spent = z
  .strictObject({
    account: money,
    campaigns: money,
    archived: money,
    deleted: money,
    unattributed: money,
  })
  .meta({
    description:
      "Whose spend it is: the account's total is that of listed, archived and deleted campaigns and of no known one",
  }) satisfies z.ZodType<Spent>;

export const confidence = z
  .strictObject({ level: z.enum(['high', 'medium', 'low']), reason: z.string() })
  .meta({ description: 'How far the figures carry it, and why no further' }) satisfies z.ZodType<Confidence>;
