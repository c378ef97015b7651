import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { isPassedOn } from './called-by-hand.ts';
import { consumesPromise, isCallbackThatIsAwaited } from '../../survey/functions/callers.ts';
import { isGivenBack } from '../../survey/functions/given-back.ts';
import { handlersAround } from '../../survey/functions/failure-handlers.ts';
import { handlerUses } from './handler-uses.ts';
import { isCaughtByChain } from '../../flow/failures/passes-promise-on.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { usesOfDeclared } from '../../survey/code/bindings.ts';

/** Whether every call of the function that the tree shows meets the rejection of its promise. */
export function meetsRejections(fn: FunctionPath, source: Source): boolean {
  return handlerUses(fn, source).every(({ form, at }) => form !== 'call' || meetsRejection(at));
}

/** Whether the tree shows calls of the function, and each meets what it throws at once where it meets a rejection. */
export function meetsBothAlike(fn: FunctionPath, source: Source): boolean {
  const uses = handlerUses(fn, source);
  return uses.length > 0 && uses.every(({ form, at }) => form === 'call' && isInAsyncFlow(at));
}

/** `await load()`, or `return load()` of an async function outside of any `try`. */
function isInAsyncFlow(call: NodePath): boolean {
  if (call.parentPath?.isAwaitExpression()) return true;
  const fn = call.getFunctionParent();
  return Boolean(isGivenBack(call) && fn?.node.async && handlersAround(call, fn).length === 0);
}

/** Whether somebody meets the rejection of what a call gives. */
export function meetsRejection(call: NodePath): boolean {
  const { parentPath: parent, parent: node } = call;
  if (parent?.isAwaitExpression() || parent?.isReturnStatement() || isCaughtByChain(call)) return true;
  if (node.type === 'ArrowFunctionExpression' || node.type === 'ArrayExpression') return true;
  return usesOfDeclared(call).some(meetsRejection);
}

/** Whether somebody waits for what a call gives back. */
export function isWaitedFor(call: NodePath): boolean {
  return consumesPromise(call) || isPassedOn(call) || isGivenByCallback(call);
}

/** `Promise.all(hooks.map((hook) => hook(req, res)))` */
function isGivenByCallback(value: NodePath): boolean {
  const { parentPath: parent } = value;
  const fn = isGivenBack(value) ? (parent?.isFunction() ? parent : parent?.getFunctionParent()) : undefined;
  return Boolean(fn && isCallbackThatIsAwaited(fn));
}
