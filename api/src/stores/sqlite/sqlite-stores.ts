import type { ChatRecord, SuggestionRecord } from '../record-log.ts';
import { SnapshotHistory } from '../snapshot-history.ts';
import type { Stores } from '../stores.ts';
import { SqliteDayStore } from './sqlite-day-store.ts';
import { SqliteDocuments } from './sqlite-documents.ts';
import { SqliteOnceLedger } from './sqlite-once-ledger.ts';
import { SqliteRecordLog } from './sqlite-record-log.ts';
import { StateFile, type StateFileOptions } from './state-file.ts';

const MIB = 1024 * 1024;
const BYTES = { file: 512 * MIB, memory: 32 * MIB };

/**
 * Every store in one SQLite file.
 * @param path `:memory:` keeps nothing beyond the process
 * @throws {StateFileError} when the file cannot be used
 */
export function openStateFile(path: string, options?: StateFileOptions): Stores {
  const file = new StateFile(path, options);
  const bounds = {
    recordsPerKey: 200,
    bytesPerKey: 8 * MIB,
    bytes: BYTES[path === ':memory:' ? 'memory' : 'file'],
  };
  return {
    chat: new SqliteRecordLog<ChatRecord>(file, 'chat', bounds),
    suggestions: new SqliteRecordLog<SuggestionRecord>(file, 'suggestions', bounds),
    snapshots: new SnapshotHistory(new SqliteDayStore(file)),
    ledger: new SqliteOnceLedger(file),
    documents: (kind) => new SqliteDocuments(file, kind),
    writable: () => file.writable,
    close: () => file.close(),
  };
}

/** Every store in this process's memory. */
export function createMemoryStores(): Stores {
  return openStateFile(':memory:');
}
