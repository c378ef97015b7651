import { RedisLink } from '../../../api/src/redis/redis-link.ts';
import { RedisDayStore } from '../../../api/src/redis/redis-day-store.ts';
import { RedisDocuments } from '../../../api/src/redis/redis-documents.ts';
import { RedisOnceLedger } from '../../../api/src/redis/redis-once-ledger.ts';
import { RedisRecordLog } from '../../../api/src/redis/redis-record-log.ts';
import type { Documents } from '../../../api/src/stores/documents.ts';
import type { OnceLedger } from '../../../api/src/stores/once-ledger.ts';
import type { RecordLog, RecordLogBounds } from '../../../api/src/stores/record-log.ts';
import { SnapshotHistory } from '../../../api/src/stores/snapshot-history.ts';
import { SqliteDayStore } from '../../../api/src/stores/sqlite/sqlite-day-store.ts';
import { SqliteDocuments } from '../../../api/src/stores/sqlite/sqlite-documents.ts';
import { SqliteOnceLedger } from '../../../api/src/stores/sqlite/sqlite-once-ledger.ts';
import { SqliteRecordLog } from '../../../api/src/stores/sqlite/sqlite-record-log.ts';
import { StateFile } from '../../../api/src/stores/sqlite/state-file.ts';
import { eventually } from '../../support/eventually.ts';
import type { RedisServer } from '../../support/redis.ts';

export interface Numbered {
  at: string;
  n: number;
}

/** The parts of one store. Each call is another process's view of it. */
export interface OpenedStores {
  log(bounds?: Partial<RecordLogBounds>): RecordLog<Numbered>;
  documents<T>(kind: string): Documents<T>;
  snapshots(): SnapshotHistory;
  ledger(): OnceLedger;
  /** What it takes, in bytes. */
  size(): Promise<number>;
  close(): void;
}

const BOUNDS: RecordLogBounds = { recordsPerKey: 100, bytesPerKey: 1_000_000, bytes: 10_000_000 };

/** @param path of a file, or `:memory:` */
export function openSqlite(path: string): OpenedStores {
  const files = [new StateFile(path)];
  const one = (files: StateFile[]) => {
    // What is in memory is seen by its own connection alone.
    if (path !== ':memory:') files.push(new StateFile(path));
    return files.at(-1) as StateFile;
  };
  return {
    log: (bounds) => new SqliteRecordLog<Numbered>(one(files), 'chat', { ...BOUNDS, ...bounds }),
    documents: (kind) => new SqliteDocuments(one(files), kind),
    snapshots: () => new SnapshotHistory(new SqliteDayStore(one(files))),
    ledger: () => new SqliteOnceLedger(one(files)),
    async size() {
      const row = files[0]?.get<{ bytes: number }>(
        'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
      );
      return row?.bytes ?? 0;
    },
    close() {
      for (const file of files) file.close();
    },
  };
}

export async function openRedis(redis: RedisServer, prefix: string): Promise<OpenedStores> {
  const links: RedisLink[] = [];
  const connect = async () => {
    const link = new RedisLink({ url: redis.url, prefix, timeoutSeconds: 5, pollSeconds: 30 });
    links.push(link);
    link.start();
    await eventually('connected', () => link.up);
    return link;
  };
  const [first, second] = [await connect(), await connect()];
  let turn = 0;
  const one = () => (turn++ % 2 === 0 ? first : second);
  return {
    log: (bounds) =>
      new RedisRecordLog<Numbered>(one(), { name: 'chat', ttlSeconds: 60, ...BOUNDS, ...bounds }),
    documents: (kind) => new RedisDocuments(one(), kind),
    snapshots: () => new SnapshotHistory(new RedisDayStore(one())),
    ledger: () => new RedisOnceLedger(one()),
    async size() {
      return Number(/used_memory:(\d+)/.exec(await redis.client.info('memory'))?.[1]);
    },
    close() {
      for (const link of links) link.stop();
    },
  };
}
