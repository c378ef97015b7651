import { logger } from '../../../api/src/observability/logger.ts';
import { analyzePerformance, generateDailyReport } from '../../../api/src/tasks/processors.ts';
import { createScheduler } from '../../../api/src/tasks/scheduler.ts';
import type { ExpectedInsights, SeededCampaign } from '../../support/graph/index.ts';
import { notionError } from '../../support/notion-server.ts';
import { textsOf } from '../../support/notion-rules.ts';
import { aRun, startTaskWorld, type TaskWorld } from './task-world.ts';

interface Seen {
  campaign: SeededCampaign;
  score: number;
}

describe('processors', () => {
  let world: TaskWorld;

  beforeAll(async () => {
    world = await startTaskWorld();
  });
  beforeEach(() => world.reset());
  afterAll(() => world.stop());

  /** Active campaigns below 40 points in the last week, by the published formula on the seeded data. */
  function underperformers(): Seen[] {
    const { data } = world.graph;
    return data.activeCampaigns().flatMap((campaign) => {
      const delivery = data.expectedInsights({ campaignId: campaign.id, preset: 'last_7d' });
      const score = delivery === null ? 100 : scoreOf(delivery, campaign.objective);
      return score < 40 ? [{ campaign, score }] : [];
    });
  }

  const idsOf = (seen: Seen[]) => seen.map(({ campaign }) => campaign.id).sort();
  const eventIds = (kind: string) =>
    world.n8nServer.events
      .filter(({ event }) => event === kind)
      .map(({ campaign }) => String(Object(campaign).campaign_id))
      .sort();

  test('analyzePerformance alerts on the right campaigns, by WhatsApp only on the worst', async () => {
    const poor = underperformers();
    const worst = poor.filter(({ score }) => score < 30);
    expect(worst.length).toBeGreaterThan(0);
    expect(poor.length).toBeGreaterThan(worst.length);
    expect(await analyzePerformance(world.deps, aRun())).toBe(poor.length);
    expect(eventIds('campaign-underperforming')).toEqual(idsOf(poor));
    expect(eventIds('campaign-alert')).toEqual(idsOf(worst));
    const alerts = world.n8nServer.events.filter(({ event }) => event === 'campaign-alert');
    expect(alerts.every(({ channel }) => channel === 'whatsapp')).toBe(true);
    const paged = world.notionServer.pages
      .map(({ children }) => textsOf(children)[0]?.split(' ')[1] ?? '')
      .sort();
    expect(paged).toEqual(idsOf(poor));
  });

  test('analyzePerformance goes on without integrations, one debug line each', async () => {
    const level = logger.level;
    logger.level = 'debug';
    await analyzePerformance(world.bare, aRun());
    logger.level = level;
    const skipped = world.logs.lines.filter((line) => line.includes('skipped: not configured'));
    expect(skipped.map((line) => / through (\w+) /.exec(line)?.[1])).toEqual(['n8n', 'notion']);
    expect(world.n8nServer.events).toEqual([]);
  });

  test('one alert that fails stops no other', async () => {
    const poor = underperformers();
    const unlucky = poor[0]?.campaign.id ?? '';
    world.n8nServer.fail({ status: 500 }, ({ body }) => body.includes(unlucky));
    world.notionServer.fail(notionError(500, 'internal_server_error'), ({ body }) => body.includes(unlucky));
    expect(await analyzePerformance(world.deps, aRun())).toBe(poor.length);
    expect(eventIds('campaign-underperforming')).toEqual(idsOf(poor.slice(1)));
    expect(world.notionServer.pages).toHaveLength(poor.length - 1);
    const errors = world.logs.lines.filter((line) => line.includes(`Alert on campaign ${unlucky}`));
    expect(errors.some((line) => / ERROR .* through n8n failed/.test(line))).toBe(true);
    expect(errors.some((line) => / ERROR .* through notion failed/.test(line))).toBe(true);
  });

  test('generateDailyReport sends yesterday’s totals to Notion and n8n', async () => {
    const { graph, n8nServer, notionServer } = world;
    await generateDailyReport(world.deps, aRun());
    const expected = graph.data.expectedInsights({ preset: 'yesterday' });
    if (expected === null) throw new Error('the seeded account delivered nothing yesterday');
    const { totals, top_campaigns } = Object(n8nServer.events[0]?.dashboard);
    expect(n8nServer.events.map(({ event }) => event)).toEqual(['daily-report']);
    expect(totals).toMatchObject({ impressions: expected.impressions, clicks: expected.clicks });
    expect(totals.spend).toBeCloseTo(expected.spend, 2);
    expect(totals.revenue).toBeCloseTo(expected.revenue, 2);
    expect(top_campaigns).toHaveLength(10);
    expect(notionServer.pages.map(({ title }) => title)).toEqual([`Daily summary: ${expected.date_start}`]);
    expect(textsOf(notionServer.pages[0]?.children)).toContain(expected.spend.toFixed(2));
  });

  test('generateDailyReport needs neither integration', async () => {
    await generateDailyReport(world.bare, aRun());
    expect(world.n8nServer.events).toEqual([]);
    expect(world.logs.lines.at(-1)).toContain('Daily report of');
  });

  test('the scheduler runs the real tasks and tells when Facebook is not to be had', async () => {
    const scheduler = createScheduler(world.deps);
    expect(await scheduler.runNow('collectCampaignMetrics')).toBe('succeeded');
    expect(await scheduler.runNow('generateDailyReport')).toBe('succeeded');
    world.reset();
    world.graph.tokens.revoke('brl');
    expect(await scheduler.runNow('collectCampaignMetrics')).toBe('failed');
    world.graph.tokens.restore('brl');
    const failure = world.logs.lines.find((line) => line.includes('Task collectCampaignMetrics failed'));
    expect(failure).toContain('Facebook API unavailable');
    expect(failure).not.toContain(world.graph.settings.accessToken);
    expect(await scheduler.stop(1)).toBe(true);
  });
});

/** Points on a straight line from `zero` (0) to `full` (weight). */
const line = (value: number, zero: number, full: number, weight: number) =>
  weight * Math.min(1, Math.max(0, (value - zero) / (full - zero)));

/** The formula of the analyzer's documentation, written down once more. */
function scoreOf({ ctr, cpc, cpa, roas, cpm, spend, reach }: ExpectedInsights, objective: string): number {
  const clicks = line(ctr ?? 0, 0, 2, 30) + line(cpc ?? Number.POSITIVE_INFINITY, 2.5, 0.5, 15);
  const purchases = line(cpa ?? Number.POSITIVE_INFINITY, 75, 25, 30) + line(roas ?? 0, 0, 4, 25);
  const forSales = objective === 'OUTCOME_SALES' || objective === 'CONVERSIONS';
  const seen = line(cpm ?? Number.POSITIVE_INFINITY, 50, 5, 50) + line((1000 * spend) / reach, 100, 10, 50);
  const isSeen = objective === 'OUTCOME_AWARENESS' || objective === 'REACH';
  const score = forSales ? clicks + purchases : isSeen ? seen : (clicks * 100) / 45;
  return Math.round(score * 10) / 10;
}
