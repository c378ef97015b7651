import type { Project } from '../../project.ts';
import type { ClassRuns } from './class-runs.ts';
import { changedPrototype } from './changed-prototype.ts';
import { baseOf } from './bases.ts';
import type { Cell, Events } from './events.ts';
import { isGivenByCaller } from './given-by-callers.ts';
import { decoratedForRequests } from './request-scope.ts';
import {
  isDoneInRequests,
  isPackageSetInRequests,
  isSetInRequests,
  type SetInRequests,
} from './set-in-requests.ts';
import { sharedBy } from './globals.ts';
import { isDoneAtLoad, type PackageInTree } from './set-at-load.ts';
import { namespacesWith, writesOfVariable } from './set-variables.ts';
import { isSetInPackage } from './sets-in-packages.ts';

/** A line, and what stands there. */
export interface Seen {
  what: string;
  file: string;
  line: number;
}

/** What building an instance reads. */
export interface Constructing {
  /** What may differ by request; `isShown` where the code shows that it does. */
  ambient: (Seen & { isShown: boolean }) | undefined;
  /** A variable of the environment, which nothing sets by its name. */
  environment: Seen | undefined;
  /** A file that may change while instances live, or what some request sets for all that come after. */
  settings: (Seen & { isFile: boolean }) | undefined;
}

type LineOf = (at: { file: string; offset: number }) => { file: string; line: number };

/** Finds what the constructor of a class reads that is not the same for all who build one. */
export function judgeConstruction(
  runs: ClassRuns,
  project: Project,
  line: LineOf,
  loaded?: PackageInTree,
): Constructing {
  const { building } = runs;
  const ambients = [...building.ambient.values()];
  const ambient = ambients.find(({ isShown }) => isShown) ?? ambients[0];
  const scoped = decoratedForRequests(runs.type.code?.node);
  const read = statesRead(building, runs.type.label, project, loaded);
  const [file] = [...building.settings.values()];
  const settings = file ?? (read.later && { what: read.later.what, ...read.later.at });
  const environment = [...building.environment.values()][0];
  const found: Read | undefined =
    (ambient && { what: ambient.what, at: ambient, isShown: ambient.isShown }) ??
    (scoped && {
      what: scoped.what,
      at: { file: runs.type.file, offset: scoped.offset },
      isShown: true,
    }) ??
    read.ofRequests ??
    packageRead(runs, project, loaded?.from ?? runs.type.file) ??
    changedPrototype(runs.type, project, loaded?.from);
  return {
    ambient: found && { what: found.what, isShown: found.isShown === true, ...line(found.at) },
    environment: environment && { what: environment.what, ...line(environment) },
    settings: settings && { what: settings.what, isFile: file !== undefined, ...line(settings) },
  };
}

/** The same of building one instance with what it is given, apart from what its class reads by itself. */
export function readWhileBuilding(events: Events, agentClass: string, project: Project): Read | undefined {
  const [ambient] = [...events.ambient.values()].filter(({ isShown }) => isShown);
  const state = ambient ? undefined : statesRead(events, agentClass, project).ofRequests;
  return ambient ? { what: ambient.what, at: ambient, isShown: true } : state?.isShown ? state : undefined;
}

/** What is read, and where. */
export interface Read {
  what: string;
  isShown?: boolean;
  at: { file: string; offset: number };
}

/** A package that is not read, where requests set something of it: `axios.defaults.headers.common.Authorization = token`. */
function packageRead(
  { building, foreign, type, instance }: ClassRuns,
  project: Project,
  file: string,
): Read | undefined {
  const base = baseOf(instance);
  const used = new Map(building.foreign);
  if (base !== undefined) used.set(base, { file: type.file, offset: type.code?.node.start ?? 0 });
  for (const specifier of foreign) {
    const [, at] =
      [...used].find(([label]) => label === specifier || label.startsWith(`${specifier}.`)) ?? [];
    const part = { name: '*', file, agentClass: type.label, own: new Set<string>(), specifier };
    if (at && isPackageSetInRequests(part, project)) return { what: `${specifier}, which requests set`, at };
  }
  return undefined;
}

/** What a run reads of an object, or of the environment, that requests are shown to set for themselves. */
export function partOfRequestsIn(events: Events, agentClass: string, project: Project): Read | undefined {
  const [variable] = [...events.ambient.values()].filter(({ isShown }) => !isShown);
  const reads = new Map([...events.reads].filter(([, { cell }]) => 'props' in cell.owner));
  const part = statesRead({ ...events, reads }, agentClass, project).ofRequests;
  return part?.isShown === true ? part : variable && { what: variable.what, at: variable };
}

/** What is read that is no constant. */
interface StatesRead {
  ofRequests?: Read;
  /** A setting, which some request changes for all that come after. */
  later?: Read;
}

/** A variable, or a part of an object, beside the class that something else than the constructor sets. */
function statesRead(
  { reads, writes }: Events,
  agentClass: string,
  project: Project,
  loaded?: PackageInTree,
): StatesRead {
  const ownWrites = [...writes.values()].filter(
    ({ cell, offset, file }) => cell.region !== 'module' || !isGivenByCaller(file, offset, project),
  );
  const own = new Set(ownWrites.map(({ offset, file }) => `${file}:${offset}`));
  const found: StatesRead = {};
  for (const { cell, file, offset } of reads.values()) {
    const isBeside = 'props' in cell.owner && cell.owner.isBeside;
    if ((cell.region !== 'module' && !isBeside) || file === '') continue;
    const isSet = 'props' in cell.owner ? isPartSet : isVariableSet;
    const asked = { ...cell, file: cell.file === '' ? file : cell.file };
    const set = isSet(asked, { own, agentClass, loaded }, project);
    const read = { what: cell.name, at: { file, offset } };
    if (set === 'shown') return { ofRequests: { ...read, isShown: true } };
    if (set === 'later') found.later ??= read;
    else if (set) found.ofRequests ??= read;
  }
  return found;
}

interface Asking {
  agentClass: string;
  /** Where the constructor sets what it reads itself. */
  own: ReadonlySet<string>;
  loaded: PackageInTree | undefined;
}

function isVariableSet(
  { file, key }: Cell,
  { own, agentClass, loaded }: Asking,
  project: Project,
): SetInRequests {
  const name = nameIn(key);
  const isOfRequest = (offset: number): SetInRequests =>
    loaded
      ? !isDoneAtLoad(offset, file, loaded, project) && 'maybe'
      : isDoneInRequests(offset, { file, agentClass, own }, project);
  return surest([
    ...writesOfVariable(name, file, project)
      .filter((offset) => !own.has(`${file}:${offset}`))
      .map(isOfRequest),
    ...namespacesWith(name, file, project).map((made) =>
      isSetInRequests({ file, agentClass, own, origin: { made }, name }, project),
    ),
  ]);
}

function surest(found: readonly SetInRequests[]): SetInRequests {
  return (['shown', 'maybe', 'later'] as const).find((each) => found.includes(each)) ?? false;
}

function isPartSet(cell: Cell, { own, agentClass, loaded }: Asking, project: Project): SetInRequests {
  const { owner, file, key } = cell;
  if (!('props' in owner)) return false;
  const name = nameIn(key);
  if (owner.kind === 'native') {
    const shared = sharedBy(owner.label, name);
    return (
      shared !== undefined &&
      isSetInRequests({ file, agentClass, own, origin: { shared }, name: undefined }, project)
    );
  }
  if (loaded) {
    const part = { name, file: loaded.from, agentClass, own, specifier: loaded.specifier };
    const { label: className, kind } = owner;
    const property = { className, isStatic: kind === 'class', name, file, own };
    const isNamed = className !== '' && kind !== 'opaque';
    return isNamed && isSetInPackage(property, loaded, project)
      ? 'maybe'
      : isPackageSetInRequests(part, project);
  }
  const { origin } = owner;
  return origin !== undefined && isSetInRequests({ file, agentClass, own, origin, name }, project);
}

/** The name of a variable or a property that a cell is of. */
function nameIn(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}
