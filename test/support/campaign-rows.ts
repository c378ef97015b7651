import fc from './fast-check.ts';
import type { CampaignWithInsights, Insights } from '../../api/src/domain/campaign.ts';
import { depth } from './depth.ts';

/** For `fc.assert`: the same cases on every run. */
export const SEEDED = { seed: 20_260_301, numRuns: depth(200, 50) };

type Delivery = Pick<Insights, 'impressions' | 'clicks' | 'reach' | 'spend' | 'conversions' | 'revenue'>;

/** Insights of 2026-03-01 whose rates follow from the counts. */
export function insightsRow(delivery: Partial<Delivery> = {}): Insights {
  const counts = { impressions: 1000, clicks: 20, spend: 30, conversions: 2, revenue: 60, ...delivery };
  const row = { reach: counts.impressions, ...counts };
  const over = (value: number, base: number) => (base === 0 ? null : value / base);
  return {
    date_start: '2026-03-01',
    date_stop: '2026-03-01',
    ...row,
    ctr: over(row.clicks * 100, row.impressions),
    cpc: over(row.spend, row.clicks),
    cpm: over(row.spend * 1000, row.impressions),
    cpa: over(row.spend, row.conversions),
    roas: over(row.revenue, row.spend),
  };
}

/** An active sales campaign with a daily budget of 100. */
export function campaignRow(fields: Partial<CampaignWithInsights> = {}): CampaignWithInsights {
  return {
    id: '1',
    name: `Campaign ${fields.id ?? '1'}`,
    status: 'ACTIVE',
    effective_status: 'ACTIVE',
    objective: 'OUTCOME_SALES',
    daily_budget: 100,
    lifetime_budget: null,
    budget_remaining: null,
    start_time: null,
    stop_time: null,
    created_time: '2026-01-01T00:00:00+0000',
    updated_time: '2026-01-01T00:00:00+0000',
    insights: insightsRow(),
    ...fields,
  };
}

const cents = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((value) => value / 100);

export const anyInsights: fc.Arbitrary<Insights> = fc
  .record({
    impressions: fc.integer({ min: 0, max: 100_000 }),
    clicks: fc.integer({ min: 0, max: 3000 }),
    spend: cents(5000),
    conversions: fc.integer({ min: 0, max: 60 }),
    revenue: cents(20_000),
  })
  .map((row) => insightsRow({ ...row, clicks: Math.min(row.clicks, row.impressions) }));

const anyBudget = fc.oneof(
  cents(1000).map((value) => ({ daily_budget: value, lifetime_budget: null })),
  cents(50_000).map((value) => ({ daily_budget: null, lifetime_budget: value })),
  fc.constant({ daily_budget: null, lifetime_budget: null }),
);

/** Up to thirty campaigns with ids of their own. */
export const anyCampaigns: fc.Arbitrary<CampaignWithInsights[]> = fc
  .array(
    fc.record({
      insights: fc.option(anyInsights, { nil: null }),
      budget: anyBudget,
      objective: fc.constantFrom('OUTCOME_SALES', 'OUTCOME_TRAFFIC', null),
    }),
    { maxLength: 30 },
  )
  .map((rows) =>
    rows.map(({ insights, budget, objective }, index) =>
      campaignRow({ id: String(1000 + index), objective, insights, ...budget }),
    ),
  );
