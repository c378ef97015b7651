import type { Migration } from '../migration.ts';
import { dropKept, replacedMemos } from './forms/replace-memo.ts';

/** Takes away what kept agents for the functions that give the shared one now. */
export function dropMemos(migration: Migration): void {
  dropKept(migration, replacedMemos(migration));
}
