import type { Project } from '../../project.ts';
import type { ClassRuns } from './class-runs.ts';
import { changedPrototype } from './changed-prototype.ts';
import { baseOf } from './bases.ts';
import { isOf } from './judge-runs.ts';
import type { Cell, Events } from './events.ts';
import { decoratedForRequests } from './request-scope.ts';
import {
  instancesIn,
  isWrittenThrough,
  type PropertyOfClass,
  writtenByStatics,
} from './written-by-others.ts';
import { isSetInRequests } from './set-in-requests.ts';
import { isDoneAtLoad, type PackageInTree } from './set-at-load.ts';
import { assignedOutside, namespacesWith, writesOfVariable, writesTo } from './written-elsewhere.ts';

/** A line, and what stands there. */
export interface Seen {
  what: string;
  file: string;
  line: number;
}

/** What building an instance reads. */
export interface Constructing {
  /** What may differ by request. */
  ambient: Seen | undefined;
  /** A file that may change while instances live. */
  settings: Seen | undefined;
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
  const [ambient] = building.ambient.values();
  const scoped = decoratedForRequests(runs.type);
  const settings = [...building.settings.values()][0];
  const found =
    (ambient && { what: ambient.what, at: ambient }) ??
    (scoped && { what: scoped.what, at: { file: runs.type.file, offset: scoped.offset } }) ??
    variableRead(building, runs.type.label, project, loaded) ??
    packageRead(runs, project, loaded?.from ?? runs.type.file) ??
    changedPrototype(runs.type, project, loaded?.from);
  return {
    ambient: found && { what: found.what, ...line(found.at) },
    settings: settings && { what: settings.what, ...line(settings) },
  };
}

interface Read {
  what: string;
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
    if (at && isSetInRequests(part, project)) return { what: `${specifier}, which requests set`, at };
  }
  return undefined;
}

/** A variable, or a property of an object, beside the class that something else than the constructor sets. */
function variableRead(
  building: Events,
  agentClass: string,
  project: Project,
  loaded?: PackageInTree,
): Read | undefined {
  const own = new Set([...building.writes.values()].map(({ offset, file }) => `${file}:${offset}`));
  for (const { cell, file, offset } of building.reads.values()) {
    if (cell.region !== 'module' || file === '') continue;
    const isFilled = [...building.writes.values()].some((write) => isOf(write.cell, cell));
    const name = cell.key.slice(cell.key.indexOf(' ') + 1);
    const part = { name, file: loaded?.from ?? cell.file, agentClass, own, specifier: loaded?.specifier };
    const isOfObject = 'props' in cell.owner && !/^(native|opaque)$/.test(cell.owner.kind);
    const made = 'props' in cell.owner && !loaded ? cell.owner.made : undefined;
    const isSet =
      isSetElsewhere(cell, { own, isFilled, loaded }, project) ||
      (isOfObject && isSetInRequests({ ...part, ...(made && { made }) }, project));
    if (isSet) return { what: cell.name, at: { file, offset } };
  }
  return undefined;
}

function isSetElsewhere(
  { owner, file, key }: Cell,
  {
    own,
    isFilled,
    loaded,
  }: { own: ReadonlySet<string>; isFilled: boolean; loaded: PackageInTree | undefined },
  project: Project,
): boolean {
  const name = key.slice(key.indexOf(' ') + 1);
  const isSetAt = (offset: number, each = file) =>
    !own.has(`${each}:${offset}`) && !(loaded && isDoneAtLoad(offset, each, loaded, project));
  if (!('props' in owner))
    return (
      writesOfVariable(name, file, project).some((offset) => !own.has(`${file}:${offset}`)) ||
      namespacesWith(name, file, project).some((object) =>
        assignedOutside({ object, name, isFilled }, file, project),
      )
    );
  const { label } = owner;
  if (label === '' || owner.kind === 'native' || owner.kind === 'opaque') return false;
  const ofClass = { className: label, name, file };
  if (owner.kind === 'class' && writtenByStatics(ofClass, project).some((offset) => isSetAt(offset)))
    return true;
  if (owner.kind === 'instance' && isInstanceSet(ofClass, isFilled, project)) return true;
  return [file, ...project.filesMentioning(file, label)].some((each) =>
    writesTo({ object: label, name, isFilled }, each, project).some((offset) => isSetAt(offset, each)),
  );
}

/** Whether some code sets a property of an instance that all share, by the name of that or of its class. */
function isInstanceSet(of: PropertyOfClass, isFilled: boolean, project: Project): boolean {
  const { file, name } = of;
  return (
    isWrittenThrough(of, project) ||
    instancesIn(of, project).some((object) => assignedOutside({ object, name, isFilled }, file, project))
  );
}
