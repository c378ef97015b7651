import { deeply } from '../../support/depth.ts';
import { jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../../api/src/integrations/n8n-client.ts';
import { NotionClient } from '../../../api/src/integrations/notion-client.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { openStateFile } from '../../../api/src/stores/sqlite/sqlite-stores.ts';
import { raiseAlerts } from '../../../api/src/tasks/alerts.ts';
import { Courier } from '../../../api/src/tasks/delivery/courier.ts';
import { analyzePerformance, generateDailyReport } from '../../../api/src/tasks/processors.ts';
import { notionError } from '../../support/notion-server.ts';
import { aRun, depsOf, startTaskWorld, type TaskWorld } from './task-world.ts';

let world: TaskWorld;
beforeAll(async () => {
  world = await startTaskWorld();
});
beforeEach(() => world.reset());
afterEach(() => jest.restoreAllMocks());
afterAll(() => world.stop());

const kinds = () => {
  const counts: Record<string, number> = {};
  for (const { event } of world.n8nServer.events) counts[String(event)] = (counts[String(event)] ?? 0) + 1;
  return counts;
};
const titles = () => world.notionServer.pages.map(({ title }) => title).sort();
const score = (id: number, points: number | null) =>
  ({
    campaign_id: String(id),
    name: `Campaign ${id}`,
    status: 'ACTIVE',
    objective: null,
    score: points,
    rating: points === null ? null : points < 40 ? 'poor' : 'good',
    spend: 1,
    impressions: 1,
    clicks: 0,
    conversions: 0,
    revenue: 0,
    ctr: null,
    cpc: null,
    cpa: null,
    roas: null,
  }) as Parameters<typeof raiseAlerts>[0][number];

/** An hour passes for who asks what time it is. */
function anHourLater(): void {
  const now = Date.now() + 3_600_001;
  jest.spyOn(Date, 'now').mockReturnValue(now);
}

test('a report that Notion does not take goes to n8n at once, and to Notion later, once', async () => {
  const { notionServer, n8nServer, deps } = world;
  notionServer.fail(notionError(503, 'service_unavailable'));
  await generateDailyReport(deps, aRun('report:today'));
  expect(n8nServer.events.map(({ event }) => event)).toEqual(['daily-report']);
  expect(titles()).toEqual([]);
  expect(await registry.metrics()).toMatch(
    /task_deliveries_total\{channel="notion",outcome="failed"\} [1-9]/,
  );
  notionServer.heal();
  anHourLater();
  await deps.courier.look();
  await deps.courier.look();
  expect(titles()).toHaveLength(1);
  expect(n8nServer.events).toHaveLength(1);
  // The same run, made again.
  await generateDailyReport(deps, aRun('report:today'));
  expect(titles()).toHaveLength(1);
  expect(n8nServer.events).toHaveLength(1);
});

test('what was not sent survives the process, and a page whose answer was lost is not made twice', async () => {
  const { notionServer, n8nServer } = world;
  const folder = await mkdtemp(join(tmpdir(), 'outbox-'));
  const clients = () => ({
    notion: new NotionClient({ ...notionServer.access, timeoutSeconds: 0.3 }),
    n8n: new N8nClient({ webhookUrl: n8nServer.webhookUrl, timeoutSeconds: 0.3 }),
  });
  const open = () => {
    const stores = openStateFile(join(folder, 'state.db'));
    const made = clients();
    return { stores, courier: new Courier({ stores, ...made }, { lease: 0.1, retryAfter: 0 }) };
  };
  const first = open();
  notionServer.fail('take-hang', ({ path }) => path === '/v1/pages');
  n8nServer.fail('take-drop');
  await generateDailyReport(first, aRun('report:today'));
  expect(titles()).toHaveLength(1);
  first.stores.close();
  notionServer.heal();
  n8nServer.heal();
  const second = open();
  await second.courier.look();
  await second.courier.look();
  expect(titles()).toHaveLength(1);
  // n8n can tell by the id, which is the same.
  expect(new Set(n8nServer.events.map(({ id }) => id)).size).toBe(1);
  second.stores.close();
  await rm(folder, { recursive: true });
});

deeply('a limit of Notion is waited for: no alert is lost', async () => {
  let pages = 0;
  const limited = { ...notionError(429, 'rate_limited'), headers: { 'retry-after': '0' } };
  world.notionServer.fail(limited, ({ path }) => path === '/v1/pages' && ++pages % 3 === 0);
  const campaigns = Array.from({ length: 10 }, (_, id) => score(id, 35));
  expect(await raiseAlerts(campaigns, world.deps, aRun())).toBe(10);
  expect(titles()).toHaveLength(10);
});

test('tells of a campaign when it becomes poor, worse or well again, not each hour', async () => {
  const { deps } = world;
  const poor = await analyzePerformance(deps, aRun());
  expect(poor).toBeGreaterThan(2);
  const [pages, events] = [titles(), kinds()];
  expect(pages).toHaveLength(poor);
  await analyzePerformance(deps, aRun());
  await analyzePerformance(deps, aRun());
  expect(titles()).toEqual(pages);
  expect(kinds()).toEqual(events);

  world.reset();
  const tell = async (points: number | null) => {
    world.notionServer.pages.length = 0;
    world.n8nServer.events.length = 0;
    await raiseAlerts([score(1, points)], world.deps, aRun());
    return [titles().map((title) => title.split(':')[0]), Object.keys(kinds())];
  };
  const nothing = [[], []];
  expect(await tell(80)).toEqual(nothing);
  expect(await tell(35)).toEqual([['Underperforming'], ['campaign-underperforming']]);
  expect(await tell(31)).toEqual(nothing);
  expect(await tell(20)).toEqual([['Underperforming'], ['campaign-underperforming', 'campaign-alert']]);
  // Neither a little better nor without delivery is well again, nor is it news to be as bad as before.
  for (const points of [35, 42, null, 20]) expect(await tell(points)).toEqual(nothing);
  expect(await tell(60)).toEqual([['Well again'], ['campaign-recovered']]);
  expect(await tell(60)).toEqual(nothing);
  expect(await tell(35)).toEqual([['Underperforming'], ['campaign-underperforming']]);
});

deeply('one channel that hangs delays no other, and is not asked for long', async () => {
  const { notionServer, n8nServer } = world;
  const deps = depsOf(
    {
      notion: new NotionClient(notionServer.access),
      n8n: new N8nClient({ webhookUrl: n8nServer.webhookUrl, timeoutSeconds: 0.5 }),
    },
    { retryAfter: 0 },
  );
  n8nServer.fail('hang');
  n8nServer.requests.length = 0;
  const campaigns = Array.from({ length: 10 }, (_, id) => score(id, 20));
  const raising = raiseAlerts(campaigns, deps, aRun());
  while (notionServer.pages.length < 10) await new Promise(setImmediate);
  // Notion has all of it before n8n is given up.
  expect(n8nServer.requests.length).toBeLessThanOrEqual(4);
  await raising;
  expect(n8nServer.requests).toHaveLength(4);
  n8nServer.heal();
});

test('what cannot be sent for three days is given up, and said so', async () => {
  world.n8nServer.fail({ status: 404 });
  await raiseAlerts([score(1, 35)], world.deps, aRun());
  const now = Date.now() + 3 * 86_400_000 + 60_000;
  jest.spyOn(Date, 'now').mockReturnValue(now);
  await world.deps.courier.look();
  expect(world.logs.lines.some((line) => / ERROR Alert on campaign 1 through n8n given up/.test(line))).toBe(
    true,
  );
  world.n8nServer.heal();
  await world.deps.courier.look();
  expect(world.n8nServer.events).toEqual([]);
});
