import type * as t from '@babel/types';
import { MAX_HOPS } from '../../source/far.ts';
import { baseOf, isAsyncContext, isCode, isNative } from './bases.ts';
import { type At, type Cell, emptyEvents, type Events, type UnknownCall, type WriteEvent } from './events.ts';
import { Taints } from './taints.ts';
import type { Project } from '../../project.ts';
import {
  CALLERS,
  type Frame,
  FROM,
  includes,
  join,
  NOTHING,
  only,
  type Origin,
  type Reach,
  reached,
  type Region,
  type Thing,
  type Value,
  type Variable,
  withFrom,
} from './values.ts';
import { codeOf } from '../../source/code-of.ts';

export interface Site extends At {
  node: t.Node;
  dropped: boolean;
  frame: Frame;
}

/** What the parts of the interpreter know of each other. */
export interface Interpreter {
  evaluate(node: t.Node, frame: Frame, dropped?: boolean): Value;
  execute(statements: readonly t.Statement[], frame: Frame): void;
  call(fn: Value, self: Value, args: readonly Value[], site: Site): Value;
  construct(fn: Value, args: readonly Value[], site: Site): Value;
  /** Runs the constructors of a class, and those above it, on an instance, and gives what they return in its place. */
  initialise(type: Thing, instance: Value, args: readonly Value[], site: Site): Value;
  /** What a module exports by a name. */
  exported(module: Thing, name: string): Value;
  /** A property of something of Node's or of the language. */
  nativePart(thing: Thing, name: string, site: Site): Value;
  imported(specifier: string, name: string, from: string): Value;
}

/** How far the parts of an object that cannot be read are told apart, and those of what the tree may write to. */
const MAX_PARTS = 3;
const MAX_OWN_PARTS = 8;

/** How many nodes may be evaluated for one class; what is not reached by then is not known. */
const MAX_STEPS = 3_000_000;
/** How many looks at what an object holds cost as much as a step. */
const LOOKS_IN_STEP = 8;

/** Objects, and what is done with them. */
export class Machine {
  readonly project: Project;
  run!: Interpreter;
  events: Events = emptyEvents();
  guards: readonly string[] = [];
  /** What runs is only reached where something failed. */
  failing = false;
  /** Cells that hold what earlier calls left behind, as the round before found them. */
  ownState: ReadonlySet<string> = new Set();
  /** Cells that some method writes, as the round before found them. */
  written: ReadonlySet<string> = new Set();
  /** Something was not evaluated: what is found is not all that there is. */
  exhausted = false;
  /** The folder of the package that is read, for a class of a package. */
  packageRoot: string | undefined;
  /** The packages that were met and are not read. */
  readonly foreign = new Set<string>();
  steps = 0;
  /** What a place gives in the code of those who use the class: an agent that others have as well. */
  given: ((node: t.Node, file: string) => Value | undefined) | undefined;
  /** Is told of each write to what outlives the run. */
  watch: ((cell: Cell, at: At, how: WriteEvent['how']) => void) | undefined;
  /** Is told of each call of a method on something. */
  watchCall: ((thing: Thing, method: string, site: Site) => void) | undefined;
  /** Is told of each call of a function that nothing was put for so far, as of listeners that others register. */
  watchEmpty: ((args: readonly Value[], site: Site) => void) | undefined;
  /** Counts what was found to be held by something. */
  version = 0;
  #ids = 0;
  readonly #taints = new Taints(this);
  #epoch = 'module';
  readonly #made = new Map<t.Node | string, Map<string, Thing>>();

  constructor(project: Project) {
    this.project = project;
  }

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
    variable.value = joined;
    this.changed();
  }

  /** A variable, or an object, holds something new. */
  changed(): void {
    this.#taints.forget();
  }

  noteWrite(cell: Cell, value: Value, at: At, how: WriteEvent['how'] = 'assign', empty = false): void {
    const guarded = this.guards.length > 0 ? this.guards.join() : '';
    const key = `${cell.key} ${at.file}:${at.offset} ${guarded}`;
    const from = this.taintOf(value);
    const fresh = [...value.things].every(
      ([thing, reach]) => !this.outlives(thing, reach) && (value.from & FROM.state) === 0,
    );
    const known = this.events.writes.get(key);
    this.watch?.(cell, at, how);
    this.events.writes.set(key, {
      cell,
      from: from | (known?.from ?? 0),
      empty: empty && (known?.empty ?? true),
      fresh: fresh && (known?.fresh ?? true),
      hasThings: value.things.size > 0 || (known?.hasThings ?? false),
      guards: this.guards,
      how,
      failed: this.failing,
      file: at.file,
      offset: at.offset,
    });
    this.#keep(value, cell.region);
  }

  /** What is stored in something that outlives the run does so too. */
  #keep(value: Value, region: Region, depth = 0): void {
    for (const thing of value.things.keys()) {
      if (thing.region !== 'call' || depth > 6) continue;
      thing.region = region;
      for (const prop of thing.props.values()) this.#keep(prop, region, depth + 1);
    }
  }

  noteRead(cell: Cell, at: At, toCall: boolean): void {
    const key = `${cell.key} ${at.file}:${at.offset}`;
    if (!this.events.reads.has(key))
      this.events.reads.set(key, { cell, toCall, file: at.file, offset: at.offset });
  }

  noteUnknown(call: UnknownCall): void {
    const key = `${call.file}:${call.offset}`;
    const known = this.events.unknown.get(key);
    const dropped = call.dropped || (known?.dropped ?? false);
    this.events.unknown.set(key, { ...call, dropped, from: call.from | (known?.from ?? 0) });
  }

  noteAmbient(what: string, { file, offset, node }: Site): void {
    const written = codeOf(file, this.project).slice(offset, node.end ?? offset);
    const shown = written === '' || written.length > 60 || written.includes('\n') ? what : written;
    this.events.ambient.set(`${file}:${offset}`, { what: shown, file, offset });
  }

  /** Something of a package that is not read, by its name or that of what it is a part of. */
  noteForeign({ file, label }: Thing, at: At): void {
    if (file === '') this.events.foreign.set(label, { file: at.file, offset: at.offset });
  }

  noteSettings(what: string, { file, offset }: At): void {
    this.events.settings.set(`${file}:${offset}`, { what, file, offset });
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
    fn.props.set('prototype', { things: new Map([[made, 0]]), from: 0 });
    made.props.set('constructor', { things: new Map([[fn, 0]]), from: 0 });
    return made;
  }

  /** Reads a property of all that a value may be; `*` any of them. */
  get(owner: Value, name: string, site: Site, toCall = false): Value {
    const found: Value[] = [];
    // A part of the caller's data is the caller's.
    const inherited = owner.from & (CALLERS | FROM.state);
    if (inherited !== 0 || owner.things.size === 0) found.push({ things: NOTHING.things, from: owner.from });
    for (const [thing, reach] of owner.things) found.push(this.#getOf(thing, reach, name, site, toCall));
    return join(...found);
  }

  #getOf(thing: Thing, reach: Reach, name: string, site: Site, toCall: boolean): Value {
    if (thing.kind === 'module') return this.run.exported(thing, name);
    if (thing.kind === 'native' && !thing.props.has(name)) return this.run.nativePart(thing, name, site);
    if (name === 'prototype' && thing.kind === 'function') this.prototypeOf(thing);
    const kept = this.outlives(thing, reach);
    const holder = this.holderOf(thing, name);
    const accessor = holder?.accessors.get(name);
    if (accessor) {
      const self = { things: new Map([[thing, reach]]), from: 0 };
      return accessor.get
        ? this.run.call({ things: new Map([[accessor.get, 0]]), from: 0 }, self, [], site)
        : NOTHING;
    }
    if ((thing.kind === 'array' || thing.kind === 'collection') && /^(length|size)$/.test(name))
      return this.#lengthOf(thing, kept, site);
    let value = holder?.props.get(name) ?? NOTHING;
    const isOwn = holder === thing || holder === undefined;
    // An element of unknown name may be any; one that is not there may be among those.
    if (name === '*') value = join(...thing.props.values());
    else if (isOwn) {
      const unnamed = holder ? thing : this.holderOf(thing, '*');
      value = join(value, unnamed?.props.get('*') ?? NOTHING);
    }
    // `RequestContext.current`: what such a package shows is of the request that goes on.
    if (isAsyncContext(thing) && !toCall) this.noteAmbient(`${thing.label}.${name}`, site);
    if (thing.kind === 'opaque' && value === NOTHING) {
      this.noteForeign(thing, site);
      if (this.epoch === 'new' && thing.origin && !toCall && this.outlives(thing, reach))
        this.noteRead(this.cellOf(thing, name), site, toCall);
      return this.#partOf(thing, reach, name);
    }
    if (holder === undefined && value === NOTHING && baseOf(thing) !== undefined && !isNative(thing))
      return this.#partOf(thing, reach, name);
    // What an instance has not itself is that of all.
    if (holder && !isOwn && this.epoch === 'new' && holder.region === 'module' && !isCode(value))
      this.noteRead(this.cellOf(holder, name), site, toCall);
    if (!kept) return reach === 2 ? reached(value, 2) : value;
    if (!isOwn && isCode(value)) return value;
    const cell = this.cellOf(thing, name);
    this.noteRead(cell, site, toCall);
    // A static of a class above may be set there, for all that inherit it.
    for (
      let each: Thing | undefined = thing;
      thing.kind === 'class' && each && each !== holder;
      each = each.proto
    )
      if (each.proto) this.noteRead(this.cellOf(each.proto, name), site, toCall);
    const isState = this.ownState.has(cell.key) && (value.from & FROM.plain) !== 0;
    return withFrom(reached(value, 1), isState ? FROM.state : 0);
  }

  /** How many a list has that outlives the run says what calls did to it. */
  #lengthOf(thing: Thing, kept: boolean, site: Site): Value {
    if (!kept) return { things: NOTHING.things, from: FROM.plain };
    const cell = this.cellOf(thing, '*');
    this.noteRead(cell, site, true);
    return { things: NOTHING.things, from: FROM.plain | (this.written.has(cell.key) ? FROM.state : 0) };
  }

  /** A property of an object that cannot be read. */
  #partOf(thing: Thing, reach: Reach, name: string): Value {
    // A part of a part of a part is no other than that: data may be read as deep as code likes, and over and over.
    const within = thing.region === 'module' ? thing.origin?.within : undefined;
    const isFar = within ? within.length > MAX_OWN_PARTS : thing.label.split('.').length > MAX_PARTS;
    if (isFar) return { things: new Map([[thing, reach]]), from: 0 };
    const key = `.${name}`;
    const known = thing.props.get(key);
    const part = known ? [...known.things.keys()][0] : undefined;
    const { id, label, file, epoch } = thing;
    const made =
      part ??
      this.make(`part ${id} ${name}`, 'opaque', `${label}.${name}`, file, epoch, 0, partOf(thing, name));
    made.region = thing.region;
    if (isAsyncContext(thing)) made.base = 'async context';
    if (!part) {
      this.changed();
      thing.props.set(key, only(made, 0, known?.from ?? 0));
    }
    return { things: new Map([[made, reach]]), from: known?.from ?? 0 };
  }

  /** Writes a property of all that a value may be. */
  set(
    owner: Value,
    name: string,
    value: Value,
    site: Site,
    how: WriteEvent['how'] = 'assign',
    empty = false,
  ): void {
    for (const [thing, reach] of owner.things) {
      const accessor = how === 'own' ? undefined : this.holderOf(thing, name)?.accessors.get(name)?.set;
      if (accessor) {
        const self = { things: new Map([[thing, reach]]), from: 0 };
        this.run.call({ things: new Map([[accessor, 0]]), from: 0 }, self, [value], site);
        continue;
      }
      // What a namespace exports is its variable.
      const { locals } = thing;
      const local = locals?.names.get(name);
      const cell =
        locals && local !== undefined ? this.cellOf(locals.frame, local) : this.cellOf(thing, name);
      if (this.outlives(thing, reach)) this.noteWrite(cell, value, site, how, empty);
      this.put(thing, name, value);
    }
  }

  /** Joins a value into a property, without a note of it. */
  put(thing: Thing, name: string, value: Value): void {
    const known = thing.props.get(name);
    if (known && (known === value || includes(known, value))) return;
    this.version += 1;
    this.changed();
    thing.props.set(name, known ? join(known, value) : value);
  }
}

/** Where a part of an object is found again. */
function partOf({ origin }: Thing, name: string): Origin | undefined {
  return origin && { ...origin, within: [...(origin.within ?? []), name] };
}
