import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
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

/** What was asked about already: functions that give one another's promise on, or the function itself. */
interface Seen {
  functions: Set<t.Node>;
  values: Set<t.Node>;
}

/**
 * A call of a function that is not async which deals with the rejection of its promise, where nothing deals with what the
 * function throws at once: `load().catch(() => [])`, `Promise.allSettled([load()])`, `Promise.any(ids.map(load))`.
 */
export function callThatHandlesRejections(
  fn: FunctionPath,
  source: Source,
  seen: Seen = { functions: new Set(), values: new Set() },
): NodePath | undefined {
  if (seen.functions.has(fn.node)) return undefined;
  seen.functions.add(fn.node);
  for (const { form, at } of handlerUses(fn, source)) {
    const found = form === 'call' ? handledAt(at, source, seen) : undefined;
    if (found) return found;
  }
  for (const value of [outermostSame(fn), ...referencesTo(fn)]) {
    const found = handledWhereGiven(value, source, seen);
    if (found) return found;
  }
  return undefined;
}

function handledAt(call: NodePath, source: Source, seen: Seen): NodePath | undefined {
  const caller = call.getFunctionParent() as FunctionPath | null;
  const handled = handledPromise(call);
  if (handled) return handled;
  // What gives the promise on throws at once as well.
  const isGivenOn = caller !== null && !caller.node.async && !isHandler(caller) && isGivenOnAt(call);
  return isGivenOn ? callThatHandlesRejections(caller, source, seen) : undefined;
}

/** The same where what calls the function is given it: a method of lists, or a function of the tree. */
function handledWhereGiven(value: NodePath, source: Source, seen: Seen): NodePath | undefined {
  const { parentPath: call, listKey, key } = value;
  if (!call?.isCallExpression() || listKey !== 'arguments' || seen.values.has(value.node)) return undefined;
  seen.values.add(value.node);
  if (isListOfResults(call)) return handledAt(call, source, seen);
  const callee = calledFunction(call, source);
  const param = paramAt(callee, Number(key));
  for (const use of usesOfParam(param) ?? []) {
    const inner = use.key === 'callee' ? use.parentPath : undefined;
    const found = inner ? handledPromise(inner) : handledWhereGiven(use, source, seen);
    if (found) return found;
    if (inner && !callee?.node.async && isGivenOnAt(inner)) return handledAt(call, source, seen);
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
