import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { methodOf } from './failure-handlers.ts';
import { isRouteCall } from './handlers.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';

/** Methods and functions that only note a callback: it runs when its caller has long gone on. */
const REGISTERS =
  /^(on|once|addListener|addEventListener|prependListener|prependOnceListener|subscribe|listen|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|schedule)$/;
/** Methods of lists and promises, whose callbacks run while somebody waits for the result. */
const WAITS =
  /^(then|catch|finally|forEach|map|flatMap|filter|find|findIndex|findLast|some|every|reduce|reduceRight|sort|toSorted|replace|replaceAll|from)$/;

/** The call that a function is given to, inline. */
export function callGiven(fn: FunctionPath): NodePath<t.CallExpression> | undefined {
  const value = outermostSame(fn);
  const call = value.parentPath;
  return call?.isCallExpression() && value.listKey === 'arguments' ? call : undefined;
}

/** Whether a call only notes the callbacks that it is given, for later. */
export function registersCallbacks(call: NodePath<t.CallExpression>): boolean {
  return !waitsForCallbacks(call) && (REGISTERS.test(calledName(call)) || isDropped(call));
}

/** The name of the function or method that a call calls. */
export function calledName(call: NodePath<t.CallExpression>): string {
  const { callee } = call.node;
  return methodOf(call) ?? (callee.type === 'Identifier' ? callee.name : '');
}

/** Whether the call's callbacks run as parts of what it gives back. */
export function waitsForCallbacks(call: NodePath<t.CallExpression>): boolean {
  return WAITS.test(calledName(call));
}

/** Whether the function is a listener, a timer's callback or the like: nobody gets what it returns or throws. */
export function isLaterCallback(fn: FunctionPath): boolean {
  const call = callGiven(fn);
  if (!call || waitsForCallbacks(call) || isRouteCall(call)) return false;
  return REGISTERS.test(calledName(call)) || isDropped(call);
}

/** Whether a place runs in such a callback within `home`. */
export function isInLaterCallback(place: NodePath, home: FunctionPath): boolean {
  for (let fn = place.getFunctionParent(); fn && fn.node !== home.node; fn = fn.getFunctionParent()) {
    if (isLaterCallback(fn)) return true;
  }
  return false;
}

/** The calls within `home` that register the callbacks in which the places are. */
export function registrationsOf(
  places: readonly NodePath[],
  home: FunctionPath,
): NodePath<t.CallExpression>[] {
  const found: NodePath<t.CallExpression>[] = [];
  for (const place of places) {
    for (let fn = place.getFunctionParent(); fn && fn.node !== home.node; fn = fn.getFunctionParent()) {
      const call = isLaterCallback(fn) ? callGiven(fn) : undefined;
      if (call) found.push(call);
    }
  }
  return found;
}

/** Whether nobody gets the value of an expression. */
export function isDropped(value: NodePath): boolean {
  const { parentPath: parent } = value;
  if (parent?.isUnaryExpression() && parent.node.operator === 'void') return true;
  if (parent?.isExpressionStatement()) return true;
  return Boolean(parent?.isSequenceExpression() && value.key !== parent.node.expressions.length - 1);
}
