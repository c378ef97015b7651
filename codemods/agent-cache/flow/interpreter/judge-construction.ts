import type { Project } from '../../project.ts';
import type { ClassRuns } from './class-runs.ts';
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
export function judgeConstruction(runs: ClassRuns, project: Project, line: LineOf): Constructing {
  const { building } = runs;
  const [ambient] = building.ambient.values();
  const scoped = decoratedForRequests(runs.type);
  const settings = [...building.settings.values()][0];
  const found =
    (ambient && { what: ambient.what, at: ambient }) ??
    (scoped && { what: scoped.what, at: { file: runs.type.file, offset: scoped.offset } }) ??
    variableRead(building, runs.type.label, project);
  return {
    ambient: found && { what: found.what, ...line(found.at) },
    settings: settings && { what: settings.what, ...line(settings) },
  };
}

/** A variable, or a property of an object, beside the class that something else than the constructor sets. */
function variableRead(
  building: Events,
  agentClass: string,
  project: Project,
): { what: string; at: { file: string; offset: number } } | undefined {
  const own = new Set([...building.writes.values()].map(({ offset, file }) => `${file}:${offset}`));
  for (const { cell, file, offset } of building.reads.values()) {
    if (cell.region !== 'module' || file === '') continue;
    const isFilled = [...building.writes.values()].some((write) => isOf(write.cell, cell));
    const part = { name: cell.key.slice(cell.key.indexOf(' ') + 1), file: cell.file, agentClass, own };
    const isOfObject = 'props' in cell.owner && !/^(native|opaque)$/.test(cell.owner.kind);
    const isSet =
      isSetElsewhere(cell, own, isFilled, project) || (isOfObject && isSetInRequests(part, project));
    if (isSet) return { what: cell.name, at: { file, offset } };
  }
  return undefined;
}

function isSetElsewhere(
  { owner, file, key }: Cell,
  own: ReadonlySet<string>,
  isFilled: boolean,
  project: Project,
): boolean {
  const name = key.slice(key.indexOf(' ') + 1);
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
  if (
    owner.kind === 'class' &&
    writtenByStatics(ofClass, project).some((offset) => !own.has(`${file}:${offset}`))
  )
    return true;
  if (owner.kind === 'instance' && isInstanceSet(ofClass, isFilled, project)) return true;
  const others = writesTo({ object: label, name, isFilled }, file, project).filter(
    (offset) => !own.has(`${file}:${offset}`),
  );
  return others.length > 0 || assignedOutside({ object: label, name, isFilled }, file, project, true);
}

/** Whether some code sets a property of an instance that all share, by the name of that or of its class. */
function isInstanceSet(of: PropertyOfClass, isFilled: boolean, project: Project): boolean {
  const { file, name } = of;
  return (
    isWrittenThrough(of, project) ||
    instancesIn(of, project).some((object) => assignedOutside({ object, name, isFilled }, file, project))
  );
}
