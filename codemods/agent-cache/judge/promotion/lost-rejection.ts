import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { callAround } from '../../flow/failures/chaining.ts';
import { isCaughtByChain } from '../../flow/failures/passes-promise-on.ts';
import { isGivenBack } from '../../survey/functions/given-back.ts';
import { handlersAround, isPromiseMethod } from '../../survey/functions/failure-handlers.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { meetsRejection } from './dropped-calls.ts';
import { versionIgnoringPromises } from './express.ts';
import { isCallSeen, protectionOf } from './handler-protection.ts';
import { handlerUses } from './handler-uses.ts';

/**
 * Whether nobody would see the agent's acquisition fail where a call of it is chained: the function that is not async
 * threw that at once, and its caller ignores what it gives back. Express before 5 does so with all of its handlers.
 */
export function isLostRejection(use: NodePath, fn: FunctionPath, source: Source): boolean {
  if (fn.node.async || isAnswered(use, fn)) return false;
  if (!isHandler(fn)) return callThatDrops(fn, source) !== undefined;
  if (versionIgnoringPromises(source) === undefined) return false;
  const { isUsed, losing } = protectionOf(fn, source);
  return !isUsed || losing.length > 0;
}

/**
 * Where a function that is no handler is called, and nobody would see it reject: what it gives back is dropped there, or
 * given to a router that ignores it.
 */
export function callThatDrops(fn: FunctionPath, source: Source): NodePath | undefined {
  const ignoresPromises = versionIgnoringPromises(source) !== undefined;
  return handlerUses(fn, source).find(({ form, at }) => {
    if (form === 'call')
      return !meetsRejection(at) || (ignoresPromises && isGivenBack(at) && !isCallSeen(at, source));
    return form === 'route' && ignoresPromises;
  })?.at;
}

/** Whether the chain that a use begins, or what gathers it, handles its failure. */
function isAnswered(use: NodePath, fn: FunctionPath): boolean {
  const call = callAround(use);
  if (!call) return false;
  if (isCaughtByChain(call) || handlersAround(use, fn).length > 0) return true;
  const gathering = call.findParent((each) => each.isFunction() || isGathering(each));
  return gathering?.isCallExpression() === true && isCaughtByChain(gathering);
}

function isGathering(path: NodePath): boolean {
  return path.isCallExpression() && isPromiseMethod(path, /./);
}
