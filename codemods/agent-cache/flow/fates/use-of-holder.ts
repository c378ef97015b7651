import type { NodePath } from '@babel/traverse';
import { type Holding, heldIn } from './flow.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';

/**
 * The part of what holds the agent that a place uses it by: `context.agent` in `context.agent.load()`. Undefined where
 * it only takes something else of it, or gives what holds the agent another name.
 */
export function heldUse(reference: NodePath, holding: Holding): NodePath | undefined {
  let use = reference;
  let held: Holding | undefined = holding;
  for (let parent = use.parentPath; parent; parent = use.parentPath) {
    if (isTypeWrapper(parent) || parent.isAwaitExpression()) use = parent;
    else if (isMember(parent) && use.key === 'object' && held.path.length > 0 && parent.key !== 'callee') {
      held = heldIn(held, propertyName(parent.node));
      if (!held) return undefined;
      use = parent;
    } else break;
  }
  const { parentPath: parent } = use;
  return parent?.isVariableDeclarator() || parent?.isExpressionStatement() ? undefined : use;
}

/** Whether something is built of a value that its function does not give to its caller at once. */
export function isBuiltIntoKept(use: NodePath): boolean {
  const built = use.listKey === 'arguments' ? use.parentPath : undefined;
  if (!built?.isNewExpression()) return false;
  let { parentPath: parent } = built as NodePath;
  while (parent && (parent.isObjectProperty() || parent.isObjectExpression() || isTypeWrapper(parent)))
    parent = parent.parentPath;
  return !parent?.isReturnStatement() && !parent?.isArrowFunctionExpression();
}
