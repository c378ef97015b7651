import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { type AgentFlow, followAgent } from '../analysis/agent-flow.ts';
import { cacheProblem } from '../analysis/cache-problem.ts';
import { callAround, chainableCall } from '../analysis/chaining.ts';
import { soleDeclarator } from '../analysis/declarations.ts';
import { lostErrorProblem } from '../analysis/express.ts';
import { type FailureHandler, handlersAround, isPromiseMethod } from '../analysis/failure-handlers.ts';
import { returnedProblem } from '../analysis/flow-problems.ts';
import { leftOutProblem } from '../analysis/left-out-problem.ts';
import { isOptional, laterPlace, namingStatement, triesWith } from '../analysis/moving.ts';
import { isAnonymousBuilder } from '../analysis/builders.ts';
import { type FunctionPath, placementOf } from '../analysis/placement.ts';
import { isWithoutEffect } from '../analysis/quiet.ts';
import { listCallbackProblem, promotionProblem } from '../analysis/promotion.ts';
import type { ChainedCall, Migration, Plan, Problem, Site } from '../migration.ts';

/** In how many places an agent is awaited where it is used, rather than once before them. */
const MAX_IN_PLACE = 3;

/** Decides for each place how it is rewritten, or why it is left. */
export function judgeSites(migration: Migration): void {
  for (const site of migration.sites) site.plan = planFor(site, migration);
}

function planFor(site: Site, migration: Migration): Plan {
  const { expression, factory } = site;
  const placement = placementOf(expression);
  const problem =
    cacheProblem(migration) ?? leftOutProblem(site.remote, migration) ?? argumentProblem(site, migration);
  if (problem) return manual(problem);
  if ('problem' in placement) return manual(placement.problem);
  const { fn } = placement;
  const flow = followAgent(expression, migration);
  if (flow.problem) return manual(flow.problem);
  if (factory?.async) return { form: 'promise' };
  if (flow.returned && !(fn.node.async && isAnonymousBuilder(fn)))
    return manual(returnedProblem(fn.node.async === true));
  return fn.node.async
    ? planInAsync(expression, fn, flow, migration)
    : planInSync(expression, fn, flow, migration);
}

/** In an async function the agent is awaited where its first call's failure was handled. */
function planInAsync(expression: NodePath, fn: FunctionPath, flow: AgentFlow, migration: Migration): Plan {
  const uses = callsOf(expression, flow);
  const [first] = uses;
  const beyond = uses.map((use) => ({ use, handlers: handlersBeyond(use, expression, fn) }));
  const declaration = soleDeclarator(expression);
  if ((beyond[0]?.handlers.length ?? 0) === 0) {
    const named = declaration?.statement ?? namingStatement(expression);
    const acquisitions = new Set(migration.sites.map((site) => site.expression.node));
    const later = named && laterPlace(named, flow.uses, acquisitions);
    const problem = lostErrorProblem(later ?? expression, fn, migration);
    if (problem) return manual(problem);
    if (later && !declaration) return manual(earlyProblem(later));
    if (first && declaration && isOptional(first, later ?? declaration.statement)) {
      const inPlace = chainEach(expression, uses, fn, flow, migration);
      if (inPlace && uses.length <= MAX_IN_PLACE) return inPlace;
    }
    const gathered = isGathered(expression) && chainEach(expression, uses, fn, flow, migration);
    if (gathered) return gathered;
    return later ? { form: 'move', before: [later] } : { form: 'await' };
  }
  const tries = declaration && flow.uses.length === uses.length ? triesWith(beyond) : undefined;
  if (tries) {
    const problem = tries.map((place) => lostErrorProblem(place, fn, migration)).find(Boolean);
    return problem ? manual(problem) : { form: 'move', before: tries };
  }
  return (
    chainEach(expression, uses, fn, flow, migration) ??
    manual(escapesProblem(first, beyond[0]?.handlers ?? []))
  );
}

/** In another function the agent's calls are chained, or the function becomes async where nobody sees the difference. */
function planInSync(expression: NodePath, fn: FunctionPath, flow: AgentFlow, migration: Migration): Plan {
  const listProblem = listCallbackProblem(fn);
  if (listProblem) return manual(listProblem);
  const uses = callsOf(expression, flow);
  const chain = chainEach(expression, uses, fn, flow, migration);
  if (chain && uses.length === 1) return chain;
  const problem = promotionProblem(fn, migration);
  const asAsync = problem ? undefined : promoted(planInAsync(expression, fn, flow, migration), fn);
  if (asAsync && asAsync.form !== 'manual') return asAsync;
  if (chain) return chain;
  return problem ? manual(problem) : (asAsync ?? manual(returnedProblem(false)));
}

function promoted(plan: Plan, fn: FunctionPath): Plan {
  return plan.form === 'await' || plan.form === 'move' ? { ...plan, promote: fn } : plan;
}

/** Every use chained by itself; those whose failure goes where an `await` would send it are awaited in place. */
function chainEach(
  expression: NodePath,
  uses: readonly NodePath[],
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Plan | undefined {
  const isImmediate = flow.uses.length === 0;
  if (
    uses.length === 0 ||
    (!isImmediate && (!soleDeclarator(expression) || flow.uses.length !== uses.length))
  ) {
    return undefined;
  }
  const calls: ChainedCall[] = [];
  const awaited: NodePath[] = [];
  for (const use of uses) {
    const own = use.getFunctionParent();
    const canAwait =
      own?.node.async &&
      !isImmediate &&
      handlersAround(use, own).every((handler) => handler.isTryStatement());
    const chained = canAwait ? undefined : chainableCall(use, migration);
    if (chained) calls.push(chained);
    else if (canAwait && fn.node.async) awaited.push(use);
    else return undefined;
  }
  return { form: 'chain', calls, awaited };
}

/** The references that call something: the agent connects at the first of them. */
function callsOf(expression: NodePath, { uses }: AgentFlow): NodePath[] {
  const references = uses.length > 0 ? uses : [expression];
  return references.filter((use) => callAround(use) !== undefined);
}

/** The handlers of a use's failure that an `await` at the acquisition would not have. */
function handlersBeyond(use: NodePath, expression: NodePath, fn: FunctionPath): FailureHandler[] {
  const around = handlersAround(expression, fn).filter((handler) => handler.isTryStatement());
  const own = new Set<t.Node>(around.map(({ node }) => node));
  return handlersAround(use, fn).filter(({ node }) => !own.has(node));
}

/** Whether the agent's call is one of several that `Promise.all` starts: an `await` would keep the next ones waiting. */
function isGathered(expression: NodePath): boolean {
  const gathering = callAround(expression)?.parentPath;
  if (!gathering?.isArrayExpression()) return false;
  const { parentPath: call } = gathering;
  return call.isCallExpression() && isPromiseMethod(call, /./);
}

function manual(problem: Problem): Plan {
  return { form: 'manual', problem };
}

function escapesProblem(use: NodePath | undefined, [handler]: readonly FailureHandler[]): Problem {
  const line = (handler ?? use)?.node.loc?.start.line ?? 1;
  return {
    reason: `A failure of the agent's first call is handled on line ${line}, and the acquisition would escape that.`,
    hint: 'Get the agent where its calls are handled, then run the codemod again.',
  };
}

function earlyProblem({ node }: NodePath): Problem {
  return {
    reason: `The function can answer before it first uses the agent on line ${node.loc?.start.line ?? 1}, and would need one for that.`,
    hint: 'Declare the agent by a statement of its own, then run the codemod again.',
  };
}

function argumentProblem({ expression, factory, remote }: Site, { options }: Migration): Problem | undefined {
  const { arguments: given } = expression.node;
  if (factory || remote) {
    if (given.every(isWithoutEffect)) return undefined;
    return {
      reason: 'The arguments of the call have effects of their own, which would go with it.',
      hint: 'Evaluate them before the call, then run the codemod again.',
    };
  }
  if (given.length === 0) return undefined;
  return {
    reason: `This ${options.agentClass} is built with arguments, so it may differ from the shared one.`,
    hint: 'Keep it, or give the cache one entry for each distinct set of arguments.',
  };
}
