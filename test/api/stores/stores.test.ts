import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CampaignWithInsights } from '../../../api/src/domain/campaign.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';
import { type Numbered, type OpenedStores, openRedis, openSqlite } from './opened-stores.ts';

const START = Date.UTC(2026, 2, 1);
const record = (n: number): Numbered => ({ at: new Date(START + n * 1000).toISOString(), n });
const numbers = (records: Numbered[]) => records.map(({ n }) => n);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const MIB = 1024 * 1024;

function campaign(n: number, spend: number | null, day = '2026-03-01'): CampaignWithInsights {
  const rates = { ctr: 100 / 7, cpc: (spend ?? 0) / 3, cpm: 1.234567, cpa: null, roas: null };
  const counts = { impressions: 31 * n, clicks: n % 97, reach: 29 * n, conversions: n % 7, revenue: n * 1.7 };
  return {
    id: `12021${String(n).padStart(10, '0')}`,
    name: `Campaign number ${n} of the autumn`,
    status: 'ACTIVE',
    effective_status: 'ACTIVE',
    objective: 'OUTCOME_SALES',
    daily_budget: 10,
    lifetime_budget: null,
    budget_remaining: null,
    start_time: null,
    stop_time: null,
    created_time: '2026-01-31T12:00:00+0000',
    updated_time: '2026-01-31T12:00:00+0000',
    insights: spend === null ? null : { date_start: day, date_stop: day, spend, ...counts, ...rates },
  };
}

let logs: LogCapture;
beforeAll(() => {
  logs = captureLogs();
});
afterAll(() => logs.stop());

describe('in memory', () => {
  suite(async () => openSqlite(':memory:'));
});

describe('in a state file', () => {
  let folder: string;
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'state-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  suite(async () => openSqlite(join(folder, `state-${count++}.db`)));
});

describeWithRedis('in Redis', () => {
  let redis: RedisServer;
  let count = 0;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  suite(async () => openRedis(redis, `s${count++}`));
});

/** What every store does, whatever it is made of. */
function suite(open: () => Promise<OpenedStores>): void {
  let stores: OpenedStores;
  beforeEach(async () => {
    stores = await open();
  });
  afterEach(() => stores.close());

  describe('a record log', () => {
    test('gives the newest first, of one key alone, at most as many as asked for', async () => {
      const log = stores.log();
      for (const n of [1, 3, 2]) await log.append('a', record(n));
      await log.append('b', record(9));
      expect(numbers(await log.latest('a', 2))).toEqual([3, 2]);
      expect(numbers(await log.latest('a', 99))).toEqual([3, 2, 1]);
      expect(await log.latest('a', 0)).toEqual([]);
      expect(await log.latest('nobody', 5)).toEqual([]);
    });

    test('keeps the order within a millisecond, and equal records apart', async () => {
      const log = stores.log();
      const { at } = record(1);
      for (const n of upTo(12)) await log.append('a', { at, n });
      await log.append('a', { at, n: 11 });
      expect(numbers(await log.latest('a', 99))).toEqual([11, ...upTo(12).reverse()]);
    });

    test('loses nothing when several append at once', async () => {
      const writers = [stores.log(), stores.log(), stores.log()];
      await Promise.all(
        writers.flatMap((writer, index) => upTo(30).map((n) => writer.append('a', record(3 * n + index)))),
      );
      expect(numbers((await writers[0]?.latest('a', 999)) ?? [])).toEqual(upTo(90).reverse());
    });

    test('lets the oldest records of a key go first, and keeps the newest whatever its size', async () => {
      const log = stores.log({ recordsPerKey: 3, bytesPerKey: 400 });
      for (const n of upTo(5)) await log.append('a', record(n));
      expect(numbers(await log.latest('a', 9))).toEqual([4, 3, 2]);
      await log.append('a', { ...record(6), text: 'x'.repeat(350) } as Numbered);
      expect(numbers(await log.latest('a', 9))).toEqual([6]);
      await log.append('b', { ...record(7), text: 'x'.repeat(900) } as Numbered);
      expect(numbers(await log.latest('b', 9))).toEqual([7]);
      await log.append('b', record(8));
      expect(numbers(await log.latest('b', 9))).toEqual([8]);
    });

    test('is bounded in bytes by what heavy users hold: nobody pushes out who holds less', async () => {
      const log = stores.log({ bytes: 20_000 });
      for (const n of upTo(10)) await log.append(`light-${n}`, record(n));
      const letters = 'п'.repeat(200);
      for (const n of upTo(300)) {
        await log.append(`heavy-${n % 3}`, { ...record(100 + n), letters } as Numbered);
      }
      for (const n of upTo(10)) expect(numbers(await log.latest(`light-${n}`, 9))).toEqual([n]);
      const held = await Promise.all(upTo(3).map((n) => log.latest(`heavy-${n}`, 999)));
      const bytes = Buffer.byteLength(JSON.stringify(held));
      expect(bytes).toBeLessThan(21_000);
      expect(bytes).toBeGreaterThan(12_000);
      // What is left of them is the newest.
      expect(held.flatMap((records) => numbers(records)).sort((a, b) => b - a)[0]).toBe(399);
      expect(Math.min(...held.flatMap((records) => numbers(records)))).toBeGreaterThan(300);
    });

    test('keeps any number of keys within its bytes', async () => {
      const log = stores.log();
      for (const n of upTo(1100)) await log.append(`user-${n}`, record(n));
      expect(numbers(await log.latest('user-0', 9))).toEqual([0]);
      expect(numbers(await log.latest('user-1099', 9))).toEqual([1099]);
    });

    test('removes what is older than a date from every key and says how much that was', async () => {
      const log = stores.log();
      for (const n of upTo(6)) await log.append(n < 2 ? 'old' : 'mixed', record(n));
      expect(await log.removeBefore(new Date(record(4).at))).toBe(4);
      expect(numbers(await log.latest('mixed', 9))).toEqual([5, 4]);
      expect(await log.latest('old', 9)).toEqual([]);
      expect(await log.removeBefore(new Date(record(4).at))).toBe(0);
    });
  });

  describe('documents', () => {
    test('are replaced, listed by key, removed, and forgotten after their time', async () => {
      const [one, other] = [stores.documents<{ n: number }>('memory'), stores.documents('memory')];
      await one.put('b', { n: 1 }, 60);
      await one.put('a', { n: 2 }, 60);
      await other.put('b', { n: 3 }, 60);
      await one.put('gone', { n: 4 }, -1);
      await stores.documents('other').put('c', { n: 5 }, 60);
      expect(await one.get('b')).toEqual({ n: 3 });
      expect(await other.entries()).toEqual([
        ['a', { n: 2 }],
        ['b', { n: 3 }],
      ]);
      expect(await one.get('gone')).toBeUndefined();
      await other.remove('a');
      expect(await one.get('a')).toBeUndefined();
      await other.remove('a');
    });
  });

  describe('the ledger', () => {
    const times = { lease: 60, ttl: 600 };

    test('gives one claim to one owner, and says what is done', async () => {
      const [one, other] = [stores.ledger(), stores.ledger()];
      expect(await one.claim('report', 'me', times)).toEqual({ state: 'ours', triedSince: undefined });
      expect(await other.claim('report', 'you', times)).toEqual({ state: 'theirs' });
      expect(await one.isDone('report')).toBe(false);
      await one.done('report', 60);
      expect(await other.isDone('report')).toBe(true);
      expect(await other.claim('report', 'you', times)).toEqual({ state: 'done' });
      expect((await other.claim('another', 'you', times)).state).toBe('ours');
    });

    test('tells who comes after since when it has been tried', async () => {
      const ledger = stores.ledger();
      await ledger.claim('page', 'me', times);
      await ledger.release('page', 'somebody else');
      expect(await ledger.claim('page', 'you', times)).toEqual({ state: 'theirs' });
      await ledger.release('page', 'me');
      const claim = await ledger.claim('page', 'you', times);
      expect(claim).toEqual({ state: 'ours', triedSince: expect.any(Date) });
      expect(await ledger.claim('page', 'you', times)).toEqual(claim);
    });

    test('gives a claim on whose owner shows no sign of life', async () => {
      const ledger = stores.ledger();
      await ledger.claim('page', 'me', { lease: 0, ttl: 600 });
      expect(await ledger.claim('page', 'you', times)).toMatchObject({ state: 'ours' });
    });
  });

  describe('snapshots', () => {
    const collect = async (history: AsyncIterable<unknown>) => {
      const days = [];
      for await (const day of history) days.push(day);
      return days;
    };

    test('keep what each campaign delivered on a day, as it was known last', async () => {
      const [one, other] = [stores.snapshots(), stores.snapshots()];
      const day = '2026-03-01';
      const take = (at: string, complete: boolean, campaigns: CampaignWithInsights[]) =>
        one.record({ at, day, complete, campaigns });
      await take('2026-03-01T10:00:00.000Z', false, [campaign(1, 5), campaign(2, 7), campaign(3, null)]);
      await take('2026-03-01T10:30:00.000Z', false, [campaign(1, 6), campaign(3, 1)]);
      const [kept] = await collect(other.between(day, day));
      expect(kept).toMatchObject({ day, at: '2026-03-01T10:30:00.000Z', complete: false });
      const spends = (kept as { campaigns: CampaignWithInsights[] }).campaigns.map(({ id, insights }) => [
        Number(id.slice(5)),
        insights?.spend,
      ]);
      // The second is gone from the account, and what it had delivered is not.
      expect(spends).toEqual([
        [1, 6],
        [3, 1],
        [2, 7],
      ]);
      expect(await other.isComplete(day)).toBe(false);
      await take('2026-03-02T00:00:01.000Z', true, [campaign(1, 9)]);
      await take('2026-03-01T23:59:59.000Z', false, [campaign(1, 8)]);
      expect(await other.isComplete(day)).toBe(true);
      expect(JSON.stringify(await collect(other.between(day, day)))).toContain('"spend":9');
    });

    test('are found by range, and go by age', async () => {
      const history = stores.snapshots();
      for (const day of ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']) {
        await history.record({ at: `${day}T12:00:00.000Z`, day, complete: false, campaigns: [] });
      }
      const days = async (since: string, until: string) =>
        (await collect(history.between(since, until))).map((kept) => (kept as { day: string }).day);
      expect(await days('2026-02-28', '2026-03-01')).toEqual(['2026-02-28', '2026-03-01']);
      expect(await days('2026-03-05', '2026-03-06')).toEqual([]);
      expect(await history.removeBefore(new Date('2026-03-01T12:00:00Z'))).toBe(2);
      expect(await days('2026-01-01', '2026-12-31')).toEqual(['2026-03-01', '2026-03-02']);
    });

    test('of two that are taken at once, both are kept', async () => {
      const day = '2026-03-01';
      const at = '2026-03-01T10:00:00.000Z';
      await Promise.all(
        [1, 2, 3].map((n) =>
          stores.snapshots().record({ at, day, complete: false, campaigns: [campaign(n, n)] }),
        ),
      );
      const [kept] = await collect(stores.snapshots().between(day, day));
      expect((kept as { campaigns: unknown[] }).campaigns).toHaveLength(3);
    });

    test('of 2,813 campaigns over 90 days take less than 100 MB', async () => {
      const history = stores.snapshots();
      const before = await stores.size();
      // Each day another figure for each campaign, as compression would find it.
      for (const n of upTo(9)) {
        const day = new Date(START + n * 86_400_000).toISOString().slice(0, 10);
        const campaigns = upTo(2813).map((c) => campaign(c, ((c * 7919 + n * 104_729) % 100_000) / 97, day));
        await history.record({ at: `${day}T12:00:00.000Z`, day, complete: true, campaigns });
      }
      expect(((await stores.size()) - before) * 10).toBeLessThan(100 * MIB);
    });
  });
}
