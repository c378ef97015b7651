import { partAt } from '../code/exported-paths.ts';
import { moduleHolders, namesTheRest } from './module-holders.ts';
import { agentExports } from './module-paths.ts';
import { aliasesOf } from './class-aliases.ts';
import { lateLoads } from './late-loads.ts';
import type { Surveyed } from '../../migration.ts';

/** Finds the names that imports and `require` calls give to the agent's class, or to a namespace that has it. */
export function findAgentBindings(migration: Surveyed): void {
  for (const { specifier, path, import: own, opaque } of moduleHolders(migration)) {
    if (!own || opaque) continue;
    const part = partAt(agentExports(specifier, migration), path);
    if (part.size === 0) continue;
    // A whole module is taken for a namespace, though CommonJS may make it the class.
    const isWhole = path === '' || part.has(migration.options.agentClass);
    const holds = part.has('') && !isWhole ? 'class' : 'namespace';
    const found = { ...own, holds, classPaths: [...part.keys()] } as const;
    migration.agentBindings.push(found);
    if (namesTheRest(own.binding)) migration.keptImports.add(found.binding);
  }
  migration.agentBindings.push(...migration.agentBindings.flatMap((each) => aliasesOf(each)));
  const late = lateLoads(migration);
  migration.agentBindings.push(...late.bindings);
  migration.lateConstructions.push(...late.constructions);
}
