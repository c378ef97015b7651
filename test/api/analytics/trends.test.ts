import { summarizeTrends, TREND_PERIODS } from '../../../api/src/analytics/performance-analyzer.ts';
import { insightsRow } from '../../support/campaign-rows.ts';

const week = insightsRow({ impressions: 7000, clicks: 140, spend: 70, conversions: 7, revenue: 210 });
const fortnight = insightsRow({
  impressions: 14_000,
  clicks: 140,
  spend: 280,
  conversions: 14,
  revenue: 280,
});
const month = insightsRow({ impressions: 30_000, clicks: 300, spend: 300, conversions: 0, revenue: 0 });

describe('summarizeTrends', () => {
  test('covers 7, 14 and 30 days', () => {
    expect(TREND_PERIODS.map(({ days, preset }) => [days, preset])).toEqual([
      [7, 'last_7d'],
      [14, 'last_14d'],
      [30, 'last_30d'],
    ]);
    expect(summarizeTrends([week, fortnight, month]).map(({ date_preset }) => date_preset)).toEqual([
      'last_7d',
      'last_14d',
      'last_30d',
    ]);
  });

  test('averages over the days of the period', () => {
    const [last7, , last30] = summarizeTrends([week, fortnight, month]);
    expect(last7?.totals).toMatchObject({ spend: 70, ctr: 2, cpc: 0.5, cpa: 10, roas: 3 });
    expect(last7?.daily_average).toEqual({
      spend: 10,
      impressions: 1000,
      clicks: 20,
      conversions: 1,
      revenue: 30,
    });
    expect(last30?.daily_average).toEqual({
      spend: 10,
      impressions: 1000,
      clicks: 10,
      conversions: 0,
      revenue: 0,
    });
  });

  test('compares each period with the next longer one, in per cent', () => {
    const [last7, last14, last30] = summarizeTrends([week, fortnight, month]);
    expect(last7?.change).toEqual({
      spend: -50,
      impressions: 0,
      clicks: 100,
      conversions: 0,
      revenue: 50,
      ctr: 100,
      cpc: -75,
      cpa: -50,
      roas: 200,
    });
    // The month had no purchase: nothing to compare with.
    expect(last14?.change).toMatchObject({
      spend: 100,
      clicks: 0,
      conversions: null,
      revenue: null,
      cpa: null,
    });
    expect(last30?.change).toBeNull();
  });

  test('answers periods without delivery with zeros and no change', () => {
    const [last7, last14] = summarizeTrends([null, null, month]);
    expect(last7).toMatchObject({ totals: { spend: 0, ctr: null }, daily_average: { spend: 0 } });
    expect(last7?.change).toMatchObject({ spend: null, ctr: null });
    expect(last14?.change).toMatchObject({ spend: -100, ctr: null });
  });
});
