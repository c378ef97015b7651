import type { NodePath } from '@babel/traverse';
import { isMember, propertyName } from '../code/members.ts';
import type { Construction } from './own-construction.ts';
import { callAt } from '../code/call-at.ts';

/** The expression that builds an agent of what stands for its class: by `new`, by a static method, or by a call. */
export function builtAt(named: NodePath, builtBy = 'new'): Construction | undefined {
  const { parentPath: parent, key } = named;
  if (builtBy === 'new') return parent?.isNewExpression() && key === 'callee' ? parent : undefined;
  if (builtBy === 'function') return callAt(named);
  if (!isMember(parent) || key !== 'object' || propertyName(parent.node) !== builtBy) return undefined;
  return callAt(parent);
}
