import type { Project } from '../../project.ts';
import { codeOf } from '../../source/code-of.ts';
import { type Line, lineIn, withoutOverflow } from './agent-effects.ts';
import { type Entry, type EntryRun, type Give, runClass } from './class-runs.ts';
import type { At, Cell, WriteEvent } from './events.ts';
import { partOfRequestsIn } from './judge-construction.ts';
import { isGuarded, isOf, judgeState } from './judge-runs.ts';
import { ARGUMENT, Parts } from './parts.ts';
import { rememberedBy } from './remembered.ts';
import { CALLERS, FROM, plain } from './values.ts';

/** What a method leaves in its instance of the request around a call, or of what it is given. */
export interface KeptOfRequest extends Line {
  method: string;
  /** The field, and what of the request the method reads. */
  name: string;
  what: string;
  /** Later calls are sure to have it, and the code shows that it is of the request, or given. */
  isShown: boolean;
  /** It is no more than what callers give, as these arguments: whether that differs by request, they tell. */
  given?: readonly number[];
}

const COUNT = 8;
/** Arguments that do not differ by the caller: then only the request around a call does. */
const ALIKE = Array.from({ length: COUNT }, () => plain(ARGUMENT));

/**
 * What the methods of a class keep of the request around a call, whatever they are given, and what they keep of that:
 * `this.token ??= context.getStore().token`, `this.token ??= token`. What they keep by a key that decides about it, each
 * request has for itself.
 */
export function keptOfRequests(file: string, name: string, project: Project): KeptOfRequest[] {
  const run = (give: Give) =>
    withoutOverflow(() => runClass(file, name, project, judgeState, undefined, give));
  const runs = run(() => ALIKE);
  if (runs === undefined) return [];
  const line = lineIn(project);
  const reads = runs.entries.flatMap(({ events }) => [...events.reads.values()]);
  // What is set in a part that nobody reads here, its own code reads.
  const isMet = ({ cell }: WriteEvent) => isUnread(cell) || reads.some((each) => isOf(each.cell, cell));
  const isUsed = ({ cell }: WriteEvent) =>
    isUnread(cell) || reads.some((each) => !each.isTold && isOf(each.cell, cell));
  const inQuestion = new Set(
    runs.entries.flatMap((each) =>
      [...writesIn(each, true), ...givenIn(each, isUsed)].length > 0 ? [each.entry.path] : [],
    ),
  );
  const byParts = partsKept(inQuestion, run);
  return runs.entries.flatMap((run): KeptOfRequest[] => {
    const { entry, events } = run;
    const given = givenIn(run, isUsed).flatMap((write): KeptOfRequest[] => {
      const kept = byParts(entry.path, write);
      if (!kept?.given) return [];
      const { given, isAnswer } = kept;
      const isOnce = write.keyFrom === undefined && (isGuarded(write) || isSentByOthers(write, runs.entries));
      // What it keeps anew at each call is what it was given, and not what came of that: how many calls are left.
      if (!isOnce && write.keyFrom === undefined && isAnswer) return [];
      const what = `its argument ${given.map((each) => nameOfArgument(entry, each)).join(' and ')}`;
      const of = { method: entry.path, what, given, isShown: isOnce && kept.isTold };
      return [{ ...of, name: write.cell.name, ...line(write) }];
    });
    const set = setByOthers(run, name, project);
    if (set !== undefined)
      return [
        { method: entry.path, what: set.what, name: set.write.cell.name, isShown: true, ...line(set.write) },
      ];
    const ambient = [...events.ambient.values()];
    const [read] = ambient;
    if (read === undefined) return given;
    const of = { method: entry.path, what: read.what };
    const kept = writesIn(run, false).flatMap((write): KeptOfRequest[] => {
      const stays = isGuarded(write) || write.keyFrom !== undefined;
      if (!stays && !isMet(write)) return [];
      const isShown = stays && ambient.some((each) => each.isShown);
      return [{ ...of, name: write.cell.name, isShown, ...line(write) }];
    });
    const keyed = writesIn(run, true).flatMap((write): KeptOfRequest[] =>
      byParts(entry.path, write)?.isOfRequest === false
        ? []
        : [{ ...of, name: write.cell.name, isShown: false, ...line(write) }],
    );
    const handed = [...events.unknown.values()]
      .filter(({ name: called, dropped, from }) => dropped && (from & CALLERS) !== 0 && SETS.test(called))
      .map((call) => ({ ...of, name: `what ${call.name} sets`, isShown: false, ...line(call) }));
    const memo = rememberedBy(entry.fn)
      ? [{ ...of, name: 'what a decorator remembers', isShown: false, ...line(read) }]
      : [];
    return [...kept, ...keyed, ...handed, ...memo, ...given];
  });
}

/** What a write keeps beyond its key. */
interface Beyond {
  /** Some of it is of the request around the call, or nothing tells what it is of. */
  isOfRequest: boolean;
  /** The arguments that it is of, by their index, where it is of nothing else. */
  given?: readonly number[];
  /** It is what code that cannot be read made of them. */
  isAnswer: boolean;
  /** Its parts were told apart: where there are too many of them, it may be of any argument. */
  isTold: boolean;
}

/**
 * Runs the class again, and tells apart what some of its methods have of a call. There are only so many parts that can
 * be: where those of all methods are too many, each half of them is run by itself.
 */
function partsKept(
  methods: ReadonlySet<string>,
  run: (give: Give) => ReturnType<typeof runClass>,
): (method: string, write: WriteEvent) => Beyond | undefined {
  const found = new Map<string, Beyond>();
  const tell = (asked: readonly string[]) => {
    if (asked.length === 0) return;
    const { kept, untold } = keptBy(new Set(asked), run);
    for (const [key, beyond] of kept) found.set(key, beyond);
    if (asked.length === 1) return;
    const half = Math.ceil(untold.length / 2);
    tell(untold.slice(0, half));
    tell(untold.slice(half));
  };
  tell([...methods]);
  return (method, write) => found.get(keyOf(method, write));
}

/** What some methods keep beyond its key, and those of which there are too many parts to tell that beside the others. */
function keptBy(
  methods: ReadonlySet<string>,
  run: (give: Give) => ReturnType<typeof runClass>,
): { kept: ReadonlyMap<string, Beyond>; untold: string[] } {
  const parts = new Parts();
  const runs = run((path, machine) => {
    machine.parts = methods.has(path) ? parts : undefined;
    return Array.from({ length: COUNT }, (_, index) =>
      plain(FROM.argument | (methods.has(path) ? parts.bitOf(ARGUMENTS, String(index)) : 0)),
    );
  });
  const found = new Map<string, Beyond>();
  const untold = new Set<string>();
  for (const { entry, events } of runs?.entries ?? []) {
    if (!methods.has(entry.path)) continue;
    for (const write of events.writes.values()) {
      const { keyFrom = 0, from, cell } = write;
      if (cell.region === 'instance' && parts.isUntold(keyFrom | from)) untold.add(entry.path);
      const beyond = parts.beyond(keyFrom, from);
      const isTold = beyond !== undefined || !parts.isUntold(from);
      const isGiven = beyond?.every(([root]) => root === ARGUMENTS) === true;
      const given = isTold ? [...new Set(beyond?.map(([, index]) => Number(index)))] : argumentsOf(entry);
      const key = keyOf(entry.path, write);
      const known = found.get(key);
      found.set(key, {
        isOfRequest: !isGiven || known?.isOfRequest === true,
        isAnswer: (from & FROM.argument) === 0 && known?.isAnswer !== false,
        isTold: isTold && known?.isTold !== false,
        ...((isGiven || !isTold) && given.length > 0 ? { given } : known?.given && { given: known.given }),
      });
    }
  }
  return { kept: found, untold: [...untold] };
}

const ARGUMENTS = 'arguments';

function keyOf(method: string, { file, offset, cell }: WriteEvent): string {
  return `${method} ${file}:${offset} ${cell.name}`;
}

/** What a method may keep of its arguments: once, by a key, or so that others read it. */
function givenIn({ events }: EntryRun, isUsed: (write: WriteEvent) => boolean): WriteEvent[] {
  return [...events.writes.values()].filter(
    (write) =>
      write.cell.region === 'instance' &&
      !write.empty &&
      write.how !== 'own' &&
      (write.from & ARGUMENT) !== 0 &&
      (isGuarded(write) || write.keyFrom !== undefined || isUsed(write)),
  );
}

/** Whether another method reads what is written for more than a line of a log, and calls what cannot be read. */
function isSentByOthers(write: WriteEvent, runs: readonly EntryRun[]): boolean {
  return runs.some(
    ({ entry, events }) =>
      !entry.isGetter &&
      events.works &&
      ![...events.writes.values()].some(({ cell }) => isOf(cell, write.cell)) &&
      [...events.reads.values()].some(({ cell, isTold }) => !isTold && isOf(cell, write.cell)),
  );
}

/** Those that a method names, by their index: the first, where it names none. */
function argumentsOf({ fn }: Entry): number[] {
  const named = fn.code && 'params' in fn.code.node ? fn.code.node.params.length : 0;
  return Array.from({ length: Math.max(named, 1) }, (_, index) => index);
}

function nameOfArgument({ fn }: Entry, index: number): string {
  const param = fn.code && 'params' in fn.code.node ? fn.code.node.params[index] : undefined;
  const named = param?.type === 'AssignmentPattern' ? param.left : param;
  return named?.type === 'Identifier' ? named.name : `${index + 1}`;
}

/** What is kept once of something beside the class that requests set for themselves: `this.token ??= current.token`. */
function setByOthers(
  { events }: EntryRun,
  agentClass: string,
  project: Project,
): { what: string; write: WriteEvent } | undefined {
  const kept = [...events.writes.values()].filter(
    (write) => write.cell.region === 'instance' && !write.empty && isGuarded(write),
  );
  if (kept.length === 0 || ![...events.reads.values()].some(({ cell }) => cell.region === 'module'))
    return undefined;
  const read = partOfRequestsIn(events, agentClass, project);
  const write = read && kept.find((each) => isWithin(read.at, each, project));
  return read && write && { what: read.what, write };
}

/** Whether something is read in the statement that writes, behind what it writes to. */
function isWithin(read: At, write: At, project: Project): boolean {
  if (read.file !== write.file || read.offset < write.offset) return false;
  return !/[;\n]/.test(codeOf(write.file, project).slice(write.offset, read.offset));
}

/** What sets something in an object of a package, by its name: `client.setHeader('token', token)`. */
const SETS =
  /\.(?:use|set(?:[A-Z]\w*)?|on|once|add\w*Listener|register\w*|configure|auth\w*|login|header|cookie)$/;

function isUnread({ owner }: Cell): boolean {
  return 'kind' in owner && owner.kind === 'opaque';
}

/** What a run leaves in the instance of what its callers have: by a key of theirs, or not. */
function writesIn({ events }: EntryRun, isKeyed: boolean): WriteEvent[] {
  return [...events.writes.values()].filter(
    ({ cell, empty, from, keyFrom = 0 }) =>
      cell.region === 'instance' &&
      !empty &&
      (from & CALLERS) !== 0 &&
      ((keyFrom & CALLERS) !== 0) === isKeyed,
  );
}
