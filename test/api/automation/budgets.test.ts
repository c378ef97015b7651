import fc from '../../support/fast-check.ts';
import { suggestBudgets } from '../../../api/src/automation/campaign-optimizer.ts';
import { anyCampaigns, campaignRow, insightsRow, SEEDED } from '../../support/campaign-rows.ts';

const thresholds = { ctr_threshold: 1, cpa_threshold: 50 };
const withCtr = (perThousand: number, spend = 10) =>
  insightsRow({ impressions: 1000, clicks: perThousand, spend, conversions: 1 });

describe('suggestBudgets', () => {
  test('raises from 1.5 times the CTR threshold on by 20 %, to the cent', () => {
    const suggestions = suggestBudgets(
      [campaignRow({ insights: withCtr(15), daily_budget: 33.33 })],
      thresholds,
    );
    expect(suggestions).toEqual([
      {
        campaign_id: '1',
        name: 'Campaign 1',
        action: 'increase_budget',
        reason: 'CTR of 1.50 % is at least 1.5 x 1.00 %',
        budget_type: 'daily',
        current_budget: 33.33,
        suggested_budget: 40,
        evidence: expect.objectContaining({ objective: 'OUTCOME_SALES', spend: 10, conversions: 1 }),
        confidence: { level: 'low', reason: expect.stringContaining('too little spend') },
      },
    ]);
  });

  test('lowers the five with the lowest CTR by 20 %, the dearer conversion first among equals', () => {
    const campaigns = [14, 3, 9, 5, 5, 12, 7].map((ctr, index) =>
      campaignRow({ id: String(index), insights: withCtr(ctr, 10 + index), daily_budget: 10 * (index + 1) }),
    );
    const suggestions = suggestBudgets(campaigns, thresholds);
    expect(suggestions.map(({ campaign_id }) => campaign_id)).toEqual(['1', '4', '3', '6', '2']);
    expect(suggestions[0]).toMatchObject({
      action: 'decrease_budget',
      reason: 'CTR of 0.30 % is among the 5 lowest',
      current_budget: 20,
      suggested_budget: 16,
    });
  });

  test('warns where an excellent CTR comes with a CPA above the threshold', () => {
    const [suggestion] = suggestBudgets([campaignRow({ insights: withCtr(20, 60) })], thresholds);
    expect(suggestion).toMatchObject({ action: 'increase_budget', suggested_budget: 120 });
    expect(suggestion?.reason).toContain('check first: CPA of 60.00 is above 50.00');
  });

  test('has nothing to say without delivery or without a budget of its own, and takes a lifetime one', () => {
    const suggestions = suggestBudgets(
      [
        campaignRow({ id: '1', insights: null }),
        campaignRow({ id: '2', insights: withCtr(3), daily_budget: null }),
        campaignRow({ id: '3', insights: withCtr(5), daily_budget: null, lifetime_budget: 1000 }),
      ],
      thresholds,
    );
    expect(suggestions).toHaveLength(1);
    expect(suggestions[0]).toMatchObject({
      campaign_id: '3',
      budget_type: 'lifetime',
      suggested_budget: 800,
    });
  });

  test('never both raises and lowers one campaign, and lowers at most five', () => {
    fc.assert(
      fc.property(anyCampaigns, (campaigns) => {
        const suggestions = suggestBudgets(campaigns, thresholds);
        const ids = suggestions.map(({ campaign_id }) => campaign_id);
        expect(new Set(ids).size).toBe(ids.length);
        const lowered = suggestions.filter(({ action }) => action === 'decrease_budget');
        expect(lowered.length).toBeLessThanOrEqual(5);
        for (const { current_budget, suggested_budget, action } of suggestions) {
          expect(suggested_budget).not.toBe(current_budget);
          const [now, then] = [current_budget ?? 0, suggested_budget ?? 0];
          if (action === 'increase_budget') expect(Math.abs(then - now * 1.2)).toBeLessThan(0.0051);
          // Of a lifetime budget only what is not spent can go.
          else expect(then > now * 0.8 - 0.0051 && then < now).toBe(true);
        }
      }),
      SEEDED,
    );
  });
});
