import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isPromiseMethod, methodOf } from './failure-handlers.ts';
import { referencesTo } from './handlers.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';
import { usesOfDeclared } from '../code/bindings.ts';
import { callAt } from '../code/call-at.ts';

const PROMISE_METHOD = /^(then|catch|finally)$/;

/** The calls of a function by its name; undefined when it can be called from where the file does not show. */
export function callersOf(fn: FunctionPath): NodePath<t.CallExpression>[] | undefined {
  const calls: NodePath<t.CallExpression>[] = [];
  const references = referencesTo(fn);
  if (references.length === 0) return undefined;
  for (const reference of references) {
    const call = callAt(reference);
    if (!call) return undefined;
    calls.push(call);
  }
  return calls;
}

/** Whether a call's value is used as a promise: awaited, chained, gathered, or returned from an async function. */
export function consumesPromise(call: NodePath): boolean {
  const { parentPath: parent } = call;
  if (!parent) return false;
  if (parent.isAwaitExpression()) return true;
  if (parent.isMemberExpression() && call.key === 'object') {
    const chained = parent.parentPath;
    return (
      chained.isCallExpression() && parent.key === 'callee' && PROMISE_METHOD.test(methodOf(chained) ?? '')
    );
  }
  if (parent.isCallExpression()) return call.listKey === 'arguments' && isPromiseMethod(parent, /./);
  if (parent.isArrayExpression()) {
    const gathering = parent.parentPath;
    return gathering.isCallExpression() && isPromiseMethod(gathering, /./);
  }
  if (parent.isArrowFunctionExpression()) return parent.node.async && call.key === 'body';
  return parent.isReturnStatement() && Boolean(parent.getFunctionParent()?.node.async);
}

/** Whether the function is given to something that waits for what it returns: `.then`, `Promise.all(list.map(…))`. */
export function isCallbackThatIsAwaited(fn: FunctionPath): boolean {
  const value = outermostSame(fn);
  const call = value.parentPath;
  if (!call?.isCallExpression() || value.listKey !== 'arguments') return false;
  const method = methodOf(call) ?? '';
  if (PROMISE_METHOD.test(method)) return true;
  return isListOfResults(call) && isGathered(call);
}

/** Whether a call gives a list of what the function gives that it is given. */
export function isListOfResults(call: NodePath<t.CallExpression>): boolean {
  return /^(map|flatMap|from)$/.test(methodOf(call) ?? '');
}

/** Whether a list of promises goes to `Promise.all` or its like, directly or by a variable. */
function isGathered(list: NodePath): boolean {
  const { parentPath: parent } = list;
  if (parent?.isCallExpression() && list.listKey === 'arguments') return isPromiseMethod(parent, /./);
  if (parent?.isSpreadElement()) {
    const gathering = parent.parentPath?.parentPath;
    return Boolean(gathering?.isCallExpression() && isPromiseMethod(gathering, /./));
  }
  const references = usesOfDeclared(list);
  return references.length > 0 && references.every(isGathered);
}
