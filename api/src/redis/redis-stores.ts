import type { ChatRecord, SuggestionRecord } from '../stores/record-log.ts';
import { SnapshotHistory } from '../stores/snapshot-history.ts';
import type { Stores } from '../stores/stores.ts';
import { RedisDayStore } from './redis-day-store.ts';
import { RedisDocuments } from './redis-documents.ts';
import type { RedisLink } from './redis-link.ts';
import { RedisOnceLedger } from './redis-once-ledger.ts';
import { RedisRecordLog, type RedisRecordLogOptions } from './redis-record-log.ts';
import { SpareRecordLog } from './spare-record-log.ts';

const MIB = 1024 * 1024;
const BOUNDS = { recordsPerKey: 200, bytesPerKey: 8 * MIB, bytes: 256 * MIB };
/** Beyond the retention, so that what goes is taken by the cleanup, which counts it. */
const TTL_SECONDS = { chat: 40 * 86_400, suggestions: 100 * 86_400 };

/** Every store in Redis. */
export function createRedisStores(link: RedisLink): Stores {
  const open = <T extends { at: string }>(options: RedisRecordLogOptions) =>
    new SpareRecordLog<T>(link, new RedisRecordLog<T>(link, options));
  return {
    chat: open<ChatRecord>({ name: 'chat', ...BOUNDS, ttlSeconds: TTL_SECONDS.chat }),
    suggestions: open<SuggestionRecord>({
      name: 'suggestions',
      ...BOUNDS,
      ttlSeconds: TTL_SECONDS.suggestions,
    }),
    snapshots: new SnapshotHistory(new RedisDayStore(link)),
    ledger: new RedisOnceLedger(link),
    documents: (kind) => new RedisDocuments(link, kind),
    // The link tells of a Redis that is away.
    writable: () => true,
    close: () => undefined,
  };
}
