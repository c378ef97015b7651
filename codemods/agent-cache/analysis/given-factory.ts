import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Problem } from '../migration.ts';
import { type AgentFlow, followAgent } from './agent-flow.ts';
import { planInAsync } from './async-plan.ts';
import { chainedAround } from './builders.ts';
import { consumesPromise } from './callers.ts';
import { creationOnlyBuilds } from './creation-only-builds.ts';
import { calledFunction } from './called-code.ts';
import { takesPromiseOf } from './declared-type.ts';
import { handlersAround } from './failure-handlers.ts';
import { lineOf } from './flow-problems.ts';
import { type FunctionPath, placementOf } from './placement.ts';
import { withTypes } from './wrappers.ts';

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
  if (!call?.isCallExpression() || value.listKey !== 'arguments') return unseenValueProblem(async);
  if (chainedAround(value)) return resultProblem(call, migration);
  const receiver = calledFunction(call, migration);
  const calls = receiver && callsOfParameter(receiver, Number(value.key));
  if (!receiver || !calls || calls.length === 0) return unseenValueProblem(async);
  const dropping = calls.find((inner) => !isAwaited(inner) && !(async && consumesPromise(inner)));
  if (dropping) return unawaitedProblem(dropping, migration);
  if (!async && !takesPromiseOf(receiver, Number(value.key), migration))
    return typedProblem(receiver, migration);
  let isGivenOn = false;
  for (const inner of calls) {
    const flow = followAgent(inner, migration);
    const problem = flow.problem ?? earlyProblem(inner, flow, migration);
    if (problem) return problem;
    if (flow.returned && flow.given.length > 0) return unseenValueProblem(async);
    isGivenOn ||= flow.returned;
  }
  if (!isGivenOn) return undefined;
  return resultProblem(call, migration) ?? earlyProblem(call, followAgent(call, migration), migration);
}

/** How the caller of the receiver treats the agent as its own, where that gives it on. */
function resultProblem(call: NodePath, migration: Migration): Problem | undefined {
  const { problem, returned } = followAgent(call, migration);
  return problem ?? (returned ? givenOnProblem(call, migration) : undefined);
}

/** The calls of a parameter; undefined where it is used in another way. */
function callsOfParameter(receiver: FunctionPath, index: number): NodePath<t.CallExpression>[] | undefined {
  const param = receiver.get('params')[index];
  const name = param?.isAssignmentPattern() ? param.get('left') : param;
  const binding = name?.isIdentifier() ? receiver.scope.getOwnBinding(name.node.name) : undefined;
  if (!binding?.constant) return undefined;
  const calls = binding.referencePaths.flatMap(({ parentPath, key }) =>
    parentPath?.isCallExpression() && key === 'callee' ? [parentPath] : [],
  );
  return calls.length === binding.referencePaths.length ? calls : undefined;
}

/** Whether a call is awaited at once: `async () => make()` does that as well. */
function isAwaited(call: NodePath): boolean {
  const { parentPath: fn } = call;
  if (withTypes(call).parentPath?.isAwaitExpression()) return true;
  return Boolean(fn?.isArrowFunctionExpression() && fn.node.async && call.key === 'body');
}

/** Where the failure to get an agent would be handled by others than the failure of its first call. */
function earlyProblem(call: NodePath, flow: AgentFlow, migration: Migration): Problem | undefined {
  const placement = placementOf(call);
  if ('problem' in placement) return placement.problem;
  if (creationOnlyBuilds(migration)) return undefined;
  const plan = flow.returned ? undefined : planInAsync(call, placement.fn, flow, migration);
  if (plan?.form === 'manual') return plan.problem;
  if (plan ? plan.form === 'await' : handlersAround(call, placement.fn).length === 0) return undefined;
  return {
    reason: `The factory is passed on, and what awaits its agent on line ${lineOf(call, migration)} can end, answer or fail before it first uses it.`,
    hint: 'Call the factory there right before the agent is first used, then run the codemod again.',
  };
}

function unawaitedProblem(call: NodePath, migration: Migration): Problem {
  return {
    reason: `The factory is passed on as a value, and what receives it does not await the agent on line ${lineOf(call, migration)}.`,
    hint: 'Await the agent there, then run the codemod again.',
  };
}

function typedProblem(receiver: NodePath, migration: Migration): Problem {
  return {
    reason: `The factory is passed on as a value, and what receives it, on line ${lineOf(receiver, migration)}, is declared to take no promise of the agent.`,
    hint: 'Let the type of that parameter give a promise too, then run the codemod again.',
  };
}

function givenOnProblem(call: NodePath, migration: Migration): Problem {
  return {
    reason: `The factory is passed on as a value, and the agent is given on from line ${lineOf(call, migration)} to where nobody can see what is done with it.`,
    hint: 'Pass on the cached agent by hand, if nothing treats it as its own.',
  };
}

/** Why a function that gives the agent is left where nobody can see what is done with it. */
export function unseenValueProblem(async: boolean): Problem {
  return {
    reason: 'The factory is passed on as a value, and what receives it may not await the agent.',
    hint: async
      ? 'Pass on a function that gives the cached agent by hand, if what receives it never treats the agent as its own.'
      : 'Pass an async function, and await its result where it is called.',
  };
}
