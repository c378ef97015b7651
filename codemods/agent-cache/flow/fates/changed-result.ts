import type { NodePath } from '@babel/traverse';
import { isMember, isWritten, propertyName } from '../../survey/code/members.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

const CHANGES = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear|append)$/;
/** How many names what a call gave may have one after the other. */
const MAX_DEPTH = 6;

/** The first place that changes what an expression gives, or a part of it: by a member, or under a name of its own. */
export function changeOf(value: NodePath, depth = MAX_DEPTH): NodePath | undefined {
  const whole = outermostSame(value);
  const { parentPath: parent, key } = whole;
  if (!parent || depth === 0) return undefined;
  if (isMember(parent) && key === 'object') return isWritten(parent) ? parent : ofPart(parent, depth);
  if (parent.isCallExpression() && key === 0 && whole.listKey === 'arguments')
    return isAssign(parent.get('callee') as NodePath) ? parent : undefined;
  if (parent.isVariableDeclarator() && key === 'init') return ofNames(parent.get('id') as NodePath, depth);
  return undefined;
}

function ofPart(member: NodePath, depth: number): NodePath | undefined {
  const { parentPath: parent, key } = member;
  const name = isMember(member) ? propertyName(member.node) : undefined;
  if (parent?.isCallExpression() && key === 'callee')
    return name !== undefined && CHANGES.test(name) ? parent : undefined;
  return changeOf(member, depth);
}

/** In all that is done by the names that a pattern gives. */
function ofNames(target: NodePath, depth: number): NodePath | undefined {
  const names = Object.keys(target.getBindingIdentifiers());
  for (const name of names) {
    for (const reference of target.scope.getBinding(name)?.referencePaths ?? []) {
      const found = changeOf(reference, depth - 1);
      if (found) return found;
    }
  }
  return undefined;
}

function isAssign(callee: NodePath): boolean {
  return isMember(callee) && propertyName(callee.node) === 'assign';
}
