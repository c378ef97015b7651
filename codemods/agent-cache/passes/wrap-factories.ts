import { inlineAcquisition } from '../analysis/acquisition.ts';
import { reportDone } from '../analysis/report.ts';
import type { Migration } from '../migration.ts';
import { promote } from '../rewiring/promote.ts';
import { replaceNode } from '../source/edit.ts';

/** Turns the factories that stay, for the failure that they map or for other files, into async ones of the cached agent. */
export function wrapFactories(migration: Migration): void {
  for (const { fate, fn, source, async } of migration.factories) {
    if (fate !== 'wrap') continue;
    const acquired = inlineAcquisition(migration, source);
    const isAwaited = source.parentPath?.isAwaitExpression();
    replaceNode(migration, source.node, isAwaited ? acquired : `await ${acquired}`);
    reportDone(migration, source.node, 'factory', 'rewired');
    if (!async) promote(migration, fn);
  }
}
