import { inlineAcquisition } from './text/acquisition.ts';
import { reportDone } from '../report.ts';
import type { Factory, Migration } from '../migration.ts';
import { promiseAround } from '../survey/factories/factory-shape.ts';
import { promote } from './forms/promote.ts';
import { replaceMemo } from './forms/replace-memo.ts';
import { unwrapClosure } from './forms/unwrap-closure.ts';
import { replaceNode, textOf } from '../source/edit.ts';

/**
 * Turns the factories that stay, for the failure that they map or for other files, into async ones of the cached agent,
 * and those that only give on what such a one gives.
 */
export function wrapFactories(migration: Migration): void {
  for (const factory of migration.factories) {
    if (factory.fate !== 'wrap') continue;
    const { fn, source, async, over, memo } = factory;
    if (memo) replaceMemo(migration, memo, ofMemo(migration, factory));
    else if (over) keepSource(migration, factory);
    else replaceSource(migration, source, inlineAcquisition(migration, source, source));
    reportDone(migration, source.node, 'factory', 'rewired');
    unwrapClosure(migration, factory);
    if (!async) promote(migration, fn);
  }
}

/** What a factory gives in the place of an agent that it kept. */
function ofMemo(migration: Migration, { source, over }: Factory): string {
  const acquired = inlineAcquisition(migration, source, source);
  // What gives a promise without being async goes on doing so.
  if (!over) return promiseAround(source) ? acquired : `await ${acquired}`;
  keepImport(migration, source);
  migration.keptNodes.add(source.node);
  return `await ${textOf(migration, source.node)}`;
}

function replaceSource(migration: Migration, source: Factory['source'], acquired: string): void {
  const isAwaited = source.parentPath?.isAwaitExpression() || promiseAround(source) !== undefined;
  replaceNode(migration, source.node, isAwaited ? acquired : `await ${acquired}`);
}

function keepImport(migration: Migration, source: Factory['source']): void {
  const remote = migration.remoteFactories.find(({ calls }) =>
    calls.some((call) => call.node === source.node),
  );
  if (remote) migration.keptImports.add(remote.import.binding);
}

/** The call of another factory stays, with its import: that gives the cached agent itself. */
function keepSource(migration: Migration, { source, guard }: Factory): void {
  keepImport(migration, source);
  const { parentPath: parent } = source;
  // A promise may be returned as it is, but for one whose failure is caught right there.
  const isReturned = !guard && (parent.isReturnStatement() || parent.isArrowFunctionExpression());
  if (!isReturned) replaceSource(migration, source, textOf(migration, source.node));
}
