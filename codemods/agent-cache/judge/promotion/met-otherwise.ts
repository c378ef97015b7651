import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { isGivenBack } from '../../survey/functions/given-back.ts';
import { handlersAround } from '../../survey/functions/failure-handlers.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { handlerUses } from './handler-uses.ts';
import { usesOfDeclared } from '../../survey/code/bindings.ts';

/** How many functions may give each other's promise on. */
const MAX_DEPTH = 3;

/**
 * A call of a function that is not async which deals with the rejection of its promise, where nothing deals with what the
 * function throws at once: `load().catch(() => [])`, `Promise.allSettled([load()])`.
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
  return undefined;
}

function handledAt(call: NodePath, source: Source, depth: number): NodePath | undefined {
  const caller = call.getFunctionParent() as FunctionPath | null;
  const promises = [call, ...usesOfDeclared(call)];
  const handled = promises.find((promise) => isHandledByChain(promise, promise.getFunctionParent()));
  if (handled) return handled;
  // What gives the promise on throws at once as well.
  const isGivenOn =
    caller !== null && !caller.node.async && !isHandler(caller) && promises.some((each) => isGivenBack(each));
  return isGivenOn && depth > 0 ? callThatHandlesRejections(caller, source, depth - 1) : undefined;
}

/** An error in a `try` ends in its `catch` either way. */
function isHandledByChain(promise: NodePath, fn: NodePath | null): boolean {
  return fn !== null && handlersAround(promise, fn as FunctionPath).some((each) => !each.isTryStatement());
}
