import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isCaughtByChain } from '../../flow/failures/passes-promise-on.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { waitsBetween } from '../../survey/code/shared-state.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';
import { consumesPromise } from '../../survey/functions/callers.ts';
import { isPromiseMethod, methodOf } from '../../survey/functions/failure-handlers.ts';
import { isDropped } from '../../survey/functions/later-callbacks.ts';

/** Methods that put something into a list or a table. */
const ADDS = /^(push|unshift|add|set)$/;

/**
 * The calls of a function that start promises before a place, which somebody handles behind it only: one that is
 * rejected while the place waits for something has no handler then. In the order of the text.
 */
export function startedBefore(place: NodePath, fn: FunctionPath, source: Source): NodePath[] {
  const found: NodePath[] = [];
  const note = (call: NodePath<t.CallExpression | t.NewExpression>) => {
    if (isBefore(call, place, fn) && isPendingAt(call, place, fn, source)) found.push(call);
  };
  fn.get('body').traverse({
    Function: (inner) => inner.skip(),
    CallExpression: note,
    NewExpression: note,
  });
  return found;
}

/** Whether a call has run when a place is reached: it stands before it, or a loop around both has come round. */
function isBefore(call: NodePath, place: NodePath, fn: FunctionPath): boolean {
  if (place.isDescendant(call) || call.node === place.node) return false;
  if (endOf(call) <= startOf(place)) return true;
  return loopAround([call, place], fn) !== undefined;
}

/** The innermost loop within a function that holds all of the places. */
function loopAround([first, ...others]: readonly NodePath[], fn: FunctionPath): NodePath | undefined {
  for (let at = first?.parentPath; at && at.node !== fn.node; at = at.parentPath) {
    const loop = at;
    if (loop.isLoop() && others.every((each) => each.isDescendant(loop))) return loop;
  }
  return undefined;
}

function isPendingAt(
  call: NodePath<t.CallExpression | t.NewExpression>,
  place: NodePath,
  fn: FunctionPath,
  source: Source,
): boolean {
  let value: NodePath = call;
  for (let property: string | undefined; ; ) {
    const { parentPath: parent, key } = value;
    if (!parent || isCaughtByChain(value) || isDropped(value) || parent.isAwaitExpression()) return false;
    if (parent.isCallExpression() && value.listKey === 'arguments') {
      if (isPromiseMethod(parent, /./)) {
        if (place.isDescendant(parent)) return true;
        value = parent;
        continue;
      }
      const list = ADDS.test(methodOf(parent) ?? '')
        ? rootOf((parent.get('callee') as NodePath).get('object') as NodePath)
        : undefined;
      if (list) return isHandledBehind(list, { place, fn, call, property: undefined });
      return isAsync(call, source) && place.isDescendant(parent);
    }
    if (parent.isVariableDeclarator())
      return (
        key === 'init' &&
        isHandledBehind(bindingOf(parent.get('id') as NodePath), { place, fn, call, property })
      );
    if (parent.isAssignmentExpression())
      return (
        key === 'right' &&
        isHandledBehind(rootOf(parent.get('left') as NodePath), { place, fn, call, property })
      );
    if (parent.isObjectProperty()) {
      if (key !== 'value') return false;
      property ??= keyName(parent.node);
      value = parent.parentPath;
    } else if (isMember(parent) && key === 'object') {
      // What is chained to it is the promise still; of anything else it is no more than a part.
      const next = parent.parentPath;
      if (!next?.isCallExpression() || parent.key !== 'callee' || !isChained(next)) return false;
      value = next;
    } else if (isPassedThrough(parent, key)) value = parent;
    else return false;
  }
}

function isChained(call: NodePath<t.CallExpression>): boolean {
  return /^(then|finally)$/.test(methodOf(call) ?? '');
}

function isPassedThrough(parent: NodePath, key: string | number | null): boolean {
  if (parent.isConditionalExpression()) return key !== 'test';
  if (parent.isArrayExpression() || parent.isSpreadElement() || parent.isLogicalExpression()) return true;
  return isTypeWrapper(parent);
}

/** Whether a call is known to give a promise. */
function isAsync(call: NodePath<t.CallExpression | t.NewExpression>, source: Source): boolean {
  if (call.isNewExpression()) return call.get('callee').isIdentifier({ name: 'Promise' });
  if (!call.isCallExpression()) return false;
  return isPromiseMethod(call, /./) || calledFunction(call, source)?.node.async === true;
}

interface Kept {
  place: NodePath;
  fn: FunctionPath;
  call: NodePath;
  /** Where the variable has it. */
  property: string | undefined;
}

/** Whether what a variable keeps is handled behind the place, and not before it. */
function isHandledBehind(binding: Binding | undefined, { place, fn, call, property }: Kept): boolean {
  const handled = (binding?.referencePaths ?? []).filter((use) => isWaitedFor(use, property));
  if (handled.length === 0) return false;
  const from = startOf(place);
  const loop = loopAround([call, place], fn);
  if (loop && startOf(call) > from) return handled.every((use) => !use.isDescendant(loop));
  const first = Math.min(...handled.map(startOf));
  // Where the function waits for something else in between already, nobody listens now.
  return first > from && !waitsBetween(fn.node.body, from, first);
}

/** Whether a promise that a name stands for, or holds, is waited for, or a list of them is. */
function isWaitedFor(use: NodePath, property: string | undefined): boolean {
  const held = isMember(use.parentPath) && use.key === 'object' ? use.parentPath : undefined;
  const name = held && propertyName(held.node);
  const isPart =
    held &&
    !held.parentPath?.isCallExpression() &&
    (property === undefined || name === undefined || name === property);
  return (
    isConsumed(use) ||
    (isPart === true && isConsumed(held)) ||
    (use.parentPath?.isForOfStatement() === true && use.key === 'right')
  );
}

function isConsumed(value: NodePath): boolean {
  return (
    consumesPromise(value.parentPath?.isSpreadElement() ? value.parentPath : value) || isCaughtByChain(value)
  );
}

/** The variable that a member expression starts from. */
function rootOf(value: NodePath): Binding | undefined {
  return isMember(value) ? rootOf(value.get('object') as NodePath) : bindingOf(value);
}

function startOf({ node }: NodePath): number {
  return node.start ?? 0;
}

function endOf({ node }: NodePath): number {
  return node.end ?? 0;
}
