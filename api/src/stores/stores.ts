import type { Documents } from './documents.ts';
import type { OnceLedger } from './once-ledger.ts';
import type { ChatRecord, RecordLog, SuggestionRecord } from './record-log.ts';
import type { SnapshotHistory } from './snapshot-history.ts';

/** Everything that this service remembers. */
export interface Stores {
  /** By user. */
  chat: RecordLog<ChatRecord>;
  /** By user. */
  suggestions: RecordLog<SuggestionRecord>;
  snapshots: SnapshotHistory;
  /** What has been done and must not be done twice. */
  ledger: OnceLedger;
  /** The documents of one kind. */
  documents<T>(kind: string): Documents<T>;
  /** Whether the last write was taken. */
  writable(): boolean;
  close(): void;
}
