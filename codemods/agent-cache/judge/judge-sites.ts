import type { NodePath } from '@babel/traverse';
import { type AgentFlow, followAgent } from '../flow/fates/agent-flow.ts';
import { planInAsync } from './plans/async-plan.ts';
import { argumentProblem } from './rules/argument-problem.ts';
import { constructionProblem } from './rules/construction-problem.ts';
import { discardedProblem } from './rules/discarded-builder.ts';
import { keyedPlace, whereItStands } from './rules/keyed-place.ts';
import { lostErrorProblem } from './promotion/express.ts';
import { ownedProblem, planAtOnce } from './plans/at-once-plan.ts';
import { givesAtOnce } from '../survey/modules/getter-kind.ts';
import { keepingArguments } from './plans/argument-order.ts';
import { keepingWhatIsGot } from './plans/asked-whether-got.ts';
import { meetingWhatIsThrown } from './plans/met-elsewhere.ts';
import { attachedProblem } from './plans/attached-problem.ts';
import { planInBuilder } from './plans/builder-plan.ts';
import { chainedAround, isAnonymousBuilder } from '../survey/functions/builders.ts';
import { cacheProblem } from './rules/cache-problem.ts';
import { isCallbackThatIsAwaited } from '../survey/functions/callers.ts';
import { callersProblem } from './builders/callers-problem.ts';
import { planInChoice } from './plans/choice-plan.ts';
import { changedByUsers } from '../flow/effects/changed-by-users.ts';
import { creationOnlyBuilds } from '../flow/effects/creation-only-builds.ts';
import { callAround } from '../flow/failures/chaining.ts';
import { changedMeanwhile } from '../flow/failures/read-alike-later.ts';
import { keyedGetter, placeKey } from '../options.ts';
import { placeAt, reasonAt } from '../survey/code/place-at.ts';
import { EXPRESS } from '../reasons/table/express.ts';
import { PLACEMENT } from '../reasons/table/placement.ts';
import { WAITING } from '../reasons/table/waiting.ts';
import { parameterProblem } from '../survey/factories/factory-parameters.ts';
import { factoryShape, isGuardedBuilder, promiseAround } from '../survey/factories/factory-shape.ts';
import { givenOnProblem } from './given-on-problem.ts';
import { givenFactoryProblem, unseenValueProblem } from './passed-factories/given-factory.ts';
import { handlersAround } from '../survey/functions/failure-handlers.ts';
import { returnedProblem } from '../flow/fates/flow-problems.ts';
import { isHandedOver, isHandedToUnread } from './builders/handed-over.ts';
import { planInPlace } from './plans/in-place-plan.ts';
import { leftOutProblem } from './rules/left-out-problem.ts';
import { memoAround } from '../survey/factories/own-memo.ts';
import { memberFunction } from '../survey/factories/member-factories.ts';
import { besidePending } from './plans/pending-promises.ts';
import { planPastAwait } from './plans/past-await-plan.ts';
import { type FunctionPath, placementOf, problemAtLoad } from '../survey/code/placement.ts';
import { keepingStateOrder } from './plans/state-order.ts';
import { toldApartProblem } from './plans/failure-told-apart.ts';
import { planInSync } from './plans/sync-plan.ts';
import { transparentParent, withTypes } from '../survey/code/wrappers.ts';
import type { Judged, Memo, Migration, Plan, Problem, Site, Source, Surveyed } from '../migration.ts';
import { isFactoryFunction } from '../survey/factories/find-factories.ts';
import { manual } from './rules/manual.ts';

/** Decides for each place how it is rewritten, or why it is left. */
export function judgeSites(migration: Migration): void {
  for (const site of migration.sites) {
    migration.assumed.clear();
    site.plan = planFor(site, migration);
    site.assumptions = [...migration.assumed];
  }
}

function planFor(site: Site, migration: Migration): Plan {
  const kept = keptProblem(site, migration);
  if (kept) return manual(kept);
  const keyed = keyedPlace(site, migration);
  site.keyed = keyed !== undefined && !keyed.problem;
  const planned = planOf(site, keyed?.problem, migration);
  const changed = planned.form === 'manual' ? undefined : changedByUsers(site.expression, migration);
  const plan = changed ? manual(changed) : planned;
  if (givesAtOnce(migration, site.keyed)) return callingTheGetter(plan, site, migration);
  const named = namingTheGetter(plan, site, migration);
  return site.keyed ? namingTheEntry(whereItStands(named, site, migration), migration) : named;
}

/** A place that is left although the cache has an entry for its arguments, with what gives that. */
function namingTheEntry(plan: Plan, { options }: Source): Plan {
  if (plan.form !== 'manual') return plan;
  return manual({ ...plan.problem, names: { shared: `${keyedGetter(options)}(…)`, ...plan.problem.names } });
}

/** Why a person wants a place to stay as it is. */
function keptProblem({ expression }: Site, source: Source): Problem | undefined {
  const { keep } = source.options;
  if (!keep || keep.size === 0) return undefined;
  const { file, line, column } = placeAt(expression, source);
  return keep.get(placeKey(file, { line, column }));
}

/** Beside a getter that gives its agent at once, nothing is to be awaited by hand either. */
function callingTheGetter(plan: Plan, { keyed = false }: Site, { options }: Source): Plan {
  if (plan.form !== 'manual') return plan;
  const getter = keyed ? `${keyedGetter(options)}(…)` : `${options.factory}()`;
  return manual({ ...plan.problem, names: { ...plan.problem.names, getter } });
}

/** How the hint of a place ends for which nothing would have to wait, if the cache's getter gave no promise. */
const AT_ONCE =
  'Since the cache only builds it, its getter may also give it at once (--sync), and nothing here has to wait.';

/** A place that is left because somebody would not wait, with the way that needs no waiting where that is open to it. */
function namingTheGetter(plan: Plan, { expression, factory, remote }: Site, migration: Judged): Plan {
  if (plan.form !== 'manual' || factory || remote || !isAboutWaiting(plan.problem)) return plan;
  if (givesAtOnce(migration) || !creationOnlyBuilds(migration)) return plan;
  if (planAtOnce(expression, migration).form === 'manual') return plan;
  return manual({ ...plan.problem, names: { ...plan.problem.names, atOnce: AT_ONCE } });
}

function isAboutWaiting({ id }: Problem): boolean {
  const isPlaced = id in PLACEMENT && !id.endsWith('-load');
  return isPlaced || id in WAITING || id in EXPRESS || id === 'failure-met-otherwise';
}

function planOf(site: Site, keyProblem: Problem | undefined, migration: Migration): Plan {
  const { expression, factory, remote, keyed = false } = site;
  const placement = placementOf(expression);
  const problem =
    // What is no entry of any cache needs none.
    (keyProblem ? undefined : cacheProblem(migration, keyed)) ??
    leftOutProblem(site.remote, migration) ??
    problemAtLoad(placement) ??
    discardedProblem(site, migration) ??
    keyProblem ??
    (keyed ? undefined : argumentProblem(site, migration)) ??
    constructionProblem(migration);
  if (problem) return manual(problem);
  const isAtOnce = givesAtOnce(migration, keyed);
  const memo = memoAround(expression, migration)?.memo;
  if (memo && (keyed || factory || remote)) return manual(reasonAt('agent-kept', expression, migration));
  if (isAtOnce) return planAtOnce(expression, migration);
  if ('problem' in placement) return manual(placement.problem);
  const { fn } = placement;
  const flow = followAgent(expression, migration);
  const shared = flow.problem ?? attachedProblem(expression, { fn, uses: flow.uses, migration });
  if (shared) return manual(shared);
  const isPromised = factory?.async ?? (remote?.exported.async && !remote.exported.cached);
  const givenOn = isPromised ? givenOnProblem(fn, flow, migration) : undefined;
  if (givenOn) return manual(givenOn);
  if (factory?.async) {
    const past = mapsFailure(site) ? undefined : planPastAwait(expression, fn, flow, migration);
    return past ?? { form: 'promise' };
  }
  const isBuilder = flow.returned && isOwnBuilder(site, memo, { fn, flow }, migration);
  if (flow.returned && fn.node.async && (keyed || isBuilder)) {
    const owned = isBuilder
      ? ownedByCallers(expression, fn, flow, migration)
      : ownedProblem(expression, migration);
    const problem = owned ?? lostErrorProblem(expression, fn, migration);
    return problem ? manual(problem) : { form: 'await' };
  }
  const builder = isBuilder ? planInOwnBuilder(expression, fn, flow, migration) : undefined;
  if (builder) return builder;
  if (memo) return manual(reasonAt('agent-kept', expression, migration));
  const chained = flow.returned ? chainedAround(fn) : undefined;
  if (chained) return planInChain(site, { fn, chained }, migration);
  const given = flow.returned && flow.given.length === 0 ? planWhereGiven(site, fn, migration) : undefined;
  if (given) return given;
  if (flow.returned && fn.node.async && isAnonymousBuilder(fn)) {
    // A pool of a package takes what it is given a function for as its own.
    const isUnread = flow.given.length === 0 && isHandedToUnread(withTypes(fn), migration);
    if (isUnread) return manual(unseenValueProblem(true));
    const changed = callersProblem(fn, flow, migration);
    if (changed) return manual(changed);
  } else if (flow.returned) {
    if (flow.given.length > 0) return planInBuilder(expression, fn, flow, migration);
    return planInChoice(expression, fn, migration) ?? manual(returnedFrom(fn, expression, migration));
  }
  const asItIs = fn.node.async
    ? planInAsync(expression, fn, flow, migration)
    : planInSync(expression, fn, flow, migration);
  const plan = namingTheChange(asItIs, flow.uses.length > 0 ? flow.uses : [expression], migration);
  const isInPlace = failsInPlace(site, plan, migration);
  const inPlace = isInPlace ? planInPlace(expression, fn, { plan, flow, migration }) : undefined;
  const place = { expression, fn, flow, failsInPlace: isInPlace };
  const ordered = isInPlace ? (inPlace ?? plan) : keepingArguments(plan, place, migration);
  const kept = meetingWhatIsThrown(keepingWhatIsGot(ordered, place, migration), place, migration);
  return keepingStateOrder(besidePending(kept, place, migration), place, migration);
}

/** Whether a function gives the agent of its arguments, or asks before that whether it may: it stays for the sake of that. */
function isOwnBuilder(
  { expression, keyed = false, factory, remote }: Site,
  memo: Memo | undefined,
  { fn, flow }: { fn: FunctionPath; flow: AgentFlow },
  migration: Migration,
): boolean {
  if (flow.given.length > 0 || !creationOnlyBuilds(migration)) return false;
  if (!isFactoryFunction(fn) || factory || remote) return false;
  const shape = memo ?? (isGuardedBuilder(fn, expression) || (keyed && factoryShape(fn, expression)));
  return Boolean(shape);
}

/** Why an agent is not to be shared that an async function gives; a method's callers are found by its name, too. */
function ownedByCallers(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Problem | undefined {
  const owned = ownedProblem(expression, migration);
  const isUnfound = owned?.id === 'given-to-unknown-callers' && fn.isMethod();
  return isUnfound ? callersProblem(fn, flow, migration) : owned;
}

/** One that is not async waits, and so do its callers. Undefined where they cannot. */
function planInOwnBuilder(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Plan | undefined {
  const plan = planInBuilder(expression, fn, { ...flow, given: [[]] }, migration);
  return plan.form === 'manual' && plan.problem.id.startsWith('wrapper-') ? undefined : plan;
}

/** A place whose calls could be chained, were it not for what they are given, with that reason. */
function namingTheChange(plan: Plan, uses: readonly NodePath[], source: Source): Plan {
  if (plan.form !== 'manual' || plan.problem.id !== 'failure-escapes') return plan;
  for (const use of uses) {
    const call = callAround(use);
    const change = call && changedMeanwhile(call, use, source);
    if (change) return manual(reasonAt('argument-changes', change, source));
  }
  return plan;
}

/** A callback of `.then` may give a promise in place of the agent, if what comes next never treats it as its own. */
function planInChain(
  { expression }: Site,
  { fn, chained }: { fn: FunctionPath; chained: NodePath },
  migration: Judged,
): Plan {
  const flow = followAgent(chained, migration);
  if (flow.problem || flow.returned) return manual(flow.problem ?? returnedFrom(fn, expression, migration));
  const around = chained.getFunctionParent() as FunctionPath | null;
  const told = around ? toldApartProblem(chained, around, flow, migration) : undefined;
  if (told) return manual(told);
  if (fn.node.async) return { form: 'await' };
  const parent = transparentParent(expression);
  const isGivenOn = parent.isReturnStatement() || parent.isArrowFunctionExpression();
  // A `try` catches only what is awaited in it.
  return isGivenOn && handlersAround(expression, fn).length === 0
    ? { form: 'promise' }
    : { form: 'await', promote: fn };
}

/** A function that only builds the agent, given to a call that awaits what it gives, or the default of a parameter. */
function planWhereGiven({ expression }: Site, fn: FunctionPath, migration: Migration): Plan | undefined {
  const value = withTypes(fn);
  const { parentPath: parent } = value;
  const isDefault = parent?.isAssignmentPattern() === true && value.key === 'right';
  const isGiven = isDefault || (value.listKey === 'arguments' && parent?.isCallExpression());
  if (!isGiven && isHandedOver(value)) return planWhereHandedOver(expression, fn, value, migration);
  if (!isGiven || isCallbackThatIsAwaited(fn) || !isFactoryFunction(fn)) return undefined;
  const shape = parameterProblem(fn) ? undefined : factoryShape(fn, expression);
  if (!shape) return undefined;
  const problem = givenFactoryProblem({ value, async: fn.node.async === true }, migration);
  if (problem) return manual(problem);
  return planOfGiven(fn, shape);
}

/** The same of one that is handed over in an object, or to a class. */
function planWhereHandedOver(
  expression: NodePath,
  fn: FunctionPath,
  value: NodePath,
  migration: Migration,
): Plan | undefined {
  const promise = promiseAround(expression);
  const shape =
    isFactoryFunction(fn) && !parameterProblem(fn) ? factoryShape(fn, promise ?? expression) : undefined;
  if (!shape || (promise && shape.guard)) return undefined;
  const async = fn.node.async === true || promise !== undefined;
  const problem = givenFactoryProblem({ value, async }, migration);
  // Where nobody sees who calls it, others may know it by its name.
  if (problem) return problem.id.startsWith('passed-unseen') ? undefined : manual(problem);
  return promise ? { form: 'promise' } : planOfGiven(fn, shape);
}

function planOfGiven(fn: FunctionPath, shape: { guard?: unknown }): Plan {
  if (fn.node.async) return { form: 'await' };
  // A type that is written for what it gives becomes a promise with it.
  return shape.guard || fn.node.returnType ? { form: 'await', promote: fn } : { form: 'promise' };
}

/** Whether the failure to get an agent is that of the place: of a factory that maps it, or of the constructor alone. */
function failsInPlace(site: Site, plan: Plan, migration: Surveyed): boolean {
  return creationOnlyBuilds(migration) || (plan.form !== 'manual' && mapsFailure(site));
}

function mapsFailure({ factory, remote }: Site): boolean {
  return Boolean(factory?.guard ?? factory?.over?.mapsFailure ?? remote?.exported.mapsFailure);
}

function returnedFrom(fn: FunctionPath, expression: NodePath, source: Source): Problem {
  const isBuilder = isFactoryFunction(fn) && factoryShape(fn, expression);
  const blocking = isBuilder && !fn.node.async ? memberFunction(fn, source)?.blocking : undefined;
  if (blocking) return reasonAt('member-used-elsewhere', blocking, source);
  // A container of a package calls it, and none of the callers that could be made to wait.
  if (isBuilder && !fn.node.async && isHandedToUnread(withTypes(fn), source))
    return unseenValueProblem(false);
  return (isBuilder && parameterProblem(fn)) || returnedProblem(fn, expression, source);
}
