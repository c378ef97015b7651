import path from 'node:path';
import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { exportedAs, type Held, isGiven, ownExportsIn } from './exported-values.ts';
import { type Taken, takenIn } from './taken-from-modules.ts';
import { bindingOf, bindingOfFunction } from '../code/bindings.ts';
import { isMember, isWritten, keyName } from '../code/members.ts';
import { exportedNameAt } from '../code/exports.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { fileOf, programOfFile, programsReaching } from '../code/opened-files.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';
import { programAround } from '../code/program-around.ts';
import { isDoneAt, isDoneAtLoad, isNamedBy } from './writes/done-before.ts';
import { fieldUses } from './writes/field-uses.ts';
import { nameInTexts, partTaken } from './writes/part-taken.ts';
import { patternSteps } from './writes/pattern-steps.ts';
import type { Step } from './writes/outcome.ts';
import { stepsOf } from './writes/steps.ts';
import { CALLED, heldBy as heldUnder, isHarmless, keyOf, type Leaf, SOME, type Way } from './writes/way.ts';

/** How many expressions may have a value before nothing more is told of it. */
const MAX_USES = 2000;

/**
 * Whether some code writes to a value, at or around the members `names` of it: in its own file, or in one that gets at
 * what that exports. It does so, too, where what becomes of the value cannot be told; of what no more is known than that
 * it is there (`leaf`), only what is seen counts. A value whose first `free` members are its own, though what they hold
 * is not, may be given others.
 */
export function mayBeWritten(
  held: Held,
  names: readonly string[],
  source: Reading,
  leaf: Leaf = 'unknown',
  free = 0,
): boolean {
  const { project } = source;
  const find = () => new Writes(leaf, source).of(held, { names, free });
  if (!project) return find();
  const place = `${path.resolve(fileOf(held.value, source))}#${held.value.node.start ?? 0}`;
  const key = [place, held.binding?.identifier.name ?? '', leaf, free, ...names].join('\n');
  return written.of(project, key, find);
}

/** The same of a variable of a module that is given its value by one function, which gives that to all. */
export function keptMayBeWritten(
  kept: Binding,
  names: readonly string[],
  source: Reading,
  leaf: Leaf = 'unknown',
): boolean {
  return new Writes(leaf, source).ofKept(kept, { names, free: 0 });
}

/**
 * Whether a local object is changed behind a place that is given it, or where it cannot be told when: what stands before
 * the place in its function has been done then.
 */
export function isChangedBehind(
  place: NodePath,
  local: Binding,
  way: Way,
  source: Reading,
  leaf: Leaf = 'unknown',
): boolean {
  return new Writes(leaf, source, { place }).ofLocal(local, way);
}

/**
 * Whether some code writes to a variable of the environment, from an expression on that leads to it by `names`. What does
 * so while files load counts only where it says the variable's name.
 */
export function writesToEnvironment(at: NodePath, names: readonly string[], source: Reading): boolean {
  return new Writes('text', source, { isAtLoad: true }).ofExpression(at, { names, free: 0 });
}

const written = new OncePerProject<boolean>();

/** Whether some file of the tree writes to what a package gives, at or around the members `names` of it. */
export function packageMayBeWritten(module: string, names: readonly string[], source: Reading): boolean {
  const { project } = source;
  const find = () => new Writes('unknown', source).ofPackage(module, { names, free: 0 });
  if (!project) return find();
  const root = project.packageRootOf(source.path) ?? '';
  return written.of(project, ['package', root, module, ...names].join('\n'), find);
}

/** Whether the file in which a module is loaded and read at once writes to what it loads of that. */
export function mayBeWrittenIn(
  from: NodePath,
  module: string,
  names: readonly string[],
  source: Reading,
): boolean {
  return new Writes('unknown', source).ofLoads(from, module, { names, free: 0 });
}

/** What has been done before it matters: before a `place`, or while files load. */
interface Done {
  place?: NodePath;
  isAtLoad?: boolean;
}

class Writes {
  readonly #leaf: Leaf;
  readonly #source: Reading;
  /** What was looked at, with the ways that it leads by. */
  readonly #seen = new Map<object, Set<string>>();
  #uses = MAX_USES;

  readonly #done: Done;

  constructor(leaf: Leaf, source: Reading, done: Done = {}) {
    this.#leaf = leaf;
    this.#source = source;
    this.#done = done;
  }

  ofExpression(at: NodePath, way: Way): boolean {
    return this.#ofUse(at, way);
  }

  ofLocal(local: Binding, way: Way): boolean {
    return this.#ofReferences(local, way);
  }

  of({ binding, value }: Held, way: Way): boolean {
    // Another name that is given another value writes to nothing; the name of the value itself does.
    if (binding && !binding.constant && binding.kind !== 'param') return true;
    return this.#ofHeld({ value, ...(binding && { binding }) }, way);
  }

  ofKept(kept: Binding, way: Way): boolean {
    if (exportedAs({ binding: kept, value: kept.path }).path.length > 0) return true;
    const given = kept.constantViolations.filter((each) => each.isAssignmentExpression());
    return this.#ofReferences(kept, way) || given.some((each) => this.#ofUse(each, way));
  }

  ofLoads(from: NodePath, module: string, way: Way): boolean {
    const program = programAround(from);
    return takenIn(program).some(
      (taken) =>
        taken.specifier === module &&
        this.#ofTaken(taken, taken.names[0] === 'default' ? way : below(way, taken.names)),
    );
  }

  ofPackage(module: string, way: Way): boolean {
    const { project, path: own } = this.#source;
    const [word = module] = module.match(/\w+/) ?? [];
    for (const file of project?.filesMentioning(own, word) ?? []) {
      if (!mayChange(project?.read(file) ?? '', module)) continue;
      const program = programOfFile(file, this.#source);
      const taken = program ? takenIn(program).filter(({ specifier }) => specifier === module) : [];
      if (!program || taken.some((each) => this.#ofTaken(each, way))) return true;
    }
    return false;
  }

  /** What a name, or an expression that is exported, holds: in its file, and in those that get at it. */
  #ofHeld({ binding, value }: Held, way: Way): boolean {
    if (binding && this.#ofReferences(binding, way)) return true;
    return this.#ofExports({ value, ...(binding && { binding }) }, way);
  }

  #ofExports({ binding, value }: Held, way: Way): boolean {
    const { path: exported, values } = exportedAs({ value, ...(binding && { binding }) });
    return exported.some(
      (each) => this.#ofOwnExport(each, values, way) || this.#elsewhere(binding?.path ?? value, each, way),
    );
  }

  #ofReferences(binding: Binding, way: Way): boolean {
    return !this.#isSeen(binding, way) && binding.referencePaths.some((each) => this.#ofUse(each, way));
  }

  #isSeen(what: object, way: Way): boolean {
    const ways = this.#seen.get(what) ?? new Set<string>();
    this.#seen.set(what, ways);
    const key = keyOf(way);
    if (ways.has(key)) return true;
    ways.add(key);
    return false;
  }

  #ofUse(expression: NodePath, way: Way): boolean {
    if (isHarmless(way, this.#leaf) || this.#isSeen(expression.node, way)) return false;
    this.#uses -= 1;
    if (this.#uses < 0) return true;
    const { place, isAtLoad } = this.#done;
    const isBefore = place !== undefined && isDoneAt(expression, place);
    if (isBefore && !isNamedBy(expression)) return false;
    const outcome = stepsOf(expression, way, { leaf: this.#leaf, source: this.#source });
    if (isBefore && typeof outcome === 'string') return false;
    if (isAtLoad && outcome === 'written' && isDoneAtLoad(expression, way)) return false;
    if (outcome === 'written') return true;
    // Of a thing of which nothing is known, most that is done with it is to use it.
    if (outcome === 'untold') return this.#leaf !== 'unknown' || way.names.length > 0;
    if (outcome.some((step) => this.#ofStep(step))) return true;
    // What has a name is exported by that.
    const isExported = !expression.isIdentifier() && exportedNameAt(outermostSame(expression)) !== undefined;
    return isExported && this.#ofExports({ value: expression }, way);
  }

  #ofStep(step: Step): boolean {
    const { way } = step;
    if (isHarmless(way, this.#leaf)) return false;
    switch (step.kind) {
      case 'value':
        return this.#ofUse(step.at, way);
      case 'name': {
        const binding = bindingOf(step.at);
        return !binding || this.#ofHeld({ binding, value: binding.path }, way);
      }
      case 'result':
        return this.#ofResult(step.fn, way);
      case 'field':
        return this.#ofField(step);
    }
  }

  /** What is done with what a function gives: `way` leads from the function. */
  #ofResult(fn: FunctionPath, way: Way): boolean {
    const binding = bindingOfFunction(fn);
    if (binding) return this.#ofHeld({ binding, value: binding.path }, way);
    if (fn.isFunctionExpression() || fn.isArrowFunctionExpression() || fn.isFunctionDeclaration())
      return this.#ofUse(fn, way) || this.#ofHeld({ value: fn }, way);
    return this.#ofMethod(fn, way);
  }

  #ofMethod(fn: FunctionPath, way: Way): boolean {
    const name = keyName(fn.node);
    const isGetter = 'kind' in fn.node && fn.node.kind === 'get';
    const given = isGetter ? below(way, [CALLED]) : way;
    const owner = fn.isObjectMethod() ? fn.parentPath : fn.parentPath?.parentPath;
    if (name === undefined || given === undefined) return true;
    if (owner?.isClass()) return this.#ofField({ owner, name, way: given });
    return !owner?.isObjectExpression() || this.#ofUse(owner, heldUnder(given, name));
  }

  #ofField({ owner, name, way }: { owner: NodePath<t.Class>; name: string; way: Way }): boolean {
    return fieldUses(owner, name, this.#source).some((each) => {
      if (isMember(each)) return !isWritten(each) && this.#ofUse(each, way);
      const steps = patternSteps(each, way, this.#leaf);
      return typeof steps === 'string' || steps.some((step) => this.#ofStep(step));
    });
  }

  /** What the file itself does with what it exports: `module.exports.token = …`, but not where it is given its value. */
  #ofOwnExport(exported: string, values: readonly NodePath[], way: Way): boolean {
    const [value] = values;
    const program = value && programAround(value);
    if (!program) return false;
    const given = new Set(values.map(({ node }) => node));
    const inside = above(way, exported === '' ? [] : exported.split('.'));
    return ownExportsIn(program).some((at) => !isGiven(at, given) && this.#ofUse(at, inside));
  }

  /** The uses in the files that get at what is exported at a path. */
  #elsewhere(at: NodePath, exported: string, way: Way): boolean {
    const own = fileOf(at, this.#source);
    const names = exported === '' ? [] : exported.split('.');
    for (const program of programsReaching(at, nameInTexts(own, names, this.#source), this.#source)) {
      if (program.node === at.scope.getProgramParent().block) continue;
      for (const taken of takenIn(program)) {
        const held = partTaken(taken, names, own, this.#source);
        if (held && this.#ofTaken(taken, below(above(way, held.inside), held.beyond))) return true;
      }
    }
    return false;
  }

  #ofTaken({ binding, at }: Taken, way: Way | undefined): boolean {
    if (!way) return false;
    return binding ? this.#ofReferences(binding, way) : this.#ofUse(at, way);
  }
}

/** The way from what has a value under some names of its own, which all read it by. */
function above({ names, free }: Way, inside: readonly string[]): Way {
  return { names: [...inside, ...names], free: free > 0 ? free + inside.length : 0 };
}

/** The way from a part of a value on; undefined where that is another part than the one that is asked for. */
function below(way: Way, names: readonly string[]): Way | undefined {
  return names.reduce<Way | undefined>((outer, name) => outer && partOf(outer, name), way);
}

function partOf({ names: [first, ...names], free }: Way, name: string): Way | undefined {
  const inner = Math.max(0, free - 1);
  if (first === undefined) return { names: [], free: inner };
  return first === name || first === SOME ? { names, free: inner } : undefined;
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
