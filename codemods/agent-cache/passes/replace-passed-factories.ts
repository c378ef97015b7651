import { inlineAcquisition } from '../analysis/acquisition.ts';
import { reportDone } from '../analysis/report.ts';
import type { Migration } from '../migration.ts';
import { replaceNode } from '../source/edit.ts';

/** Gives a function of the cached agent to what was given a factory that goes. */
export function replacePassedFactories(migration: Migration): void {
  for (const { fate, passed } of migration.factories) {
    if (fate !== 'remove' && fate !== 'reexport') continue;
    for (const reference of passed) {
      reportDone(migration, reference.node, 'factory-reference', 'rewired');
      replaceNode(migration, reference.node, `() => ${inlineAcquisition(migration, reference)}`);
    }
  }
}
