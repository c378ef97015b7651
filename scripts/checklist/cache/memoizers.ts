import { callMethod } from './builtins.ts';
import { timeText } from './clock.ts';
import { madeOfFresh } from './fresh.ts';
import { toldText } from './key-text.ts';
import { listOf } from './lists.ts';
import type { Run } from './run.ts';
import { areOfCaller, primitive, textOf, type Thing, UNDEFINED, type Value } from './values.ts';

export type Call = (callee: Value, args: Value[]) => Value;

/** Functions of packages that remember what others gave. */
export function addMemoizers(exports: Map<string, Thing>, specifier: string, run: Run, call: Call): void {
  const [, library, part] =
    /^(lodash|lodash-es|underscore|es-toolkit)(?:[/.](\w+)(?:\.js)?)?$/.exec(specifier) ?? [];
  if (library !== undefined) {
    const named = { memoize: memoizer(run, call, spread), once: memoizer(run, call, none) };
    const own = part === 'memoize' || part === 'once' ? part : undefined;
    if (own !== undefined) exports.set('default', named[own]);
    else if (part === undefined) for (const [name, each] of Object.entries(named)) exports.set(name, each);
  }
  if (/^(?:p-memoize|memoize|mem)$/.test(specifier)) {
    exports.set('default', memoizer(run, call, asList));
    for (const name of ['pMemoizeClear', 'memoizeClear', 'clear']) exports.set(name, forgetting(run));
  }
  if (specifier === 'memoizee') exports.set('default', memoizee(run, call));
  if (specifier === 'onetime') exports.set('default', memoizer(run, call, none));
}

/** Has a function that remembers forget all. */
function forgetting(run: Run): Thing {
  return run.function(([of = UNDEFINED]) => {
    const store = of.is === 'primitive' ? undefined : of.properties.get('#store');
    if (store !== undefined && store.is !== 'primitive') store.entries?.clear();
    return UNDEFINED;
  });
}

type KeyArguments = (args: readonly Value[], run: Run) => Value[];

const spread: KeyArguments = (args) => [...args];
const none: KeyArguments = () => [];
const asList: KeyArguments = (args, run) => [listOf(args, run)];

/** Remembers what a function gave by the first argument alone, or by none, unless something else makes the key. */
function memoizer(run: Run, call: Call, keyArguments: KeyArguments): Thing {
  return run.function((given) => {
    const [original = UNDEFINED, options = UNDEFINED] = given;
    // What other options come to only a run shows; that they forget arguments shows without.
    const toKey = options.is === 'object' ? (options.properties.get('cacheKey') ?? UNDEFINED) : options;
    const names = options.is === 'object' ? [...options.properties.keys()] : [];
    const isTold = options.is !== 'unknown' && names.every((name) => name === 'cacheKey');
    if (!run.hasSamples && (!isTold || toKey.is === 'unknown')) return call(run.unknown(), given);
    const store = run.thing('object', { entries: new Map() });
    const using = (method: string, args: Value[]) => callMethod(store, method, args, run);
    return run.function(
      (args) => {
        const listed = keyArguments(args, run);
        const key =
          toKey.is === 'primitive' ? (listed.length > 0 && args[0]) || UNDEFINED : call(toKey, listed);
        const known = using('get', [key]);
        if (known.is !== 'primitive') return known;
        const made = call(original, args);
        using('set', [key, made]);
        return made;
      },
      {
        properties: [
          ['#store', store],
          ['cache', store],
        ],
      },
    );
  });
}

/** Options of memoizee that do not say by what it remembers. */
const HARMLESS = /^(?:promise|async|maxAge|max|preFetch|profileName|refCounter|dispose)$/;

/**
 * Remembers by as many arguments as `length` says, or the function has before the first that may be left out; for `maxAge`
 * milliseconds. Of what it makes of them for `primitive` nothing is said.
 */
function memoizee(run: Run, call: Call): Thing {
  return run.function((given) => {
    const [original = UNDEFINED, options = UNDEFINED] = given;
    const told = options.is === 'object' ? [...options.properties] : [];
    const isTold =
      options.is === 'primitive' || (options.is === 'object' && told.every(([name]) => isKnown(name)));
    const option = (name: string) => told.find(([each]) => each === name)?.[1];
    const length = lengthOf(option('length'), original);
    if (!isTold || length === undefined) return call(run.unknown(), given);
    const life = option('maxAge');
    const store = run.thing('object', {
      entries: [],
      properties: life === undefined ? [] : [['#life', life]],
    });
    const keyOf = (args: Value[]): Value => {
      const normalizer = option('normalizer');
      if (normalizer !== undefined) return call(normalizer, [listOf(args, run)]);
      return wholeKey(args.slice(0, length), run);
    };
    return run.function(
      (args) => {
        const key = keyOf(args);
        const known = callMethod(store, 'get', [key], run);
        if (known.is !== 'primitive') return known;
        const made = call(original, args);
        callMethod(store, 'set', [key, made], run);
        return made;
      },
      {
        properties: [
          ['#store', store],
          ['clear', run.function(() => callMethod(store, 'clear', [], run))],
          ['delete', run.function((args) => callMethod(store, 'delete', [keyOf(args)], run))],
        ],
      },
    );
  });
}

/** By how many arguments it remembers; undefined where nothing tells. */
function lengthOf(option: Value | undefined, original: Value): number | undefined {
  if (option !== undefined) {
    if (option.is !== 'primitive') return undefined;
    return option.value === false ? Infinity : typeof option.value === 'number' ? option.value : undefined;
  }
  const code = original.is === 'primitive' ? undefined : original.code;
  if (code === undefined || !('params' in code)) return undefined;
  const named = code.params.filter((each) => each.type !== 'Identifier' || each.name !== 'this');
  const open = named.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return open === -1 ? named.length : open;
}

function isKnown(option: string): boolean {
  return HARMLESS.test(option) || option === 'normalizer' || option === 'length';
}

/** What stands for several arguments at once. */
function wholeKey(args: readonly Value[], run: Run): Value {
  const [first = UNDEFINED] = args;
  if (args.length < 2) return first;
  if (args.some((each) => run.holdsSample(each))) return run.sample(textOf(listOf(args, run)));
  const told = args.map((each) => timeText(each) ?? each);
  if (told.every(({ is }) => is === 'primitive'))
    return primitive(toldText(told.flatMap((each) => [each, '|'])));
  const fresh = madeOfFresh('all', told, run);
  if (fresh !== undefined) return fresh;
  return run.thing('unknown', areOfCaller(args) ? { fromCaller: true, told: toldText(args) } : {});
}
