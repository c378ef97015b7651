import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** The text that a member of an enum stands for. */
export function enumMember(
  { node }: NodePath,
  [name, ...more]: readonly string[],
): t.StringLiteral | undefined {
  if (node.type !== 'TSEnumDeclaration' || name === undefined || more.length > 0) return undefined;
  const members = node.members ?? node.body?.members ?? [];
  const member = members.find(({ id }) => (id.type === 'Identifier' ? id.name : id.value) === name);
  return member?.initializer?.type === 'StringLiteral' ? member.initializer : undefined;
}
