import type * as t from '@babel/types';
import { MAX_HOPS } from '../../source/far.ts';
import type { Project } from '../../project.ts';
import { type Interpretation, interpret } from './interpreter.ts';
import { type Cell, emptyEvents, type Events } from './events.ts';
import { objectsIn } from './calls.ts';
import type { Machine, Site } from './machine.ts';
import { runGiven } from './run-given.ts';
import { FROM, only, plain, type Thing, type Value } from './values.ts';

/** One way into an instance: a method, or a getter; of a part of it, by the names on the way there. */
export interface Entry {
  path: string;
  fn: Thing;
  self: Thing;
  isGetter: boolean;
}

/** What a run of an entry did. */
export interface EntryRun {
  entry: Entry;
  events: Events;
  returned: Value;
  /** Calls of code that cannot be read, where the caller drops what the entry gives. */
  whenDropped: Events['unknown'];
}

/** What running a class showed. */
export interface ClassRuns {
  type: Thing;
  instance: Thing;
  /** What building an instance did. */
  building: Events;
  entries: EntryRun[];
  /** The packages that it uses and that are not read. */
  foreign: ReadonlySet<string>;
  /** The files that declare the class and those that it extends. */
  files: ReadonlySet<string>;
  /** Members that only the class itself may name. */
  hidden: ReadonlySet<string>;
  /** Everything was run. */
  complete: boolean;
  isMemo: (cell: Cell) => boolean;
  /** How many nodes were evaluated. */
  steps: number;
}

/** How often everything is run: each time with what the time before found to outlive its call. */
const ROUNDS = 4;
/** How many entries of a package's class tell what all of them take. */
const TRIED = 24;
/** What a call is given. */
export const GIVEN = Array.from({ length: 8 }, () => plain(FROM.argument));
/** Says what an entry is given, by its path. */
export type Give = (path: string, machine: Machine) => readonly Value[];

/** Finds what the round before says of a cell. */
export type Judge = (
  runs: readonly EntryRun[],
  instance: Thing,
) => { isMemo: (cell: Cell) => boolean; ownState: Set<string> };

/**
 * Builds an instance of a class and calls each of its methods, on values of which only the origin is known.
 *
 * @param judge without it, the instance is only built
 * @param give what each call is given
 * @param user a file of the tree that uses the class, for one of a package
 */
export function runClass(
  file: string,
  name: string,
  project: Project,
  judge: Judge | undefined,
  packageRoot?: string,
  give: Give = () => GIVEN,
  user = file,
): ClassRuns | undefined {
  const running = interpret(project, packageRoot);
  const type = classIn(running, file, name);
  if (!type?.code) return undefined;
  loadExtensions(running, user, name, project);
  const { machine, functions } = running;
  const files = new Set<string>();
  const hidden = new Set<string>();
  for (let each: Thing | undefined = type; each; each = each.proto) {
    files.add(each.file);
    for (const member of hiddenIn(each)) hidden.add(member);
  }
  const instance = machine.make(`the instance of ${type.id}`, 'instance', 'this', type.file, 'new');
  const [prototype] = type.props.get('prototype')?.things.keys() ?? [];
  instance.proto = prototype;
  let building = emptyEvents();
  let entries: EntryRun[] = [];
  let isMemo: ClassRuns['isMemo'] = () => false;
  for (let round = 0; round < ROUNDS; round++) {
    const { ownState, version } = machine;
    functions.round = round;
    const built = inRun(running, 'new', () => functions.initialise(type, only(instance), [], siteOf(type)));
    building = built.events;
    if (!judge) break;
    // A function that may be called without `new` gives another instance alike.
    const others = [...objectsIn(built.result).things.keys()].filter(({ proto }) => proto !== prototype);
    entries = runEach(
      [instance, ...others].flatMap((each) => entriesOf(each, hidden)),
      running,
      give,
    );
    const judged = judge(entries, instance);
    isMemo = judged.isMemo;
    machine.ownState = judged.ownState;
    machine.written = new Set(
      entries.flatMap(({ events }) => [...events.writes.values()].map(({ cell }) => cell.key)),
    );
    // What is left out of a run says nothing: the rounds that come would find less.
    if (machine.exhausted) break;
    if (round > 0 && version === machine.version && isSameSet(ownState, judged.ownState)) break;
  }
  const isGivenUp = machine.exhausted && packageRoot !== undefined;
  for (const each of isGivenUp ? [] : entries)
    if (givesUnknown(each)) each.whenDropped = runDropped(each.entry, running);
  return {
    type,
    instance,
    building,
    entries,
    foreign: machine.foreign,
    files,
    hidden,
    complete: !machine.exhausted,
    isMemo,
    steps: machine.steps,
  };
}

export function classIn({ modules }: Interpretation, file: string, name: string): Thing | undefined {
  const module = modules.load(file);
  if (!module) return undefined;
  const own = modules.frameOf(file)?.vars.get(name)?.value;
  const candidates = [
    own,
    modules.exported(module, name),
    modules.exported(module, 'default'),
    modules.exported(module, 'module.exports'),
  ];
  return candidates
    .flatMap((value) => [...(value?.things.keys() ?? [])])
    .find(({ kind, code }) => code !== undefined && (kind === 'class' || kind === 'function'));
}

/** Files that give the class's prototype methods of their own. */
function loadExtensions({ modules }: Interpretation, file: string, name: string, project: Project): void {
  const setsPrototype = new RegExp(
    `\\.prototype\\b|__proto__|setPrototypeOf\\(|(assign|defineProperty|defineProperties)\\(\\s*${name}\\b`,
  );
  for (const each of [file, ...project.filesOfAllMentioning(file, name)])
    if (setsPrototype.test(project.read(each) ?? '')) modules.load(each);
}

/** Members that TypeScript keeps to the class. */
function hiddenIn({ code }: Thing): string[] {
  const members = code && 'body' in code.node.body ? (code.node.body.body as t.Node[]) : [];
  return members.flatMap((member) => {
    if (member.type === 'ClassMethod' && member.kind === 'constructor')
      return member.params.flatMap((param) =>
        param.type === 'TSParameterProperty' &&
        /private|protected/.test(param.accessibility ?? '') &&
        param.parameter.type === 'Identifier'
          ? [param.parameter.name]
          : [],
      );
    const isHidden = 'accessibility' in member && /private|protected/.test(member.accessibility ?? '');
    return isHidden && 'key' in member && (member.key as t.Node).type === 'Identifier'
      ? [(member.key as t.Identifier).name]
      : [];
  });
}

/** The methods and getters of an instance, and those of its parts that others can name. */
export function entriesOf(
  instance: Thing,
  hidden: ReadonlySet<string>,
  path = '',
  depth = 0,
  seen = new Set<Thing>(),
): Entry[] {
  const found = new Map<string, Entry[]>();
  if (seen.has(instance)) return [];
  seen.add(instance);
  // By one name there may be this function or that.
  const add = (full: string, entry: Entry) => found.set(full, [...(found.get(full) ?? []), entry]);
  for (
    let holder: Thing | undefined = instance, steps = 0;
    holder && steps < MAX_HOPS;
    holder = holder.proto, steps++
  ) {
    for (const [name, value] of holder.props) {
      const full = path === '' ? name : `${path}.${name}`;
      if (isHidden(name, hidden, depth) || (name !== '*' && found.has(full))) continue;
      for (const thing of value.things.keys()) {
        if (thing.kind === 'function' && thing.code)
          add(full, { path: full, fn: thing, self: instance, isGetter: false });
        else if (
          holder === instance &&
          depth < 2 &&
          /^(object|instance)$/.test(thing.kind) &&
          thing.epoch === 'new'
        ) {
          for (const each of entriesOf(thing, hidden, full, depth + 1, seen)) add(each.path, each);
        }
      }
    }
    for (const [name, { get }] of holder.accessors) {
      const full = path === '' ? name : `${path}.${name}`;
      if (get && !isHidden(name, hidden, depth) && !found.has(full))
        add(full, { path: full, fn: get, self: instance, isGetter: true });
    }
  }
  return [...found.values()].flat();
}

function isHidden(name: string, hidden: ReadonlySet<string>, depth: number): boolean {
  return (
    name.startsWith('#') ||
    name.startsWith('.') ||
    name === 'constructor' ||
    (depth === 0 && hidden.has(name))
  );
}

/**
 * Runs entries one after the other. Of a package's class nothing is known that was not run to its end: where the first of
 * many entries tell that there are too many steps to go, nothing is lost by stopping.
 */
function runEach(entries: readonly Entry[], running: Interpretation, give: Give): EntryRun[] {
  const { machine } = running;
  const before = machine.steps;
  return entries.map((entry, index) => {
    const taken = (machine.steps - before) / Math.max(index, 1);
    if (machine.packageRoot !== undefined && index >= TRIED) machine.expect(taken * entries.length);
    return runEntry(entry, running, give(entry.path, machine));
  });
}

function runEntry(entry: Entry, running: Interpretation, given: readonly Value[]): EntryRun {
  const args = entry.isGetter ? [] : given;
  const run = () => running.functions.invoke(entry.fn, only(entry.self), args, siteOf(entry.fn));
  const { events, result } = inRun(running, `call ${entry.path}`, () => {
    const found = run();
    runGiven(found, running, given);
    return found;
  });
  return { entry, events, returned: result, whenDropped: events.unknown };
}

/** Whether calls of code that cannot be read go into what an entry gives: to drop that makes a difference. */
function givesUnknown({ events }: EntryRun): boolean {
  return [...events.unknown.values()].some(({ dropped }) => !dropped);
}

function runDropped(entry: Entry, running: Interpretation): Events['unknown'] {
  const site = { ...siteOf(entry.fn), dropped: true };
  const run = () => running.functions.invoke(entry.fn, only(entry.self), entry.isGetter ? [] : GIVEN, site);
  return inRun(running, `drop ${entry.path}`, run).events.unknown;
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each));
}

/** Runs something by itself, and says what it did. */
export function inRun<Result>(
  { machine }: Pick<Interpretation, 'machine'>,
  epoch: string,
  run: () => Result,
): { result: Result; events: Events } {
  machine.epoch = epoch;
  machine.events = emptyEvents();
  machine.guards = [];
  const result = run();
  return { result, events: machine.events };
}

export function siteOf({ code, file }: Thing): Site {
  const node = code?.node ?? ({ type: 'EmptyStatement' } as t.EmptyStatement);
  const frame = code?.frame;
  if (!frame) throw new Error('A function without code is not run');
  return { node, file, offset: node.start ?? 0, dropped: false, frame };
}
