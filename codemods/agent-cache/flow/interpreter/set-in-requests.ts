import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import type { Reading } from '../../migration.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { callsByName } from '../../survey/functions/calls-by-name.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import { type Change, changesOf, changesOfGlobal } from '../../survey/values/written-values.ts';
import { calleeOrigin } from '../../survey/values/writes/callee-origin.ts';
import { SOME } from '../../survey/values/writes/way.ts';
import { type Deed, deedAt, doersAt } from './deeds.ts';
import { type Asked, Doings } from './doings.ts';
import { type PackagePart, setsOfPackage } from './sets-of-packages.ts';
import type { Origin } from './values.ts';
import { readingOf } from './reading-of.ts';

/** A part of what a file of the tree makes, and keeps. */
export interface KeptPart extends Asked {
  origin: Origin;
  /** The part of that which is read, `*` for any; undefined for all of it. */
  name: string | undefined;
}

/** How many calls may lie between what sets the part and who asked for that. */
const MAX_CALLERS = 4;

const answers = new OncePerProject<boolean>();

/**
 * Whether a request sets what a file keeps before it builds an agent. A request that sets it and ends there changes
 * settings, as an agent may live through.
 */
export function isSetInRequests(part: KeptPart, project: Project): boolean {
  const { file, agentClass, name, origin } = part;
  const { made, shared, within = [] } = origin;
  const place = shared ? `${shared.of}.${shared.name}` : `${made?.type} ${made?.start}`;
  return answers.of(project, [file, agentClass, place, ...within, name ?? ''].join('\n'), () => {
    const { sets, isTold } = new Following(part, project).follow();
    // Where nothing tells what becomes of the part while files load, any request may set it.
    return !isTold || new Doings(part, project).isBeforeBuilding(sets);
  });
}

/** The same of what a package keeps; `file` is one of the tree that loads it. */
export function isPackageSetInRequests(part: PackagePart, project: Project): boolean {
  const { specifier, file, agentClass, name } = part;
  return answers.of(project, `${specifier} ${file} ${agentClass} ${name}`, () =>
    new Doings(part, project).isBeforeBuilding(setsOfPackage(part, project)),
  );
}

/** Looks for all that changes a part, by whatever way it came there. */
class Following {
  readonly #part: KeptPart;
  readonly #project: Project;
  readonly #sets: Deed[] = [];

  constructor(part: KeptPart, project: Project) {
    this.#part = part;
    this.#project = project;
  }

  /** @returns the functions that change the part, and whether it could be told of all */
  follow(): { sets: readonly Deed[]; isTold: boolean } {
    const source = readingOf(this.#part.file, this.#project);
    const changes = source && this.#changes(source);
    if (!changes) return { sets: [], isTold: false };
    let isTold = true;
    for (const change of changes) {
      const { node, parent } = change.at;
      const file = fileOf(change.at, source);
      if ([node, parent].some(({ start }) => this.#part.own.has(`${file}:${start}`))) continue;
      if (!change.isTold && !change.at.getFunctionParent()) isTold = false;
      if (!this.#noteCallers(change.at, source, MAX_CALLERS)) isTold = false;
    }
    return { sets: this.#sets, isTold };
  }

  /** Where the part is changed; undefined where that cannot be read. */
  #changes(source: Reading): readonly Change[] | undefined {
    const { origin, name } = this.#part;
    const names = [...(origin.within ?? []), ...(name === undefined ? [] : [name])].map((each) =>
      each === '*' ? SOME : each,
    );
    if (origin.shared) return changesOfGlobal(origin.shared, names, source);
    const at = origin.made && pathOf(origin.made, source.program);
    return at && changesOf(at, names, source);
  }

  /** Notes what is done at a place, and the calls of the function that does it. @returns whether these can be told */
  #noteCallers(at: NodePath, source: Reading, steps: number): boolean {
    const deed = deedAt(at, fileOf(at, source));
    const fn = doersAt(at).at(-1);
    if (!deed || !fn) return true;
    this.#sets.push(deed);
    if (isHandler(fn) || steps === 0) return true;
    // Who has a function that another one made may call it in any request.
    if (isReturned(fn)) return false;
    return callsByName(fn, source)
      .filter((call) => calleeOrigin(call.get('callee') as NodePath, source) !== 'package')
      .every((call) => this.#noteCallers(call, source, steps - 1));
  }
}

function isReturned(fn: FunctionPath): boolean {
  const { parentPath: parent } = outermostSame(fn);
  return parent?.isReturnStatement() === true || parent?.isArrowFunctionExpression() === true;
}

function pathOf(made: t.Node, program: NodePath<t.Program>): NodePath | undefined {
  if (made.type === 'Program') return program;
  let found: NodePath | undefined;
  program.traverse({
    enter(path) {
      if (path.node.start === made.start && path.node.type === made.type) {
        found = path;
        path.stop();
      } else if ((path.node.end ?? 0) < (made.start ?? 0)) path.skip();
    },
  });
  return found;
}
