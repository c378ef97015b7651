import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { keptOf } from '../../source/kept-with.ts';
import { calledDefinition } from '../code/definitions.ts';
import type { FunctionPath } from '../code/placement.ts';
import { programAround } from '../code/program-around.ts';
import { stateIn } from '../code/shared-state.ts';
import { callsIn } from './calls-at-once.ts';
import { ownerOfMethod } from './owner-of-method.ts';

/** How many functions may call one another. */
const MAX_CALLS = 3;

/**
 * Whether a function is a method that sets something which outlives it, itself or by what it calls: asked of those whose
 * name every text or list has as well, before they are followed, since nearly all of them only read.
 */
export function changesItsObject(fn: FunctionPath, source: Source): boolean {
  return ownerOfMethod(fn, source) !== undefined && sets(fn, source, MAX_CALLS);
}

function sets(fn: FunctionPath, source: Source, calls: number): boolean {
  if (
    keptOf(programAround(fn), 'sets', fn.node, () =>
      stateIn(fn).some(({ isWrite, binding }) => isWrite && !isWithin(binding?.path, fn)),
    )
  )
    return true;
  if (calls === 0) return false;
  return callsIn(fn).some((call) => {
    const called = calledDefinition(call.get('callee') as NodePath, source);
    return (
      called?.kind === 'function' && called.path.node !== fn.node && sets(called.path, source, calls - 1)
    );
  });
}

function isWithin(declared: NodePath | undefined, fn: FunctionPath): boolean {
  return declared?.scope.path.find(({ node }) => node === fn.node) != null;
}
