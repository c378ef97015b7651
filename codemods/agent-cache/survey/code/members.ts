import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { withTypes } from './wrappers.ts';
import { writtenName } from './written-name.ts';

export type Member = NodePath<t.MemberExpression | t.OptionalMemberExpression>;

/** The name of the property that a member expression reads; `#name` for a private one. */
export function propertyName({
  property,
  computed,
}: t.MemberExpression | t.OptionalMemberExpression): string | undefined {
  // `[Symbol.asyncDispose]` goes by its last name.
  if (property.type === 'MemberExpression' && property.property.type === 'Identifier') {
    const { object } = property;
    return object.type === 'Identifier' && object.name === 'Symbol' ? property.property.name : undefined;
  }
  return writtenName(property, computed);
}

/** The name of a key in an object, a pattern or a class. */
export function keyName(node: t.Node): string | undefined {
  if (!('key' in node) || !node.key || typeof node.key !== 'object') return undefined;
  return writtenName(node.key, 'computed' in node && node.computed === true);
}

/** `{ __proto__: base }` gives an object what it inherits, and no member of that name. */
export function isPrototype(node: t.Node): boolean {
  return node.type === 'ObjectProperty' && !node.computed && keyName(node) === '__proto__';
}

/** Whether the code at a member expression assigns to it, counts it up, or deletes it. */
export function isWritten(member: NodePath): boolean {
  const { parentPath: parent, key } = withTypes(member);
  if (!parent) return false;
  if (parent.isAssignmentExpression()) return key === 'left';
  if (parent.isUpdateExpression()) return true;
  if (parent.isForOfStatement() || parent.isForInStatement()) return key === 'left';
  if (parent.isObjectProperty()) return key === 'value' && parent.parentPath.isObjectPattern();
  if (parent.isArrayPattern() || parent.isRestElement() || (parent.isAssignmentPattern() && key === 'left'))
    return true;
  return parent.isUnaryExpression() && parent.node.operator === 'delete';
}

export function isMember(path: NodePath | null | undefined): path is Member {
  return Boolean(path?.isMemberExpression() || path?.isOptionalMemberExpression());
}
