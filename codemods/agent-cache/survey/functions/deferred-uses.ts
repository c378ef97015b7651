import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';
import { referencesTo } from './handlers.ts';
import { callGiven, isLaterCallback, registersCallbacks } from './later-callbacks.ts';

/**
 * Whether a place within a function runs when that has long returned, if ever: in a timer's callback, a listener, or a
 * function that it gives on. What it threw there at once, the function's caller met; what a promise there rejects with,
 * nobody does who waits for the function.
 */
export function isDeferred(place: NodePath, home: FunctionPath): boolean {
  return isDeferredFrom(place, home, new Set());
}

function isDeferredFrom(place: NodePath, home: FunctionPath, seen: Set<t.Node>): boolean {
  for (let fn = place.getFunctionParent(); fn && fn.node !== home.node; fn = fn.getFunctionParent()) {
    if (seen.has(fn.node)) return true;
    seen.add(fn.node);
    if (isGivenAway(fn, home, seen)) return true;
  }
  return false;
}

function isGivenAway(fn: FunctionPath, home: FunctionPath, seen: Set<t.Node>): boolean {
  if (isLaterCallback(fn)) return true;
  const value = outermostSame(fn);
  if (callGiven(fn) || (value.key === 'callee' && value.parentPath?.isCallExpression())) return false;
  // The function that a promise is made by runs at once.
  if (value.listKey === 'arguments' && value.parentPath?.isNewExpression())
    return !value.parentPath.get('callee').isIdentifier({ name: 'Promise' });
  // One without a name is given on.
  return referencesTo(fn).every((use) => isUsedLater(use, home, seen));
}

/** By its name: called at once, given to what calls it at once, or neither. */
function isUsedLater(use: NodePath, home: FunctionPath, seen: Set<t.Node>): boolean {
  const { parentPath: call } = use;
  if (!call?.isCallExpression()) return true;
  if (use.key !== 'callee' && registersCallbacks(call)) return true;
  return isDeferredFrom(call, home, new Set(seen));
}
