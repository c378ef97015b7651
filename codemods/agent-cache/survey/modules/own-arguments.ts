import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { calledDefinition } from '../code/definitions.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { readValue } from '../values/value-reader.ts';
import { type Construction, ownConstructions } from './own-construction.ts';
import { constructorRun } from '../code/class-chain.ts';

/** What the cache's own construction is given, and what its class takes in the place of what is not given. */
export interface OwnArguments {
  /** Undefined for each that cannot be told. */
  given: readonly (string | undefined)[];
  defaults: Defaults;
}

/** What a constructor has for the parameters that it is not given; undefined where its class cannot be read. */
type Defaults = readonly (string | undefined)[] | undefined;

/** How a place's arguments compare with those of the cache's own construction. */
export type Comparison = 'same' | 'different' | 'unknown';

const NOTHING = 'undefined';

const known = new OncePerProject<OwnArguments | undefined>();

/** Compares the arguments of a construction with those of the cache's own. */
export function compareWithOwn(construction: Construction, source: Source): Comparison {
  const own = ownArguments(source);
  const given = construction.get('arguments') as NodePath[];
  if (!own) return given.length === 0 ? 'same' : 'unknown';
  if (given.length === 0 && own.given.length === 0) return 'same';
  const texts = textsOf(given, own.defaults, source);
  const length = Math.max(texts.length, own.given.length);
  let result: Comparison = 'same';
  for (let index = 0; index < length; index++) {
    const [here, there] = [at(texts, index, own.defaults), at(own.given, index, own.defaults)];
    if (here !== undefined && there !== undefined && here !== there) return 'different';
    if (here === undefined || there === undefined) result = 'unknown';
  }
  return result;
}

/** What the cache builds with; undefined where it builds in several ways, or in none that is seen. */
function ownArguments(source: Source): OwnArguments | undefined {
  const { project, path, options } = source;
  const file = project?.cacheModuleOf(path);
  if (!project || file === undefined) return undefined;
  return known.of(project, `${file} ${options.factory}`, () => {
    const [first, ...others] = ownConstructions(source, options.factory).map((each) => read(each, source));
    const isOne = others.every(({ given }) => JSON.stringify(given) === JSON.stringify(first?.given));
    return isOne ? first : undefined;
  });
}

function read(construction: Construction, source: Source): OwnArguments {
  const defaults = defaultsOf(construction, source);
  return { given: textsOf(construction.get('arguments') as NodePath[], defaults, source), defaults };
}

/** The texts of the arguments, without those at the end that say nothing. */
function textsOf(given: readonly NodePath[], defaults: Defaults, source: Source): (string | undefined)[] {
  const texts = given.map((each) => {
    const value = each.isSpreadElement() ? undefined : readValue(each, source);
    return value && 'text' in value ? value.text : undefined;
  });
  while (texts.at(-1) === NOTHING) texts.pop();
  return texts.map((text, index) => (text === NOTHING && defaults ? (defaults[index] ?? NOTHING) : text));
}

function at(texts: readonly (string | undefined)[], index: number, defaults: Defaults): string | undefined {
  if (index < texts.length) return texts[index];
  return defaults && (index < defaults.length ? defaults[index] : NOTHING);
}

function defaultsOf(construction: Construction, source: Source): Defaults {
  const found = calledDefinition(construction.get('callee') as NodePath, source);
  const built = found?.kind === 'class' ? constructorRun(found.path, source) : undefined;
  if (!built) return undefined;
  return (built.get('params') as NodePath[]).map((param) => {
    const declared = param.isTSParameterProperty() ? (param.get('parameter') as NodePath) : param;
    if (!declared.isAssignmentPattern()) return declared.isRestElement() ? undefined : NOTHING;
    const value = readValue(declared.get('right'), source);
    return 'text' in value ? value.text : undefined;
  });
}
