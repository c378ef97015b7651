import path from 'node:path';
import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { exportedAs, type Held, isGiven, ownExportsIn } from './exported-values.ts';
import { type Taken, takenAs, takenIn } from './taken-from-modules.ts';
import { calledDefinition } from '../code/definitions.ts';
import { commonJsTarget } from '../code/exports.ts';
import { exportsNamed } from '../code/exports-named.ts';
import { wordsOf } from '../code/words.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { isMember, isWritten, keyName, propertyName } from '../code/members.ts';
import { fileOf, programOfFile, programOfModule, programsReaching } from '../code/opened-files.ts';
import { outermostSame } from '../code/wrappers.ts';
import { programAround } from '../code/program-around.ts';
import { bindingOf } from '../code/bindings.ts';

const MUTATES =
  /^(add|set|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|assign|merge|load|override|update)$/;
/** How functions that cannot be read are named where they write to what they are given. */
const WRITES =
  /(^|\.)(merge\w*|deepMerge|extend|deepExtend|assign\w*|defaults\w*|defineProperty|defineProperties|setPrototypeOf|set|unset|mutate|patch|override|configure)$/;
const MAX_DEPTH = 6;
/** How many modules hand a value on. */
const MAX_MODULES = 6;

/**
 * Whether some code writes to a value, at or around the members `names` of it: in its own file, or in one that gets at
 * what that exports. Functions that cannot be read are judged by their names.
 */
export function mayBeWritten(held: Held, names: readonly string[], source: Source): boolean {
  const { project } = source;
  const find = () => new Writes(names, source).of(held);
  if (!project) return find();
  const place = `${path.resolve(fileOf(held.value, source))}#${held.value.node.start ?? 0}`;
  return written.of(project, [place, held.binding?.identifier.name ?? '', ...names].join('\n'), find);
}

/** The same of a variable of a module that is given its value by one function, which gives that to all. */
export function keptMayBeWritten(kept: Binding, names: readonly string[], source: Source): boolean {
  return new Writes(names, source).ofKept(kept);
}

const written = new OncePerProject<boolean>();

/** Whether some file of the tree writes to what a package gives, at or around the members `names` of it. */
export function packageMayBeWritten(module: string, names: readonly string[], source: Source): boolean {
  const { project } = source;
  const find = () => new Writes(names, source).ofPackage(module);
  if (!project) return find();
  const root = project.packageRootOf(source.path) ?? '';
  return written.of(project, ['package', root, module, ...names].join('\n'), find);
}

/** Whether the file in which a module is loaded and read at once writes to what it loads of that. */
export function mayBeWrittenIn(
  from: NodePath,
  module: string,
  names: readonly string[],
  source: Source,
): boolean {
  return new Writes(names, source).ofLoads(from, module);
}

/** Stands in a path of members for what a call without arguments gives. */
export const CALLED = '()';

class Writes {
  readonly #names: readonly string[];
  readonly #migration: Source;
  readonly #seen: Set<Binding>;

  constructor(names: readonly string[], source: Source, seen = new Set<Binding>()) {
    this.#names = names;
    this.#migration = source;
    this.#seen = seen;
  }

  of({ binding, value }: Held): boolean {
    const { path: module, values } = exportedAs({ binding, value });
    if (binding && this.#ofBinding(binding, [], 0)) return true;
    return module.some(
      (path) => this.#ofOwnExport(path, values) || this.#elsewhere(binding?.path ?? value, path),
    );
  }

  ofKept(kept: Binding): boolean {
    const isExported = exportedAs({ binding: kept, value: kept.path }).path.length > 0;
    return isExported || this.#ofBinding(kept, [], 1);
  }

  ofLoads(from: NodePath, module: string): boolean {
    const program = programAround(from);
    return takenIn(program).some(
      (taken) =>
        taken.specifier === module && this.#ofTaken(taken, taken.names[0] === 'default' ? [] : taken.names),
    );
  }

  ofPackage(module: string): boolean {
    const { project, path: own } = this.#migration;
    const [word = module] = module.match(/\w+/) ?? [];
    for (const file of project?.filesMentioning(own, word) ?? []) {
      if (!mayChange(project?.read(file) ?? '', module)) continue;
      const program = programOfFile(file, this.#migration);
      const taken = program ? takenIn(program).filter(({ specifier }) => specifier === module) : [];
      if (!program || taken.some((each) => this.#ofTaken(each, []))) return true;
    }
    return false;
  }

  /** `path` is what of the value the name holds: the members on the way to it. */
  #ofBinding(binding: Binding, path: readonly string[], depth: number): boolean {
    if (this.#seen.has(binding)) return false;
    if (depth > MAX_DEPTH) return true;
    this.#seen.add(binding);
    // Another name that is given another value writes to nothing.
    if (depth === 0 && !binding.constant && binding.kind !== 'param') return true;
    return binding.referencePaths.some((each) => this.#ofUse(each, path, depth));
  }

  /** What the file itself does with what it exports: `module.exports.token = …`, but not where it is given its value. */
  #ofOwnExport(exported: string, values: readonly NodePath[]): boolean {
    const [value] = values;
    const program = value && programAround(value);
    if (!program) return false;
    const given = new Set(values.map(({ node }) => node));
    const inside = this.#within(exported === '' ? [] : exported.split('.'));
    return ownExportsIn(program).some((at) => !isGiven(at, given) && inside.#ofUse(at, [], 0));
  }

  /** The uses in the files that get at what is exported at a path. */
  #elsewhere(at: NodePath, exported: string): boolean {
    const own = fileOf(at, this.#migration);
    const way = exported === '' ? [] : exported.split('.');
    for (const program of programsReaching(at, this.#nameIn(own, way), this.#migration)) {
      if (program.node === at.scope.getProgramParent().block) continue;
      for (const taken of takenIn(program)) {
        const held = this.#partTaken(taken, way, own);
        if (held && this.#within(held.inside).#ofTaken(taken, held.beyond)) return true;
      }
    }
    return false;
  }

  /** The name that every file which gets at the value has in its text, where there is one: nobody gives it another. */
  #nameIn(own: string, [name]: readonly string[]): string | undefined {
    if (name === undefined || name === 'default') return undefined;
    const renamed = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\s+as\\b`);
    const { project } = this.#migration;
    const isRenamed = project?.dependentsOf(own).some((file) => renamed.test(project.read(file) ?? ''));
    return isRenamed ? undefined : name;
  }

  /**
   * Where in what is taken the value lies (`inside`), or which part of the value that is (`beyond`); undefined where it
   * is something else.
   */
  #partTaken(
    { specifier, names, at }: Taken,
    way: readonly string[],
    own: string,
  ): { inside: readonly string[]; beyond: readonly string[] } | undefined {
    const [first = 'default'] = way;
    const found = this.#follow(specifier, at, names.length > 0 ? names : [first], own, MAX_MODULES);
    if (!found) return undefined;
    if (names.length === 0) return { inside: way, beyond: [] };
    // The default import of a module of CommonJS is the whole of what it exports.
    const taken = found[0] === 'default' && way[0] !== 'default' ? found.slice(1) : found;
    const length = Math.min(taken.length, way.length);
    if (taken.slice(0, length).some((name, index) => name !== way[index])) return undefined;
    return { inside: way.slice(taken.length), beyond: taken.slice(way.length) };
  }

  /** What the names of a module are in the file `own`, through those that hand them on; undefined where they are others. */
  #follow(
    specifier: string,
    from: NodePath,
    names: readonly string[],
    own: string,
    modules: number,
  ): readonly string[] | undefined {
    const file = this.#migration.project?.resolve(fileOf(from, this.#migration), specifier);
    if (file !== undefined && path.resolve(file) === path.resolve(own)) return names;
    const program = programOfModule(specifier, from, this.#migration);
    // What cannot be read may be the value, unless a package has it.
    if (!program) return file === undefined && /^(node:|[\w@])/.test(specifier) ? undefined : names;
    if (modules === 0) return names;
    const [name = 'default', ...rest] = names;
    for (const source of exportsNamed(program, name)) {
      const behind = source.member === undefined ? rest : [source.member, ...rest];
      const next =
        'module' in source ? { specifier: source.module, at: program, names: [] } : takenAs(source.value);
      const found =
        next && this.#follow(next.specifier, next.at, [...next.names, ...behind], own, modules - 1);
      if (found) return found;
    }
    return undefined;
  }

  /** The same of what holds the value, below the members `inside`. */
  #within(inside: readonly string[]): Writes {
    return inside.length === 0 ? this : new Writes([...inside, ...this.#names], this.#migration, this.#seen);
  }

  #ofTaken({ binding, at }: Taken, path: readonly string[]): boolean {
    return binding ? this.#ofBinding(binding, path, 1) : this.#ofUse(at, path, 1);
  }

  #ofUse(reference: NodePath, path: readonly string[], depth: number): boolean {
    let use = outermostSame(reference);
    const own = [...path];
    for (;;) {
      const result = this.#resultOf(use, own);
      if (result) {
        own.push(CALLED);
        use = outermostSame(result);
        continue;
      }
      if (!isMember(use.parentPath) || use.key !== 'object') break;
      const name = propertyName(use.parentPath.node);
      if (isWritten(use.parentPath)) return this.#concerns(name === undefined ? own : [...own, name]);
      if (name === undefined) return this.#afterUse(use.parentPath, own, depth);
      const { parentPath: outer } = use.parentPath;
      const isCalled = outer?.isCallExpression() && use.parentPath.key === 'callee';
      if (isCalled && this.#names[own.length + 1] !== CALLED)
        return MUTATES.test(name) && this.#concerns(own);
      own.push(name);
      use = outermostSame(use.parentPath);
    }
    return this.#afterUse(use, own, depth);
  }

  /** The call of a function of whose results one is asked for. */
  #resultOf({ key, parentPath: call }: NodePath, own: readonly string[]): NodePath | undefined {
    const isResult = call?.isCallExpression() && key === 'callee' && this.#names[own.length] === CALLED;
    return isResult && this.#concerns(own) ? call : undefined;
  }

  /** What is done with the value itself, which `own` leads to. */
  #afterUse(use: NodePath, own: readonly string[], depth: number): boolean {
    if (!this.#concerns(own)) return false;
    const { parentPath: parent } = use;
    if (parent?.isVariableDeclarator() && use.key === 'init')
      return this.#ofPattern(parent.get('id') as NodePath, own, depth);
    if (use.listKey === 'arguments' && (parent?.isCallExpression() || parent?.isNewExpression()))
      return this.#ofArgument(use, parent, own, depth);
    if (parent?.isObjectProperty() && use.key === 'value') return this.#ofHolder(parent, own, depth);
    return parent?.isAssignmentExpression() === true && use.key === 'right'
      ? this.#ofAssignment(parent, own, depth)
      : false;
  }

  /** Names that are given the value, or parts of it; what else is given it may write to it where nobody looks. */
  #ofAssignment(
    assignment: NodePath<t.AssignmentExpression>,
    own: readonly string[],
    depth: number,
  ): boolean {
    const left = assignment.get('left') as NodePath;
    if (commonJsTarget(left.node) !== undefined) return false;
    if (!left.isIdentifier() && !left.isObjectPattern()) return true;
    if (depth > MAX_DEPTH || this.#ofPattern(left, own, depth)) return true;
    return this.#afterUse(outermostSame(assignment), own, depth + 1);
  }

  /** An object that holds the value, and has a name: `const all = { settings };`. */
  #ofHolder(property: NodePath<t.ObjectProperty>, own: readonly string[], depth: number): boolean {
    const name = keyName(property.node);
    const declarator = outermostSame(property.parentPath).parentPath;
    if (!declarator?.isVariableDeclarator() || name === undefined) return false;
    const names = [name, ...this.#names.slice(own.length)];
    const holder = new Writes(names, this.#migration, this.#seen);
    const id = declarator.get('id') as NodePath;
    const binding = bindingOf(id);
    if (!binding || depth > MAX_DEPTH) return holder.#ofPattern(id, [], depth);
    return !this.#seen.has(binding) && holder.of({ binding, value: binding.path });
  }

  #ofPattern(id: NodePath, own: readonly string[], depth: number): boolean {
    if (id.isIdentifier()) {
      const binding = bindingOf(id);
      return !binding || this.#ofBinding(binding, own, depth + 1);
    }
    if (!id.isObjectPattern()) return false;
    return id.get('properties').some((property) => {
      if (!property.isObjectProperty()) return false;
      const name = keyName(property.node);
      const value = property.get('value') as NodePath;
      const target = value.isAssignmentPattern() ? (value.get('left') as NodePath) : value;
      const path = name === undefined ? own : [...own, name];
      return this.#concerns(path) && this.#ofPattern(target, path, depth);
    });
  }

  #ofArgument(use: NodePath, call: NodePath, own: readonly string[], depth: number): boolean {
    const callee = call.get('callee') as NodePath;
    const found = calledDefinition(callee, this.#migration);
    if (found?.kind !== 'function') return use.key === 0 && WRITES.test(wordsOf(callee.node));
    const param = (found.path.get('params') as NodePath[])[Number(use.key)];
    if (!param) return false;
    return this.#ofPattern(param.isAssignmentPattern() ? (param.get('left') as NodePath) : param, own, depth);
  }

  /** Whether a path and that of the value in question lie on one line: a change at one is a change at the other. */
  #concerns(path: readonly string[]): boolean {
    const length = Math.min(path.length, this.#names.length);
    return path.slice(0, length).every((name, index) => name === this.#names[index]);
  }
}

/**
 * Whether a text may do more with a module than to read it and to call its `get`: most files that take settings do no
 * more, and need not be parsed.
 */
function mayChange(text: string, module: string): boolean {
  const quoted = module.replaceAll(/[$.]/g, '\\$&');
  const taken = new RegExp(
    `(?:\\bimport\\s+(?:\\*\\s*as\\s+)?([\\w$]+)\\s+from|([\\w$]+)\\s*=\\s*require\\()\\s*['"]${quoted}['"]`,
  ).exec(text);
  if (!taken) return new RegExp(`['"]${quoted}['"]`).test(text);
  const name = (taken[1] ?? taken[2] ?? '').replaceAll('$', '\\$');
  const uses =
    text.match(new RegExp(`(?<![\\w$.'"/-])${name}\\b(?!\\s*(?:=\\s*require|from)|['"]).{0,12}`, 'g')) ?? [];
  return uses.some((use) => !/^[\w$]+\s*(\.\s*(get|has)\s*[<(]|\s+from\b|$)/.test(use));
}
