import { deeply } from '../../support/depth.ts';
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

const OPTIONS = { name: 'chat', recordsPerKey: 100, bytesPerKey: 1e6, bytes: 1e7, ttlSeconds: 60 };
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
    logs.lines.length = 0;
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

  async function open(bounds: { recordsPerKey?: number } = {}) {
    return new RedisRecordLog<Numbered>(await connect(), { ...OPTIONS, ...bounds });
  }

  test('lie under the names that docs/redis.md says, and not for good', async () => {
    const log = await open({ recordsPerKey: 3 });
    for (const n of upTo(20)) await log.append(`key-${Math.floor(n / 10)}`, record(n));
    const names = (await redis.client.keys(`t${prefix}:*{chat}*`)).sort();
    const parts = ['keys', 'records:key-0', 'records:key-1', 'sizes', 'total'];
    expect(names).toEqual(parts.map((part) => `t${prefix}:{chat}:${part}`));
    for (const name of names) expect(await redis.client.pttl(name)).toBeGreaterThan(0);
    const members = await redis.client.zrange(`t${prefix}:{chat}:records:key-1`, 0, '-1');
    const bytes = members.reduce((sum, member) => sum + Buffer.byteLength(member), 0);
    expect(Number(await redis.client.zscore(`t${prefix}:{chat}:sizes`, 'key-1'))).toBe(bytes);
    expect(await log.removeBefore(new Date(record(10).at))).toBe(3);
    expect(await redis.client.get(`t${prefix}:{chat}:total`)).toBe(String(bytes));
    expect(await redis.client.zrange(`t${prefix}:{chat}:keys`, 0, '-1')).toEqual(['key-1']);
  });

  deeply('of a heavy user make room for the others while Redis is away', async () => {
    const link = await connect();
    const log = new SpareRecordLog(link, new RedisRecordLog<Numbered>(link, OPTIONS), 3);
    redis.freeze();
    await log.append('light', record(1));
    for (const n of [2, 3, 4, 5]) await log.append('heavy', record(n));
    expect(numbers(await log.latest('light', 9))).toEqual([1]);
    expect(numbers(await log.latest('heavy', 9))).toEqual([5, 4]);
    redis.thaw();
  });

  test('go on without Redis, show what waits, and add it once when Redis is back', async () => {
    const link = await connect();
    const log = new SpareRecordLog(link, new RedisRecordLog<Numbered>(link, OPTIONS), 3);
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

  deeply('add what Redis takes, although it refuses something that waits before it', async () => {
    const link = await connect();
    const log = new SpareRecordLog(link, new RedisRecordLog<Numbered>(link, OPTIONS));
    await redis.client.set(`t${prefix}:{chat}:records:odd`, 'no records');
    redis.freeze();
    await log.append('odd', record(1));
    await log.append('a', record(2));
    redis.thaw();
    const other = await open();
    await eventually('added', async () => (await other.latest('a', 9)).length === 1);
  });
});
