import type { Binding } from '@babel/traverse';
import { partAt } from '../code/exported-paths.ts';
import { moduleHolders, namesTheRest } from './module-holders.ts';
import { agentExports } from './module-paths.ts';
import { aliasesOf } from './class-aliases.ts';
import { lateLoads } from './late-loads.ts';
import type { Surveyed } from '../../migration.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { outermostSame } from '../code/wrappers.ts';

/** Whether a name that may be the class, or all of its module, is read as what has the class: `sdk.FacebookAdsAgent`. */
function holdsTheClass({ referencePaths }: Binding, part: ReadonlyMap<string, unknown>): boolean {
  if (!part.has('')) return true;
  const firsts = new Set([...part.keys()].map((each) => each.split('.')[0]));
  return referencePaths.some((reference) => {
    const value = outermostSame(reference);
    const { parentPath: parent, key } = value;
    if (isMember(parent) && key === 'object') return firsts.has(propertyName(parent.node));
    const id = parent?.isVariableDeclarator() && key === 'init' ? parent.node.id : undefined;
    return id?.type === 'ObjectPattern' && id.properties.some((each) => firsts.has(keyName(each)));
  });
}

/** Finds the names that imports and `require` calls give to the agent's class, or to a namespace that has it. */
export function findAgentBindings(migration: Surveyed): void {
  for (const { specifier, path, import: own, opaque } of moduleHolders(migration)) {
    if (!own || opaque) continue;
    const part = partAt(agentExports(specifier, migration), path);
    if (part.size === 0) continue;
    // A whole module is taken for a namespace, though CommonJS may make it the class.
    const isWhole =
      path === '' || (part.has(migration.options.agentClass) && holdsTheClass(own.binding, part));
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
