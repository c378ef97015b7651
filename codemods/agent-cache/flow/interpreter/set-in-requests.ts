import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import type { Reading } from '../../migration.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { type Change, changesOf, changesOfGlobal } from '../../survey/values/written-values.ts';
import { SOME } from '../../survey/values/writes/way.ts';
import { type Asked, Doings } from './doings.ts';
import { isGivenByRequest } from './given-by-request.ts';
import { readingOf } from './reading-of.ts';
import { evaluationsIn, writesOfVariable } from './set-variables.ts';
import { type PackagePart, setsOfPackage } from './sets-of-packages.ts';
import type { Origin } from './values.ts';
import { WhoSets } from './who-sets.ts';

/** A part of what a file of the tree makes, and keeps. */
export interface KeptPart extends Asked {
  origin: Origin;
  /** The part of that which is read, `*` for any; undefined for all of it. */
  name: string | undefined;
}

/**
 * Whether requests set something: `shown` where the code shows that it is of theirs, `maybe` where nothing shows that it is
 * not, `later` where those that do so build no agent, so that it is a setting which changes.
 */
export type SetInRequests = 'shown' | 'maybe' | 'later' | false;

const answers = new OncePerProject<SetInRequests>();

/**
 * Whether a request sets what a file keeps before it builds an agent. A request that sets it and ends there changes
 * settings, as an agent may live through.
 */
export function isSetInRequests(part: KeptPart, project: Project): SetInRequests {
  const { file, agentClass, name, origin } = part;
  const { made, shared, within = [] } = origin;
  const place = shared ? `${shared.of}.${shared.name}` : `${made?.type} ${made?.start}`;
  return answers.of(project, [file, agentClass, place, ...within, name ?? ''].join('\n'), () => {
    const who = new WhoSets(agentClass);
    const source = readingOf(file, project);
    const changed = source && changesOfPart(part, source);
    const changes = changed && [
      ...changed,
      ...evaluationsIn(file, project).map((at) => ({ at, isTold: true })),
    ];
    // Where nothing tells what becomes of the part, or who calls what sets it, any request may set it.
    if (!source || !changes) return 'maybe';
    const isSet =
      !areTold(changes, part, who, source) || new Doings(part, project).isBeforeBuilding(who.deeds);
    if (!isSet) return who.isByHandler && 'later';
    const places = changes.map(({ at }) => at);
    return areGivenBeside(places, agentClass, source) ? 'shown' : 'maybe';
  });
}

/** The same of what a package keeps; `file` is one of the tree that loads it. */
export function isPackageSetInRequests(part: PackagePart, project: Project): SetInRequests {
  const { specifier, file, agentClass, name } = part;
  return answers.of(project, `${specifier} ${file} ${agentClass} ${name}`, () => {
    const who = new WhoSets(agentClass);
    const isTold = setsOfPackage(part, project).every(({ deed, starts: [start = -1] }) => {
      const source = readingOf(deed.file, project);
      const at = source && pathAt(source.program, ({ node }) => node.start === start);
      return source && at && who.note(at, source);
    });
    return (!isTold || new Doings(part, project).isBeforeBuilding(who.deeds)) && 'maybe';
  });
}

/** Whether a place at which a file sets one of its variables is done in requests, also in those that end there. */
export function isDoneInRequests(offset: number, asked: Asked, project: Project): SetInRequests {
  const source = readingOf(asked.file, project);
  const at = source && innermostAt(source.program, offset);
  const who = new WhoSets(asked.agentClass);
  if (!source || !at) return 'maybe';
  const isTold = who.note(at, source);
  const isDone = !isTold || who.isByHandler || new Doings(asked, project).isBeforeBuilding(who.deeds);
  return isDone && (isGivenByRequest([at], source) ? 'shown' : 'maybe');
}

/** Asks of all that changes a part who does that. @returns whether it could be told of all */
function areTold(changes: readonly Change[], part: KeptPart, who: WhoSets, source: Reading): boolean {
  return changes.every((change) => {
    const { node, parent } = change.at;
    const file = fileOf(change.at, source);
    const isOwn = [node, parent].some(({ start }) => part.own.has(`${file}:${start}`));
    return change.isTold && (isOwn || isTakenAway(change.at) || who.note(change.at, source));
  });
}

/** Whether the code shows that some variable of a module is set to what a request has, other than where an agent is built of it. */
export function isVariableOfRequests(
  name: string,
  { file, agentClass }: Pick<Asked, 'file' | 'agentClass'>,
  project: Project,
): boolean {
  return (
    answers.of(project, [file, agentClass, name].join('\n'), () => {
      const source = readingOf(file, project);
      const places = writesOfVariable(name, file, project).flatMap(
        (offset) => (source && innermostAt(source.program, offset)) ?? [],
      );
      return source !== undefined && areGivenBeside(places, agentClass, source) && 'shown';
    }) !== false
  );
}

/** What a request gives, but not where an agent is built of it: what a cache keeps it by is no setting. */
function areGivenBeside(places: readonly NodePath[], agentClass: string, source: Reading): boolean {
  const beside = places.filter((at) => {
    const { start, end } = at.getFunctionParent()?.node ?? {};
    const text = source.project?.read(fileOf(at, source)) ?? source.text;
    return !text.slice(start ?? 0, end ?? 0).includes(agentClass);
  });
  return isGivenByRequest(beside, source);
}

/** `kept.clear()`, `kept.delete(name)`: of what a request takes away, an agent has nothing. */
function isTakenAway({ parentPath: member }: NodePath): boolean {
  const isCalled = member?.key === 'callee' && isMember(member);
  return isCalled && /^(clear|delete)$/.test(propertyName(member.node) ?? '');
}

/** Where a part is changed, by whatever way it came there; undefined where that cannot be read. */
function changesOfPart({ origin, name }: KeptPart, source: Reading): readonly Change[] | undefined {
  const names = [...(origin.within ?? []), ...(name === undefined ? [] : [name])].map((each) =>
    each === '*' ? SOME : each,
  );
  const { shared, made } = origin;
  if (shared) return changesOfGlobal(shared, names, source);
  if (made?.type === 'Program') return changesOf(source.program, names, source);
  const at =
    made && pathAt(source.program, ({ node }) => node.start === made.start && node.type === made.type);
  return at && changesOf(at, names, source);
}

/** The target of an assignment, and not the statement, which begins where that does. */
function innermostAt(program: NodePath<t.Program>, offset: number): NodePath | undefined {
  let found: NodePath | undefined;
  program.traverse({
    enter(path) {
      if (path.node.start === offset) found = path;
    },
  });
  return found;
}

function pathAt(program: NodePath<t.Program>, isIt: (path: NodePath) => boolean): NodePath | undefined {
  let found: NodePath | undefined;
  program.traverse({
    enter(path) {
      if (found === undefined && isIt(path)) {
        found = path;
        path.stop();
      }
    },
  });
  return found;
}
