import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { ownAgentExports } from '../../survey/modules/agent-exports.ts';
import { classNamedBy } from '../../survey/code/class-names.ts';
import { partAt } from '../../survey/code/exported-paths.ts';
import { moduleHolders } from '../../survey/modules/module-holders.ts';
import { agentExports, isForeignAgent } from '../../survey/modules/module-paths.ts';
import { usesOf } from '../../survey/modules/module-uses.ts';
import { reportManual } from '../../report.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { buildsByInstances } from './built-by-instances.ts';
import { getsOutOfSight, namespaceGetsOutOfSight } from './class-uses.ts';
import { buildsOfUnknownOrigin, loadsOfTheClass, textsOfTheClass } from './unseen-ways.ts';
import type { Judged, Problem, Source, Surveyed } from '../../migration.ts';
import type { OccurrenceKind } from '../../result.ts';
import { reason } from '../../reasons/reason.ts';

/** Notes the ways to an agent that cannot be followed: the class passed on as a value, and imported dynamically. */
export function findOtherReferences(migration: Judged): void {
  const { agentClass } = migration.options;
  const aliases = new Set<t.Node>(
    migration.agentBindings.filter(({ isAlias }) => isAlias).map(({ binding }) => binding.path.node),
  );
  for (const agentBinding of migration.agentBindings) {
    if (agentBinding.typeOnly) continue;
    for (const reference of agentBinding.binding.referencePaths) {
      const named = classNamedBy(reference, agentBinding);
      const isLost =
        named || agentBinding.holds === 'class'
          ? isClassLost(outermostSame(named ?? reference), aliases, migration)
          : namespaceGetsOutOfSight(reference, agentBinding, agentClass) && !isAliased(reference, aliases);
      if (isLost) reportPassedOn(migration, reference);
    }
  }
  for (const { specifier, path, expressions, import: own, opaque } of moduleHolders(migration)) {
    if (own) {
      if (!own.typeOnly && isUnknownClass(specifier, path, migration))
        reportUnknown(migration, own.binding.path);
      continue;
    }
    const part = partAt(agentExports(specifier, migration), path);
    if (part.size === 0) continue;
    for (const expression of expressions) {
      if (expression.isTSImportType() || isFollowedLate(expression, migration)) continue;
      const load = expression.isAwaitExpression() ? expression.get('argument') : expression;
      const isFollowed = !opaque && usesOf(expression, part).every(({ form }) => form === 'export');
      if (!isFollowed || isImportCall(load)) reportDynamicImport(migration, load);
    }
  }
  findUnseenWays(migration);
}

/** Whether all that is done with a load in a function is to build agents that are places by themselves. */
function isFollowedLate(load: NodePath, { agentBindings, lateConstructions }: Surveyed): boolean {
  if (lateConstructions.some((each) => each.load.node === load.node)) return true;
  return agentBindings.some(({ isLate, binding }) => isLate && load.isDescendant(binding.path));
}

/** Notes where the class may be got without an import of it, but for what is noted already. */
function findUnseenWays(migration: Judged): void {
  const names = { class: migration.options.agentClass };
  const noted = new Set(migration.occurrences.map(({ line }) => line));
  const note = (place: NodePath, kind: OccurrenceKind, problem: Problem) => {
    const line = place.node.loc?.start.line ?? 1;
    if (noted.has(line)) return;
    noted.add(line);
    reportManual(migration, place, kind, problem);
  };
  for (const each of loadsOfTheClass(migration))
    note(each, 'dynamic-import', reason('class-loaded-unseen', [], names));
  for (const each of textsOfTheClass(migration))
    note(each, 'class-reference', reason('class-in-text', [], names));
  for (const each of [...buildsOfUnknownOrigin(migration), ...buildsByInstances(migration)])
    note(each, 'class-reference', reason('class-of-unknown-origin', [], names));
}

/** Whether an import may be of the class by an alias that nothing in the tree explains; no package declares it. */
function isUnknownClass(specifier: string, path: string, source: Source): boolean {
  const { options, project } = source;
  if (!project || !isForeignAgent(specifier, source)) return false;
  if (partAt(ownAgentExports(options.agentClass), path).size === 0) return false;
  return !project.isExplained(source.path, specifier);
}

function reportUnknown(migration: Judged, path: NodePath): void {
  const names = { class: migration.options.agentClass };
  reportManual(migration, path, 'class-reference', reason('class-unresolved', [], names));
}

function isClassLost(value: NodePath, aliases: ReadonlySet<t.Node>, migration: Surveyed): boolean {
  return !isAliased(value, aliases) && !isBuilt(value, migration) && getsOutOfSight(value, migration);
}

function isAliased({ parent }: NodePath, aliases: ReadonlySet<t.Node>): boolean {
  return aliases.has(parent);
}

/** Whether it is what a builder's call that was found is called on. */
function isBuilt({ parentPath: parent }: NodePath, { constructions }: Surveyed): boolean {
  return constructions.some(({ node }) => node === parent?.node || node === parent?.parent);
}

function reportPassedOn(migration: Judged, path: NodePath): void {
  const names = { class: migration.options.agentClass };
  reportManual(migration, path, 'class-reference', reason('class-passed-on', [], names));
}

function isImportCall({ node }: NodePath): boolean {
  return (
    node.type === 'ImportExpression' || (node.type === 'CallExpression' && node.callee.type === 'Import')
  );
}

function reportDynamicImport(migration: Judged, path: NodePath): void {
  const names = { class: migration.options.agentClass };
  reportManual(migration, path, 'dynamic-import', reason('agent-imported-late', [], names));
}
