import fc from '../../support/fast-check.ts';
import {
  planReallocation,
  type Setting,
  type Suggestion,
  suggestBudgets,
  suggestPauses,
} from '../../../api/src/automation/campaign-optimizer.ts';
import { scoreCampaigns } from '../../../api/src/analytics/performance-analyzer.ts';
import type { CampaignWithInsights } from '../../../api/src/domain/campaign.ts';
import { aimOf } from '../../../api/src/domain/objective.ts';
import type { Results } from '../../../api/src/domain/results.ts';
import { anyInsights, campaignRow, insightsRow, SEEDED } from '../../support/campaign-rows.ts';

const NOW = new Date('2026-11-28T12:00:00Z');
const thresholds = { ctr_threshold: 1, cpa_threshold: 50 };
const at = (
  currency = 'USD',
  account_status: number | null = 1,
  min_daily_budget: number | null = null,
): Setting => ({
  now: NOW,
  account: { currency, account_status, min_daily_budget },
});
const withCtr = (ctr: number, more: Partial<Parameters<typeof insightsRow>[0] & object> = {}) =>
  insightsRow({ impressions: 10_000, clicks: ctr * 100, spend: 300, conversions: 20, revenue: 900, ...more });
const leads = (count: number, cost: number | null): Results => ({
  type: 'leads',
  count,
  cost,
  complete: true,
});

test('a campaign whose end has passed frees nothing, whatever its status says', () => {
  const ended = campaignRow({
    id: '1',
    daily_budget: 1000,
    stop_time: '2026-11-20T00:00:00+0000',
    insights: withCtr(0.5),
  });
  const live = campaignRow({ id: '2', daily_budget: 100, insights: withCtr(3) });
  const plan = planReallocation([ended, live], thresholds, at());
  expect(plan).toMatchObject({ freed: { daily: 0, lifetime: 0 }, underperforming: 0, excellent: 1 });
  expect(suggestPauses([ended, live], thresholds, at())).toEqual([]);
});

test.each<[string, Partial<CampaignWithInsights>]>([
  ['a start that is to come', { start_time: '2026-12-01T00:00:00+0000' }],
  ['issues', { effective_status: 'WITH_ISSUES' }],
  ['a review', { effective_status: 'IN_PROCESS' }],
  ['a pause', { effective_status: 'PAUSED' }],
  ['deletion', { effective_status: 'DELETED' }],
])('%s takes a campaign out of every decision', (_, fields) => {
  const campaigns = [
    campaignRow({ id: '1', insights: withCtr(0.5), ...fields }),
    campaignRow({ id: '2', insights: withCtr(3), ...fields }),
  ];
  expect(suggestPauses(campaigns, thresholds, at())).toEqual([]);
  expect(suggestBudgets(campaigns, thresholds, at())).toEqual([]);
  expect(planReallocation(campaigns, thresholds, at())).toMatchObject({ underperforming: 0, excellent: 0 });
});

test.each([2, 3, 7, 8, 9, 100, 101])('nothing is decided in an account of status %i', (status) => {
  const campaigns = [
    campaignRow({ id: '1', insights: withCtr(0.5) }),
    campaignRow({ id: '2', insights: withCtr(3) }),
  ];
  expect(suggestPauses(campaigns, thresholds, at('USD', status))).toEqual([]);
  expect(planReallocation(campaigns, thresholds, at('USD', status)).freed.daily).toBe(0);
});

test('an end that is still to come, and one in 1970, end nothing', () => {
  for (const stop_time of [
    '2026-12-24T00:00:00+0000',
    '1970-01-01T00:00:00+0000',
    '1969-12-31T15:59:59-0800',
  ]) {
    const campaign = campaignRow({ stop_time, insights: withCtr(0.5) });
    expect(suggestPauses([campaign], thresholds, at())).toHaveLength(1);
  }
});

test('spend without a sale receives nothing, and is the first to give', () => {
  const inVain = campaignRow({
    id: '1',
    daily_budget: 500,
    insights: withCtr(2.5, { spend: 15_000, conversions: 0, revenue: 0 }),
  });
  const earning = campaignRow({
    id: '2',
    daily_budget: 500,
    insights: withCtr(0.9, { spend: 1000, conversions: 40, revenue: 4000 }),
  });
  const suggestions = suggestBudgets([inVain, earning], thresholds, at());
  expect(suggestions.map(({ campaign_id, action }) => [campaign_id, action])).toEqual([
    ['1', 'decrease_budget'],
  ]);
  expect(planReallocation([inVain, earning], thresholds, at())).toMatchObject({
    excellent: 0,
    increases: [],
    decreases: [],
  });
  expect(suggestPauses([earning], thresholds, at())[0]?.confidence).toEqual({
    level: 'low',
    reason: expect.stringContaining('its purchases pay: ROAS 4.00'),
  });
});

test.each<[string, Partial<CampaignWithInsights>]>([
  [
    'a handful of impressions',
    { insights: insightsRow({ impressions: 20, clicks: 2, spend: 1, conversions: 1 }) },
  ],
  ['no sale yet', { insights: withCtr(3, { spend: 20, conversions: 0, revenue: 0 }) }],
  [
    'purchases that are not all there',
    { insights: withCtr(3), results: { type: 'purchases', count: 20, cost: 15, complete: false } },
  ],
  ['leads that nobody counted', { objective: 'OUTCOME_LEADS', insights: withCtr(3) }],
])('%s is no evidence: no money for it', (_, fields) => {
  const poor = campaignRow({ id: '1', insights: withCtr(0.5) });
  const campaign = campaignRow({ id: '2', ...fields });
  expect(planReallocation([poor, campaign], thresholds, at()).increases).toEqual([]);
  expect(
    suggestBudgets([campaign], thresholds, at()).filter(({ action }) => action === 'increase_budget'),
  ).toEqual([]);
});

test('campaigns are judged by their own results', () => {
  const forLeads = withCtr(0.4, { spend: 2000, conversions: 1, revenue: 30 });
  const campaigns = [
    campaignRow({ id: '1', objective: 'OUTCOME_LEADS', insights: forLeads, results: leads(200, 10) }),
    campaignRow({ id: '2', objective: 'LEAD_GENERATION', insights: forLeads, results: leads(200, 10) }),
    campaignRow({ id: '3', objective: 'OUTCOME_AWARENESS', insights: withCtr(0.3, { conversions: 0 }) }),
    campaignRow({ id: '4', objective: 'REACH', insights: withCtr(0.3, { conversions: 1, spend: 900 }) }),
    campaignRow({
      id: '5',
      objective: 'OUTCOME_ENGAGEMENT',
      insights: withCtr(0.3, { conversions: 1, spend: 900 }),
    }),
    campaignRow({
      id: '6',
      objective: 'LINK_CLICKS',
      insights: withCtr(1.2, { conversions: 1, spend: 900 }),
    }),
  ];
  expect(suggestPauses(campaigns, thresholds, at())).toEqual([]);
  const dear = campaignRow({ objective: 'LEAD_GENERATION', insights: forLeads, results: leads(20, 100) });
  expect(suggestPauses([dear], thresholds, at())).toMatchObject([
    { reason: 'Cost per lead of 100.00 is above 50.00' },
  ]);
});

test.each([
  ['LEAD_GENERATION', 'OUTCOME_LEADS'],
  ['REACH', 'OUTCOME_AWARENESS'],
  ['BRAND_AWARENESS', 'OUTCOME_AWARENESS'],
  ['LOCAL_AWARENESS', 'OUTCOME_AWARENESS'],
  ['STORE_VISITS', 'OUTCOME_AWARENESS'],
  ['LINK_CLICKS', 'OUTCOME_TRAFFIC'],
  ['POST_ENGAGEMENT', 'OUTCOME_ENGAGEMENT'],
  ['PAGE_LIKES', 'OUTCOME_ENGAGEMENT'],
  ['EVENT_RESPONSES', 'OUTCOME_ENGAGEMENT'],
  ['MESSAGES', 'OUTCOME_ENGAGEMENT'],
  ['OFFER_CLAIMS', 'OUTCOME_ENGAGEMENT'],
  ['VIDEO_VIEWS', 'OUTCOME_ENGAGEMENT'],
  ['APP_INSTALLS', 'OUTCOME_APP_PROMOTION'],
  ['CONVERSIONS', 'OUTCOME_SALES'],
  ['PRODUCT_CATALOG_SALES', 'OUTCOME_SALES'],
])('%s is scored as %s', (legacy, modern) => {
  expect(aimOf(legacy)).toBe(aimOf(modern));
  expect(aimOf(legacy)).not.toBe('unknown');
  const insights = withCtr(1.4, { conversions: 0, revenue: 0 });
  const [one] = scoreCampaigns([campaignRow({ objective: legacy, insights })]);
  const [other] = scoreCampaigns([campaignRow({ objective: modern, insights })]);
  expect(one?.score).toBe(other?.score);
});

test('amounts are payable: whole yen, cents of a dollar', () => {
  const poor = campaignRow({ id: '1', daily_budget: 1001, insights: withCtr(0.5) });
  const good = campaignRow({ id: '2', daily_budget: 1001, insights: withCtr(3) });
  const also = campaignRow({ id: '3', daily_budget: 667, insights: withCtr(3) });
  const plan = planReallocation([poor, good, also], thresholds, at('JPY'));
  expect(plan.freed.daily).toBe(500);
  expect(plan.increases.map(({ suggested_budget }) => suggested_budget)).toEqual([1251, 917]);
  const budgets = suggestBudgets([poor, good], thresholds, at('JPY'));
  expect(budgets.map(({ suggested_budget }) => suggested_budget)).toEqual([1201, 801]);
  expect(planReallocation([poor, good], thresholds, at('USD')).freed.daily).toBe(500.5);
});

test('of a lifetime budget only what is left moves, and never more than half of it', () => {
  const poor = campaignRow({
    id: '1',
    daily_budget: null,
    lifetime_budget: 3000,
    budget_remaining: 100,
    insights: withCtr(0.5),
  });
  const good = campaignRow({
    id: '2',
    daily_budget: null,
    lifetime_budget: 3000,
    budget_remaining: 2000,
    insights: withCtr(3),
  });
  expect(planReallocation([poor, good], thresholds, at()).freed).toEqual({ daily: 0, lifetime: 50 });
  const [lowered] = suggestBudgets([poor], thresholds, at());
  expect(lowered?.suggested_budget).toBe(2950);
  expect(planReallocation([{ ...poor, budget_remaining: 0 }, good], thresholds, at()).freed.lifetime).toBe(0);
});

test('a daily budget stays above the least that Facebook takes', () => {
  const poor = campaignRow({ id: '1', daily_budget: 6, insights: withCtr(0.5) });
  const good = campaignRow({ id: '2', daily_budget: 10, insights: withCtr(3) });
  expect(planReallocation([poor, good], thresholds, at('USD', 1, 5)).freed.daily).toBe(1);
  expect(
    planReallocation([{ ...poor, daily_budget: 5 }, good], thresholds, at('USD', 1, 5)).decreases,
  ).toEqual([]);
});

test('a young campaign and days that still change are told of', () => {
  const young = campaignRow({ start_time: '2026-11-25T00:00:00+0000', insights: withCtr(0.5) });
  expect(suggestPauses([young], thresholds, at())[0]?.confidence).toMatchObject({
    level: 'low',
    reason: expect.stringContaining('a young campaign: it started 3 days ago'),
  });
  const recent = { ...withCtr(0.5), date_start: '2026-11-21', date_stop: '2026-11-27' };
  expect(suggestPauses([campaignRow({ insights: recent })], thresholds, at())[0]?.confidence).toEqual({
    level: 'medium',
    reason: 'most of its days can still gain conversions',
  });
  const settled = { ...recent, date_start: '2026-09-01', date_stop: '2026-09-30' };
  expect(suggestPauses([campaignRow({ insights: settled })], thresholds, at())[0]?.confidence.level).toBe(
    'high',
  );
});

const amount = fc.integer({ min: 0, max: 100_000 });
const anyAccount = fc.record({
  setting: fc
    .record({
      currency: fc.constantFrom('USD', 'JPY', 'BRL', 'KRW'),
      status: fc.constantFrom(1, 1, 1, 2, null),
      minimum: fc.constantFrom(null, 1, 5),
    })
    .map(({ currency, status, minimum }) => at(currency, status, minimum)),
  rows: fc.array(
    fc.record({
      insights: fc.oneof(anyInsights, fc.constantFrom(withCtr(0.5), withCtr(3), withCtr(3), null)),
      budget: amount,
      type: fc.constantFrom('daily', 'daily', 'lifetime', 'lifetime', 'none'),
      left: fc.double({ min: 0, max: 1, noNaN: true }),
      objective: fc.constantFrom(
        'OUTCOME_SALES',
        'OUTCOME_SALES',
        'OUTCOME_SALES',
        'CONVERSIONS',
        'OUTCOME_TRAFFIC',
        'OUTCOME_LEADS',
        'REACH',
        'X',
        null,
      ),
      status: fc.constantFrom(...Array(9).fill('ACTIVE'), 'PAUSED', 'WITH_ISSUES', 'DELETED'),
      stop: fc.constantFrom(null, null, null, null, '2026-11-01T00:00:00+0000', '2027-01-01T00:00:00+0000'),
    }),
    { minLength: 6, maxLength: 25 },
  ),
});

type AnyAccount = typeof anyAccount extends fc.Arbitrary<infer T> ? T : never;

function campaignsOf({ setting, rows }: AnyAccount): CampaignWithInsights[] {
  const unit = ['JPY', 'KRW'].includes(setting.account.currency) ? 1 : 100;
  return rows.map(({ insights, budget, type, left, objective, status, stop }, index) =>
    campaignRow({
      id: String(1000 + index),
      insights,
      objective,
      effective_status: status,
      stop_time: stop,
      daily_budget: type === 'daily' && budget > 0 ? budget / unit : null,
      lifetime_budget: type === 'lifetime' && budget > 0 ? budget / unit : null,
      budget_remaining: type === 'lifetime' && budget > 0 ? Math.floor(budget * left) / unit : null,
    }),
  );
}

test('in any account, decisions are careful', () => {
  let moved = 0;
  fc.assert(
    fc.property(anyAccount, (account) => {
      const campaigns = campaignsOf(account);
      const { setting } = account;
      const unit = ['JPY', 'KRW'].includes(setting.account.currency) ? 1 : 100;
      const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
      const plan = planReallocation(campaigns, thresholds, setting);
      const budgets = suggestBudgets(campaigns, thresholds, setting);
      const all = [
        ...plan.decreases,
        ...plan.increases,
        ...budgets,
        ...suggestPauses(campaigns, thresholds, setting),
      ];
      const inUnits = (value: number | null) => Math.round((value ?? 0) * unit);
      const change = (list: Suggestion[], type: string) =>
        list
          .filter(({ budget_type }) => budget_type === type)
          .reduce((sum, { current_budget: a, suggested_budget: b }) => sum + inUnits(b) - inUnits(a), 0);
      for (const type of ['daily', 'lifetime'] as const) {
        expect(change(plan.increases, type)).toBe(inUnits(plan.freed[type]));
        expect(change(plan.decreases, type)).toBe(-inUnits(plan.freed[type]) + 0);
        if (plan.freed[type] > 0) moved++;
      }
      for (const { campaign_id, budget_type, current_budget, suggested_budget, action } of all) {
        const campaign = byId.get(campaign_id);
        expect(campaign?.effective_status).toBe('ACTIVE');
        expect(campaign?.stop_time).not.toBe('2026-11-01T00:00:00+0000');
        expect(setting.account.account_status).not.toBe(2);
        if (action !== 'pause') {
          const units = (suggested_budget ?? 0) * unit;
          expect(Math.abs(units - Math.round(units))).toBeLessThan(1e-6);
          expect(units).toBeGreaterThanOrEqual(1);
        }
        if (action !== 'decrease_budget') continue;
        const least = budget_type === 'daily' ? (setting.account.min_daily_budget ?? 0) : 0;
        expect(suggested_budget).toBeGreaterThanOrEqual(least);
        const left = campaign?.budget_remaining ?? current_budget ?? 0;
        expect(inUnits(current_budget) - inUnits(suggested_budget)).toBeLessThanOrEqual(inUnits(left));
      }
      for (const { evidence } of [
        ...plan.increases,
        ...budgets.filter(({ action }) => action === 'increase_budget'),
      ]) {
        expect(evidence.results?.count).toBeGreaterThan(0);
      }
    }),
    SEEDED,
  );
  expect(moved).toBeGreaterThan(5);
});

test('the order in which campaigns come changes nothing', () => {
  fc.assert(
    fc.property(anyAccount, fc.integer({ min: 1, max: 24 }), (account, turn) => {
      const campaigns = campaignsOf(account);
      const other = [...campaigns.slice(turn), ...campaigns.slice(0, turn)].reverse();
      for (const decide of [planReallocation, suggestBudgets, suggestPauses]) {
        expect(decide(other, thresholds, account.setting)).toEqual(
          decide(campaigns, thresholds, account.setting),
        );
      }
    }),
    SEEDED,
  );
});
