import type { NodePath } from '@babel/traverse';
import type { Migration } from '../migration.ts';
import { fileOf } from './opened-files.ts';
import { requiredModule } from './required-module.ts';
import { isTypeWrapper } from './wrappers.ts';

/** Whether a value comes from a package, from the cache module or from the runtime: it is nothing of the tree's own. */
export function isForeign(value: NodePath, migration: Migration): boolean {
  if (isTypeWrapper(value)) return isForeign(value.get('expression') as NodePath, migration);
  if (value.isAwaitExpression()) return isForeign(value.get('argument'), migration);
  if (value.isMemberExpression() || value.isOptionalMemberExpression())
    return isForeign(value.get('object') as NodePath, migration);
  if (value.isCallExpression()) {
    const required = requiredModule(value.node);
    if (required) return isForeignModule(required.module.value, value, migration);
  }
  if (value.isCallExpression() || value.isNewExpression())
    return isForeign(value.get('callee') as NodePath, migration);
  return value.isIdentifier() && isForeignName(value, migration);
}

function isForeignName(name: NodePath, migration: Migration): boolean {
  const binding = name.isIdentifier() ? name.scope.getBinding(name.node.name) : undefined;
  if (!binding) return true;
  const { path } = binding;
  const { parentPath: statement } = path;
  if (statement?.isImportDeclaration()) return isForeignModule(statement.node.source.value, path, migration);
  const init = binding.constant && path.isVariableDeclarator() ? (path.get('init') as NodePath) : undefined;
  return init?.node != null && isForeign(init, migration);
}

function isForeignModule(specifier: string, from: NodePath, migration: Migration): boolean {
  const { project } = migration;
  const file = project?.resolve(fileOf(from, migration), specifier);
  if (!project || file === undefined) return !specifier.startsWith('.');
  return file.includes('/node_modules/') || project.isCacheFile(file);
}
