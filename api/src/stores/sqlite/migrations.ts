/**
 * The state file's structure, version by version: the n-th entry leads from version n to n + 1. What has been
 * released is never edited; a change is one more entry.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    log TEXT NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX records_by_key ON records (log, key, at, id);
  CREATE INDEX records_by_age ON records (log, at, id);

  CREATE TABLE record_keys (
    log TEXT NOT NULL,
    key TEXT NOT NULL,
    records INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (log, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE record_logs (
    log TEXT NOT NULL PRIMARY KEY,
    keys INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER records_insert AFTER INSERT ON records BEGIN
    INSERT INTO record_keys VALUES (new.log, new.key, 1, new.bytes)
      ON CONFLICT DO UPDATE SET records = records + 1, bytes = bytes + excluded.bytes;
    INSERT INTO record_logs VALUES (new.log, 0, new.bytes)
      ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
  END;
  CREATE TRIGGER records_delete AFTER DELETE ON records BEGIN
    UPDATE record_keys SET records = records - 1, bytes = bytes - old.bytes WHERE log = old.log AND key = old.key;
    UPDATE record_logs SET bytes = bytes - old.bytes WHERE log = old.log;
    DELETE FROM record_keys WHERE log = old.log AND key = old.key AND records = 0;
  END;
  CREATE TRIGGER record_keys_insert AFTER INSERT ON record_keys BEGIN
    INSERT INTO record_logs VALUES (new.log, 1, 0) ON CONFLICT DO UPDATE SET keys = keys + 1;
  END;
  CREATE TRIGGER record_keys_delete AFTER DELETE ON record_keys BEGIN
    UPDATE record_logs SET keys = keys - 1 WHERE log = old.log;
  END;

  CREATE TABLE documents (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE snapshot_days (
    day TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    complete INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;

  CREATE TABLE once (
    what TEXT NOT NULL PRIMARY KEY,
    done INTEGER NOT NULL,
    owner TEXT,
    leased_until INTEGER,
    tried_since INTEGER,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX once_by_end ON once (expires_at);
  `,
];
