import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Migration, Problem, Surveyed } from '../../migration.ts';
import { followAgent, followHeld } from '../../flow/fates/agent-flow.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { isPromiseMethod, methodOf } from '../../survey/functions/failure-handlers.ts';
import { failurePathOf } from '../../flow/failures/failure-path.ts';
import { ANY } from '../../flow/fates/flow.ts';
import { earlyProblem } from './awaited-before-its-use.ts';
import { placementOf } from '../../survey/code/placement.ts';
import { withTypes } from '../../survey/code/wrappers.ts';
import { reasonAt } from '../../survey/code/place-at.ts';

/** Why a factory may not give a promise to the call of `then` that it is given to. */
export function chainedProblem(call: NodePath, migration: Migration): Problem | undefined {
  const problem = resultProblem(call, migration);
  if (problem || creationOnlyBuilds(migration)) return problem;
  const member = call.parentPath;
  const next = member?.isMemberExpression() && call.key === 'object' ? member.parentPath : undefined;
  if (!next?.isCallExpression()) return earlyProblem(call, followAgent(call, migration), migration);
  const [callback, handler] = next.get('arguments');
  const isThen = methodOf(next) === 'then' && !handler;
  if (isThen && callback?.isFunction() && usesFirst(callback, migration)) return undefined;
  return reasonAt('passed-awaited-early', next, migration);
}

/** How the caller of the receiver treats the agent as its own, where that gives it on. */
export function resultProblem(call: NodePath, migration: Judged): Problem | undefined {
  const { problem, returned } = followAgent(call, migration);
  return problem ?? (returned ? reasonAt('passed-given-on', call, migration) : undefined);
}

/** Whether a callback uses the agent in the first thing that it does, and leaves the failure of that to its chain. */
function usesFirst(callback: NodePath<t.Function>, migration: Surveyed): boolean {
  const [param] = callback.get('params');
  const binding = param?.isIdentifier() ? callback.scope.getOwnBinding(param.node.name) : undefined;
  const [use] = binding?.referencePaths ?? [];
  const body = callback.get('body') as NodePath;
  const first = body.isBlockStatement() ? body.get('body')[0] : body;
  if (!use || !first || !isSurelyIn(use, first)) return false;
  return failurePathOf(use, callback, migration).handlers.length === 0;
}

/** Whether whoever comes to `outer` comes to the place in it. */
function isSurelyIn(place: NodePath, outer: NodePath): boolean {
  for (let path = place; path.node !== outer.node; ) {
    const { parentPath: parent, key } = path;
    if (!parent || parent.isFunction() || parent.isProgram()) return false;
    const isSkipped =
      parent.isIfStatement() || parent.isConditionalExpression() ? key !== 'test' : parent.isLoop();
    if (isSkipped || parent.isSwitchCase() || (parent.isLogicalExpression() && key === 'right')) return false;
    path = parent;
  }
  return true;
}

/** The `Promise.all(list.map(value))` that is awaited around a value. */
export function gatheredAround(value: NodePath): NodePath<t.CallExpression> | undefined {
  const { parentPath: call } = value;
  const isMapped =
    call?.isCallExpression() && value.key === 0 && value.listKey === 'arguments' && methodOf(call) === 'map';
  const all = isMapped ? call.parentPath : undefined;
  if (!all?.isCallExpression() || !isPromiseMethod(all, /^all$/)) return undefined;
  return withTypes(all).parentPath?.isAwaitExpression() ? all : undefined;
}

/** Why a factory may not give promises to a list that is gathered so. */
export function gatheredProblem(all: NodePath<t.CallExpression>, migration: Migration): Problem | undefined {
  const placement = placementOf(all);
  if ('problem' in placement) return placement.problem;
  const flow = followHeld(all, [[ANY]], placement.fn, migration);
  if (flow.problem) return flow.problem;
  return flow.returned ? reasonAt('passed-given-on', all, migration) : earlyProblem(all, flow, migration);
}
