import { awaitedText } from '../text/parentheses.ts';
import type { AwaitedCall, Migration } from '../../migration.ts';
import { rangeOf, textOf } from '../../source/edit.ts';
import { promote } from './promote.ts';

/** Awaits a call of a function that became async, once, whatever the edits do to its arguments. */
export function awaitCall(migration: Migration, { call, promote: around }: AwaitedCall): void {
  if (migration.awaitedCalls.has(call.node)) return;
  migration.awaitedCalls.add(call.node);
  const written = textOf(migration, call.node);
  const awaited = awaitedText(migration, call, written);
  const at = awaited.lastIndexOf(written);
  const { start, end } = rangeOf(call.node);
  migration.edits.appendLeft(start, awaited.slice(0, at));
  migration.edits.appendRight(end, awaited.slice(at + written.length));
  if (around) promote(migration, around);
}
