import type { Binding, NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isOfSame, type StateUse, stateIn, usesOf } from '../../survey/code/shared-state.ts';
import { isShared } from '../../survey/functions/caller-names.ts';
import { stateReachedIn } from '../../survey/functions/reached-state.ts';
import { setForRequest, settersAmong } from './set-by-requests.ts';

/**
 * What keeps a call from being evaluated a little later, in a callback: a write within what it is given, or one that
 * may change what it reads in the meantime. `use` is the agent in the call.
 */
export function changedMeanwhile(call: NodePath, use: NodePath, source: Source): NodePath | undefined {
  const fn = call.getFunctionParent() as FunctionPath | null;
  if (!fn) return undefined;
  const isGiven = (at: NodePath) => at.isDescendant(call) && at.node !== use.node && !use.isDescendant(at);
  for (const read of stateIn(fn)) {
    if (!isGiven(read.at)) continue;
    const changed = read.isWrite ? read.at : changeOf(read, call, fn);
    if (changed) return changed;
  }
  const reached = stateReachedIn(fn, source);
  const writes = reached.filter(({ isWrite }) => isWrite);
  for (const read of reached) {
    if (!isShared(read) || (!isGiven(read.by) && read.by.node !== call.node)) continue;
    if (read.isWrite) {
      if (read.by.node !== call.node) return read.at;
      continue;
    }
    // Another call of the function sets it too.
    const [own] = settersAmong(read, writes, source);
    const changed = own?.at ?? setForRequest(read, fn, source);
    if (changed) return changed;
  }
  return undefined;
}

/** A write to what a use of the function's own variable reads that may run between its call and a little later. */
function changeOf(read: StateUse, call: NodePath, fn: FunctionPath): NodePath | undefined {
  const { binding } = read;
  if (!binding?.scope.path.find(({ node }) => node === fn.node)) return undefined;
  const changes = [
    ...usesOf(binding)
      .filter((each) => each.isWrite && isOfSame(read, each))
      .map(({ at }) => at),
    ...binding.constantViolations,
  ];
  return changes.find((at) => runsBehind(at, call, fn, binding));
}

function runsBehind(write: NodePath, call: NodePath, fn: FunctionPath, binding: Binding): boolean {
  const around = write.getFunctionParent();
  if (around?.node !== fn.node) return true;
  const isLast = call.getStatementParent()?.isReturnStatement() === true;
  if (!isLast && (write.node.start ?? 0) > (call.node.start ?? 0)) return true;
  return (
    call.findParent((loop) => loop.isLoop() && loop.isDescendant(fn) && isRepeated(write, loop, binding)) !==
    null
  );
}

/** Whether a loop comes to a write again, and to the same variable: one that is declared in the loop is another. */
function isRepeated(write: NodePath, loop: NodePath, binding: Binding): boolean {
  if (write.node !== loop.node && !write.isDescendant(loop)) return false;
  const owner = binding.scope.path;
  return owner.node !== loop.node && !owner.isDescendant(loop);
}
