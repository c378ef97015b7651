import { inlineAcquisition } from './text/acquisition.ts';
import { reportDone } from '../report.ts';
import type { Factory, Migration } from '../migration.ts';
import { promiseAround } from '../survey/factories/factory-shape.ts';
import { promote } from './forms/promote.ts';
import { replaceNode, textOf } from '../source/edit.ts';

/**
 * Turns the factories that stay, for the failure that they map or for other files, into async ones of the cached agent,
 * and those that only give on what such a one gives.
 */
export function wrapFactories(migration: Migration): void {
  for (const factory of migration.factories) {
    if (factory.fate !== 'wrap') continue;
    const { fn, source, async, over } = factory;
    if (over) keepSource(migration, factory);
    else replaceSource(migration, source, inlineAcquisition(migration, source, source));
    reportDone(migration, source.node, 'factory', 'rewired');
    if (!async) promote(migration, fn);
  }
}

function replaceSource(migration: Migration, source: Factory['source'], acquired: string): void {
  const isAwaited = source.parentPath?.isAwaitExpression() || promiseAround(source) !== undefined;
  replaceNode(migration, source.node, isAwaited ? acquired : `await ${acquired}`);
}

/** The call of another factory stays, with its import: that gives the cached agent itself. */
function keepSource(migration: Migration, { source, guard }: Factory): void {
  const remote = migration.remoteFactories.find(({ calls }) =>
    calls.some((call) => call.node === source.node),
  );
  if (remote) migration.keptImports.add(remote.import.binding);
  const { parentPath: parent } = source;
  // A promise may be returned as it is, but for one whose failure is caught right there.
  const isReturned = !guard && (parent.isReturnStatement() || parent.isArrowFunctionExpression());
  if (!isReturned) replaceSource(migration, source, textOf(migration, source.node));
}
