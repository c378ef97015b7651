import type { NodePath } from '@babel/traverse';
import type { Plan, Problem, Source, Surveyed } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { chainEach } from './chain-plan.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt, reasonAt } from '../../survey/code/place-at.ts';
import { stateReachedIn } from '../../survey/functions/reached-state.ts';
import type { ReachedUse } from '../../survey/functions/reached-use.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { setForRequest, settersAmong } from '../../flow/failures/set-by-requests.ts';
import { readsAsyncContext } from '../../flow/interpreter/async-context.ts';
import { handlerUses } from '../promotion/handler-uses.ts';
import { isSameWithin } from './in-place-plan.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import {
  type StateUse,
  sharedStateIn,
  stateIn,
  waitsBetween,
  writtenBehind,
} from '../../survey/code/shared-state.ts';
import { manual } from '../rules/manual.ts';

/** Where an agent is acquired, and what is done with it. */
interface Place {
  expression: NodePath;
  fn: FunctionPath;
  flow: AgentFlow;
  /** Its failure has to be met where it stands. */
  failsInPlace: boolean;
}

/**
 * The plan, where what others see of the function is still written when it was: no `await` comes between a check of
 * shared state and what sets it (a lock, a table of what runs), or before what the caller reads while it goes on. The
 * agent's calls are chained there, unless that would change what becomes of its failure.
 */
export function keepingStateOrder(plan: Plan, place: Place, migration: Surveyed): Plan {
  const { expression, fn, flow } = place;
  if (plan.form === 'chain') {
    const parted = plan.awaited.map((each) => orderProblem(each, migration)).find(Boolean);
    return parted ? manual(parted) : plan;
  }
  if (plan.form !== 'await' && plan.form !== 'move') return plan;
  const places = plan.form === 'move' ? plan.before : [expression];
  const problem = places.map((each) => orderProblem(each, migration)).find(Boolean);
  if (!problem) return plan;
  const chain = chainEach(expression, fn, flow, migration, { mayAwait: false });
  return chain && canChain(chain.calls, place, migration) ? chain : manual(problem);
}

type Chained = Parameters<typeof isSameWithin>[2];

function canChain(calls: Chained, { expression, fn, failsInPlace }: Place, migration: Surveyed): boolean {
  return creationOnlyBuilds(migration) ? isSameWithin(expression, fn, calls) : !failsInPlace;
}

/** What would be written too late, if the agent were awaited at a place. */
function orderProblem(place: NodePath, source: Source): Problem | undefined {
  const fn = place.getFunctionParent();
  if (!fn) return undefined;
  const from = place.node.start ?? 0;
  const parted = setBefore(fn, place, source);
  if (parted) return parted;
  const written = writtenBehind(fn, from);
  if (written.length === 0) return undefined;
  const read = readBefore(fn, from);
  for (const write of written) {
    const check = read.find((each) => isOf(each, write));
    if (check) return partedProblem(check, write, source);
  }
  const seen = fn.node.async ? seenByCaller(fn, written, source) : undefined;
  return seen && seenProblem(seen, source);
}

/** What is set for the agent's own call to read: while the agent is awaited, another call could set it. */
function setBefore(fn: FunctionPath, { node: place }: NodePath, source: Source): Problem | undefined {
  const from = place.start ?? 0;
  const reached = stateReachedIn(fn, source);
  const before = reached.filter(({ isWrite, by: { node } }) => {
    const end = node.end ?? 0;
    return isWrite && end <= from && !waitsBetween(fn.node.body, end, from);
  });
  for (const read of reached) {
    const start = read.by.node.start ?? 0;
    // A call around the place runs behind it, though it starts with it.
    const isBehind =
      start > from || (read.by.isCallExpression() && (read.by.node.end ?? 0) > (place.end ?? 0));
    if (read.isWrite || !isBehind || waitsBetween(fn.node.body, from, start)) continue;
    if (isOfAsyncContext(read, source)) continue;
    const isByAnyCall = !isReadOfCollection(read);
    // What is assigned, or told by a call that nobody knows, is read by whatever the function itself calls on it.
    const isOwn = read.by.node === read.at.node && read.binding?.scope.path.isProgram() === true;
    if (isByAnyCall && !isOwn) continue;
    const asked = { ...read, isByAnyCall };
    const [own] = settersAmong(asked, before, source);
    const write = own?.at ?? setForRequest(asked, fn, source);
    if (write) return reason('set-before-agent', [placeAt(write, source), placeAt(read.at, source)]);
  }
  return undefined;
}

/** What a package of contexts keeps is of each request alone. */
function isOfAsyncContext({ binding }: ReachedUse, source: Source): boolean {
  const loaded = binding && loadedBy(binding);
  return Boolean(loaded && readsAsyncContext(loaded.specifier, fileOf(binding.path, source)));
}

/** `app.set(…)` and `app.use(…)` are of one name, and not of one state. */
function isReadOfCollection({ at: { parentPath: member, key } }: ReachedUse): boolean {
  const isCall = isMember(member) && key === 'object' && member.parentPath?.isCallExpression() === true;
  return !isCall || member.key !== 'callee' || READS.test(propertyName(member.node) ?? '');
}

const READS =
  /^(get|has|at|keys|values|entries|forEach|map|filter|find|some|every|includes|indexOf|join|reduce|slice)$/;

/** What is read of shared state before an offset, with nothing awaited in between. */
function readBefore(fn: FunctionPath, until: number): StateUse[] {
  return sharedStateIn(fn).filter(({ at, isWrite }) => {
    const end = at.node.end ?? 0;
    return !isWrite && end <= until && !waitsBetween(fn.node.body, end, until);
  });
}

/** What a caller that does not wait for the function reads of what that wrote. */
function seenByCaller(fn: FunctionPath, written: readonly StateUse[], source: Source): StateUse | undefined {
  for (const { form, at: call } of handlerUses(fn, source)) {
    const caller = form === 'call' ? call.getFunctionParent() : undefined;
    if (!caller || isAwaitedAtOnce(call)) continue;
    const end = call.node.end ?? 0;
    const read = stateIn(caller).find(
      (use) =>
        (use.at.node.start ?? 0) > end &&
        written.some((write) => isOf(use, write)) &&
        !waitsBetween(caller.node.body, end, use.at.node.start ?? 0),
    );
    if (read) return read;
  }
  return undefined;
}

function isAwaitedAtOnce(call: NodePath): boolean {
  const around = call.findParent(
    (each) => each.isAwaitExpression() || each.isStatement() || each.isFunction(),
  );
  return around?.isAwaitExpression() === true;
}

/** Whether one use is of what the other writes, or of a part of it: `list.length` of `list.push(…)`. */
function isOf(use: StateUse, write: StateUse): boolean {
  return `${use.state}.`.startsWith(`${write.state}.`) && use.binding === write.binding;
}

function partedProblem(check: StateUse, write: StateUse, source: Source): Problem {
  return reason('check-parted', [placeAt(check.at, source), placeAt(write.at, source)]);
}

function seenProblem(read: StateUse, source: Source): Problem {
  return reasonAt('state-seen-early', read.at, source, { state: read.state });
}
