import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { propertyName } from '../code/members.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { bindingOf, initBehind } from '../code/bindings.ts';

/** The root of what the Express app keeps, by whatever name it goes. */
export const APP = 'app';

/** How an object is got, whatever the request is called by which the app is come to. */
export function wayTo(object: NodePath): string {
  const value = withoutTypes(object);
  const binding = bindingOf(value);
  const init = initBehind(binding);
  return wordsOf(withoutTypes(init?.node ? init : value).node).replace(/^\w+\.app\b/, APP);
}

function wordsOf(node: t.Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'StringLiteral') return `'${node.value}'`;
  if (node.type === 'MemberExpression') return `${wordsOf(node.object)}.${propertyName(node) ?? '?'}`;
  if (node.type !== 'CallExpression') return node.type;
  return `${wordsOf(node.callee)}(${node.arguments.map(wordsOf).join()})`;
}
