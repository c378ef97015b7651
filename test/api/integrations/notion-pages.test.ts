import { scoreCampaigns, summarizeDashboard } from '../../../api/src/analytics/performance-analyzer.ts';
import { alertPage, campaignReport, dailySummary } from '../../../api/src/integrations/notion-pages.ts';
import { campaignRow, insightsRow } from '../../support/campaign-rows.ts';
import { richText } from '../../../api/src/integrations/notion-blocks.ts';
import { faultsOfNewPage, textsOf } from '../../support/notion-rules.ts';

const insights = { ...insightsRow({ impressions: 3000, clicks: 45 }), date_stop: '2026-03-07' };
const silent = campaignRow({ name: 'Quiet', insights: null });

const DAY = { date: '2026-03-01', timezone: 'Pacific/Honolulu' };

describe('Notion pages', () => {
  test('report a campaign with its delivery', () => {
    const page = campaignReport(campaignRow({ id: '77', name: 'Winter' }), insights, 'last_7d');
    expect(page.title).toBe('Winter: 2026-03-01 to 2026-03-07');
    const texts = textsOf(page.children);
    expect(texts[0]).toBe('Campaign 77, ACTIVE, objective OUTCOME_SALES.');
    expect(pairs(texts)).toMatchObject({
      Impressions: '3000',
      Clicks: '45',
      'CTR (%)': '1.50',
      CPA: '15.00',
    });
  });

  test('report a campaign without delivery', () => {
    const page = campaignReport(silent, null, 'last_7d');
    expect(page.title).toBe('Quiet: last_7d');
    expect(textsOf(page.children)).toContain('No delivery in this period.');
  });

  test('summarize a day', () => {
    const campaigns = [
      campaignRow({ id: '1', name: 'First', insights: insightsRow({ spend: 5, conversions: 0 }) }),
      campaignRow({ id: '2', name: 'Second', insights: insightsRow({ spend: 20 }) }),
      silent,
    ];
    const page = dailySummary(summarizeDashboard(campaigns), DAY);
    expect(page.title).toBe('Daily summary: 2026-03-01');
    const texts = textsOf(page.children);
    expect(texts[0]).toBe('2026-03-01 in Pacific/Honolulu: 3 campaigns, 3 active.');
    expect(pairs(texts)).toMatchObject({ Spend: '25.00', Conversions: '2', CPA: '12.50' });
    expect(texts.slice(-10)).toEqual([
      'Second',
      '20.00',
      '2.00',
      '10.00',
      '3.00',
      'First',
      '5.00',
      '2.00',
      '–',
      '12.00',
    ]);
  });

  test('summarize a day without delivery', () => {
    const page = dailySummary(summarizeDashboard([silent]), DAY);
    expect(page.title).toBe('Daily summary: 2026-03-01');
    expect(textsOf(page.children)).toContain('No delivery on this day.');
  });

  test('alert on a campaign', () => {
    const [score] = scoreCampaigns([
      campaignRow({ id: '9', name: 'Weak', insights: insightsRow({ clicks: 1 }) }),
    ]);
    if (score === undefined) throw new Error('no score');
    const page = alertPage(score);
    expect(page.title).toBe(`Underperforming: Weak (${score.campaign_id}, score ${score.score})`);
    expect(textsOf(page.children)[0]).toBe(`Campaign 9 is rated ${score.rating}.`);
  });

  test('keep to what Notion takes, however long the names are and however many campaigns there are', () => {
    const campaigns = Array.from({ length: 300 }, (_, index) =>
      campaignRow({ id: String(index), name: 'Long '.repeat(600) }),
    );
    const [campaign = silent] = campaigns;
    const [score] = scoreCampaigns(campaigns);
    const pages = [
      campaignReport(campaign, insights, 'today'),
      dailySummary(summarizeDashboard(campaigns), DAY),
    ];
    if (score) pages.push(alertPage(score));
    for (const { title, children } of pages) {
      const blocks = JSON.parse(JSON.stringify(children));
      const parent = { type: 'data_source_id', data_source_id: 'source' };
      const faults = faultsOfNewPage({ parent, properties: { title: { title: [] } }, children: blocks }, [
        'source',
      ]);
      expect(title.length).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    }
  });
});

test('a text that is longer than Notion takes at once is not cut, nor any letter of it', () => {
  for (const text of [
    '',
    'short',
    'x'.repeat(2000),
    `${'x'.repeat(1999)}😀${'é'.repeat(2001)}`,
    '😀'.repeat(1500),
  ]) {
    const pieces = richText(text).map((piece) => piece.text.content);
    expect(pieces.join('')).toBe(text);
    expect(pieces.every((piece) => piece.length <= 2000 && Buffer.from(piece).toString() === piece)).toBe(
      true,
    );
  }
  expect(richText('x'.repeat(500_000))).toHaveLength(100);
});

test('an alert keeps in its title what tells it from others, however long the campaign is called', () => {
  const [score] = scoreCampaigns([campaignRow({ id: '9', name: 'Long '.repeat(600) })]);
  if (score === undefined) throw new Error('no score');
  const { title, mark = '' } = alertPage(score);
  const shown = richText(title).map(({ text }) => text.content);
  expect(shown.join('')).toContain(mark);
});

/** A two-column table's cells as an object; other texts fall in between without harm. */
function pairs(texts: string[]): Record<string, string> {
  const start = texts.indexOf('Metric');
  const cells = texts.slice(start, start + 20);
  return Object.fromEntries(
    cells.flatMap((cell, index) => (index % 2 === 0 ? [[cell, cells[index + 1] ?? '']] : [])),
  );
}
