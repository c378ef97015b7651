import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { MAX_PARTS } from '../../source/far.ts';
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
import { type Depth, RUNS, ReachMemo } from './reach-memo.ts';
import type { ReachedUse } from './reached-use.ts';
import { programAround } from '../code/program-around.ts';

/** How many calls are followed where some of them are of all functions of a name, which soon are all of the tree. */
const MAX_CALLS = 4;

/** How often functions that come to themselves are gone through: each time what they hand on is known further. */
const MAX_ROUNDS = 12;

/** How deep in objects a state is told apart where functions come to themselves; otherwise `MAX_PARTS`. */
const MAX_PARTS_OF_CIRCLES = 1;

const STATE_REACHED = 'state reached';

/**
 * The state that a function shares with others, as far as it comes to it before it waits: in calls, what those read and
 * write; of a call that is awaited, what that writes last. What it is given is named `param 0`, its receiver `this`.
 */
export function stateReachedIn(fn: FunctionPath, source: Source): readonly ReachedUse[] {
  return keptOf(source.program, STATE_REACHED, fn.node, () => findReached(fn, source));
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
  readonly #source: Source;
  #known = new ReachMemo();
  /** What the round before knew. */
  #before = new ReachMemo();
  /** What comes to itself. */
  readonly #heads = new Set<t.Node>();
  readonly #named = new Map<string, readonly FunctionPath[]>();

  constructor(source: Source) {
    this.#source = source;
  }

  from(fn: FunctionPath): readonly ReachedUse[] {
    for (let round = 1; ; round += 1) {
      const found = this.#of(fn, { calls: MAX_CALLS, isSeen: true });
      if (this.#heads.size === 0 || round === MAX_ROUNDS || !this.#hasChanged()) return found;
      this.#before = this.#known;
      this.#known = new ReachMemo();
    }
  }

  /** What is widened is less than it was before, and not yet all. */
  #hasChanged(): boolean {
    return [...this.#heads].some((head) => this.#known.sizeOf(head) !== this.#before.sizeOf(head));
  }

  #of(fn: FunctionPath, depth: Depth): readonly ReachedUse[] {
    const known = this.#known.get(fn.node, depth);
    if (known === RUNS) {
      this.#heads.add(fn.node);
      return this.#before.get(fn.node, depth) ?? [];
    }
    if (known) return known;
    this.#known.set(fn.node, depth, RUNS);
    const isFollowed = depth.calls > 0 || depth.isSeen;
    const leads = isFollowed ? this.#leadsIn(fn) : undefined;
    const own = ownUsesIn(fn, this.#source).flatMap((use) =>
      leads?.uses.has(use) ? [use, ...this.#accessed(use, fn, depth)] : [use],
    );
    const called = (leads?.calls ?? []).flatMap((call) => this.#call(call, fn, depth));
    const all = [...own, ...called, ...(isFollowed ? this.#besideCalls(fn, depth) : [])];
    const found = distinctUses(this.#heads.size > 0 ? all.map(ofWhole) : all);
    this.#known.set(fn.node, depth, found);
    return found;
  }

  /** What of a function's own code may run other code of the tree: in most functions nothing does, and many ask. */
  #leadsIn(fn: FunctionPath): { uses: ReadonlySet<ReachedUse>; calls: readonly Call[] } {
    return keptOf(programAround(fn), 'leads to code', fn.node, () => ({
      uses: new Set(ownUsesIn(fn, this.#source).filter((use) => this.#accessOf(use))),
      calls: callsIn(fn).filter(
        (call) => calledBy(call, this.#source).length > 0 || this.#methodsOf(call).length > 0,
      ),
    }));
  }

  /** What tags of templates do, and functions that are given to promises: `await found.then((row) => { … })`. */
  #besideCalls(fn: FunctionPath, depth: Depth): ReachedUse[] {
    return runBeside(fn, this.#source).flatMap(({ called, ...come }) =>
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
    const owner = definitionOf(object, this.#source);
    const accessor = accessorOf(owner?.path, name, isWrite);
    if (accessor) return { accessor, object };
    if (object.isThisExpression() || (owner && owner.kind !== 'instance')) return undefined;
    return methodsRunOn(object, this.#source) && { name, way: isWrite ? 'set' : 'get', object };
  }

  /** What all functions of the tree by some name come to that may run on an object of which nothing tells what it is. */
  #unseen(
    { name, way }: { name: string; way: Way },
    call: Come & { object: NodePath },
    fn: FunctionPath,
    depth: Depth,
  ): ReachedUse[] {
    const mayRun = depth.calls > 0 && methodsRunOn(call.object, this.#source);
    if (!mayRun) return [];
    // All that it may run name what it is called on alike.
    const named: CallIn['named'] = new Map();
    // `list.join(',')`: nearly always what every text and list can do.
    const isPlain =
      way === 'call' && isOfPlainValues(name) && definitionOf(call.object, this.#source) === undefined;
    const found = this.#functionsNamed(name, way).flatMap((called) =>
      called.node === fn.node || !mayRun(called) || (isPlain && !changesItsObject(called, this.#source))
        ? []
        : this.#inside(called, { ...call, isUnseen: true, named }, fn, depth),
    );
    return isPlain ? found.map((use) => ({ ...use, isByPlainName: true })) : found;
  }

  #functionsNamed(name: string, way: Way): readonly FunctionPath[] {
    const key = `${way} ${name}`;
    const found = this.#named.get(key) ?? functionsNamed(name, way, this.#source);
    this.#named.set(key, found);
    return found;
  }

  #call(call: Call, fn: FunctionPath, depth: Depth): ReachedUse[] {
    const isAwaited = call.parentPath?.isAwaitExpression() === true;
    const found = calledBy(call, this.#source);
    if (found.length === 0) return this.#calledUnseen(call, isAwaited, fn, depth);
    return found.flatMap(({ called, object, given }) => {
      const run = functionsRunBy(called, given, this.#source);
      return [
        ...this.#inside(called, { object, by: call, isAwaited, given }, fn, depth),
        ...run.flatMap((each) => this.#inside(each, { object: undefined, by: call, isAwaited }, fn, depth)),
      ];
    });
  }

  /** The methods that a call may run by a name alone; none where it can run none of the tree. */
  #methodsOf(call: Call): MethodCall[] {
    const callee = withoutTypes(call.get('callee') as NodePath);
    if (call.isNewExpression() || calledDefinition(callee, this.#source)) return [];
    return methodsCalled(callee).filter(({ object }) => methodsRunOn(object, this.#source));
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
    const { body } = called.node;
    const [start, end] = [(body.start ?? 0) - 1, (body.end ?? 0) + 1];
    const call = { object, given, fn, called, isUnseen: isBlind, named };
    const further = { calls: Math.max(0, depth.calls - 1), isSeen: depth.isSeen && !isBlind };
    // What walks over `left` and `right` would come to each part of a part, and so on.
    const deepest = this.#heads.size > 0 ? MAX_PARTS_OF_CIRCLES : MAX_PARTS;
    return this.#of(called, further).flatMap((use) => {
      const { node } = use.by;
      const isMet =
        use.isWrite && isAwaited
          ? !waitsBetween(body, node.end ?? 0, end)
          : !waitsBetween(body, start, (use.isWrite ? node.end : node.start) ?? 0);
      if (!isMet) return [];
      if (isWithin(use.binding, called)) return [];
      if (!isBlind && isOfMaker(use, object, fn)) return [];
      const kept = asCallerNames(use, call, this.#source);
      return kept ? [{ ...use, ...kept, parts: kept.parts.slice(0, deepest), by }] : [];
    });
  }
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
