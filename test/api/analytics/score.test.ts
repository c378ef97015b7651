import fc from '../../support/fast-check.ts';
import { scoreCampaigns } from '../../../api/src/analytics/performance-analyzer.ts';
import type { CampaignWithInsights, Insights } from '../../../api/src/domain/campaign.ts';
import { anyCampaigns, anyInsights, campaignRow, insightsRow, SEEDED } from '../../support/campaign-rows.ts';

const scoreOf = (fields: Partial<CampaignWithInsights>) => scoreCampaigns([campaignRow(fields)])[0];

describe('scoreCampaigns', () => {
  test.each<[string, Partial<Insights>, number, string]>([
    // ctr 2 % -> 30, cpa 25 -> 30, roas 4 -> 25, cpc 0.50 -> 15
    ['the best of everything', { clicks: 200, spend: 100, conversions: 4, revenue: 400 }, 100, 'excellent'],
    // ctr 1 % -> 15, cpa 50 -> 15, roas 2 -> 12.5, cpc 1.50 -> 7.5
    ['the middle of everything', { clicks: 100, spend: 150, conversions: 3, revenue: 300 }, 50, 'average'],
    // ctr 1 % -> 15, no purchase -> 0 and 0, cpc 1 -> 11.25
    ['no purchase', { clicks: 100, spend: 100, conversions: 0, revenue: 0 }, 26.3, 'poor'],
    // ctr 1.5 % -> 22.5, cpa 37.50 -> 22.5, roas 3 -> 18.75, cpc 1 -> 11.25
    ['three quarters of everything', { clicks: 150, spend: 150, conversions: 4, revenue: 450 }, 75, 'good'],
    ['no click at all', { clicks: 0, spend: 80, conversions: 0, revenue: 0 }, 0, 'poor'],
  ])('%s', (_, delivery, score, rating) => {
    expect(scoreOf({ insights: insightsRow({ impressions: 10_000, ...delivery }) })).toMatchObject({
      score,
      rating,
    });
  });

  test('holds no missing purchase against a campaign that does not aim at purchases', () => {
    const insights = insightsRow({
      impressions: 10_000,
      clicks: 100,
      spend: 100,
      conversions: 0,
      revenue: 0,
    });
    // ctr 1 % -> 15 of 30, cpc 1 -> 11.25 of 15
    expect(scoreOf({ objective: 'OUTCOME_TRAFFIC', insights })?.score).toBe(58.3);
    expect(scoreOf({ objective: null, insights })?.score).toBe(26.3);
  });

  test('judges a campaign that is to be seen by what being seen costs, whoever clicks', () => {
    const seen = { impressions: 10_000, spend: 100, conversions: 0, revenue: 0 };
    const scored = (fields: Partial<Insights>) =>
      scoreOf({ objective: 'OUTCOME_AWARENESS', insights: insightsRow({ ...seen, ...fields }) })?.score;
    // cpm 10 -> 8/9 of 50; 20 for 1,000 people -> 8/9 of 50
    expect(scored({ reach: 5000, clicks: 10 })).toBe(88.9);
    expect(scored({ reach: 5000, clicks: 1000 })).toBe(88.9);
    // 50 for 1,000 people -> 5/9 of 50
    expect(scored({ reach: 2000, clicks: 10 })).toBe(72.2);
    expect(scored({ reach: 0, clicks: 10 })).toBe(44.4);
    expect(scoreOf({ objective: 'REACH', insights: insightsRow({ ...seen, reach: 5000 }) })?.score).toBe(
      88.9,
    );
  });

  test('does not judge a campaign without delivery', () => {
    const nothing = insightsRow({ impressions: 0, clicks: 0, spend: 0, conversions: 0, revenue: 0 });
    expect(scoreOf({ insights: null })).toMatchObject({ score: null, rating: null });
    expect(scoreOf({ insights: nothing })).toMatchObject({ score: null, rating: null });
  });

  test('shows what the score was made of', () => {
    const insights = insightsRow({
      impressions: 10_000,
      clicks: 100,
      spend: 150,
      conversions: 3,
      revenue: 300,
    });
    expect(scoreOf({ id: '7', name: 'Spring', status: 'PAUSED', insights })).toEqual({
      campaign_id: '7',
      name: 'Spring',
      status: 'PAUSED',
      objective: 'OUTCOME_SALES',
      score: 50,
      rating: 'average',
      impressions: 10_000,
      clicks: 100,
      spend: 150,
      conversions: 3,
      revenue: 300,
      ctr: 1,
      cpc: 1.5,
      cpa: 50,
      roas: 2,
      results: { type: 'purchases', count: 3, cost: 50, complete: true },
      confidence: { level: 'medium', reason: 'only 3 purchases' },
    });
  });

  test('stays within 0 to 100, best first, the unjudged last', () => {
    fc.assert(
      fc.property(anyCampaigns, (campaigns) => {
        const scores = scoreCampaigns(campaigns).map(({ score }) => score);
        const judged = scores.filter((score) => score !== null);
        expect(judged.every((score) => score >= 0 && score <= 100)).toBe(true);
        expect(scores.slice(0, judged.length)).toEqual([...judged].sort((a, b) => b - a));
      }),
      SEEDED,
    );
  });

  test.each<[string, (row: Insights, by: number) => Partial<Insights>]>([
    ['more purchases', (row, by) => ({ ...row, conversions: row.conversions + by })],
    ['more revenue', (row, by) => ({ ...row, revenue: row.revenue + by })],
    ['more clicks', (row, by) => ({ ...row, clicks: row.clicks + by })],
    ['the same for less money', (row, by) => ({ ...row, spend: row.spend / (1 + by) })],
  ])('never falls with %s', (_, better) => {
    const anyDelivery = anyInsights.filter(({ impressions }) => impressions > 0);
    fc.assert(
      fc.property(anyDelivery, fc.integer({ min: 1, max: 50 }), (row, by) => {
        const before = scoreOf({ insights: row })?.score ?? Number.NaN;
        const after = scoreOf({ insights: insightsRow(better(row, by)) })?.score ?? Number.NaN;
        expect(after).toBeGreaterThanOrEqual(before);
      }),
      SEEDED,
    );
  });
});
