import type { Binding, NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { MAX_PARTS } from '../../source/far.ts';
import { codeOf } from '../../source/code-of.ts';
import { keptOf } from '../../source/kept-with.ts';
import { partOf } from '../code/aliases.ts';
import { calledDefinition, definitionOf } from '../code/definitions.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { isOfPlainValues } from '../code/plain-methods.ts';
import { waitsBetween } from '../code/shared-state.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { type Call, calledBy, functionsRunBy } from './called-by.ts';
import { asCallerNames, type CallIn } from './caller-names.ts';
import { callsIn } from './calls-at-once.ts';
import { changesItsObject } from './changes-its-object.ts';
import { runBeside } from './run-beside-calls.ts';
import { functionsNamed, type Way } from './functions-named.ts';
import { isInstanceOfOneCall } from './instance-of-one-call.ts';
import { type MethodCall, methodsCalled } from './methods-called.ts';
import { methodsRunOn } from './receivers.ts';
import { ownUsesIn } from './own-uses.ts';
import { distinctUses } from './distinct-uses.ts';
import { type Depth, ReachMemo } from './reach-memo.ts';
import type { ReachedUse } from './reached-use.ts';
import { fileOf } from '../code/opened-files.ts';
import { programAround } from '../code/program-around.ts';

/** How many calls are followed where some of them are of all functions of a name, which soon are all of the tree. */
const MAX_CALLS = 4;

/** How deep in objects a state is told apart where functions come to themselves; otherwise `MAX_PARTS`. */
const MAX_PARTS_OF_CIRCLES = 1;

const STATE_REACHED = 'state reached';

/**
 * The state that a function shares with others, as far as it comes to it before it waits: in calls, what those read and
 * write; of a call that is awaited, what that writes last. What it is given is named `param 0`, its receiver `this`.
 */
export function stateReachedIn(fn: FunctionPath, source: Source): readonly ReachedUse[] {
  return keptOf(programAround(fn), STATE_REACHED, fn.node, () => findReached(fn, source));
}

function findReached(fn: FunctionPath, source: Source): ReachedUse[] {
  const found = new Reach(source).from(fn).filter(({ binding }) => !isWithin(binding, fn));
  const isOwn = found.some(({ root }) => root === 'this') && isInstanceOfOneCall(fn, source);
  return isOwn ? found.filter(({ root }) => root !== 'this') : found;
}

/** How a function is come to. */
interface Come {
  object: NodePath | undefined;
  by: NodePath;
  isAwaited: boolean;
  given?: NodePath[];
  isUnseen?: boolean;
  named?: CallIn['named'];
}

/** A read or a write that may run an accessor, which is known, or any of its name. */
type Access = { accessor: FunctionPath; object: NodePath } | { name: string; way: Way; object: NodePath };

class Reach {
  readonly #memo = new ReachMemo();
  readonly #sources = new Map<NodePath, Source>();
  readonly #asking: Source;

  constructor(source: Source) {
    this.#asking = source;
  }

  from(fn: FunctionPath): readonly ReachedUse[] {
    return this.#of(fn, { calls: MAX_CALLS, isSeen: true });
  }

  /** The file of a place asks what is come to there, whoever asked for that. */
  #sourceOf(at: NodePath): Source {
    const program = programAround(at);
    if (program === this.#asking.program) return this.#asking;
    const path = fileOf(at, this.#asking);
    const known = this.#sources.get(program);
    const source = known ?? { ...this.#asking, path, text: codeOf(path, this.#asking.project), program };
    this.#sources.set(program, source);
    return source;
  }

  #of(fn: FunctionPath, depth: Depth): readonly ReachedUse[] {
    return this.#memo.of(fn, depth, () => {
      const isFollowed = depth.calls > 0 || depth.isSeen;
      const leads = isFollowed ? this.#leadsIn(fn) : undefined;
      const own = ownUsesIn(fn, this.#sourceOf(fn)).flatMap((use) =>
        leads?.uses.has(use) ? [use, ...this.#accessed(use, fn, depth)] : [use],
      );
      const called = (leads?.calls ?? []).flatMap((call) => this.#call(call, fn, depth));
      const all = [...own, ...called, ...(isFollowed ? this.#besideCalls(fn, depth) : [])];
      return distinctUses(this.#memo.isInCircle ? all.map(ofWhole) : all);
    });
  }

  /** What of a function's own code may run other code of the tree: in most functions nothing does, and many ask. */
  #leadsIn(fn: FunctionPath): { uses: ReadonlySet<ReachedUse>; calls: readonly Call[] } {
    return keptOf(programAround(fn), 'leads to code', fn.node, () => ({
      uses: new Set(ownUsesIn(fn, this.#sourceOf(fn)).filter((use) => this.#accessOf(use))),
      calls: callsIn(fn).filter(
        (call) => calledBy(call, this.#sourceOf(call)).length > 0 || this.#methodsOf(call).length > 0,
      ),
    }));
  }

  /** What tags of templates do, and functions that are given to promises: `await found.then((row) => { … })`. */
  #besideCalls(fn: FunctionPath, depth: Depth): ReachedUse[] {
    return runBeside(fn, this.#sourceOf(fn)).flatMap(({ called, ...come }) =>
      this.#inside(called, come, fn, depth),
    );
  }

  /** What an accessor of a class does in place of the use of a state. */
  #accessed(use: ReachedUse, fn: FunctionPath, depth: Depth): ReachedUse[] {
    const access = this.#accessOf(use);
    if (!access) return [];
    const come = { object: access.object, by: use.at, isAwaited: false };
    return 'accessor' in access
      ? this.#inside(access.accessor, come, fn, depth)
      : this.#unseen(access, come, fn, depth);
  }

  #accessOf({ at, isWrite }: ReachedUse): Access | undefined {
    const name = isMember(at) ? propertyName(at.node) : undefined;
    if (!isMember(at) || name === undefined) return undefined;
    const object = at.get('object') as NodePath;
    const source = this.#sourceOf(object);
    const owner = definitionOf(object, source);
    const accessor = accessorOf(owner?.path, name, isWrite);
    if (accessor) return { accessor, object };
    if (object.isThisExpression() || (owner && owner.kind !== 'instance')) return undefined;
    return methodsRunOn(object, source) && { name, way: isWrite ? 'set' : 'get', object };
  }

  /** What all functions of the tree by some name come to that may run on an object of which nothing tells what it is. */
  #unseen(
    { name, way }: { name: string; way: Way },
    call: Come & { object: NodePath },
    fn: FunctionPath,
    depth: Depth,
  ): ReachedUse[] {
    const source = this.#sourceOf(call.object);
    const mayRun = depth.calls > 0 && methodsRunOn(call.object, source);
    if (!mayRun) return [];
    // All that it may run name what it is called on alike.
    const named: CallIn['named'] = new Map();
    // `list.join(',')`: nearly always what every text and list can do.
    const isPlain =
      way === 'call' && isOfPlainValues(name) && definitionOf(call.object, source) === undefined;
    const found = functionsNamed(name, way, source).flatMap((called) =>
      called.node === fn.node || !mayRun(called) || (isPlain && !changesItsObject(called, source))
        ? []
        : this.#inside(called, { ...call, isUnseen: true, named }, fn, depth),
    );
    return isPlain ? found.map((use) => ({ ...use, isByPlainName: true })) : found;
  }

  #call(call: Call, fn: FunctionPath, depth: Depth): ReachedUse[] {
    const isAwaited = call.parentPath?.isAwaitExpression() === true;
    const source = this.#sourceOf(call);
    const found = calledBy(call, source);
    if (found.length === 0) return this.#calledUnseen(call, isAwaited, fn, depth);
    return found.flatMap(({ called, object, given }) => {
      const run = functionsRunBy(called, given, source);
      return [
        ...this.#inside(called, { object, by: call, isAwaited, given }, fn, depth),
        ...run.flatMap((each) => this.#inside(each, { object: undefined, by: call, isAwaited }, fn, depth)),
      ];
    });
  }

  /** The methods that a call may run by a name alone; none where it can run none of the tree. */
  #methodsOf(call: Call): MethodCall[] {
    const callee = withoutTypes(call.get('callee') as NodePath);
    const source = this.#sourceOf(call);
    if (call.isNewExpression() || calledDefinition(callee, source)) return [];
    return methodsCalled(callee).filter(({ object }) => methodsRunOn(object, source));
  }

  #calledUnseen(call: Call, isAwaited: boolean, fn: FunctionPath, depth: Depth): ReachedUse[] {
    return this.#methodsOf(call).flatMap(({ name, object, skipped }) => {
      const given = (call.get('arguments') as NodePath[]).slice(skipped);
      return this.#unseen({ name, way: 'call' }, { object, by: call, isAwaited, given }, fn, depth);
    });
  }

  /** What a function that is called comes to, as its caller names it. */
  #inside(
    called: FunctionPath,
    { object, by, isAwaited, given = [], isUnseen: isBlind = false, named = new Map() }: Come,
    fn: FunctionPath,
    depth: Depth,
  ): ReachedUse[] {
    const source = this.#sourceOf(fn);
    const call = { object, given, fn, called, isUnseen: isBlind, named };
    const further = { calls: Math.max(0, depth.calls - 1), isSeen: depth.isSeen && !isBlind };
    // What walks over `left` and `right` would come to each part of a part, and so on.
    const deepest = this.#memo.isInCircle ? MAX_PARTS_OF_CIRCLES : MAX_PARTS;
    return metIn(called, this.#of(called, further), isAwaited).flatMap((use) => {
      if (!isBlind && isOfMaker(use, object, fn)) return [];
      const kept = asCallerNames(use, call, source);
      return kept ? [{ ...use, ...kept, parts: kept.parts.slice(0, deepest), by }] : [];
    });
  }
}

const met = new WeakMap<readonly ReachedUse[], Map<boolean, readonly ReachedUse[]>>();

/** What of all that a function comes to its caller meets, wherever in the function: found once for all of its calls. */
function metIn(called: FunctionPath, uses: readonly ReachedUse[], isAwaited: boolean): readonly ReachedUse[] {
  const known = met.get(uses) ?? new Map<boolean, readonly ReachedUse[]>();
  met.set(uses, known);
  const present = known.get(isAwaited);
  if (present) return present;
  const own = uses.filter((use) => isMet(use, called, isAwaited) && !isWithin(use.binding, called));
  const found = distinctUses(own.map((use) => ({ ...use, by: called })));
  known.set(isAwaited, found);
  return found;
}

function isMet({ isWrite, by: { node } }: ReachedUse, called: FunctionPath, isAwaited: boolean): boolean {
  const { body } = called.node;
  return isWrite && isAwaited
    ? !waitsBetween(body, node.end ?? 0, (body.end ?? 0) + 1)
    : !waitsBetween(body, (body.start ?? 0) - 1, (isWrite ? node.end : node.start) ?? 0);
}

/** Of functions that come to themselves, what is of a part of something is taken for one of all of it. */
function ofWhole(use: ReachedUse): ReachedUse {
  return use.root.startsWith('param') ? { ...use, parts: [] } : use;
}

/** Whether a variable is one of the function's own. */
function isWithin(binding: Binding | undefined, fn: FunctionPath): boolean {
  return Boolean(binding?.scope.path.find(({ node }) => node === fn.node));
}

/** Whether a variable is that of a function which made the object for this one alone: `const own = createContext()`. */
function isOfMaker({ binding }: ReachedUse, object: NodePath | undefined, fn: FunctionPath): boolean {
  if (!object || !binding || binding.scope.path.isProgram()) return false;
  const holder = partOf(object)?.binding;
  return holder === undefined || isWithin(holder, fn);
}

function accessorOf(owner: NodePath | undefined, name: string, isWrite: boolean): FunctionPath | undefined {
  const members: readonly NodePath[] = owner?.isClass()
    ? owner.get('body').get('body')
    : owner?.isObjectExpression()
      ? owner.get('properties')
      : [];
  const kind = isWrite ? 'set' : 'get';
  const found = members.find(({ node }) => 'kind' in node && node.kind === kind && keyName(node) === name);
  return found?.isFunction() ? (found as FunctionPath) : undefined;
}
