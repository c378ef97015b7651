import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';
import { functionNamed } from './called-code.ts';
import { consumesPromise } from './callers.ts';
import { isPromiseMethod, methodOf } from './failure-handlers.ts';
import { calledName } from './later-callbacks.ts';

/** Names of wrappers that take care of an async handler, for those that no file of the tree shows. */
const CARES = /async|await|catch|promis|wrap/i;

/**
 * Whether a wrapper (`asyncHandler(handler)`) gives the promise of what it wraps to its own caller, or handles its
 * failure; with `catches`, only the latter counts, for a caller that ignores promises.
 */
export function passesPromiseOn(
  wrapping: NodePath<t.CallExpression>,
  index: number,
  catches: boolean,
  migration: Migration,
): boolean {
  const callee = wrapping.get('callee');
  const wrapper = callee.isIdentifier() ? functionNamed(callee, migration) : undefined;
  if (!wrapper) return CARES.test(calledName(wrapping));
  const param = wrapper.get('params')[index];
  if (!param?.isIdentifier()) return false;
  const references = wrapper.scope.getOwnBinding(param.node.name)?.referencePaths ?? [];
  return references.length > 0 && references.every((reference) => isSeen(reference, catches));
}

function isSeen(reference: NodePath, catches: boolean): boolean {
  const { parentPath: parent } = reference;
  if (!parent) return false;
  const call = calling(reference);
  if (call) return catches ? isCaught(call) : consumesPromise(call) || isReturned(call);
  // `Promise.resolve().then(() => …)` and `(handler) => handler` pass the function itself on.
  return !catches && isReturned(reference);
}

/** The call of the reference, directly or by `call` and `apply`. */
function calling(reference: NodePath): NodePath<t.CallExpression> | undefined {
  const { parentPath: parent } = reference;
  if (parent?.isCallExpression()) return reference.key === 'callee' ? parent : undefined;
  const call = parent?.isMemberExpression() ? parent.parentPath : undefined;
  const isCall = call?.isCallExpression() && /^(call|apply)$/.test(methodOf(call) ?? '');
  return isCall ? call : undefined;
}

function isReturned({ parentPath: parent, key }: NodePath): boolean {
  return Boolean(parent?.isReturnStatement() || (parent?.isArrowFunctionExpression() && key === 'body'));
}

/** Whether a failure of the promise is handled by what is chained to it, or by a `try` around its `await`. */
function isCaught(value: NodePath): boolean {
  const { parentPath: parent } = value;
  if (!parent) return false;
  if (parent.isAwaitExpression()) {
    const tried = parent.findParent(
      (path) => path.isFunction() || (path.isTryStatement() && path.node.handler != null),
    );
    return tried?.isTryStatement() === true;
  }
  if (parent.isCallExpression() && isPromiseMethod(parent, /^resolve$/)) return isCaught(parent);
  return isCaughtByChain(value);
}

/** Whether a `.catch(…)` or the like is chained to the promise. */
export function isCaughtByChain({ parentPath: parent }: NodePath): boolean {
  const chained = parent?.isMemberExpression() ? parent.parentPath : undefined;
  if (!chained?.isCallExpression()) return false;
  const method = methodOf(chained);
  if (method === 'catch' || (method === 'then' && chained.node.arguments.length > 1)) return true;
  return isCaughtByChain(chained);
}
