import type { NodePath } from '@babel/traverse';
import { isCallbackThatIsAwaited } from './callers.ts';
import { methodOf } from './failure-handlers.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';

/** Whether an async function that returns the agent has no name by which others could take it for their own. */
export function isAnonymousBuilder(fn: FunctionPath): boolean {
  if (isCallbackThatIsAwaited(fn)) return true;
  if (!fn.isMethod() && !memberHolding(fn)) return false;
  const { body } = fn.node;
  if (body.type !== 'BlockStatement') return true;
  const [only, ...rest] = body.body;
  return rest.length === 0 && only?.type === 'ReturnStatement';
}

/** The property or field whose value a function is. */
export function memberHolding(fn: NodePath) {
  const { key, parentPath: parent } = outermostSame(fn);
  const holds = parent?.isObjectProperty() || parent?.isClassProperty() || parent?.isClassPrivateProperty();
  return parent && holds && key === 'value' ? parent : undefined;
}

/** The call of `then` that a function is the first callback of. */
export function chainedAround(fn: NodePath): NodePath | undefined {
  const value = outermostSame(fn);
  const { parentPath: call } = value;
  const isFirst = call?.isCallExpression() && value.listKey === 'arguments' && value.key === 0;
  return isFirst && methodOf(call) === 'then' ? call : undefined;
}
