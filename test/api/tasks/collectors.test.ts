import { cleanupOldData, collectCampaignMetrics } from '../../../api/src/tasks/collectors.ts';
import { createMemoryStores } from '../../../api/src/stores/memory-record-log.ts';
import { startTaskWorld, type TaskWorld } from './task-world.ts';

const DAY_MS = 86_400_000;

describe('collectors', () => {
  let world: TaskWorld;

  beforeAll(async () => {
    world = await startTaskWorld();
  });
  beforeEach(() => world.reset());
  afterAll(() => world.stop());

  test('collectCampaignMetrics keeps today’s delivery of every campaign as one snapshot', async () => {
    const { graph, deps } = world;
    // Graph lists neither archived nor deleted campaigns unasked.
    const gone = ['ARCHIVED', 'DELETED'];
    const seeded = graph.data.campaigns().filter(({ effectiveStatus }) => !gone.includes(effectiveStatus));
    expect(await collectCampaignMetrics(deps)).toBe(seeded.length);
    const [snapshot, ...others] = await deps.stores.snapshots.latest('account', 10);
    expect(others).toEqual([]);
    const kept = new Map(snapshot?.campaigns.map(({ id, insights }) => [id, insights]));
    expect(kept.size).toBe(seeded.length);
    for (const { id } of seeded) {
      const expected = graph.data.expectedInsights({ campaignId: id, preset: 'today' });
      const insights = kept.get(id);
      if (expected === null) {
        expect(insights).toBeNull();
        continue;
      }
      const { impressions, clicks, purchases } = expected;
      expect(insights).toMatchObject({ impressions, clicks, conversions: purchases });
      expect(insights?.spend).toBeCloseTo(expected.spend, 6);
      expect(insights?.revenue).toBeCloseTo(expected.revenue, 6);
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
      await stores.snapshots.append('account', { ...aged(days), campaigns: [] });
      await stores.suggestions.append('account', { ...aged(days), kind: 'pause', suggestions: [] });
      await stores.chat.append('user-1', { ...aged(days), message: 'Oi', type: 'help' });
    }
    // One snapshot, one suggestion and three chats.
    expect(await cleanupOldData({ stores })).toBe(5);
    expect(await stores.snapshots.latest('account', 9)).toHaveLength(3);
    expect(await stores.suggestions.latest('account', 9)).toHaveLength(3);
    expect(await stores.chat.latest('user-1', 9)).toHaveLength(1);
    expect(await cleanupOldData({ stores })).toBe(0);
  });
});
