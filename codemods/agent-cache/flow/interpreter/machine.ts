import type * as t from '@babel/types';
import { takenApart } from './called-on.ts';
import { baseOf, isAsyncContext, isCode, isNative } from './bases.ts';
import {
  type At,
  type Cell,
  emptyEvents,
  type Events,
  type Target,
  type UnknownCall,
  type WriteEvent,
} from './events.ts';
import { cellOfGuard } from './guard-names.ts';
import { Heap, partOf } from './heap.ts';
import type { Parts } from './parts.ts';
import type { Project } from '../../project.ts';
import { tellingOf } from './tells-apart.ts';
import {
  CALLERS,
  type Frame,
  FROM,
  join,
  NOTHING,
  only,
  plain,
  type Reach,
  reached,
  type Region,
  type Thing,
  type Value,
  withFrom,
} from './values.ts';
import { codeOf } from '../../source/code-of.ts';

export interface Site extends Target {
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

/** What is done with the objects of the code that runs. */
export class Machine extends Heap {
  readonly project: Project;
  run!: Interpreter;
  events: Events = emptyEvents();
  /** What runs is run by a timer that an instance sets as it is built. */
  isLater = false;
  /** What runs is only written to a log, or into the text of an error. */
  isTold = false;
  guards: readonly string[] = [];
  /** What the code that runs has thrown so far, and nobody has caught. */
  thrown: Value = NOTHING;
  /** What runs is only reached where something failed. */
  failing = false;
  /** Cells that hold what earlier calls left behind, as the round before found them. */
  ownState: ReadonlySet<string> = new Set();
  /** Cells that some method writes, as the round before found them; undefined in the first. */
  written: ReadonlySet<string> | undefined;
  /** The folder of the package that is read, for a class of a package. */
  packageRoot: string | undefined;
  /** The packages that were met and are not read. */
  readonly foreign = new Set<string>();
  /** What a place gives in the code of those who use the class: an agent that others have as well. */
  given: ((node: t.Node, file: string) => Value | undefined) | undefined;
  /** Tells apart what values have of a call, where that is asked. */
  parts: Parts | undefined;
  /** Is told of each write to what outlives the run. */
  watch: ((cell: Cell, at: At, how: WriteEvent['how']) => void) | undefined;
  /** Is told of each call of a method on something. */
  watchCall: ((thing: Thing, method: string, site: Site) => void) | undefined;
  /** Is told of each call of a function that nothing was put for so far, as of listeners that others register. */
  watchEmpty: ((args: readonly Value[], site: Site) => void) | undefined;
  constructor(project: Project) {
    super();
    this.project = project;
  }

  /** Runs on where cells are known to be empty. Of a cell that no method writes that says nothing. */
  guardBy(cells: readonly string[]): void {
    const telling = cells.filter((cell) => this.written?.has(cellOfGuard(cell)) ?? true);
    if (telling.length > 0) this.guards = [...new Set([...this.guards, ...telling])].sort();
  }

  noteWrite(cell: Cell, value: Value, at: Target, how: WriteEvent['how'] = 'assign', empty = false): void {
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
      keyFrom: at.keyFrom,
    });
    this.#keep(value, cell.region);
  }

  /** What is stored in something that outlives the run does so too; beside the instance, others have it as well. */
  #keep(value: Value, region: Region, depth = 0): void {
    for (const thing of value.things.keys()) {
      const isBeside = region === 'module' && thing.region === 'instance' && thing.origin && !thing.isBeside;
      if (depth > 6 || (thing.region !== 'call' && !isBeside)) continue;
      if (isBeside) thing.isBeside = true;
      else thing.region = region;
      for (const prop of thing.props.values()) this.#keep(prop, region, depth + 1);
    }
  }

  noteRead(cell: Cell, { file, offset, node }: At & { node?: t.Node }, toCall: boolean): void {
    const key = `${cell.key} ${file}:${offset}`;
    const known = this.events.reads.get(key);
    if (known) known.isTold &&= this.isTold;
    const isTakenApart = toCall || (node !== undefined && takenApart.has(node));
    const { isTold } = this;
    if (!known) this.events.reads.set(key, { cell, toCall, isTakenApart, isTold, file, offset });
  }

  noteUnknown(call: UnknownCall): void {
    const key = `${call.file}:${call.offset}`;
    const known = this.events.unknown.get(key);
    const dropped = call.dropped || (known?.dropped ?? false);
    this.events.unknown.set(key, { ...call, dropped, from: call.from | (known?.from ?? 0) });
  }

  /** @param isShown it is of the request for sure; otherwise nothing shows that it is the same for all */
  noteAmbient(what: string, { file, offset, node }: Site, isShown = true): void {
    const written = codeOf(file, this.project).slice(offset, node.end ?? offset);
    const shown = written === '' || written.length > 60 || written.includes('\n') ? what : written;
    this.events.ambient.set(`${file}:${offset}`, { what: shown, file, offset, isShown });
  }

  /** What differs by request, as plain data; what is read by one name is one part of it. */
  ofRequest(what: string): Value {
    return plain(FROM.ambient | (this.parts?.bitOf(what) ?? 0));
  }

  /** Where a value comes from that a function, or an operator, made of one of such an origin. */
  madeOf(from: number, by: string, node?: t.Node): number {
    return this.parts?.made(from, tellingOf(by, node)) ?? from;
  }

  /** Something of a package that is not read, by its name or that of what it is a part of. */
  noteForeign({ file, label }: Thing, at: At): void {
    if (file === '') this.events.foreign.set(label, { file: at.file, offset: at.offset });
  }

  noteSettings(what: string, { file, offset }: At): void {
    this.events.settings.set(`${file}:${offset}`, { what, file, offset });
  }

  /** Reads a property of all that a value may be; `*` any of them. */
  get(owner: Value, name: string, site: Site, toCall = false): Value {
    const found: Value[] = [];
    // A part of the caller's data is the caller's.
    const inherited = owner.from & (CALLERS | FROM.state);
    if (inherited !== 0 || owner.things.size === 0) {
      const from = name === '*' ? owner.from : (this.parts?.within(owner.from, name) ?? owner.from);
      found.push({ things: NOTHING.things, from });
    }
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
    return { things: NOTHING.things, from: FROM.plain | (this.written?.has(cell.key) ? FROM.state : 0) };
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
    if (!part) this.hold(thing, key, only(made, 0, known?.from ?? 0));
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
    const written = this.isLater ? withFrom(value, FROM.making) : value;
    for (const [thing, reach] of owner.things) {
      const accessor = how === 'own' ? undefined : this.holderOf(thing, name)?.accessors.get(name)?.set;
      if (accessor) {
        const self = { things: new Map([[thing, reach]]), from: 0 };
        this.run.call({ things: new Map([[accessor, 0]]), from: 0 }, self, [written], site);
        continue;
      }
      // What a namespace exports is its variable.
      const { locals } = thing;
      const local = locals?.names.get(name);
      const cell =
        locals && local !== undefined ? this.cellOf(locals.frame, local) : this.cellOf(thing, name);
      // What building an instance puts into the global object is there for all who build one.
      const isGlobal = this.epoch === 'new' && /^(globalThis|process)$/.test(thing.label);
      if (isGlobal || this.outlives(thing, reach)) this.noteWrite(cell, written, site, how, empty);
      this.put(thing, name, written);
    }
  }
}
