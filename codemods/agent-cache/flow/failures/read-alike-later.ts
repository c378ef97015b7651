import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { givingCallsOf } from '../../survey/functions/giving-calls.ts';
import { isMiddleware } from '../../survey/functions/handlers.ts';
import { settersOfImported } from '../../survey/functions/imported-state.ts';
import {
  isOfSame,
  isOfTheApp,
  type StateUse,
  stateIn,
  stateOfClass,
  usesOf,
} from '../../survey/code/shared-state.ts';

/**
 * What keeps a call from being evaluated a little later, in a callback: a write within what it is given, or one that
 * may change what it reads in the meantime. `use` is the agent in the call.
 */
export function changedMeanwhile(call: NodePath, use: NodePath, source: Source): NodePath | undefined {
  const fn = call.getFunctionParent();
  if (!fn) return undefined;
  for (const read of stateIn(fn)) {
    const { at } = read;
    if (!at.isDescendant(call) || at.node === use.node || use.isDescendant(at)) continue;
    const changed = read.isWrite ? at : changeOf(read, call, source);
    if (changed) return changed;
  }
  return undefined;
}

/** A write to what a use reads that may run between the call that it is in and a little later. */
function changeOf(read: StateUse, call: NodePath, source: Source): NodePath | undefined {
  const { binding } = read;
  const fn = call.getFunctionParent();
  if (binding?.kind === 'module')
    return settersOfImported(read, source).find((each) => isOfOneCall(each.getFunctionParent(), fn));
  const writes = binding ? usesOf(binding) : [...stateOfClass(call), ...(fn ? stateIn(fn) : [])];
  const changes = [
    ...writes.filter((each) => each.isWrite && isOfSame(read, each)).map(({ at }) => at),
    ...(binding?.constantViolations ?? []),
  ];
  return changes.find((at) => runsBehind(at, call, isOfTheApp(read) ? undefined : binding));
}

function runsBehind(write: NodePath, call: NodePath, binding: Binding | undefined): boolean {
  const fn = call.getFunctionParent();
  const around = write.getFunctionParent();
  const isShared = !fn || !binding?.scope.path.find(({ node }) => node === fn.node);
  if (isShared)
    return (
      isOfOneCall(around, fn) ||
      givingCallsOf(around).some((each) => isOfOneCall(each.getFunctionParent(), fn))
    );
  if (around?.node !== fn.node) return true;
  const isLast = call.getStatementParent()?.isReturnStatement() === true;
  if (!isLast && (write.node.start ?? 0) > (call.node.start ?? 0)) return true;
  return (
    call.findParent((loop) => loop.isLoop() && loop.isDescendant(fn) && isRepeated(write, loop, binding)) !==
    null
  );
}

/**
 * Whether a write is one of many that each serve one request: another call of the function writes it too, and so may a
 * middleware, each by itself or by a function that it gives the value to. Who else sets it, set it for all of them.
 */
function isOfOneCall(by: NodePath<t.Function> | null, fn: NodePath | null): boolean {
  return by?.node === fn?.node || isMiddleware(by);
}

/** Whether a loop comes to a write again, and to the same variable: one that is declared in the loop is another. */
function isRepeated(write: NodePath, loop: NodePath, binding: Binding | undefined): boolean {
  if (write.node !== loop.node && !write.isDescendant(loop)) return false;
  const owner = binding?.scope.path;
  return !owner || (owner.node !== loop.node && !owner.isDescendant(loop));
}
