import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember, isWritten, propertyName } from '../../survey/code/members.ts';
import { outermostSame, withoutTypes } from '../../survey/code/wrappers.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { changesOf } from '../../survey/values/written-values.ts';
import { SOME } from '../../survey/values/writes/way.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { callsByName } from '../../survey/functions/calls-by-name.ts';
import { calleeOrigin } from '../../survey/values/writes/callee-origin.ts';
import type { Reading } from '../../migration.ts';
import { endsRequests } from '../../survey/functions/ends-requests.ts';
import { isHandler, isMiddleware, isRouteCall } from '../../survey/functions/handlers.ts';
import { type Callee, type Deed, type Doers, deedAt, isCallOf, nameOf, whoDoes } from './deeds.ts';
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

const CHANGES = /^(set|add|push|unshift|splice|assign|defineProperty|enterWith)$/;

/** How many names may stand for one another. */
const MAX_NAMES = 4;
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
  const building = nodesOf([...deeds.builds, ...deeds.calls.filter(mayBuild)]);
  return [...deeds.sets, ...deeds.calls.filter((call) => isCallOf(setters, call, deeds.dependentsOf))].some(
    ({ by }) => by.some((fn) => building.has(fn.node) || goesOn(fn)),
  );
}

function goesOn(fn: FunctionPath): boolean {
  return isMiddleware(fn) && !endsRequests(fn);
}

function nodesOf(deeds: readonly Deed[]): ReadonlySet<t.Node> {
  return new Set(deeds.flatMap(({ by }) => by.map(({ node }) => node)));
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
    const fn = deed?.by.at(-1);
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
    const note = (list: Deed[], at: NodePath, call?: Callee) => {
      const deed = this.#isOwn(at, file) ? undefined : deedAt(at, file, call);
      if (deed) list.push(deed);
    };
    const noteCall = (at: NodePath, callee: NodePath) => {
      const called = this.#called(callee, file);
      if (called) note(this.calls, at, called);
    };
    // What sets a property of that name in other files sets it of something else.
    const own = specifier === undefined && file === this.#part.file ? this.setsOwn : [];
    programOf(file, this.#project)?.traverse({
      MemberExpression: (member) => {
        const property = propertyName(member.node);
        const isIt = name === '*' || property === name;
        if (isIt && isWritten(member)) note(this.#isOfPart(member, file) ? this.sets : own, member);
        // What looks like a field may be a setter.
        else if (isWritten(member)) noteCall(member, member);
        // `this.options.set(…)`, `Object.assign(this.options, …)`
        else if (property !== undefined && CHANGES.test(property) && member.key === 'callee')
          note(own, member);
      },
      NewExpression: (made) => {
        const callee = withoutTypes(made.get('callee') as NodePath);
        if (nameOf(callee) === agentClass) note(this.builds, made);
      },
      CallExpression: (call) => {
        const callee = withoutTypes(call.get('callee') as NodePath);
        const given = call.get('arguments') as NodePath[];
        noteCall(call, callee);
        // `found.then(useToken)`; what a router is given runs in requests, and not here.
        for (const value of isRouteCall(call) ? [] : given) {
          const handed = this.#called(value, file);
          if (handed && !handed.on) note(this.calls, call, handed);
        }
        const [target] = given;
        const isAnyOf = name !== '*' || specifier !== undefined;
        const isAssigned = target && nameOf(callee) === 'assign' && isAnyOf && isWhole(target);
        // `_.set(row, …)` sets nothing of the package.
        const isOfWhole =
          specifier !== undefined && isMember(callee) && !isMember(callee.get('object') as NodePath);
        const isChanged = name === '*' && !isOfWhole && isMember(callee) && CHANGES.test(nameOf(callee));
        if ((isAssigned && this.#isOfPart(target, file)) || (isChanged && this.#isOfPart(callee, file)))
          note(this.sets, call);
      },
    });
  }

  /** Whether an expression starts from what a file has of the module that keeps the part. */
  #isOfPart(path: NodePath, file: string): boolean {
    const { specifier } = this.#part;
    const root = rootOf(path, MAX_NAMES, specifier === undefined ? () => true : givesItself);
    const binding = root && bindingOf(root);
    if (!binding) return false;
    const loaded = loadedBy(binding);
    if (specifier !== undefined)
      return loaded !== undefined && packageOf(loaded.specifier) === packageOf(specifier);
    if (!loaded) return file === this.#part.file && binding.scope.path.isProgram();
    const target = this.#project.resolve(file, loaded.specifier);
    return target !== undefined && this.holders.has(target);
  }

  /** As what a call, or a value that one is given, may be a function of the tree; undefined for one of a package. */
  #called(callee: NodePath, file: string): Callee | undefined {
    const called = nameOf(callee);
    const root = callee.isIdentifier() ? callee : rootOf(callee, MAX_NAMES);
    const binding = root && bindingOf(root);
    if (called === '' || (root && !binding)) return undefined;
    const loaded = binding && loadedBy(binding);
    if (loaded) {
      const from = this.#project.resolve(file, loaded.specifier);
      return from === undefined ? undefined : { called, from };
    }
    if (callee.isIdentifier()) return binding?.kind === 'param' ? { called, on: 'object' } : { called };
    const isOwn = isMember(callee) && (callee.get('object') as NodePath).isThisExpression();
    return { called, on: isOwn ? 'this' : 'object' };
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

/** `Object.assign(state, …)` of an object itself sets whatever it is given. */
function isWhole(target: NodePath): boolean {
  return withoutTypes(target).isIdentifier() || isMember(withoutTypes(target));
}

/** Whether a function of a package gives something that the package has, rather than what it makes: `sdk.instance()`. */
function givesItself(callee: NodePath): boolean {
  return !/^(create|make|build|open|connect|extend|clone|new)/i.test(nameOf(callee));
}

function packageOf(specifier: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

/** The name that a chain of members, and of calls that are to count, starts from, behind constants. */
function rootOf(
  path: NodePath,
  names: number,
  counts: (callee: NodePath) => boolean = () => true,
): NodePath | undefined {
  const value = withoutTypes(path);
  if (isMember(value)) return rootOf(value.get('object') as NodePath, names, counts);
  if (value.isCallExpression()) {
    const callee = value.get('callee') as NodePath;
    return counts(callee) ? rootOf(callee, names, counts) : undefined;
  }
  if (!value.isIdentifier()) return undefined;
  const binding = bindingOf(value);
  const init = binding && !loadedBy(binding) ? constantBehind(binding) : undefined;
  const isAlias = init && names > 0 && binding?.scope.path.isProgram() !== true;
  return isAlias ? rootOf(init, names - 1, counts) : value;
}
