import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { followAgent } from '../analysis/agent-flow.ts';
import { placementOf } from '../analysis/placement.ts';
import { consumesPromise } from '../analysis/callers.ts';
import { soleDeclarator } from '../analysis/declarations.ts';
import { type ExportedFactory, exportedFactories } from '../analysis/exported-factories.ts';
import { exportedNameAt } from '../analysis/exports.ts';
import { isAgentModule, isCacheModule } from '../analysis/module-paths.ts';
import { requiredModule } from '../analysis/required-module.ts';
import type { AgentBinding, Migration, RemoteFactory } from '../migration.ts';

/** Finds the factories that the file imports from others, and the places that call them. */
export function findRemoteFactories(migration: Migration): void {
  const { project, options, path, remoteFactories } = migration;
  if (!project) return;
  for (const binding of Object.values(migration.program.scope.bindings)) {
    const imported = importOf(binding);
    if (
      !imported ||
      isAgentModule(imported.module.value, migration) ||
      isCacheModule(imported.module.value, migration)
    ) {
      continue;
    }
    const file = project.resolve(path, imported.module.value);
    const exports = file && exportedFactories(file, project, options);
    if (!exports) continue;
    const { statement, module } = imported;
    const own = { binding, holds: 'class', statement, module, typeOnly: false } as const;
    const exported = imported.exported === '*' ? undefined : exports.get(imported.exported);
    if (exported) remoteFactories.push(remoteFactory(migration, own, exported, binding.referencePaths));
    if (imported.exported === 'default' && exported) continue;
    for (const [name, member] of imported.exported === '*' || imported.whole ? exports : []) {
      const references = binding.referencePaths.flatMap((reference) => memberOf(reference, name) ?? []);
      if (references.length > 0)
        remoteFactories.push(remoteFactory(migration, { ...own, holds: 'namespace' }, member, references));
    }
  }
}

function remoteFactory(
  migration: Migration,
  own: AgentBinding,
  exported: ExportedFactory,
  references: readonly NodePath[],
): RemoteFactory {
  const calls = references.flatMap((reference) => callOf(reference) ?? []);
  const isPromised = exported.async || exported.cached;
  return {
    import: own,
    exported,
    calls: isPromised
      ? calls.filter((call) => isUsedAtOnce(call) || (!exported.cached && isOwned(call, migration)))
      : calls,
    values: isPromised ? [] : references.filter(isValue),
  };
}

/** Whether the code treats the agent of an async factory as its own. */
function isOwned(call: NodePath, migration: Migration): boolean {
  return !('problem' in placementOf(call)) && followAgent(call, migration).problem !== undefined;
}

/** The `agents.name` around a reference to a whole module. */
function memberOf(reference: NodePath, name: string): NodePath | undefined {
  const { parentPath: parent, key } = reference;
  if (!parent?.isMemberExpression() || key !== 'object' || parent.node.computed) return undefined;
  const { property } = parent.node;
  return property.type === 'Identifier' && property.name === name ? parent : undefined;
}

interface Imported {
  /** `*` for the whole module. */
  exported: string;
  /** A `require` of the module: what it exports by default, or all of it. */
  whole?: boolean;
  module: t.StringLiteral;
  statement: AgentBinding['statement'];
}

function importOf(binding: Binding): Imported | undefined {
  const { path } = binding;
  const statement = path.parentPath;
  if (statement?.isImportDeclaration()) {
    const module = statement.node.source;
    if (statement.node.importKind === 'type') return undefined;
    if (path.isImportNamespaceSpecifier()) return { exported: '*', module, statement };
    if (path.isImportDefaultSpecifier()) return { exported: 'default', module, statement };
    if (!path.isImportSpecifier() || path.node.importKind === 'type') return undefined;
    const { imported } = path.node;
    return { exported: imported.type === 'Identifier' ? imported.name : imported.value, module, statement };
  }
  if (!path.isVariableDeclarator() || !statement?.isVariableDeclaration()) return undefined;
  const required = requiredModule(path.node.init);
  if (!required) return undefined;
  const { id } = path.node;
  if (id.type === 'Identifier') {
    const { property, module } = required;
    return { exported: property ?? 'default', module, statement, whole: property === undefined };
  }
  const picked = id.type === 'ObjectPattern' ? id.properties : [];
  for (const property of picked) {
    if (property.type !== 'ObjectProperty' || property.key.type !== 'Identifier') continue;
    if (property.value.type === 'Identifier' && property.value.name === binding.identifier.name) {
      return { exported: property.key.name, module: required.module, statement };
    }
  }
  return undefined;
}

function callOf(reference: NodePath): NodePath<t.CallExpression> | undefined {
  const { parentPath, key } = reference;
  return parentPath?.isCallExpression() && key === 'callee' ? parentPath : undefined;
}

function isValue(reference: NodePath): boolean {
  return (
    reference.node.type === 'Identifier' && !callOf(reference) && exportedNameAt(reference) === undefined
  );
}

/** Whether a call's promise is used as if it were the agent: its factory was migrated before its importers. */
function isUsedAtOnce(call: NodePath<t.CallExpression>): boolean {
  if (consumesPromise(call)) return false;
  if (call.parentPath.isMemberExpression() && call.key === 'object') return true;
  const declaration = soleDeclarator(call);
  if (!declaration || call.parentPath.isAwaitExpression()) return false;
  const uses = declaration.declarator.scope.getBinding(declaration.id.name)?.referencePaths ?? [];
  const isPromise = (use: NodePath) => consumesPromise(use) || !use.parentPath?.isMemberExpression();
  return uses.length > 0 && !uses.some(isPromise);
}
