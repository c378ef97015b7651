import type { NodePath } from '@babel/traverse';
import { keptOf } from '../../source/kept-with.ts';
import type { FunctionPath } from '../code/placement.ts';
import { programAround } from '../code/program-around.ts';
import { runsAtOnce } from '../code/shared-state.ts';
import { type Call, isCall } from './called-by.ts';

/** The calls in a function's own code, those of functions that run where they stand included. */
export function callsIn(fn: FunctionPath): readonly Call[] {
  return keptOf(programAround(fn), 'calls at once', fn.node, () => findCalls(fn));
}

function findCalls(fn: FunctionPath): Call[] {
  const found: Call[] = [];
  const look = (call: Call) => {
    found.push(call);
  };
  const body: NodePath = fn.get('body');
  if (isCall(body)) found.push(body);
  body.traverse({
    Function(inner) {
      if (!runsAtOnce(inner)) inner.skip();
    },
    CallExpression: look,
    OptionalCallExpression: look,
    NewExpression: look,
  });
  return found;
}
