import type { NodePath } from '@babel/traverse';
import { isMember, propertyName } from '../code/members.ts';
import { withoutTypes } from '../code/wrappers.ts';

/** Methods whose first argument is the key of what they come to. */
const KEYED = /^(get|has|set|delete)$/;

/** Whether two uses of a table are of keys that cannot be the same: `get('limits')`, and `set(\`user:${id}\`, …)`. */
export function isOfOtherKey(one: NodePath, other: NodePath): boolean {
  const [a, b] = [keyAt(one), keyAt(other)];
  if (!a || !b) return false;
  const length = a.isWhole && b.isWhole ? undefined : Math.min(a.start.length, b.start.length);
  if (length === undefined) return a.start !== b.start;
  // The whole key has to be as long as what the other one is known to start with.
  if ((a.isWhole && a.start.length < b.start.length) || (b.isWhole && b.start.length < a.start.length))
    return true;
  return a.start.slice(0, length) !== b.start.slice(0, length);
}

function keyAt({ parentPath: member, key }: NodePath): { start: string; isWhole: boolean } | undefined {
  const call =
    isMember(member) && key === 'object' && member.key === 'callee' ? member.parentPath : undefined;
  if (!isMember(member) || !call?.isCallExpression() || !KEYED.test(propertyName(member.node) ?? ''))
    return undefined;
  const [first] = call.get('arguments') as NodePath[];
  const value = first && withoutTypes(first);
  if (value?.isStringLiteral()) return { start: value.node.value, isWhole: true };
  if (!value?.isTemplateLiteral()) return undefined;
  const { quasis, expressions } = value.node;
  return { start: quasis[0]?.value.cooked ?? '', isWhole: expressions.length === 0 };
}
