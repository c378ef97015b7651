import { type InsightsRow, toInsights } from '../../../api/src/agents/insights-rows.ts';

const row: InsightsRow = {
  date_start: '2026-11-01',
  date_stop: '2026-11-30',
  impressions: '2000',
  clicks: '50',
  reach: '1500',
  spend: '25.50',
};

const actions = (values: Record<string, unknown>) =>
  Object.entries(values).map(([action_type, value]) => ({ action_type, value }));

test('numbers come out of strings, rates out of sums', () => {
  expect(toInsights(row)).toEqual({
    date_start: '2026-11-01',
    date_stop: '2026-11-30',
    impressions: 2000,
    clicks: 50,
    reach: 1500,
    spend: 25.5,
    ctr: 2.5,
    cpc: 0.51,
    cpm: 12.75,
    conversions: 0,
    revenue: 0,
    cpa: null,
    roas: 0,
  });
});

test.each([
  ['omni_purchase', { 'offsite_conversion.fb_pixel_purchase': '3', purchase: '4', omni_purchase: '5' }, 5],
  ['purchase', { 'offsite_conversion.fb_pixel_purchase': '3', purchase: '4', link_click: '90' }, 4],
  ['the pixel purchase', { link_click: '90', 'offsite_conversion.fb_pixel_purchase': '3' }, 3],
  ['no purchase', { link_click: '90', add_to_cart: '7', onsite_conversion_purchase: '8' }, 0],
])('purchases are counted once, by %s, in any order', (_, values, conversions) => {
  const forward = actions(values);
  for (const list of [forward, [...forward].reverse()]) {
    const insights = toInsights({ ...row, actions: list, action_values: list });
    expect(insights).toMatchObject({ conversions, revenue: conversions });
    expect(insights.cpa).toBe(conversions === 0 ? null : 25.5 / conversions);
    expect(insights.roas).toBe(conversions / 25.5);
  }
});

test('nothing spent, shown or clicked has no rates', () => {
  expect(toInsights({ spend: '0', impressions: '0', clicks: '0' })).toMatchObject({
    ctr: null,
    cpc: null,
    cpm: null,
    cpa: null,
    roas: null,
  });
});

test('what Graph leaves out, or sends in another shape, is zero', () => {
  const odd = {
    impressions: 'many',
    clicks: null,
    spend: undefined,
    actions: 'none',
    action_values: [null, {}],
  };
  expect(toInsights(odd)).toMatchObject({ impressions: 0, clicks: 0, spend: 0, conversions: 0, revenue: 0 });
});
