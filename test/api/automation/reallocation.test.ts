import fc from '../../support/fast-check.ts';
import { planReallocation, type Suggestion } from '../../../api/src/automation/campaign-optimizer.ts';
import { anyCampaigns, campaignRow, insightsRow, SEEDED } from '../../support/campaign-rows.ts';

const thresholds = { ctr_threshold: 1, cpa_threshold: 50 };
const poor = insightsRow({ impressions: 1000, clicks: 4, spend: 20, conversions: 1 });
const fair = insightsRow({ impressions: 1000, clicks: 12, spend: 20, conversions: 1 });
const excellent = insightsRow({ impressions: 1000, clicks: 30, spend: 20, conversions: 1 });
const excellentButDear = insightsRow({ impressions: 1000, clicks: 30, spend: 51, conversions: 1 });

const movedCents = (suggestions: Suggestion[], type: string) =>
  suggestions
    .filter(({ budget_type }) => budget_type === type)
    .reduce(
      (sum, { current_budget, suggested_budget }) =>
        sum + Math.round((suggested_budget ?? 0) * 100) - Math.round((current_budget ?? 0) * 100),
      0,
    );

describe('planReallocation', () => {
  test('shares half of the underperformers’ budgets among the excellent, to the cent', () => {
    const plan = planReallocation(
      [
        campaignRow({ id: '1', insights: poor, daily_budget: 10.01 }),
        campaignRow({ id: '2', insights: excellentButDear, daily_budget: 40 }),
        campaignRow({ id: '3', insights: fair, daily_budget: 70 }),
        campaignRow({ id: '4', insights: excellent, daily_budget: 1 }),
        campaignRow({ id: '5', insights: excellent, daily_budget: 2 }),
        campaignRow({ id: '6', insights: excellent, daily_budget: 3 }),
        campaignRow({ id: '7', insights: null }),
      ],
      thresholds,
    );
    // 5.00 + 20.00 freed, in three shares of 8.34, 8.33 and 8.33.
    expect(plan).toMatchObject({ underperforming: 2, excellent: 3, freed: { daily: 25, lifetime: 0 } });
    const budgets = (suggestions: Suggestion[]) =>
      suggestions.map(({ campaign_id, suggested_budget }) => [campaign_id, suggested_budget]);
    expect(budgets(plan.decreases)).toEqual([
      ['1', 5.01],
      ['2', 20],
    ]);
    expect(budgets(plan.increases)).toEqual([
      ['4', 9.34],
      ['5', 10.33],
      ['6', 11.33],
    ]);
    expect(plan.decreases[1]).toEqual({
      campaign_id: '2',
      name: 'Campaign 2',
      action: 'decrease_budget',
      reason: 'CPA of 51.00 is above 50.00',
      budget_type: 'daily',
      current_budget: 40,
      suggested_budget: 20,
      evidence: expect.objectContaining({ cpa: 51 }),
      confidence: expect.objectContaining({ level: 'low' }),
    });
    expect(plan.increases[0]).toMatchObject({
      action: 'increase_budget',
      reason: 'CTR of 3.00 % is at least 1.5 x 1.00 %',
    });
  });

  test('never turns a lifetime budget into a daily one', () => {
    const plan = planReallocation(
      [
        campaignRow({ id: '1', insights: poor, daily_budget: 10 }),
        campaignRow({ id: '2', insights: excellent, daily_budget: null, lifetime_budget: 500 }),
      ],
      thresholds,
    );
    expect(plan).toEqual({
      underperforming: 1,
      excellent: 1,
      freed: { daily: 0, lifetime: 0 },
      decreases: [],
      increases: [],
    });
  });

  test('takes nothing where nobody is excellent', () => {
    const plan = planReallocation(
      [campaignRow({ insights: poor }), campaignRow({ insights: fair })],
      thresholds,
    );
    expect(plan).toMatchObject({ underperforming: 1, excellent: 0, decreases: [], increases: [] });
  });

  test('balances to the cent for any account, and moves each campaign once at most', () => {
    let moved = 0;
    fc.assert(
      fc.property(anyCampaigns, (campaigns) => {
        const plan = planReallocation(campaigns, thresholds);
        for (const type of ['daily', 'lifetime'] as const) {
          const freed = Math.round(plan.freed[type] * 100);
          expect(movedCents(plan.increases, type)).toBe(freed);
          expect(movedCents(plan.decreases, type) + freed).toBe(0);
          if (freed > 0) moved += 1;
        }
        const ids = [...plan.decreases, ...plan.increases].map(({ campaign_id }) => campaign_id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      SEEDED,
    );
    // The property would hold of a plan that never moves anything.
    expect(moved).toBeGreaterThan(10);
  });
});
