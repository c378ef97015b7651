import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Problem, Source } from '../../migration.ts';
import { followAgent } from '../../flow/fates/agent-flow.ts';
import { chainedAround } from '../../survey/functions/builders.ts';
import { consumesPromise } from '../../survey/functions/callers.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import { takesPromiseByDefault, takesPromiseOf } from '../../survey/functions/promises-by-type.ts';
import { earlyProblem } from './awaited-before-its-use.ts';
import { callsOfHandedOver, isHandedOver } from '../builders/handed-over.ts';
import { chainedProblem, gatheredAround, gatheredProblem, resultProblem } from './given-to-callback.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { withTypes } from '../../survey/code/wrappers.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { reason } from '../../reasons/reason.ts';
import { callAt } from '../../survey/code/call-at.ts';

/** A function that gives the agent, where it stands as an argument of a call. */
interface Given {
  value: NodePath;
  /** It gives a promise of the agent already. */
  async: boolean;
}

/**
 * Why a function that gives the agent may not give a promise of the cached one to what it is given to; undefined where
 * that awaits it at once, and never treats the agent as its own.
 */
export function givenFactoryProblem({ value, async }: Given, migration: Migration): Problem | undefined {
  const { parentPath: call } = value;
  if (call?.isAssignmentPattern() && value.key === 'right') return defaultProblem(call, async, migration);
  if (!call?.isCallExpression() || value.listKey !== 'arguments')
    return handedOverProblem(value, async, migration);
  if (chainedAround(value)) return chainedProblem(call, migration);
  const gathered = gatheredAround(value);
  if (gathered) return gatheredProblem(gathered, migration);
  const receiver = calledFunction(call, migration);
  const calls = receiver && callsOfParameter(receiver, Number(value.key));
  if (!receiver || !calls || calls.length === 0) return handedOverProblem(value, async, migration);
  if (!async && calls.every(isAwaited) && !takesPromiseOf(receiver, Number(value.key), migration))
    return reasonAt('passed-typed', receiver, migration);
  const judged = judgeCalls(calls, async, migration);
  if (judged !== 'given on') return judged;
  return resultProblem(call, migration) ?? earlyProblem(call, followAgent(call, migration), migration);
}

/** The same of a factory that goes through objects, fields and other functions to where it is called. */
function handedOverProblem(value: NodePath, async: boolean, migration: Migration): Problem | undefined {
  const found = isHandedOver(value) ? callsOfHandedOver(value, migration) : undefined;
  if (!found) return unseenValueProblem(async);
  const judged = judgeCalls(found.calls, async, migration);
  if (judged) return judged === 'given on' ? unseenValueProblem(async) : judged;
  return !async && found.typed ? reasonAt('passed-typed', found.typed, migration) : undefined;
}

/** Whether what a factory is given to calls it with an argument, which the cache's own function might take. */
export function isGivenArguments(value: NodePath, source: Source): boolean {
  if (chainedAround(value) || gatheredAround(value)) return true;
  const { parentPath: parent } = value;
  const receiver = parent?.isCallExpression() ? calledFunction(parent, source) : undefined;
  const calls = parent?.isAssignmentPattern()
    ? callsByDefault(parent)
    : receiver && callsOfParameter(receiver, Number(value.key));
  const handed: readonly NodePath[] =
    calls ?? ((isHandedOver(value) && callsOfHandedOver(value, source)?.calls) || []);
  return handed.some(({ node }) => 'arguments' in node && node.arguments.length > 0);
}

/** Why a factory may not give a promise that is the default of a parameter: `(make = makeAgent) => …`. */
function defaultProblem(
  pattern: NodePath<t.AssignmentPattern>,
  async: boolean,
  migration: Migration,
): Problem | undefined {
  const fn = pattern.getFunctionParent();
  const calls = callsByDefault(pattern);
  if (!fn || !calls || calls.length === 0) return unseenValueProblem(async);
  if (!async && !takesPromiseByDefault(pattern, fn, migration))
    return hasOwnType(pattern)
      ? reasonAt('passed-typed', fn, migration)
      : reasonAt('passed-default-untyped', fn, migration);
  const judged = judgeCalls(calls, async, migration);
  return judged === 'given on' ? unseenValueProblem(async) : judged;
}

function hasOwnType({ node: { left }, parent }: NodePath<t.AssignmentPattern>): boolean {
  return parent.type === 'ObjectProperty' || ('typeAnnotation' in left && left.typeAnnotation != null);
}

/** The calls of a parameter, or of a name in the pattern of one, that has a default. */
function callsByDefault(pattern: NodePath<t.AssignmentPattern>): NodePath<t.CallExpression>[] | undefined {
  const { left } = pattern.node;
  const fn = pattern.getFunctionParent();
  const binding = left.type === 'Identifier' ? fn?.scope.getOwnBinding(left.name) : undefined;
  return binding?.kind === 'param' ? callsOf(binding) : undefined;
}

/** What is wrong with the calls of a name that a factory is given to; or they give the agent on. */
function judgeCalls(
  calls: readonly NodePath[],
  async: boolean,
  migration: Migration,
): Problem | 'given on' | undefined {
  const dropping = calls.find((inner) => !isAwaited(inner) && !(async && consumesPromise(inner)));
  if (dropping) return reasonAt('passed-not-awaited', dropping, migration);
  let isGivenOn = false;
  for (const inner of calls) {
    const flow = followAgent(inner, migration);
    const problem = flow.problem ?? earlyProblem(inner, flow, migration);
    if (problem) return problem;
    if (flow.returned && flow.given.length > 0) return unseenValueProblem(async);
    isGivenOn ||= flow.returned;
  }
  return isGivenOn ? 'given on' : undefined;
}

/** The calls of a parameter; undefined where it is used in another way. */
function callsOfParameter(receiver: FunctionPath, index: number): NodePath<t.CallExpression>[] | undefined {
  const param = receiver.get('params')[index];
  const name = param?.isAssignmentPattern() ? param.get('left') : param;
  const binding = name?.isIdentifier() ? receiver.scope.getOwnBinding(name.node.name) : undefined;
  return binding && callsOf(binding);
}

function callsOf(binding: Binding): NodePath<t.CallExpression>[] | undefined {
  if (!binding.constant) return undefined;
  const calls = binding.referencePaths.flatMap((reference) => callAt(reference) ?? []);
  return calls.length === binding.referencePaths.length ? calls : undefined;
}

/** Whether a call is awaited at once: `async () => make()` does that as well. */
function isAwaited(call: NodePath): boolean {
  const { parentPath: fn } = call;
  if (withTypes(call).parentPath?.isAwaitExpression()) return true;
  return Boolean(fn?.isArrowFunctionExpression() && fn.node.async && call.key === 'body');
}

/** Why a function that gives the agent is left where nobody can see what is done with it. */
export function unseenValueProblem(async: boolean): Problem {
  return reason(async ? 'passed-unseen-async' : 'passed-unseen');
}
