import fc from '../../support/fast-check.ts';
import { summarizeDashboard } from '../../../api/src/analytics/performance-analyzer.ts';
import { anyCampaigns, campaignRow, insightsRow, SEEDED } from '../../support/campaign-rows.ts';

describe('summarizeDashboard', () => {
  test('derives the account rates from sums, not from a mean of rates', () => {
    const { totals } = summarizeDashboard([
      campaignRow({
        id: '1',
        insights: insightsRow({ impressions: 9000, clicks: 90, spend: 45.1, conversions: 3, revenue: 90.2 }),
      }),
      campaignRow({
        id: '2',
        status: 'PAUSED',
        effective_status: 'PAUSED',
        insights: insightsRow({
          impressions: 1000,
          clicks: 110,
          spend: 54.9,
          conversions: 2,
          revenue: 159.8,
        }),
      }),
      campaignRow({ id: '3', insights: null }),
    ]);
    expect(totals).toEqual({
      campaigns: 3,
      active_campaigns: 2,
      spend: 100,
      impressions: 10_000,
      clicks: 200,
      conversions: 5,
      revenue: 250,
      ctr: 2,
      cpc: 0.5,
      cpa: 20,
      roas: 2.5,
    });
  });

  test('answers an account without delivery with zeros and without rates', () => {
    expect(summarizeDashboard([campaignRow({ insights: null })])).toEqual({
      dates: null,
      totals: {
        campaigns: 1,
        active_campaigns: 1,
        spend: 0,
        impressions: 0,
        clicks: 0,
        conversions: 0,
        revenue: 0,
        ctr: null,
        cpc: null,
        cpa: null,
        roas: null,
      },
      top_campaigns: [],
      spent: { account: 0, campaigns: 0, archived: 0, deleted: 0, unattributed: 0 },
      account_status: null,
      warnings: [],
      attribution: expect.objectContaining({ setting: 'account' }),
    });
  });

  test('names the ten campaigns that spent most, equals by id', () => {
    const campaigns = Array.from({ length: 14 }, (_, index) =>
      campaignRow({ id: String(index + 10), insights: insightsRow({ spend: index < 2 ? 5 : index }) }),
    );
    const { top_campaigns } = summarizeDashboard(campaigns);
    expect(top_campaigns.map(({ campaign_id }) => campaign_id)).toEqual([
      '23',
      '22',
      '21',
      '20',
      '19',
      '18',
      '17',
      '16',
      '10',
      '11',
    ]);
    expect(top_campaigns[0]).toMatchObject({ name: 'Campaign 23', status: 'ACTIVE', spend: 13, cpc: 0.65 });
  });

  test('spans the days of all campaigns', () => {
    const { dates } = summarizeDashboard([
      campaignRow({ insights: { ...insightsRow(), date_start: '2026-03-05', date_stop: '2026-03-08' } }),
      campaignRow({ insights: { ...insightsRow(), date_start: '2026-03-02', date_stop: '2026-03-06' } }),
    ]);
    expect(dates).toEqual({ start: '2026-03-02', stop: '2026-03-08' });
  });

  test('adds money to the cent however many campaigns there are', () => {
    fc.assert(
      fc.property(anyCampaigns, (campaigns) => {
        const cents = campaigns.reduce(
          (sum, { insights }) => sum + Math.round((insights?.spend ?? 0) * 100),
          0,
        );
        expect(summarizeDashboard(campaigns).totals.spend).toBe(cents / 100);
      }),
      SEEDED,
    );
  });
});
