import path from 'node:path';
import type { Assumption } from '../../options.ts';
import type { Project } from '../../project.ts';
import { type ClassRuns, runClass } from './class-runs.ts';
import { type Constructing, judgeConstruction } from './judge-construction.ts';
import { type Finding, judgeClass, judgeState, partsOf } from './judge-runs.ts';
import { baseOf } from './bases.ts';
import { isUsedUp } from './iterators.ts';
import { CONVERTS } from './written-out.ts';
import type { PackageInTree } from './set-at-load.ts';
import { packageEntry } from '../../files/package-entry.ts';
import type { Thing } from './values.ts';
import { codeOf } from '../../source/code-of.ts';

/** A line of the code of a class: its file, and the 1-based line. */
export interface Line {
  file: string;
  line: number;
}

/** What a method, or the reading of a field, does that other callers would meet. */
export interface Effect extends Omit<Finding, 'at' | 'again'> {
  at: Line;
  again?: Line;
}

/** What the source of the agent's class says of it. */
export interface AgentEffects {
  /** Whether the class has a method or a getter, by the names on the way to it. */
  has(path: string): boolean;
  /** The methods of parts by their last name, those first that do something. */
  pathsTo(name: string): string[];
  of(path: string): Effect | undefined;
  /** What a method does whose result nobody uses. */
  ofDropped(path: string): Effect | undefined;
  /** Whether a method gives its caller something that the instance keeps, so that later callers are given it too. */
  givesItsOwn(path: string): boolean;
  /** Whether a method gives the instance itself. */
  givesItself(path: string): boolean;
  /** Whether a method gives an iterator that the instance keeps: who comes later goes on where others stopped. */
  givesKeptIterator(path: string): boolean;
  /** Where calls write what a field, or a getter, shows; `*` for any field. */
  shownBy(name: string): Line | undefined;
  /** Whether the value of a field is made new with each instance. */
  isMade(name: string): boolean;
  /** Where its methods write, as `file:offset`, by the names on the way to them. */
  readonly writes: readonly (readonly [path: string, at: readonly string[]])[];
  /** The methods of which the source does not tell whether they keep anything, with the line that leaves it open. */
  readonly open: readonly (Effect & { path: string })[];
  /** What the constructor reads that may differ by request, or may change. */
  readonly constructing: Constructing;
  /** What it extends that cannot be read. */
  readonly base: string | undefined;
  /** What comments beside the class vouch for. */
  readonly vouched: readonly Assumption[];
  /** Everything of it was understood. */
  readonly complete: boolean;
}

const OPEN: ReadonlySet<Finding['is']> = new Set(['unknown', 'may-keep', 'unread']);

const known = new WeakMap<Project, Map<string, AgentEffects | undefined>>();

/** What the source of a class of the tree says; undefined where it is not found. */
export function effectsOfClass(file: string, name: string, project: Project): AgentEffects | undefined {
  return remembered(project, `${file} ${name}`, () => {
    const runs = runClass(file, name, project, judgeState);
    return runs && effectsOf(runs, project);
  });
}

/** What building an instance of a class of the tree reads; undefined where the class is not found. */
export function constructionOfClass(
  file: string,
  name: string,
  project: Project,
): Pick<AgentEffects, 'constructing' | 'vouched'> | undefined {
  return withoutOverflow(() => {
    const runs = runClass(file, name, project, undefined);
    return (
      runs && {
        constructing: judgeConstruction(runs, project, lineIn(project)),
        ...vouchedFor(runs, project),
      }
    );
  });
}

/** What the installed source of a package's class says; undefined where it is not installed, or too much to read. */
export function effectsOfPackage(
  specifier: string,
  name: string,
  from: string,
  project: Project,
): AgentEffects | undefined {
  const entry = packageEntry(specifier, from);
  if (entry === undefined) return undefined;
  return remembered(project, `${entry} ${name}`, () => {
    const root = rootOf(entry);
    const runs = runClass(entry, name, project, judgeState, root, undefined, from);
    return runs?.complete ? effectsOf(runs, project, { specifier, from, root }) : undefined;
  });
}

/** Code that is nested too deep to be run is not known. */
export function withoutOverflow<Found>(find: () => Found): Found | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The folder of the package that a file lies in. */
function rootOf(file: string): string {
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
  return found ?? path.dirname(file);
}

function remembered(
  project: Project,
  key: string,
  find: () => AgentEffects | undefined,
): AgentEffects | undefined {
  const values = known.get(project) ?? new Map<string, AgentEffects | undefined>();
  known.set(project, values);
  if (!values.has(key)) values.set(key, withoutOverflow(find));
  return values.get(key);
}

function effectsOf(runs: ClassRuns, project: Project, loaded?: PackageInTree): AgentEffects {
  const { entries, dropped, fields, made } = judgeClass(runs);
  const paths = new Map(runs.entries.map(({ entry }) => [entry.path, entry]));
  const own = new Set(
    runs.entries.flatMap(({ entry, returned }) => ([...partsOf(returned)].some(isKept) ? [entry.path] : [])),
  );
  const line = lineIn(project);
  const effect = (finding: Finding | undefined): Effect | undefined =>
    finding && { ...finding, at: line(finding.at), again: finding.again && line(finding.again) };
  // What was not run is not known to be harmless.
  const unread: Finding | undefined = runs.complete
    ? undefined
    : { is: 'unread', at: { file: runs.type.file, offset: runs.type.code?.node.start ?? 0 }, name: '' };
  const findingOf = (each: string) =>
    entries.get(each) ?? entries.get(unnamed(each)) ?? (paths.has(each) ? unread : undefined);
  return {
    // Of a function that may have the name it is only known what it does.
    has: (each) => paths.has(each) || entries.has(unnamed(each)),
    pathsTo: (name) =>
      [...paths.keys()]
        .filter((each) => each.endsWith(`.${name}`))
        .sort((a, b) => Number(entries.has(b)) - Number(entries.has(a))),
    of: (each) => effect(findingOf(each)),
    givesItsOwn: (each) => own.has(each),
    givesKeptIterator: (each) =>
      own.has(each) &&
      runs.entries.some(
        ({ entry, returned }) =>
          entry.path === each && [...returned.things.keys()].some((one) => isKept(one) && isUsedUp(one)),
      ),
    givesItself: (each) =>
      runs.entries.some(({ entry, returned }) => entry.path === each && returned.things.has(runs.instance)),
    ofDropped: (each) => effect(dropped.get(each) ?? dropped.get(unnamed(each))),
    shownBy(name) {
      const [all] = [...fields].flatMap(([field, at]) =>
        name === '*' && !field.startsWith('#') ? [at] : [],
      );
      const isAsked = CONVERTS.includes(name) || paths.get(name)?.isGetter;
      const asked = isAsked ? entries.get(name) : name === '*' ? entries.get('toJSON') : undefined;
      const shown = all ?? fields.get(name) ?? asked?.at;
      return shown && line(shown);
    },
    isMade: (name) =>
      made.has(name) || (paths.get(name)?.isGetter === true && entries.get(name)?.is === 'made'),
    writes: runs.entries.map(({ entry, events }) => {
      const at = [...events.writes.values()].map(({ file, offset }) => `${file}:${offset}`);
      return [entry.path, at] as const;
    }),
    open: [...paths.keys()].flatMap((name) => {
      const found = findingOf(name);
      const isOpen = found && OPEN.has(found.is) ? effect(found) : undefined;
      return isOpen ? [{ ...isOpen, path: name }] : [];
    }),
    constructing: judgeConstruction(runs, project, line, loaded),
    ...vouchedFor(runs, project),
    base: baseAbove(runs.type),
    complete: runs.complete,
  };
}

/** Finds the line of an offset in a file. */
export function lineIn(project: Project): (at: { file: string; offset: number }) => Line {
  return ({ file, offset }) => {
    const text = codeOf(file, project);
    return { file, line: text.slice(0, offset).split(/\r\n|\n|\r/).length };
  };
}

function vouchedFor({ files, type }: ClassRuns, project: Project): Pick<AgentEffects, 'vouched'> {
  return { vouched: [...files].flatMap((file) => vouchedIn(project.read(file) ?? '', type.label)) };
}

/** The way to what has a name that no code tells, in place of the last one. */
function unnamed(each: string): string {
  return each.replace(/[^.]*$/, '*');
}

/** `// agent-cache: assume method-keeps-nothing — why`, or `…:track — why` for one method. */
const VOUCHES =
  /^[ \t]*(?:\/\/|\/?\*+)[ \t]*agent-cache: assume ([\w-]+)(?::([\w.]+))?[ \t]*(?:—|-+|:)[ \t]*(\S.*?)[ \t]*(?:\*\/)?[ \t]*$/gm;

function vouchedIn(text: string, agentClass: string): Assumption[] {
  return [...text.matchAll(VOUCHES)].map(([, id = '', method, why = '']) => ({
    id,
    of: method === undefined ? agentClass : `${agentClass}.${method}`,
    why,
  }));
}

/** Made with the instance, or kept by it since. What a part of it gave is nobody's. */
function isKept(thing: unknown): boolean {
  const { kind, epoch, region } = thing as Thing;
  return epoch === 'new' || (region === 'instance' && kind !== 'opaque');
}

function baseAbove(type: Thing): string | undefined {
  const [prototype] = type.props.get('prototype')?.things.keys() ?? [];
  return prototype && baseOf(prototype);
}
