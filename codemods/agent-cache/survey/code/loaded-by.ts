import type { Binding, Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import { type LoadedName, loadedName } from './loaded-name.ts';
import { keyName, propertyName } from './members.ts';
import { writtenName } from './written-name.ts';
import { bindingNamed } from './bindings.ts';

/** What of which module a variable is imported or required as; undefined for what is of the file's own. */
export function loadedBy({ path, identifier }: Binding): LoadedName | undefined {
  const statement = path.parentPath;
  if (statement?.isImportDeclaration()) {
    const specifier = statement.node.source.value;
    if (path.isImportNamespaceSpecifier()) return { specifier, name: '*' };
    const name = path.isImportSpecifier() ? writtenName(path.node.imported) : 'default';
    return name === undefined ? undefined : { specifier, name };
  }
  if (!path.isVariableDeclarator() || !path.node.init) return undefined;
  const loaded = loadedName(path.node.init);
  const { id } = path.node;
  if (!loaded || id.type === 'Identifier') return loaded;
  if (id.type !== 'ObjectPattern' || loaded.name !== '*') return undefined;
  const taken = id.properties.find((each) => each.type === 'ObjectProperty' && each.value === identifier);
  const name = taken && keyName(taken);
  return name === undefined ? undefined : { ...loaded, name };
}

/** What of another module a function is that is called: `createHash` of `node:crypto`, however that is imported. */
export function calledOfModule(callee: t.Node, scope: Scope): LoadedName | undefined {
  const isMember = callee.type === 'MemberExpression';
  const root = isMember ? callee.object : callee;
  const binding = bindingNamed(root, scope);
  const loaded = binding?.constant ? loadedBy(binding) : undefined;
  if (!loaded) return undefined;
  // A default export may be all of a module, as those of Node's are.
  const isWhole = loaded.name === '*' || loaded.name === 'default';
  const name = isMember ? propertyName(callee) : undefined;
  if (!isMember) return isWhole ? undefined : loaded;
  return isWhole && name !== undefined ? { ...loaded, name } : undefined;
}
