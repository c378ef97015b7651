import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Flow, Holding } from './flow.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { handlersAround } from '../../survey/functions/failure-handlers.ts';
import { isHandler, isMiddleware } from '../../survey/functions/handlers.ts';

/** Follows an agent that is thrown to what catches it in the same function; beyond that, nobody knows who does. */
export function followThrown(flow: Flow, thrown: NodePath<t.ThrowStatement>, holding: Holding): void {
  const fn = thrown.getFunctionParent();
  const tries = fn ? handlersAround(thrown, fn) : [];
  const caught = tries.find((each) => each.isTryStatement() && each.node.handler);
  if (!caught?.isTryStatement()) failThrown(flow, thrown, holding);
  else if (caught.node.handler?.param) flow.followTarget(caught.get('handler.param') as NodePath, holding);
}

/** Whether a parameter is how its function tells of a failure: `next` of a handler, `reject` of a promise. */
export function tellsFailure(param: NodePath, fn: FunctionPath): boolean {
  const isNext = Number(param.key) > 1 && param.key === fn.node.params.length - 1;
  if (isNext && (isHandler(fn) || isMiddleware(fn))) return true;
  const { parentPath: built, listKey } = fn;
  const isExecutor = built?.isNewExpression() && listKey === 'arguments';
  return Boolean(isExecutor && built.get('callee').isIdentifier({ name: 'Promise' }) && param.key === 1);
}

export function failThrown(flow: Flow, place: NodePath, { part }: Holding): void {
  if (!part) flow.fail(reasonAt('agent-thrown', place, flow.migration));
}
