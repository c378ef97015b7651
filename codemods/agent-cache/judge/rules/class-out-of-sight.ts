import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { ownAgentExports } from '../../survey/modules/agent-exports.ts';
import { classNamedBy } from '../../survey/code/class-names.ts';
import { partAt } from '../../survey/code/exported-paths.ts';
import { exportedNameAt } from '../../survey/code/exports.ts';
import { moduleHolders } from '../../survey/modules/module-holders.ts';
import { agentExports, isForeignAgent } from '../../survey/modules/module-paths.ts';
import { usesOf } from '../../survey/modules/module-uses.ts';
import { reportManual } from '../../report.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import type { Migration } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';

/** Notes the ways to an agent that cannot be followed: the class passed on as a value, and imported dynamically. */
export function findOtherReferences(migration: Migration): void {
  const { agentClass } = migration.options;
  const aliases = new Set<t.Node>(
    migration.agentBindings.filter(({ isAlias }) => isAlias).map(({ binding }) => binding.path.node),
  );
  for (const agentBinding of migration.agentBindings) {
    if (agentBinding.typeOnly) continue;
    for (const reference of agentBinding.binding.referencePaths) {
      const named = classNamedBy(reference, agentBinding) ?? reference;
      const isClass =
        named !== reference ||
        agentBinding.holds === 'class' ||
        named.listKey === 'arguments' ||
        isPickedFrom(named, agentClass);
      const value = outermostSame(named);
      if (isClass && !aliases.has(value.parent) && isPassedOn(value) && !isBuilt(named, migration)) {
        reportManual(
          migration,
          reference,
          'class-reference',
          reason('class-passed-on', [], { class: agentClass }),
        );
      }
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
      if (expression.isTSImportType()) continue;
      const load = expression.isAwaitExpression() ? expression.get('argument') : expression;
      const isFollowed = !opaque && usesOf(expression, part).every(({ form }) => form === 'export');
      if (!isFollowed || isImportCall(load)) reportDynamicImport(migration, load);
    }
  }
}

/** Whether an import may be of the class by an alias that nothing in the tree explains; no package declares it. */
function isUnknownClass(specifier: string, path: string, migration: Migration): boolean {
  const { options, project } = migration;
  if (!project || !isForeignAgent(specifier, migration)) return false;
  if (partAt(ownAgentExports(options.agentClass), path).size === 0) return false;
  const root = project.packageRootOf(migration.path);
  const manifest = root === undefined ? '' : (project.read(`${root}/package.json`) ?? '');
  const [name = specifier] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
  return !manifest.includes(`"${name}"`);
}

function reportUnknown(migration: Migration, path: NodePath): void {
  const names = { class: migration.options.agentClass };
  reportManual(migration, path, 'class-reference', reason('class-unresolved', [], names));
}

/** Whether it is what a builder's call that was found is called on. */
function isBuilt({ parentPath: parent }: NodePath, { constructions }: Migration): boolean {
  return constructions.some(({ node }) => node === parent?.parent);
}

function isPassedOn(reference: NodePath): boolean {
  const { parentPath: parent, key, listKey } = reference;
  if (!parent) return false;
  // What the file exports is followed into the files that import it.
  if (isExtended(parent) || exportedNameAt(reference) !== undefined) return false;
  if (listKey === 'arguments' || parent.isArrayExpression() || parent.isReturnStatement()) return true;
  if (parent.isObjectProperty() || parent.isClassProperty() || parent.isClassPrivateProperty())
    return key === 'value';
  if (parent.isVariableDeclarator()) return key === 'init';
  if (parent.isAssignmentExpression() || parent.isAssignmentPattern()) return key === 'right';
  if (parent.isArrowFunctionExpression()) return key === 'body';
  if (parent.isConditionalExpression()) return key !== 'test';
  return parent.isLogicalExpression();
}

/** `extends withRetry(FacebookAdsAgent)`: what a class is made of; its own agents are none of the cache's. */
function isExtended(call: NodePath): boolean {
  if (!call.isCallExpression()) return false;
  if (call.parentPath.isClass()) return call.key === 'superClass';
  return call.listKey === 'arguments' && isExtended(call.parentPath);
}

/** Whether a whole module is destructured, and its class is among what that takes. */
function isPickedFrom(reference: NodePath, agentClass: string): boolean {
  const { parent, key } = reference;
  if (parent.type !== 'VariableDeclarator' || key !== 'init') return false;
  return parent.id.type === 'ObjectPattern' && picksClass(parent.id, agentClass);
}

function picksClass({ properties }: t.ObjectPattern, agentClass: string): boolean {
  return properties.some(
    (property) => property.type === 'RestElement' || isClassName(property.key, agentClass),
  );
}

function isClassName(name: t.Node, agentClass: string): boolean {
  return name.type !== 'Identifier' || name.name === agentClass || name.name === 'default';
}

function isImportCall({ node }: NodePath): boolean {
  return (
    node.type === 'ImportExpression' || (node.type === 'CallExpression' && node.callee.type === 'Import')
  );
}

function reportDynamicImport(migration: Migration, path: NodePath): void {
  const names = { class: migration.options.agentClass };
  reportManual(migration, path, 'dynamic-import', reason('agent-imported-late', [], names));
}
