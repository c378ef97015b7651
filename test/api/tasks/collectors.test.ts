import { jest } from '@jest/globals';
import { cleanupOldData, collectCampaignMetrics } from '../../../api/src/tasks/collectors.ts';
import { createMemoryStores } from '../../../api/src/stores/sqlite/sqlite-stores.ts';
import { startTaskWorld, type TaskWorld } from './task-world.ts';

const DAY_MS = 86_400_000;

describe('collectors', () => {
  let world: TaskWorld;

  beforeAll(async () => {
    world = await startTaskWorld();
  });
  beforeEach(() => world.reset());
  afterEach(() => jest.useRealTimers());
  afterAll(() => world.stop());

  test('collectCampaignMetrics keeps today’s delivery of every campaign, and yesterday’s once it is over', async () => {
    const { graph, deps } = world;
    // Graph lists neither archived nor deleted campaigns unasked.
    const gone = ['ARCHIVED', 'DELETED'];
    const seeded = graph.data.campaigns().filter(({ effectiveStatus }) => !gone.includes(effectiveStatus));
    expect(await collectCampaignMetrics(deps)).toBe(seeded.length);
    const asked = graph.journal.count('account_insights');
    await collectCampaignMetrics(deps);
    expect(graph.journal.count('account_insights')).toBe(asked + 1);
    const days = [];
    for await (const day of deps.stores.snapshots.between('2026-01-01', '2026-12-31')) days.push(day);
    expect(days.map(({ day, complete }) => [day, complete])).toEqual([
      [graph.data.expectedInsights({ preset: 'yesterday' })?.date_start, true],
      [graph.data.expectedInsights({ preset: 'today' })?.date_start, false],
    ]);
    for (const [index, preset] of (['yesterday', 'today'] as const).entries()) {
      const kept = new Map(days[index]?.campaigns.map(({ id, insights }) => [id, insights]));
      for (const { id } of seeded) {
        const expected = graph.data.expectedInsights({ campaignId: id, preset });
        const insights = kept.get(id);
        if (expected === null) {
          expect(insights).toBeUndefined();
          continue;
        }
        const { impressions, clicks, purchases } = expected;
        expect(insights).toMatchObject({ impressions, clicks, conversions: purchases });
        expect(insights?.spend).toBeCloseTo(expected.spend, 6);
        expect(insights?.revenue).toBeCloseTo(expected.revenue, 6);
      }
    }
  });

  test('days to which conversions were still coming in are read again, a few at a time, until they are final', async () => {
    const { graph, deps } = world;
    const { snapshots } = deps.stores;
    const at = (day: string) => `${day}T12:00:00.000Z`;
    // The stand-in's own; each day was read on the day after it, but the last two later.
    fixDate('2026-11-20T15:00:00.000Z');
    const read: [day: string, at: string][] = [
      ['2026-11-18', at('2026-11-19')],
      ['2026-11-17', at('2026-11-18')],
      ['2026-11-12', at('2026-11-13')],
      ['2026-10-20', at('2026-10-21')],
      ['2026-10-22', at('2026-11-12')],
      ['2026-10-21', at('2026-11-19')],
    ];
    for (const [day, moment] of read)
      await snapshots.record({ day, at: moment, complete: true, campaigns: [] });
    expect(await snapshots.daysToReadAgain(new Date().toISOString())).toEqual([
      '2026-11-17',
      '2026-11-12',
      '2026-10-22',
      '2026-10-20',
    ]);
    await collectCampaignMetrics(deps);
    expect(await snapshots.daysToReadAgain(new Date().toISOString())).toEqual(['2026-10-22', '2026-10-20']);
    await collectCampaignMetrics(deps);
    expect(await snapshots.daysToReadAgain(new Date().toISOString())).toEqual([]);
    const asked = graph.journal.count('account_insights');
    await collectCampaignMetrics(deps);
    expect(graph.journal.count('account_insights')).toBe(asked + 1);
    for await (const { day, campaigns } of snapshots.between('2026-10-20', '2026-10-20')) {
      const expected = graph.data.expectedInsights({ since: day, until: day });
      const spend = campaigns.reduce((sum, { insights }) => sum + insights.spend, 0);
      expect(spend).toBeCloseTo(expected?.spend ?? 0, 1);
    }
  });

  test('tasks share one agent, with one validation', async () => {
    const { graph, deps } = world;
    await Promise.all([collectCampaignMetrics(deps), collectCampaignMetrics(deps)]);
    await collectCampaignMetrics(deps);
    expect(graph.journal.validations()).toBe(1);
  });

  test('cleanupOldData drops snapshots and suggestions after 90 days and chat after 30', async () => {
    const stores = createMemoryStores();
    const aged = (days: number) => ({ at: new Date(Date.now() - days * DAY_MS).toISOString() });
    for (const days of [91, 89, 31, 29]) {
      const { at } = aged(days);
      await stores.snapshots.record({ at, day: at.slice(0, 10), complete: true, campaigns: [] });
      await stores.suggestions.append('user-1', { ...aged(days), kind: 'pause', suggestions: [] });
      await stores.chat.append('user-1', { ...aged(days), message: 'Oi', type: 'help' });
    }
    // One snapshot, one suggestion and three chats.
    expect(await cleanupOldData({ stores })).toBe(5);
    let kept = 0;
    for await (const _ of stores.snapshots.between('2000-01-01', '2999-12-31')) kept += 1;
    expect(kept).toBe(3);
    expect(await stores.suggestions.latest('user-1', 9)).toHaveLength(3);
    expect(await stores.chat.latest('user-1', 9)).toHaveLength(1);
    expect(await cleanupOldData({ stores })).toBe(0);
  });
});

/** Stops the date, and leaves all timers as they are. */
function fixDate(now: string): void {
  jest.useFakeTimers({
    now: new Date(now),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}
