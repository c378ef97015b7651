import type * as t from '@babel/types';
import { childrenOf } from '../../source/children.ts';

/** The names and texts of an expression in the order in which they stand: `db.users.find` for that callee. */
export function wordsOf(node: t.Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'StringLiteral') return node.value;
  if (node.type === 'TemplateElement') return node.value.raw;
  if (node.type === 'ThisExpression') return 'this';
  const isChain = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  return childrenOf(node)
    .map(wordsOf)
    .filter((words) => words !== '')
    .join(isChain ? '.' : ' ');
}
