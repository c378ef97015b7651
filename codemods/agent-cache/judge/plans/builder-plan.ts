import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AwaitedCall, Migration, Plan, Problem, Source } from '../../migration.ts';
import { type AgentFlow, followHeld } from '../../flow/fates/agent-flow.ts';
import { planInAsync } from './async-plan.ts';
import { callsOfBuilder } from '../builders/builder-calls.ts';
import { changedByUsers } from '../../flow/effects/changed-by-users.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { buildersReached } from '../../survey/factories/builders-reached.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { exportStatementOf } from '../../survey/code/exports.ts';
import { lostErrorProblem } from '../promotion/express.ts';
import { handlersAround, isPromiseMethod } from '../../survey/functions/failure-handlers.ts';
import { heldUse } from '../../flow/fates/use-of-holder.ts';
import { isOptional } from './moving.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { fileOf, isSameNode } from '../../survey/code/opened-files.ts';
import { besidePending } from './pending-promises.ts';
import { type FunctionPath, placementOf } from '../../survey/code/placement.ts';
import { promotionProblem, signatureProblem } from '../promotion/promotion.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import type { TypeOfPart } from '../../survey/code/names-in-code.ts';
import { declaredPartOf } from '../../survey/functions/promises-by-type.ts';
import { constructionsGiven } from './first-use.ts';
import { keepingStateOrder } from './state-order.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { manual } from '../rules/manual.ts';

/**
 * A function that gives the agent inside of what it returns (`{ agent, logger }`, `new Service(agent)`) awaits it when
 * each of its callers can be found, uses the agent for sure, and would see it fail where its first call did.
 */
export function planInBuilder(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Plan {
  const found = callsOfBuilder(fn, migration);
  if (!found || found.blocking)
    return manual(reasonAt('wrapper-callers-unknown', found?.blocking ?? fn, migration));
  if (found.calls.length === 0 || (isExported(fn) && !migration.project))
    return manual(reasonAt('wrapper-callers-unknown', fn, migration));
  if (found.unseen) return manual(found.unseen);
  const builds = creationOnlyBuilds(migration);
  const plan = builds ? awaited(expression, fn, migration) : planInAsync(expression, fn, flow, migration);
  if (plan.form !== 'await' && plan.form !== 'move') {
    return plan.form === 'manual'
      ? plan
      : manual(reasonAt('wrapper-used-early', found.calls[0] ?? fn, migration));
  }
  const behind = builds ? undefined : workBehind(expression, fn, flow, migration);
  if (behind) return manual(reasonAt('wrapper-works-after', behind, migration));
  const awaits: AwaitedCall[] = [];
  const callers = new Set<t.Node>([fn.node]);
  const pending: BuilderCall[] = found.calls.map((call) => ({
    call,
    fn,
    given: flow.given,
    origin: flow.origin,
  }));
  for (let next = pending.shift(); next; next = pending.shift()) {
    const judged = judgeCall(next, migration);
    if ('id' in judged) return manual(judged);
    if (!next.call.parentPath.isAwaitExpression() && !judged.isGathered) awaits.push(judged);
    // A builder of what this one gives: its own callers have to follow as well.
    const { outer } = judged;
    if (outer.length > 0 && callers.has(judged.caller.node)) continue;
    callers.add(judged.caller.node);
    pending.push(...outer);
  }
  if (fn.node.async) return plan;
  const problem = signatureProblem(fn, migration);
  return problem ? manual(problem) : { ...plan, promote: fn, awaits };
}

/** A call of a function that gives the agent inside of what it returns. */
interface BuilderCall {
  call: NodePath<t.CallExpression>;
  fn: FunctionPath;
  given: AgentFlow['given'];
  /** What gives the agent. */
  origin: NodePath;
}

/** What a caller becomes, with the calls of its own where it gives on what it was given. */
interface JudgedCall extends AwaitedCall {
  caller: FunctionPath;
  outer: BuilderCall[];
  /** `Promise.all` waits for it. */
  isGathered?: true;
}

/** What a caller has to become, or why it cannot follow. */
function judgeCall({ call, fn, given, origin }: BuilderCall, migration: Migration): JudgedCall | Problem {
  const changedBy = () => changedByUsers(origin, migration, [origin], call);
  const placement = placementOf(call);
  if ('problem' in placement) return reasonAt('wrapper-kept', call, migration);
  const { fn: caller } = placement;
  const isAwaited = call.parentPath.isAwaitExpression();
  if (!isAwaited && (fn.node.async || !canFollow(call, migration)))
    return reasonAt('wrapper-not-awaited', call, migration);
  if (isOneOfAll(call, fn, migration)) {
    const { problem, returned } = followHeld(call, given, caller, migration);
    if (problem || returned) return problem ?? reasonAt('wrapper-among-promises', call, migration);
    return changedBy() ?? { call, caller, outer: [], isGathered: true };
  }
  // An `await` would keep the calls behind it waiting.
  if (!fn.node.async && isAmongPromises(call)) return reasonAt('wrapper-among-promises', call, migration);
  const flow = followHeld(call, given, caller, migration);
  const problem = flow.problem ?? changedBy();
  if (problem) return problem;
  if (flow.returned) {
    const isItself = given.some((path) => path.length === 0);
    return judgeOuter(call, caller, { ...flow, origin }, isItself, migration);
  }
  if (!creationOnlyBuilds(migration) && !isUsedForSure(call, caller, flow))
    return reasonAt('wrapper-used-early', call, migration);
  const plan = planAtCall(call, caller, flow, migration);
  if (plan.form === 'manual' && isIn(call, migration)) return plan.problem;
  if (plan.form !== 'await') return reasonAt('wrapper-used-early', call, migration);
  if (caller.node.async) return { call, caller, outer: [] };
  return promotionProblem(caller, migration)
    ? reasonAt('wrapper-in-sync', call, migration)
    : { call, promote: caller, caller, outer: [] };
}

/**
 * A caller that builds more of what it was given, and gives that to callers of its own; or gives on the agent `itself`,
 * which no other function does in its place.
 */
function judgeOuter(
  call: NodePath<t.CallExpression>,
  caller: FunctionPath,
  flow: AgentFlow,
  itself: boolean,
  migration: Migration,
): JudgedCall | Problem {
  const given = flow.givenOn ?? [];
  const found = caller.isMethod() && !itself ? undefined : callsOfBuilder(caller, migration);
  if (!found && isCallback(caller)) return reasonAt('wrapper-in-callback', call, migration);
  const isFound = found && !found.blocking && found.unseen === undefined && found.calls.length > 0;
  const isHolder = given.length > 0 && given.every((path) => itself || path.length > 0);
  if (!isFound || !isHolder || signatureProblem(caller, migration))
    return reasonAt('wrapper-given-on', call, migration);
  const plan = planAtCall(call, caller, flow, migration);
  if (plan.form !== 'await') return reasonAt('wrapper-used-early', call, migration);
  const behind = creationOnlyBuilds(migration) ? undefined : workBehind(call, caller, flow, migration);
  if (behind) return reasonAt('wrapper-works-after', behind, migration);
  const outer = found.calls.map((each) => ({ call: each, fn: caller, given, origin: flow.origin }));
  return { call, caller, outer, ...(!caller.node.async && { promote: caller }) };
}

function isCallback(fn: FunctionPath): boolean {
  return fn.listKey === 'arguments';
}

/** Whether the run can await a call: in the file itself, or in one that is written before it. */
function canFollow(call: NodePath, source: Source): boolean {
  const { project, options } = source;
  if (isIn(call, source)) return true;
  const file = fileOf(call, source);
  if (!project?.settlesInOrder || !project.isToMigrate(file) || project.isCacheFile(file)) return false;
  return buildersReached(absolute(file), project, options).has(absolute(source.path));
}

function absolute(file: string): string {
  return absolutePath(file);
}

function isIn(call: NodePath, { program }: Source): boolean {
  return call.scope.getProgramParent().block === program.node;
}

/** A cache that only builds fails where the constructor did: nothing has to stand elsewhere. */
function awaited(place: NodePath, fn: FunctionPath, migration: Migration): Plan {
  const problem = lostErrorProblem(place, fn, migration);
  return problem ? manual(problem) : { form: 'await' };
}

/** Where a caller has to await what it calls. */
function planAtCall(call: NodePath, caller: FunctionPath, flow: AgentFlow, migration: Migration): Plan {
  const place = { expression: call, fn: caller, flow, failsInPlace: false };
  const plan = creationOnlyBuilds(migration)
    ? awaited(call, caller, migration)
    : besidePending(planInAsync(call, caller, flow, migration), place, migration);
  return keepingStateOrder(plan, place, migration);
}

/**
 * Whether a call stands, beside calls of the same function alone, in a list whose promises are awaited together: what it
 * gives may as well be one. A failure to build is met by the same `await`.
 */
function isOneOfAll(call: NodePath<t.CallExpression>, fn: FunctionPath, source: Migration): boolean {
  const { parentPath: list } = call;
  const all = list?.parentPath;
  if (fn.node.async || !list?.isArrayExpression() || !all?.isCallExpression()) return false;
  if (!creationOnlyBuilds(source) || !isPromiseMethod(all, /^all$/)) return false;
  if (!all.parentPath.isAwaitExpression()) return false;
  return list.get('elements').every((each) => {
    const definition = each.isCallExpression()
      ? calledDefinition(each.get('callee') as NodePath, source)
      : undefined;
    return definition?.kind === 'function' && isSameNode(definition.path, fn, source);
  });
}

/** Whether a call stands in what is given to `Promise.all` or its like. */
function isAmongPromises(call: NodePath): boolean {
  const around = call.findParent(
    (each) => each.isFunction() || (each.isCallExpression() && isPromiseMethod(each, /./)),
  );
  return around?.isCallExpression() === true;
}

/** Whether a caller uses the agent on every way on from the call. */
function isUsedForSure(call: NodePath, caller: FunctionPath, { uses, given }: AgentFlow): boolean {
  const statement = call.getStatementParent();
  if (uses.length === 0) {
    const whole = outermostSame(call).parentPath;
    if (whole?.isVariableDeclarator() || whole?.isExpressionStatement()) return false;
    return given.some((path) => heldUse(call, { path, part: false, indirect: true, frame: NO_FRAME }));
  }
  return uses.some(
    (use) =>
      statement &&
      use.getFunctionParent()?.node === caller.node &&
      !isOptional(use, statement as NodePath<t.Statement>),
  );
}

const NO_FRAME = { fn: undefined, call: undefined, owner: undefined, depth: 0, returned: [] };

/** What happens between the acquisition and the end of the builder, and could fail or be seen before the agent is used. */
function workBehind(
  expression: NodePath,
  fn: FunctionPath,
  { uses }: AgentFlow,
  source: Source,
): NodePath | undefined {
  const [handler] = handlersAround(expression, fn);
  if (handler) return handler;
  const given = constructionsGiven([expression, ...uses]).map(({ node }) => node);
  const allowed = new Set<t.Node>([expression.node, ...given]);
  const typeOfPart: TypeOfPart = (call, property) => declaredPartOf(call, property, source);
  return [expression, ...uses].find((use) => {
    // What stands before the acquisition runs before it, and still does so.
    const from = use.node === expression.node ? (use.node.start ?? 0) : 0;
    const statement = use.getFunctionParent()?.node === fn.node ? use.getStatementParent() : undefined;
    if (!statement || statement.node === fn.getStatementParent()?.node) {
      const { body } = fn.node;
      return body.type === 'BlockStatement' || !isQuiet(body, fn.scope, { allowed, from, typeOfPart });
    }
    const { node, scope } = statement;
    return node.type === 'ReturnStatement'
      ? node.argument && !isQuiet(node.argument, scope, { allowed, from, typeOfPart })
      : !isQuiet(node, scope, { allowed, from, typeOfPart });
  });
}

function isExported(fn: FunctionPath): boolean {
  const isPlain = fn.isFunctionDeclaration() || fn.isFunctionExpression() || fn.isArrowFunctionExpression();
  return isPlain && exportStatementOf(fn) !== undefined;
}
