import type { ChatRecord, SnapshotRecord, Stores, SuggestionRecord } from '../stores/record-log.ts';
import type { RedisLink } from './redis-link.ts';
import { RedisRecordLog, type RedisRecordLogOptions } from './redis-record-log.ts';
import { SpareRecordLog } from './spare-record-log.ts';

const DAY_SECONDS = 86_400;

/** Every store in Redis, within the bounds that the stores in memory have, and with the retention as TTL. */
export function createRedisStores(link: RedisLink): Stores {
  const open = <T extends { at: string }>(options: RedisRecordLogOptions) =>
    new SpareRecordLog<T>(link, new RedisRecordLog<T>(link, options));
  return {
    chat: open<ChatRecord>({ name: 'chat', recordsPerKey: 200, keys: 1000, ttlSeconds: 30 * DAY_SECONDS }),
    suggestions: open<SuggestionRecord>({
      name: 'suggestions',
      recordsPerKey: 200,
      keys: 10,
      ttlSeconds: 90 * DAY_SECONDS,
    }),
    snapshots: open<SnapshotRecord>({
      name: 'snapshots',
      recordsPerKey: 336,
      keys: 10,
      ttlSeconds: 90 * DAY_SECONDS,
    }),
  };
}
