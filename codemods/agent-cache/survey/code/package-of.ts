import type { NodePath } from '@babel/traverse';
import { requiredModule } from './required-module.ts';
import { bindingOf } from './bindings.ts';

/** The module that a name is imported from, whatever the name. */
export function packageOf(name: NodePath): string | undefined {
  if (!name.isIdentifier()) return requiredModule(name.node)?.module.value;
  const path = bindingOf(name)?.path;
  if (path?.isVariableDeclarator()) return requiredModule(path.node.init)?.module.value;
  const statement = path?.parentPath;
  return statement?.isImportDeclaration() && statement.node.importKind !== 'type'
    ? statement.node.source.value
    : undefined;
}
