import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { changesOf } from '../../survey/values/written-values.ts';
import { SOME } from '../../survey/values/writes/way.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { callsByName } from '../../survey/functions/calls-by-name.ts';
import { calleeOrigin } from '../../survey/values/writes/callee-origin.ts';
import type { Reading } from '../../migration.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import { type Deed, type Doers, deedAt, doersAt, isCallOf, whoDoes } from './deeds.ts';
import { deedsOf, type Noted, type Rooted } from './file-deeds.ts';
import { programOf } from './written-elsewhere.ts';

/** A property that a module keeps, `*` for any of an object, and the class whose constructor reads it. */
interface KeptPart {
  name: string;
  /** Where the object was made. */
  file: string;
  agentClass: string;
  /** Where the constructor sets it itself, as `file:offset`: what it remembers for all. */
  own: ReadonlySet<string>;
  /** Of what a package keeps: what it is loaded by. The file is then one of the tree that does so. */
  specifier?: string | undefined;
  /** The literal, the construction or the class that has it. */
  made?: t.Node;
}

/** How many files may lie between what sets, or builds, and what calls that. */
const MAX_FILES = 4;
/** How many calls may lie between what sets the part and who asked for that. */
const MAX_CALLERS = 4;

/**
 * Whether a request sets what a module keeps before it builds an agent: in a middleware that goes on, or in a function
 * that builds one, each by itself or by functions that it calls. A request that sets it and ends there changes settings,
 * as an agent may live through.
 */
export function isSetInRequests(part: KeptPart, project: Project): boolean {
  const key = `${part.specifier ?? part.file} ${part.agentClass} ${part.name} ${part.made?.start ?? ''}`;
  return answers.of(project, key, () => isSetAround(part, project));
}

const answers = new OncePerProject<boolean>();

function isSetAround(part: KeptPart, project: Project): boolean {
  const deeds = new Deeds(part, project);
  deeds.read(deeds.holders);
  // Where nothing tells what becomes of the part while files load, any request may set it.
  if (!deeds.follow()) return true;
  if (deeds.sets.length === 0 && deeds.setsOwn.length === 0) return false;
  deeds.read(project.filesOfAllMentioning(part.file, part.agentClass));
  for (let files = MAX_FILES; files > 0 && deeds.readCallers(); files -= 1);
  const setters = deeds.setters();
  const builders = deeds.builders();
  const mayBuild = (call: Deed) =>
    call.on === 'object' ? builders.has(call.called ?? '') : isCallOf(builders, call, deeds.dependentsOf);
  const building = idsOf([...deeds.builds, ...deeds.calls.filter(mayBuild)]);
  return [...deeds.sets, ...deeds.calls.filter((call) => isCallOf(setters, call, deeds.dependentsOf))].some(
    ({ by }) => by.some((fn) => building.has(fn.id) || fn.goesOn),
  );
}

function idsOf(deeds: readonly Deed[]): ReadonlySet<string> {
  return new Set(deeds.flatMap(({ by }) => by.map(({ id }) => id)));
}

/** What functions do about a part, and about agents, in the files that were read. */
class Deeds {
  /** Set the part, by what they have of its module. */
  readonly sets: Deed[] = [];
  /** Set it as methods of what the module keeps: `this.token = token`. */
  readonly setsOwn: Deed[] = [];
  readonly builds: Deed[] = [];
  /** Calls of what may be a function of the tree. */
  readonly calls: Deed[] = [];
  /** The files that may have the part of its module. */
  readonly holders: ReadonlySet<string>;
  readonly #part: KeptPart;
  readonly #project: Project;
  readonly #read = new Set<string>();

  constructor(part: KeptPart, project: Project) {
    this.#part = part;
    this.#project = project;
    const { file, specifier } = part;
    const others =
      specifier === undefined
        ? project.dependentsOf(file)
        : project.filesOfAllMentioning(file, /\w[\w.~-]*$/.exec(specifier)?.[0] ?? specifier);
    this.holders = new Set([file, ...others]);
  }

  readonly dependentsOf = (file: string): readonly string[] => this.#project.dependentsOf(file);

  /** Notes where what is made is changed, by whatever way it came there. @returns whether all of that was told */
  follow(): boolean {
    const { made, name, file } = this.#part;
    const program = made && programOf(file, this.#project);
    const at = program && pathOf(made, program);
    if (!at) return true;
    const source = { path: file, text: this.#project.read(file) ?? '', project: this.#project, program };
    let isTold = true;
    for (const change of changesOf(at, name === '*' ? SOME : name, source)) {
      const where = fileOf(change.at, source);
      if (this.#isOwn(change.at, where)) continue;
      if (!change.isTold && !change.at.getFunctionParent()) isTold = false;
      if (!this.#noteCallers(change.at, source, MAX_CALLERS)) isTold = false;
    }
    return isTold;
  }

  /** Notes what is done at a place, and the calls of the function that does it. @returns whether these can be told */
  #noteCallers(at: NodePath, source: Reading, steps: number): boolean {
    const deed = deedAt(at, fileOf(at, source));
    const fn = doersAt(at).at(-1);
    if (!deed || !fn) return true;
    this.sets.push(deed);
    if (isHandler(fn) || steps === 0) return true;
    // Who has a function that another one made may call it in any request.
    if (isReturned(fn)) return false;
    return callsByName(fn, source)
      .filter((call) => calleeOrigin(call.get('callee') as NodePath, source) !== 'package')
      .every((call) => this.#noteCallers(call, source, steps - 1));
  }

  #isOwn({ node, parent }: NodePath, file: string): boolean {
    return [node, parent].some(({ start }) => this.#part.own.has(`${file}:${start}`));
  }

  setters(): Doers {
    return whoDoes([...this.sets, ...this.setsOwn], this.calls, this.dependentsOf);
  }

  builders(): Doers {
    return whoDoes(this.builds, this.calls, this.dependentsOf);
  }

  read(files: Iterable<string>): void {
    for (const file of files) {
      if (this.#read.has(file)) continue;
      this.#read.add(file);
      this.#readOne(file);
    }
  }

  /** Reads what may call the functions that were found. @returns whether there was some that nobody had read */
  readCallers(): boolean {
    const callers = new Set<string>();
    for (const [name, files] of [...this.setters(), ...this.builders()])
      for (const caller of [...files].flatMap((file) => this.#project.dependentsOf(file)))
        if (!this.#read.has(caller) && this.#project.read(caller)?.includes(name)) callers.add(caller);
    this.read(callers);
    return callers.size > 0;
  }

  #readOne(file: string): void {
    const { name, agentClass, specifier } = this.#part;
    const { writes, changes, builds, calls } = deedsOf(file, this.#project);
    const isOwn = [...this.#part.own].some((each) => each.startsWith(`${file}:`));
    const note = (list: Deed[], { starts, deed }: Noted) => {
      if (!isOwn || !starts.some((start) => this.#part.own.has(`${file}:${start}`))) list.push(deed);
    };
    // What sets a property of that name in other files sets it of something else.
    const own = specifier === undefined && file === this.#part.file ? this.setsOwn : [];
    for (const write of writes) {
      if (name === '*' || write.property === name) note(this.#isOfPart(write, file) ? this.sets : own, write);
      // What looks like a field may be a setter.
      else if (write.setter) note(this.calls, { ...write, deed: { ...write.deed, ...write.setter } });
    }
    for (const change of changes) {
      if (change.by === 'method') note(own, change);
      else if (change.by === 'assign' && name === '*' && specifier === undefined) continue;
      // `_.set(row, …)` sets nothing of the package.
      else if (change.by === 'call' && (name !== '*' || (specifier !== undefined && change.isOfWhole)))
        continue;
      else if (this.#isOfPart(change, file)) note(this.sets, change);
    }
    for (const build of builds) if (build.name === agentClass) note(this.builds, build);
    for (const call of calls) note(this.calls, call);
  }

  /** Whether something starts from what a file has of the module that keeps the part. */
  #isOfPart({ root, rootOfPackage }: Rooted, file: string): boolean {
    const { specifier } = this.#part;
    if (specifier !== undefined)
      return (
        rootOfPackage?.specifier !== undefined && packageOf(rootOfPackage.specifier) === packageOf(specifier)
      );
    if (!root) return false;
    if (root.specifier === undefined) return file === this.#part.file && root.isOfModule;
    const target = this.#project.resolve(file, root.specifier);
    return target !== undefined && this.holders.has(target);
  }
}

function isReturned(fn: FunctionPath): boolean {
  const { parentPath: parent } = outermostSame(fn);
  return parent?.isReturnStatement() === true || parent?.isArrowFunctionExpression() === true;
}

function pathOf(made: t.Node, program: NodePath<t.Program>): NodePath | undefined {
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

function packageOf(specifier: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}
