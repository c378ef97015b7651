import { inlineAcquisition } from './text/acquisition.ts';
import { reportDone } from '../report.ts';
import type { Migration } from '../migration.ts';
import { replaceNode } from '../source/edit.ts';

/** Gives a function of the cached agent to what was given a factory that goes, or another file's with an argument. */
export function replacePassedFactories(migration: Migration): void {
  const going = migration.factories.filter(({ fate }) => fate === 'remove' || fate === 'reexport');
  for (const reference of [...going, ...migration.remoteFactories].flatMap(({ passed }) => passed)) {
    reportDone(migration, reference.node, 'factory-reference', 'rewired');
    const { parent, node } = reference;
    const isShort = parent.type === 'ObjectProperty' && parent.shorthand && node.type === 'Identifier';
    const key = isShort ? `${node.name}: ` : '';
    replaceNode(migration, node, `${key}() => ${inlineAcquisition(migration, reference)}`);
  }
}
