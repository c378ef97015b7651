import type { Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import { loadedName } from './loaded-name.ts';
import type { KnownCall } from './known-calls.ts';
import { propertyName } from './members.ts';
import type { Names } from './names-in-code.ts';
import { writtenName } from './written-name.ts';

/** A call of Node's crypto that cannot fail: `createHash('sha256')`, `randomUUID()`, however that is imported. */
export function callOfNode(callee: t.Node, given: readonly t.Node[], scope: Scope): KnownCall | undefined {
  const name = nameInCrypto(callee, scope);
  if (name === 'randomUUID' && given.length === 0) return { gives: 'text' };
  const [algorithm] = given;
  const isKnown =
    algorithm?.type === 'StringLiteral' && /^(md5|sha1|sha224|sha256|sha384|sha512)$/.test(algorithm.value);
  return name === 'createHash' && given.length === 1 && isKnown ? { gives: 'hash' } : undefined;
}

/** Whether a name, or that of what a member is of, is declared in the code that is asked about. */
export function isOwnName(callee: t.Node, { inner }: Pick<Names, 'inner'>): boolean {
  const root = callee.type === 'MemberExpression' ? callee.object : callee;
  return root.type === 'Identifier' && inner.has(root.name);
}

function nameInCrypto(callee: t.Node, scope: Scope): string | undefined {
  if (callee.type === 'MemberExpression')
    return isWhole(loadedAs(callee.object, scope)) ? propertyName(callee) : undefined;
  const name = loadedAs(callee, scope);
  return isWhole(name) ? undefined : name;
}

function isWhole(name: string | undefined): boolean {
  return name === '*' || name === 'default';
}

/** What of `node:crypto` a name is imported as; `*` all of it. */
function loadedAs(node: t.Node, scope: Scope): string | undefined {
  const binding = node.type === 'Identifier' ? scope.getBinding(node.name) : undefined;
  if (!binding?.constant) return undefined;
  const { path } = binding;
  const statement = path.parentPath;
  if (statement?.isImportDeclaration()) {
    if (!isCrypto(statement.node.source.value)) return undefined;
    if (path.isImportSpecifier()) return writtenName(path.node.imported);
    return '*';
  }
  const init = path.isVariableDeclarator() ? path.node.init : undefined;
  const loaded = init ? loadedName(init) : undefined;
  if (!loaded || !isCrypto(loaded.specifier) || !path.isVariableDeclarator()) return undefined;
  const { id } = path.node;
  if (id.type === 'Identifier') return loaded.name;
  const taken = id.type === 'ObjectPattern' ? id.properties : [];
  const own = taken.find((each) => each.type === 'ObjectProperty' && each.value === binding.identifier);
  return own?.type === 'ObjectProperty' && loaded.name === '*'
    ? writtenName(own.key, own.computed)
    : undefined;
}

function isCrypto(specifier: string): boolean {
  return /^(node:)?crypto$/.test(specifier);
}
