import type * as t from '@babel/types';
import { MAX_HOPS } from '../../source/far.ts';
import type { Cell } from './events.ts';
import { Taints } from './taints.ts';
import {
  type Frame,
  includes,
  join,
  NOTHING,
  only,
  type Origin,
  type Reach,
  type Region,
  type Thing,
  type Value,
  type Variable,
} from './values.ts';

/** How many nodes may be evaluated for one class; what is not reached by then is not known. */
const MAX_STEPS = 3_000_000;
/** How many looks at what an object holds cost as much as a step. */
const LOOKS_IN_STEP = 8;

/** The objects of the code that runs, what they hold, and how much it took so far. */
export class Heap {
  /** Something was not evaluated: what is found is not all that there is. */
  exhausted = false;
  steps = 0;
  /** Counts what was found to be held by something. */
  version = 0;
  #ids = 0;
  readonly #taints = new Taints(this);
  #epoch = 'module';
  readonly #made = new Map<t.Node | string, Map<string, Thing>>();

  /** The run that goes on. */
  get epoch(): string {
    return this.#epoch;
  }

  set epoch(epoch: string) {
    this.#epoch = epoch;
    this.#taints.forget();
  }

  step(): boolean {
    this.steps += 1;
    if (this.steps > MAX_STEPS) this.exhausted = true;
    return !this.exhausted;
  }

  spend(looks: number): void {
    this.steps += looks / LOOKS_IN_STEP;
    if (this.steps > MAX_STEPS) this.exhausted = true;
  }

  /** Gives up where a round is to take that many steps: there are two at least, so that it need be no good guess. */
  expect(steps: number): void {
    if (steps > MAX_STEPS) this.exhausted = true;
  }

  nextId(): number {
    return ++this.#ids;
  }

  /** The object that is made at a place by the run that goes on; always the same one. */
  make(
    at: t.Node | string,
    kind: Thing['kind'],
    label: string,
    file: string,
    epoch = this.epoch,
    variant = 0,
    origin: Origin | undefined = typeof at === 'string' ? undefined : { made: at },
  ): Thing {
    const made = this.#made.get(at) ?? new Map<string, Thing>();
    this.#made.set(at, made);
    const key = `${epoch} ${kind} ${variant}`;
    const known = made.get(key);
    if (known) return known;
    const region: Region = epoch.startsWith('module') ? 'module' : /^new\b/.test(epoch) ? 'instance' : 'call';
    const thing: Thing = {
      id: this.nextId(),
      kind,
      label,
      epoch,
      file,
      ...(origin && { origin }),
      region,
      props: new Map(),
      accessors: new Map(),
      proto: undefined,
    };
    made.set(key, thing);
    return thing;
  }

  /** Whether an object outlives the run that goes on. */
  outlives(thing: Thing, reach: Reach): boolean {
    if (thing.kind === 'native') return false;
    return reach === 1 || (reach !== 2 && thing.epoch !== this.epoch);
  }

  /** Whether a variable does. */
  isKept(frame: Frame): boolean {
    return frame.epoch !== this.epoch;
  }

  cellOf(owner: Thing | Frame, name: string): Cell {
    const label = 'label' in owner ? owner.label : '';
    const shown = label === '' || label === 'this' ? name : `${label}.${name}`;
    const region = owner.region === 'call' ? 'instance' : owner.region;
    return { key: `${owner.id} ${name}`, name: shown, region, file: owner.file, owner };
  }

  /** What differs by the caller in values, and in all that was made for them. */
  taintOf(...values: readonly Value[]): number {
    return values.reduce((from, value) => from | this.#taints.of(value), 0);
  }

  /** Lets a variable be something else too. */
  widen(variable: Variable, value: Value): void {
    const joined = join(variable.value, value);
    if (joined === variable.value) return;
    this.#taints.widens(variable.value, value);
    variable.value = joined;
  }

  /** What an object holds was replaced. */
  changed(): void {
    this.#taints.forget();
  }

  /** Where a property is found: the object itself, or one that it inherits from. */
  holderOf(thing: Thing, name: string): Thing | undefined {
    let holder: Thing | undefined = thing;
    for (let steps = 0; holder && steps < MAX_HOPS; steps++) {
      if (holder.props.has(name) || holder.accessors.has(name)) return holder;
      holder = holder.proto;
    }
    return undefined;
  }

  /** What `f.prototype` is. */
  prototypeOf(fn: Thing): Thing {
    const [known] = fn.props.get('prototype')?.things.keys() ?? [];
    if (known) return known;
    const origin = partOf(fn, 'prototype');
    const made = this.make(`prototype ${fn.id}`, 'object', fn.label, fn.file, fn.epoch, 0, origin);
    this.hold(fn, 'prototype', only(made));
    this.hold(made, 'constructor', only(fn));
    return made;
  }

  /** Joins a value into a property, without a note of it. */
  put(thing: Thing, name: string, value: Value): void {
    const known = thing.props.get(name);
    if (known && (known === value || includes(known, value))) return;
    this.version += 1;
    this.hold(thing, name, value);
  }

  /** The same for what is no news of the code: the part of an object that was asked for. */
  hold(thing: Thing, name: string, value: Value): void {
    const known = thing.props.get(name);
    this.#taints.adds(thing, known ?? NOTHING, value);
    thing.props.set(name, known ? join(known, value) : value);
  }
}

/** Where a part of an object is found again. */
export function partOf({ origin }: Pick<Thing, 'origin'>, name: string): Origin | undefined {
  return origin && { ...origin, within: [...(origin.within ?? []), name] };
}
