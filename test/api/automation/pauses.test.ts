import fc from '../../support/fast-check.ts';
import { suggestPauses } from '../../../api/src/automation/campaign-optimizer.ts';
import { anyCampaigns, campaignRow, insightsRow, SEEDED } from '../../support/campaign-rows.ts';

const thresholds = { ctr_threshold: 1, cpa_threshold: 50 };
const under = insightsRow({ impressions: 1000, clicks: 9, spend: 45, conversions: 1 });
const dear = insightsRow({ impressions: 1000, clicks: 20, spend: 102, conversions: 2 });
const both = insightsRow({ impressions: 1000, clicks: 5, spend: 102, conversions: 2 });
const exactlyAtBoth = insightsRow({ impressions: 1000, clicks: 10, spend: 100, conversions: 2 });

describe('suggestPauses', () => {
  test('proposes to pause what is under the CTR or above the CPA, and says which', () => {
    const suggestions = suggestPauses(
      [
        campaignRow({ id: '1', insights: under }),
        campaignRow({ id: '2', insights: dear, daily_budget: null, lifetime_budget: 900.5 }),
        campaignRow({ id: '3', insights: both, daily_budget: null }),
        campaignRow({ id: '4', insights: exactlyAtBoth }),
        campaignRow({ id: '5', insights: null }),
      ],
      thresholds,
    );
    expect(suggestions).toEqual([
      {
        campaign_id: '1',
        name: 'Campaign 1',
        action: 'pause',
        reason: 'CTR of 0.90 % is under 1.00 %',
        budget_type: 'daily',
        current_budget: 100,
        suggested_budget: null,
        evidence: expect.objectContaining({ ctr: 0.9, objective: 'OUTCOME_SALES' }),
        confidence: expect.objectContaining({ level: 'low' }),
      },
      expect.objectContaining({
        campaign_id: '2',
        reason: 'CPA of 51.00 is above 50.00',
        budget_type: 'lifetime',
        current_budget: 900.5,
      }),
      expect.objectContaining({
        campaign_id: '3',
        reason: 'CTR of 0.50 % is under 1.00 %; CPA of 51.00 is above 50.00',
        budget_type: null,
        current_budget: null,
      }),
    ]);
  });

  test('does not hold a missing conversion against a campaign: it has no CPA', () => {
    const noConversion = insightsRow({ impressions: 1000, clicks: 20, spend: 500, conversions: 0 });
    expect(suggestPauses([campaignRow({ insights: noConversion })], thresholds)).toEqual([]);
  });

  test('judges any account by the rule alone', () => {
    fc.assert(
      fc.property(anyCampaigns, (campaigns) => {
        const expected = campaigns.filter(({ insights, objective }) => {
          if (insights === null || insights.impressions === 0) return false;
          const tooDear = insights.conversions > 0 && insights.spend > 50 * insights.conversions;
          const isForTraffic = objective === 'OUTCOME_TRAFFIC';
          return insights.clicks * 100 < insights.impressions || (tooDear && !isForTraffic);
        });
        const suggested = suggestPauses(campaigns, thresholds).map(({ campaign_id }) => campaign_id);
        expect(suggested).toEqual(expected.map(({ id }) => id));
      }),
      SEEDED,
    );
  });
});
