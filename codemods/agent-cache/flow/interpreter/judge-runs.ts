import type { ClassRuns, EntryRun } from './class-runs.ts';
import type { Cell, ReadEvent, WriteEvent } from './events.ts';
import { renewed } from './guard-names.ts';
import { fieldsMadeWith, useOfMade } from './made-with.ts';
import { rememberedForLess } from './remembered.ts';
import { CALLERS, FROM, type Thing, type Value } from './values.ts';

/** Whether two cells may be one. */
export function isOf(one: Cell, other: Cell): boolean {
  if (one.owner !== other.owner) return false;
  if (one.key === other.key) return true;
  return [one, other].some(({ key }) => key.endsWith(' *'));
}

/** What of the instance's state is the same for everybody, and what calls leave behind. */
export function judgeState(runs: readonly EntryRun[]): {
  isMemo: (cell: Cell) => boolean;
  ownState: Set<string>;
} {
  const writes = runs.flatMap(({ events }) => [...events.writes.values()]);
  const reads = runs.flatMap(({ events }) => [...events.reads.values()]);
  const byCell = groupedBy(writes, ({ cell }) => cell.key);
  const readsOf = groupedBy(reads, ({ cell }) => cell.key);
  const readsBeside = groupedBy(reads, ({ cell }) => cell.owner);
  const byRun = runs.map(({ events }) => groupedBy(events.writes.values(), ({ cell }) => cell.key));
  const selfGuards = new Set(
    [...byCell].flatMap(([key, all]) =>
      all.some(({ guards, empty }) => !empty && isGuardedBy(key, guards)) ? [key, renewed(key)] : [],
    ),
  );
  const memos = new Set<string>();
  for (const [key, all] of byCell) {
    const set = all.filter(({ empty }) => !empty);
    if (
      (isSetOnce(key, set, selfGuards) && !byRun.some((each) => isLock(each.get(key) ?? []))) ||
      isConnection(set, readsOf.get(key) ?? []) ||
      isPool(all, readsBeside, runs)
    )
      memos.add(key);
  }
  return {
    isMemo: ({ key }) => memos.has(key),
    ownState: new Set([...byCell.keys()].filter((key) => !memos.has(key))),
  };
}

function groupedBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** It is only ever set where it, or what is set with it, is empty, and to what is the same for everybody. */
function isSetOnce(key: string, set: readonly WriteEvent[], selfGuards: ReadonlySet<string>): boolean {
  return (
    set.length > 0 &&
    set.every(({ guards, from }) => {
      const isGuarded = isGuardedBy(key, guards) || guards.some((guard) => selfGuards.has(guard));
      return isGuarded && (from & (CALLERS | FROM.state)) === 0;
    })
  );
}

/** Whether something is only written where what it is written to is empty, or out of date. */
export function isGuarded({ cell, guards }: WriteEvent): boolean {
  return isGuardedBy(cell.key, guards);
}

/** Whether a cell is sure to be empty, or out of date, under some guards. */
function isGuardedBy(key: string, guards: readonly string[]): boolean {
  return guards.includes(key) || guards.includes(renewed(key));
}

/** A flag that is set while a call goes on: others that come meanwhile are answered in another way. */
function isLock(own: readonly WriteEvent[]): boolean {
  const set = own.filter(({ empty }) => !empty);
  return (
    set.length > 0 &&
    set.every(({ hasThings }) => !hasThings) &&
    own.some(({ empty, failed }) => empty && !failed)
  );
}

/** It is made anew from nothing of the caller's, and only ever called: one is as good as another. */
function isConnection(set: readonly WriteEvent[], reads: readonly ReadEvent[]): boolean {
  return (
    set.length > 0 &&
    set.every(
      ({ how, fresh, hasThings, from }) =>
        how === 'assign' && fresh && hasThings && (from & (CALLERS | FROM.state)) === 0,
    ) &&
    reads.every(({ toCall }) => toCall)
  );
}

/** A list from which calls take what they give back later: things made alike, of which none leaves the class. */
function isPool(
  all: readonly WriteEvent[],
  readsBeside: ReadonlyMap<Cell['owner'], readonly ReadEvent[]>,
  runs: readonly EntryRun[],
): boolean {
  const [first] = all;
  if (!first?.cell.key.endsWith(' *') || !('props' in first.cell.owner)) return false;
  const { owner } = first.cell;
  const elements = [...(owner.props.get('*')?.things.keys() ?? [])];
  const isAlike =
    new Set(elements.map(({ label }) => label)).size === 1 &&
    elements.every(({ kind }) => kind === 'opaque' || kind === 'instance');
  const isPlain = ((owner.props.get('*')?.from ?? 0) & FROM.plain) !== 0;
  return (
    isAlike &&
    !isPlain &&
    all.every(({ how, from }) => how === 'change' && (from & (CALLERS | FROM.state)) === 0) &&
    (readsBeside.get(owner) ?? []).every(({ cell, toCall }) => !isOf(cell, first.cell) || toCall) &&
    runs.every(({ returned }) => !elements.some((each) => returned.things.has(each))) &&
    // Who looks how many there are, and takes none, shows it.
    runs.every(({ events }) => !touches(events.reads, first.cell) || touches(events.writes, first.cell))
  );
}

function touches(events: ReadonlyMap<string, { cell: Cell }>, cell: Cell): boolean {
  return [...events.values()].some((each) => isOf(each.cell, cell));
}

/** What an entry does that other callers would meet. */
export interface Finding {
  /** `unread` is not known of any method: not all of the class was run. */
  is: 'keeps' | 'may-keep' | 'changes' | 'reads' | 'made' | 'unknown' | 'unread';
  at: { file: string; offset: number };
  /** Where what it writes is read again. */
  again?: { file: string; offset: number };
  /** What is written, or the call that cannot be read. */
  name: string;
}

/** The findings of a class, by entry; of a method that is only unsafe where its result is dropped, in `dropped`. */
export interface Findings {
  entries: ReadonlyMap<string, Finding>;
  dropped: ReadonlyMap<string, Finding>;
  /** Fields that show what calls left behind, by name. */
  fields: ReadonlyMap<string, { file: string; offset: number }>;
  /** Fields whose value was made new with the instance. */
  made: ReadonlySet<string>;
}

export function judgeClass(runs: ClassRuns): Findings {
  const entries = new Map<string, Finding>();
  const dropped = new Map<string, Finding>();
  const read = runs.entries.flatMap(({ events }) => [...events.reads.values()]);
  const writes = runs.entries.flatMap(({ events }) => [...events.writes.values()]);
  for (const run of runs.entries) {
    const finding =
      keepsIn(run, runs, read) ?? unknownIn(run.events.unknown) ?? changesIn(run, runs) ?? remembersIn(run);
    if (finding) entries.set(run.entry.path, finding);
    const whenDropped = unknownIn(run.whenDropped);
    if (whenDropped) dropped.set(run.entry.path, whenDropped);
  }
  // Who only writes leaves alone what nobody reads; who reads it meets what all others wrote.
  const open = runs.entries
    .filter(({ entry }) => !entries.has(entry.path))
    .flatMap((run) => ownWrites(run, runs));
  for (const run of runs.entries) {
    if (entries.has(run.entry.path)) continue;
    const met = firstMet(run, open);
    if (met) entries.set(run.entry.path, met);
  }
  const made = fieldsMadeWith(runs.instance, writes);
  for (const { entry, events } of made.length > 0 ? runs.entries : []) {
    const use = entries.has(entry.path) ? undefined : useOfMade(events, made);
    if (use) entries.set(entry.path, { is: 'made', at: placeOf(use), name: use.cell.name });
  }
  return {
    entries,
    dropped,
    fields: fieldsShowing(runs.instance, open),
    made: new Set(made.flatMap(({ owner, name }) => (owner === runs.instance ? name : []))),
  };
}

/** What an entry keeps of its caller. */
function keepsIn({ events }: EntryRun, runs: ClassRuns, read: readonly ReadEvent[]): Finding | undefined {
  const kept = [...events.writes.values()].filter(
    (write) =>
      (write.from & CALLERS) !== 0 &&
      (write.cell.region === 'instance' || isReadBack(write.cell, runs, read)),
  );
  // What lies in other files is followed far, and by then an origin says less for sure.
  const sure = kept.find(
    ({ from, cell }) => (from & (FROM.argument | FROM.ambient)) !== 0 && runs.files.has(cell.file),
  );
  const found = sure ?? kept[0];
  return found && { is: sure ? 'keeps' : 'may-keep', at: placeOf(found), name: found.cell.name };
}

function remembersIn({ entry: { fn } }: EntryRun): Finding | undefined {
  const decorator = rememberedForLess(fn);
  const at = { file: fn.file, offset: decorator?.start ?? 0 };
  return decorator && { is: 'may-keep', at, name: 'what a decorator remembers' };
}

/** What is kept beside the class counts where the class shows it again: in other files, what has one name for all. */
function isReadBack(cell: Cell, { files }: ClassRuns, read: readonly ReadEvent[]): boolean {
  if (!files.has(cell.file))
    return !cell.key.endsWith(' *') && read.some((each) => each.cell.key === cell.key);
  const isStatic = 'kind' in cell.owner && (cell.owner.kind === 'class' || cell.owner.kind === 'opaque');
  return isStatic || read.some((each) => isOf(each.cell, cell));
}

function unknownIn(calls: EntryRun['whenDropped']): Finding | undefined {
  const found = [...calls.values()].find(({ dropped }) => dropped);
  return found && { is: 'unknown', at: placeOf(found), name: found.name };
}

/** What an entry writes of the instance, and not just once. */
function ownWrites({ events }: EntryRun, { isMemo }: ClassRuns): WriteEvent[] {
  return [...events.writes.values()].filter(({ cell }) => cell.region === 'instance' && !isMemo(cell));
}

/** An entry that writes what it reads itself, or that does nothing but write. */
function changesIn(run: EntryRun, runs: ClassRuns): Finding | undefined {
  const own = ownWrites(run, runs);
  const given = partsOf(run.returned);
  for (const write of own) {
    if (given.has(write.cell.owner))
      return { is: 'changes', at: placeOf(write), again: placeOf(write), name: write.cell.name };
    const again = [...run.events.reads.values()].find(({ cell }) => isOf(cell, write.cell));
    if (again) return { is: 'changes', at: placeOf(write), again: placeOf(again), name: write.cell.name };
    if (write.how === 'own') return { is: 'changes', at: placeOf(write), name: write.cell.name };
  }
  const [first] = own;
  return first && isSetter(run, runs.instance)
    ? { is: 'changes', at: placeOf(first), name: first.cell.name }
    : undefined;
}

/** A method that gives nothing but the instance, and calls nothing that could be what it is for. */
function isSetter({ entry, events, returned }: EntryRun, instance: Thing): boolean {
  const isBare = [...returned.things.keys()].every((thing) => thing === instance || thing === entry.self);
  return !events.works && returned.from === 0 && isBare;
}

function firstMet(run: EntryRun, open: readonly WriteEvent[]): Finding | undefined {
  const given = partsOf(run.returned);
  const shown = open.find(({ cell }) => given.has(cell.owner));
  if (shown) return { is: 'reads', at: placeOf(shown), again: shown, name: shown.cell.name };
  for (const read of run.events.reads.values()) {
    const write = open.find(({ cell }) => isOf(cell, read.cell));
    if (write) return { is: 'reads', at: placeOf(write), again: placeOf(read), name: read.cell.name };
  }
  return undefined;
}

/** The objects in what a call gives, but for instances with methods of their own: those are asked by their methods. */
export function partsOf({ things }: Value, found = new Set<unknown>()): ReadonlySet<unknown> {
  for (const thing of things.keys()) {
    if (found.has(thing) || found.size > 300 || !/^(object|array|collection|opaque)$/.test(thing.kind))
      continue;
    found.add(thing);
    for (const [name, prop] of thing.props) if (!name.startsWith('.')) partsOf(prop, found);
  }
  return found;
}

/** The fields that others can read, of which calls write something. */
function fieldsShowing(
  instance: Thing,
  open: readonly WriteEvent[],
): Map<string, { file: string; offset: number }> {
  const fields = new Map<string, { file: string; offset: number }>();
  for (const [name, value] of instance.props) {
    const below = new Set<Thing>();
    const collect = (things: Iterable<Thing>) => {
      for (const thing of things) {
        if (below.has(thing) || below.size > 200) continue;
        below.add(thing);
        for (const prop of thing.props.values()) collect(prop.things.keys());
      }
    };
    collect(value.things.keys());
    const write = open.find(
      ({ cell }) =>
        (cell.owner === instance && cell.key.endsWith(` ${name}`)) || below.has(cell.owner as Thing),
    );
    if (write) fields.set(name, placeOf(write));
  }
  return fields;
}

function placeOf({ file, offset }: { file: string; offset: number }): { file: string; offset: number } {
  return { file, offset };
}
