import type { Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import type { KnownCall } from './known-calls.ts';
import { calledOfModule } from './loaded-by.ts';
import type { Names } from './names-in-code.ts';

/** A call of Node's crypto that cannot fail: `createHash('sha256')`, `randomUUID()`, however that is imported. */
export function callOfNode(callee: t.Node, given: readonly t.Node[], scope: Scope): KnownCall | undefined {
  const called = calledOfModule(callee, scope);
  const name = called && /^(node:)?crypto$/.test(called.specifier) ? called.name : undefined;
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
