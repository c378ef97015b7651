import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Plan, Problem, Surveyed } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { callsOf, chainEach, chainFew } from './chain-plan.ts';
import { declaredBehind, ownDeclarator } from '../../survey/code/declarations.ts';
import { lostErrorProblem } from '../promotion/express.ts';
import { type FailureHandler, handlersAround } from '../../survey/functions/failure-handlers.ts';
import { type FailurePath, failurePathOf } from '../../flow/failures/failure-path.ts';
import { isGathered, withFailureOfWhole } from '../../flow/failures/promises-awaited-together.ts';
import { handlingReceiver } from '../../flow/failures/handled-inside.ts';
import { holdersBefore } from './holders.ts';
import { planForHeld } from './held-plan.ts';
import { isInLaterCallback, registrationsOf } from '../../survey/functions/later-callbacks.ts';
import { isOptional, laterPlace, namingStatement, triesWith } from './moving.ts';
import { constructionsGiven, firstDeferred, holderAround, reachedUses } from './first-use.ts';
import { isCaughtByChain } from '../../flow/failures/passes-promise-on.ts';
import { toldApartProblem } from './failure-told-apart.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { writtenBehind, writtenForHandlers } from '../../survey/code/shared-state.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { manual } from '../rules/manual.ts';

/** In an async function the agent is awaited where its first call's failure was handled. */
export function planInAsync(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Plan {
  if (fn.node.async && firstDeferred(expression, fn, flow)) return { form: 'await' };
  const calls = callsOf(expression, flow);
  const paths = withFailureOfWhole(
    calls.map((use) => ({ use, ...pathBeyond(use, expression, fn, migration) })),
    migration,
  );
  const inHere = paths.filter(({ use }) => !isInLaterCallback(use, fn));
  const told = toldApartProblem(expression, fn, flow, migration);
  if (told) return manual(told);
  const receiver = firstReceiver(expression, flow, paths, migration);
  if (receiver) return manual(reasonAt('failure-escapes', receiver, migration));
  const [first] = inHere.length > 0 ? inHere : paths;
  if (inHere.length === 0 && flow.uses.length > 0 && flow.uses.every((use) => isInLaterCallback(use, fn))) {
    const [use] = flow.uses;
    const handled =
      paths.length === flow.uses.length &&
      paths.every(({ unseen, handlers }) => !unseen && handlers.length > 0);
    if (use && !handled) return manual(reasonAt('failure-unseen', use, migration));
  }
  if (!first || first.handlers.length === 0)
    return planForHeld(expression, fn, flow, migration) ?? planAtDeclaration(expression, fn, flow, migration);
  const tries = ownDeclarator(expression) && flow.uses.length === calls.length ? triesWith(paths) : undefined;
  if (tries) {
    const problem = tries.map((place) => lostErrorProblem(place, fn, migration)).find(Boolean);
    if (problem) return manual(problem);
    const [place] = tries;
    const inPlace = place && isOptional(first.use, place) && chainFew(expression, fn, flow, migration);
    return inPlace || { form: 'move', before: tries };
  }
  const inPlace = chainEach(expression, fn, flow, migration);
  if (inPlace) return inPlace;
  return first.certain
    ? manual(reasonAt('failure-escapes', first.handlers[0] ?? first.use, migration))
    : planAtDeclaration(expression, fn, flow, migration);
}

/** Nobody but the function's caller handles the failure: the agent is awaited at its declaration, or a little later. */
function planAtDeclaration(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Plan {
  const declaration = ownDeclarator(expression);
  const named = declaration?.statement ?? namingStatement(expression) ?? holderAround(expression);
  const all = flow.uses.length > 0 ? flow.uses : [expression];
  const reached = reachedUses(
    all.filter((use) => !isInLaterCallback(use, fn)),
    fn,
  ).filter(({ node }) => node !== expression.node);
  const quiet = new Set<t.Node>([
    ...migration.sites.map((site) => site.expression.node),
    ...registrationsOf(all, fn).map(({ node }) => node),
    ...constructionsGiven(all).map(({ node }) => node),
  ]);
  const behind = declaration ? declaredBehind(declaration) : [];
  const end = expression.node.end ?? 0;
  const tries = handlersAround(expression, fn).filter((each) => each.isTryStatement());
  const written = [...writtenBehind(fn, end), ...writtenForHandlers(fn, end, tries)].map(({ at }) => at);
  const later = named && laterPlace(named, { reached, uses: flow.uses, quiet, behind, written });
  const problem = lostErrorProblem(later ?? expression, fn, migration);
  const caught = problem || all.length === 1 ? chainCaught(expression, fn, flow, migration) : undefined;
  if (caught || problem) return caught ?? manual(problem as Problem);
  const before = later ? holdersBefore(later, expression, flow.uses, migration) : [];
  if (later && before === undefined)
    return (
      chainFew(expression, fn, flow, migration) ?? manual(reasonAt('exit-before-agent', later, migration))
    );
  if (later && !declaration && before?.length === 0)
    return manual(reasonAt('exit-before-agent', later, migration));
  const first = callsOf(expression, flow).find((use) => !isInLaterCallback(use, fn));
  if (first && declaration && isOptional(first, later ?? declaration.statement)) {
    const inPlace = chainFew(expression, fn, flow, migration);
    if (inPlace) return inPlace;
  }
  const gathered = isGathered(expression) && chainEach(expression, fn, flow, migration);
  if (gathered) return gathered;
  return later ? { form: 'move', before: [later], along: before ?? [] } : { form: 'await' };
}

/** Each call chained, when all of them handle their failure: what follows them in the function goes on without it. */
function chainCaught(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Surveyed,
): Plan | undefined {
  const chain = chainEach(expression, fn, flow, migration, { mayAwait: false });
  return chain?.calls.every(({ call }) => isCaughtByChain(call)) ? chain : undefined;
}

/** The path of a use's failure, without the handlers that an `await` at the acquisition would have as well. */
function pathBeyond(use: NodePath, expression: NodePath, fn: FunctionPath, migration: Surveyed): FailurePath {
  const own = new Set<t.Node>(
    handlersAround(expression, fn).flatMap((handler) => (handler.isTryStatement() ? [handler.node] : [])),
  );
  const path = failurePathOf(use, fn, migration);
  return { ...path, handlers: path.handlers.filter(({ node }) => !own.has(node)) };
}

/** What is given the agent before its first sure call, and handles the failure of that itself. */
function firstReceiver(
  expression: NodePath,
  flow: AgentFlow,
  paths: readonly { use: NodePath; handlers: readonly FailureHandler[] }[],
  migration: Surveyed,
): NodePath | undefined {
  const statement = ownDeclarator(expression)?.statement;
  for (const use of flow.uses.length > 0 ? flow.uses : [expression]) {
    const receiver = handlingReceiver(use, migration);
    if (receiver) return receiver;
    const isSure = use.getFunctionParent()?.node === expression.getFunctionParent()?.node;
    const isFree = paths.some((path) => path.use === use && path.handlers.length === 0);
    if (isSure && isFree && statement && !isOptional(use, statement)) return undefined;
  }
  return undefined;
}
