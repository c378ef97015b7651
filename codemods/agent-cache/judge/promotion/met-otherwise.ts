import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import { paramAt, usesOfParam } from '../../survey/code/parameters.ts';
import { isListOfResults } from '../../survey/functions/callers.ts';
import { isGivenBack } from '../../survey/functions/given-back.ts';
import { handlersAround } from '../../survey/functions/failure-handlers.ts';
import { isHandler, referencesTo } from '../../survey/functions/handlers.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { handlerUses } from './handler-uses.ts';
import { usesOfDeclared } from '../../survey/code/bindings.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

/** How many functions may give each other's promise, or the function itself, on. */
const MAX_DEPTH = 3;

/**
 * A call of a function that is not async which deals with the rejection of its promise, where nothing deals with what the
 * function throws at once: `load().catch(() => [])`, `Promise.allSettled([load()])`, `Promise.any(ids.map(load))`.
 */
export function callThatHandlesRejections(
  fn: FunctionPath,
  source: Source,
  depth = MAX_DEPTH,
): NodePath | undefined {
  for (const { form, at } of handlerUses(fn, source)) {
    const found = form === 'call' ? handledAt(at, source, depth) : undefined;
    if (found) return found;
  }
  for (const value of [outermostSame(fn), ...referencesTo(fn)]) {
    const found = handledWhereGiven(value, source, depth);
    if (found) return found;
  }
  return undefined;
}

function handledAt(call: NodePath, source: Source, depth: number): NodePath | undefined {
  const caller = call.getFunctionParent() as FunctionPath | null;
  const handled = handledPromise(call);
  if (handled) return handled;
  // What gives the promise on throws at once as well.
  const isGivenOn = caller !== null && !caller.node.async && !isHandler(caller) && isGivenOnAt(call);
  return isGivenOn && depth > 0 ? callThatHandlesRejections(caller, source, depth - 1) : undefined;
}

/** The same where what calls the function is given it: a method of lists, or a function of the tree. */
function handledWhereGiven(value: NodePath, source: Source, depth: number): NodePath | undefined {
  const { parentPath: call, listKey, key } = value;
  if (!call?.isCallExpression() || listKey !== 'arguments' || depth === 0) return undefined;
  if (isListOfResults(call)) return handledAt(call, source, depth);
  const callee = calledFunction(call, source);
  const param = paramAt(callee, Number(key));
  for (const use of usesOfParam(param) ?? []) {
    const inner = use.key === 'callee' ? use.parentPath : undefined;
    const found = inner ? handledPromise(inner) : handledWhereGiven(use, source, depth - 1);
    if (found) return found;
    if (inner && !callee?.node.async && isGivenOnAt(inner)) return handledAt(call, source, depth);
  }
  return undefined;
}

const promisesOf = (call: NodePath) => [call, ...usesOfDeclared(call)];

function isGivenOnAt(call: NodePath): boolean {
  return promisesOf(call).some((each) => isGivenBack(each));
}

/** Where the promise of a call is handled by what does not stand around the call. */
function handledPromise(call: NodePath): NodePath | undefined {
  // An error in a `try` ends in its `catch` either way.
  const isAround = (handler: NodePath) =>
    handler.isTryStatement() && (!handler.node.handler || call.isDescendant(handler));
  return promisesOf(call).find((promise) => {
    const fn = promise.getFunctionParent();
    return fn !== null && handlersAround(promise, fn).some((each) => !isAround(each));
  });
}
