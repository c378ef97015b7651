import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import { exportedAs, type Held, isGiven, ownExportsIn } from '../exported-values.ts';
import { type Taken, takenIn } from '../taken-from-modules.ts';
import { bindingOf, bindingOfFunction } from '../../code/bindings.ts';
import { isMember, isWritten, keyName } from '../../code/members.ts';
import { exportedNameAt } from '../../code/exports.ts';
import { fileOf, programOfFile, programsReaching } from '../../code/opened-files.ts';
import type { FunctionPath } from '../../code/placement.ts';
import { outermostSame } from '../../code/wrappers.ts';
import { programAround } from '../../code/program-around.ts';
import { givenBackBy } from './built-in-steps.ts';
import { isArgument, isBound, isOfCall } from './call-uses.ts';
import { isDoneAt, isDoneAtLoad } from './done-before.ts';
import { hadByName } from './had-by-name.ts';
import { readsOfField } from './reads-of-field.ts';
import { nameInTexts, partsTaken } from './part-taken.ts';
import { patternSteps } from './pattern-steps.ts';
import type { Asked, Step } from './outcome.ts';
import { stepsOf } from './steps.ts';
import { CALLED, heldBy as heldUnder, isHarmless, keyOf, type Leaf, SOME, type Way } from './way.ts';

/** How many expressions may have a value before nothing more is told of it. */
const MAX_USES = 2000;

/** A place at which a value is changed, or behind which nothing tells what becomes of it. */
export interface Change {
  at: NodePath;
  isTold: boolean;
}

interface Asking extends Pick<Asked, 'whole' | 'shared'> {
  /** What is done before it does not matter. */
  place?: NodePath;
  /** Nor does what is done while files load. */
  isAtLoad?: boolean;
  /** Takes all changes that there are, of which one is enough otherwise. */
  changes?: Change[];
}

/** The walk from a value to all that becomes of it, in its file and in those that get at it. */
export class Writes {
  readonly #leaf: Leaf;
  readonly #source: Reading;
  /** What was looked at, with the ways that it leads by. */
  readonly #seen = new Map<object, Set<string>>();
  readonly #named = new Map<string, object>();
  #uses = MAX_USES;

  readonly #asking: Asking;

  constructor(leaf: Leaf, source: Reading, asking: Asking = {}) {
    this.#leaf = leaf;
    this.#source = source;
    this.#asking = asking;
  }

  ofMade(held: Held, way: Way): boolean {
    return held.binding ? this.#ofHeld(held, way) : this.#ofUse(held.value, way);
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

  /** What a file of CommonJS exports, by itself and by those that load it. */
  ofFile(program: NodePath<t.Program>, way: Way): boolean {
    return ownExportsIn(program).some((at) => this.#ofUse(at, way)) || this.#elsewhere(program, '', way);
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
    if (this.#uses < 0) {
      this.#isChanged(expression, false);
      return true;
    }
    const { place, isAtLoad, changes } = this.#asking;
    const isBefore = place !== undefined && isDoneAt(expression, place);
    if (isBefore && isArgument(expression)) return false;
    const outcome = stepsOf(expression, way, { ...this.#asking, leaf: this.#leaf, source: this.#source });
    if (isBefore && typeof outcome === 'string') return false;
    if (isAtLoad && outcome === 'written' && isDoneAtLoad(expression, way)) return false;
    if (outcome === 'written') {
      const given = givenBackBy(expression, this.#source);
      return this.#isChanged(expression, true) || (given !== undefined && this.#ofUse(given, way));
    }
    // Of a thing of which nothing is known, most that is done with it is to use it.
    const isUnknown = this.#leaf === 'unknown' && way.free >= way.names.length;
    if (outcome === 'untold') return !isUnknown && this.#isChanged(expression, false);
    const before = changes?.length ?? 0;
    if (outcome.some((step) => this.#ofStep(step))) return true;
    // Who calls what changes it does so, too.
    if (changes && changes.length > before && isOfCall(expression))
      this.#isChanged(expression, !isBound(expression));
    // What has a name is exported by that.
    const isExported = !expression.isIdentifier() && exportedNameAt(outermostSame(expression)) !== undefined;
    return isExported && this.#ofExports({ value: expression }, way);
  }

  /** Whether a change ends the search. */
  #isChanged(at: NodePath, isTold: boolean): boolean {
    this.#asking.changes?.push({ at, isTold });
    return this.#asking.changes === undefined;
  }

  #ofStep(step: Step): boolean {
    const { way } = step;
    if (isHarmless(way, this.#leaf)) return false;
    switch (step.kind) {
      case 'value':
        return this.#ofUse(step.at, way);
      case 'name': {
        const binding = bindingOf(step.at);
        return binding
          ? this.#ofHeld({ binding, value: binding.path }, way)
          : this.#isChanged(step.at, false);
      }
      case 'changed':
        return this.#isChanged(step.at, true);
      case 'result':
        return this.#ofResult(step.fn, way);
      case 'field':
        return this.#ofField(step);
      case 'named':
        return this.#ofNamed(step);
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
    if (name === undefined || given === undefined) return this.#isChanged(fn, false);
    if (owner?.isClass()) return this.#ofField({ owner, name, way: given });
    return owner?.isObjectExpression()
      ? this.#ofUse(owner, heldUnder(given, name))
      : this.#isChanged(fn, false);
  }

  #ofField({ owner, name, way }: { owner: NodePath<t.Class>; name: string; way: Way }): boolean {
    return readsOfField(owner, name, this.#source).some((each) => {
      if (isMember(each)) return !isWritten(each) && this.#ofUse(each, way);
      const steps = patternSteps(each, way, this.#leaf);
      if (typeof steps === 'string') return this.#isChanged(each, steps === 'written');
      return steps.some((step) => this.#ofStep(step));
    });
  }

  /** All that is had by the name, asked once. */
  #ofNamed(step: Step & { kind: 'named' }): boolean {
    const place = `${step.name} ${step.isKey ?? ''}`;
    const asked = this.#named.get(place) ?? {};
    this.#named.set(place, asked);
    if (this.#isSeen(asked, step.way)) return false;
    const steps = hadByName(step, { leaf: this.#leaf, source: this.#source });
    return typeof steps === 'string'
      ? this.#isChanged(this.#source.program, false)
      : steps.some((each) => this.#ofStep(each));
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
        for (const { inside, beyond } of partsTaken(taken, names, own, this.#source))
          if (this.#ofTaken(taken, below(above(way, inside), beyond))) return true;
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
