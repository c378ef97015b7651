import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { keptOf } from '../../source/kept-with.ts';
import { calledDefinition } from '../code/definitions.ts';
import type { FunctionPath } from '../code/placement.ts';
import { programAround } from '../code/program-around.ts';
import { stateIn } from '../code/shared-state.ts';
import { callsIn } from './calls-at-once.ts';
import { ownerOfMethod } from './owner-of-method.ts';

/**
 * Whether a function is a method that sets something which outlives it, itself or by what it calls: asked of those whose
 * name every text or list has as well, before they are followed, since nearly all of them only read.
 */
export function changesItsObject(fn: FunctionPath, source: Source): boolean {
  return ownerOfMethod(fn, source) !== undefined && sets(fn, source, new Set());
}

function sets(fn: FunctionPath, source: Source, seen: Set<t.Node>): boolean {
  if (seen.has(fn.node)) return false;
  seen.add(fn.node);
  if (
    keptOf(programAround(fn), 'sets', fn.node, () =>
      stateIn(fn).some(({ isWrite, binding }) => isWrite && !isWithin(binding?.path, fn)),
    )
  )
    return true;
  return callsIn(fn).some((call) => {
    const called = calledDefinition(call.get('callee') as NodePath, source);
    return called?.kind === 'function' && sets(called.path, source, seen);
  });
}

function isWithin(declared: NodePath | undefined, fn: FunctionPath): boolean {
  return declared?.scope.path.find(({ node }) => node === fn.node) != null;
}
