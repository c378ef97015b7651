import { RedisLink } from '../../../api/src/redis/redis-link.ts';
import { RedisRecordLog } from '../../../api/src/redis/redis-record-log.ts';
import { SpareRecordLog } from '../../../api/src/redis/spare-record-log.ts';
import { eventually } from '../../support/eventually.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';

interface Numbered {
  at: string;
  n: number;
}

const record = (n: number): Numbered => ({ at: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(), n });
const numbers = (records: Numbered[]) => records.map(({ n }) => n);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describeWithRedis('record logs in Redis', () => {
  let logs: LogCapture;
  let redis: RedisServer;
  let links: RedisLink[];
  let prefix = 0;

  beforeAll(async () => {
    logs = captureLogs();
    redis = await startRedis();
  });
  beforeEach(() => {
    links = [];
    prefix += 1;
  });
  afterEach(() => {
    for (const link of links) link.stop();
  });
  afterAll(async () => {
    await redis.stop();
    logs.stop();
  });

  async function connect(): Promise<RedisLink> {
    const settings = { url: redis.url, prefix: `t${prefix}`, timeoutSeconds: 1, pollSeconds: 30 };
    const link = new RedisLink(settings);
    links.push(link);
    link.start();
    await eventually('connected', () => link.up);
    return link;
  }

  async function open(bounds: { recordsPerKey?: number; keys?: number; ttlSeconds?: number } = {}) {
    const options = { name: 'chat', recordsPerKey: 100, keys: 10, ttlSeconds: 60, ...bounds };
    return new RedisRecordLog<Numbered>(await connect(), options);
  }

  test('give the newest first, of one key alone, at most as many as asked for', async () => {
    const log = await open();
    for (const n of [1, 3, 2]) await log.append('a', record(n));
    await log.append('b', record(9));
    expect(numbers(await log.latest('a', 2))).toEqual([3, 2]);
    expect(numbers(await log.latest('a', 99))).toEqual([3, 2, 1]);
    expect(await log.latest('a', 0)).toEqual([]);
    expect(await log.latest('nobody', 5)).toEqual([]);
  });

  test('keep the order of one process within a millisecond, and equal records apart', async () => {
    const log = await open();
    const { at } = record(1);
    for (const n of upTo(12)) await log.append('a', { at, n });
    await log.append('a', { at, n: 11 });
    expect(numbers(await log.latest('a', 99))).toEqual([11, ...upTo(12).reverse()]);
  });

  test('lose nothing when several processes append at once', async () => {
    const writers = await Promise.all([open(), open(), open()]);
    const all = writers.flatMap((writer, index) =>
      upTo(30).map((n) => writer.append('a', record(3 * n + index))),
    );
    await Promise.all(all);
    expect(numbers((await writers[0]?.latest('a', 999)) ?? [])).toEqual(upTo(90).reverse());
  });

  test('stay within their bounds: records of a key, keys, and time', async () => {
    const log = await open({ recordsPerKey: 3, keys: 2 });
    for (const n of upTo(20)) await log.append(`key-${Math.floor(n / 5)}`, record(n));
    expect(numbers(await log.latest('key-3', 99))).toEqual([19, 18, 17]);
    expect(await log.latest('key-0', 99)).toEqual([]);
    const names = (await redis.client.keys(`t${prefix}:*records*`)).sort();
    expect(names).toEqual([`t${prefix}:{chat}:records:key-2`, `t${prefix}:{chat}:records:key-3`]);
    for (const name of [...names, `t${prefix}:{chat}:keys`]) {
      expect(await redis.client.pttl(name)).toBeGreaterThan(0);
    }
  });

  test('remove what is older than a date from every key and say how much that was', async () => {
    const log = await open();
    for (const n of upTo(6)) await log.append(n < 2 ? 'old' : 'mixed', record(n));
    expect(await log.removeBefore(new Date(record(4).at))).toBe(4);
    expect(numbers(await log.latest('mixed', 9))).toEqual([5, 4]);
    expect(await redis.client.zrange(`t${prefix}:{chat}:keys`, 0, '-1')).toEqual(['mixed']);
  });

  test('go on without Redis, show what waits, and add it once when Redis is back', async () => {
    const link = await connect();
    const options = { name: 'chat', recordsPerKey: 100, keys: 10, ttlSeconds: 60 };
    const log = new SpareRecordLog(link, new RedisRecordLog<Numbered>(link, options), 3);
    await log.append('a', record(1));
    redis.freeze();
    // The first is written when Redis goes on, and added once more: that changes nothing.
    await log.append('a', record(2));
    expect(link.up).toBe(false);
    for (const n of [3, 4]) await log.append('a', record(n));
    expect(numbers(await log.latest('a', 9))).toEqual([4, 3, 2]);
    redis.thaw();
    const other = await open();
    await eventually('all are added', async () => (await other.latest('a', 9)).length === 4);
    await eventually('nothing waits', async () => (await log.latest('a', 9)).length === 4);
    expect(numbers(await log.latest('a', 9))).toEqual([4, 3, 2, 1]);
    expect(logs.lines.filter((line) => /WARN Redis is not available/.test(line))).toHaveLength(1);
  });

  test('add what Redis takes, although it refuses something that waits before it', async () => {
    const link = await connect();
    const options = { name: 'chat', recordsPerKey: 100, keys: 10, ttlSeconds: 60 };
    const log = new SpareRecordLog(link, new RedisRecordLog<Numbered>(link, options));
    await redis.client.set(`t${prefix}:{chat}:records:odd`, 'no records');
    redis.freeze();
    await log.append('odd', record(1));
    await log.append('a', record(2));
    redis.thaw();
    const other = await open();
    await eventually('added', async () => (await other.latest('a', 9)).length === 1);
  });
});
