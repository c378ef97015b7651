import type { Project } from '../../project.ts';
import { codeOf } from '../../source/code-of.ts';
import { type Line, lineIn, withoutOverflow } from './agent-effects.ts';
import { ALIKE, type Entry, type EntryRun, runClass } from './class-runs.ts';
import type { At, Cell, WriteEvent } from './events.ts';
import { partOfRequestsIn } from './judge-construction.ts';
import { isGuarded, isOf, judgeState } from './judge-runs.ts';
import { CALLERS } from './values.ts';

/** What a method leaves in its instance of the request around a call. */
export interface KeptOfRequest extends Line {
  method: string;
  /** The field, and what of the request the method reads. */
  name: string;
  what: string;
  /** Later calls are sure to have it, and the code shows that it is of the request. */
  isShown: boolean;
  /** Where it is kept by a key that is of the request, too: whether the key decides about it, the syntax tells. */
  keyed?: { at: number; reads: readonly number[] };
}

/**
 * What the methods of a class keep of the request around a call, whatever they are given: `this.token ??=
 * context.getStore().token`. What they keep by a key that is of the request, too, each request has for itself.
 */
export function keptOfRequests(file: string, name: string, project: Project): KeptOfRequest[] {
  const runs = withoutOverflow(() => runClass(file, name, project, judgeState, undefined, ALIKE));
  if (runs === undefined) return [];
  const line = lineIn(project);
  const reads = runs.entries.flatMap(({ events }) => [...events.reads.values()]);
  // What is set in a part that nobody reads here, its own code reads.
  const isMet = ({ cell }: WriteEvent) => isUnread(cell) || reads.some((each) => isOf(each.cell, cell));
  return runs.entries.flatMap((run): KeptOfRequest[] => {
    const { entry, events } = run;
    const set = setByOthers(run, name, project);
    if (set !== undefined)
      return [
        { method: entry.path, what: set.what, name: set.write.cell.name, isShown: true, ...line(set.write) },
      ];
    const ambient = [...events.ambient.values()];
    const [read] = ambient;
    if (read === undefined) return [];
    const of = { method: entry.path, what: read.what };
    const kept = writesIn(run, false).flatMap((write): KeptOfRequest[] => {
      const stays = isGuarded(write) || write.keyFrom !== undefined;
      if (!stays && !isMet(write)) return [];
      const isShown = stays && ambient.some((each) => each.isShown);
      return [{ ...of, name: write.cell.name, isShown, ...line(write) }];
    });
    const keyed = writesIn(run, true).map((write): KeptOfRequest => {
      const reads = ambient.filter(({ file: of }) => of === write.file).map(({ offset }) => offset);
      return {
        ...of,
        name: write.cell.name,
        isShown: false,
        keyed: { at: write.offset, reads },
        ...line(write),
      };
    });
    const handed = [...events.unknown.values()]
      .filter(({ name: called, dropped, from }) => dropped && (from & CALLERS) !== 0 && SETS.test(called))
      .map((call) => ({ ...of, name: `what ${call.name} sets`, isShown: false, ...line(call) }));
    const memo = isMemoized(entry)
      ? [{ ...of, name: 'what a decorator remembers', isShown: false, ...line(read) }]
      : [];
    return [...kept, ...keyed, ...handed, ...memo];
  });
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
/** Decorators that remember what a method gave. */
const REMEMBERS = /^(?:memo\w*|once|cache\w*|lazy\w*)$/i;

function isUnread({ owner }: Cell): boolean {
  return 'kind' in owner && owner.kind === 'opaque';
}

function isMemoized({ fn }: Entry): boolean {
  const node = fn.code?.node;
  const decorators = node && 'decorators' in node ? (node.decorators ?? []) : [];
  return decorators.some(({ expression }) => {
    const named = expression.type === 'CallExpression' ? expression.callee : expression;
    return named.type === 'Identifier' && REMEMBERS.test(named.name);
  });
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
