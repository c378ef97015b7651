import { callMethod, timer } from './builtins.ts';
import { clockOf } from './clock.ts';
import { freshGiver } from './fresh.ts';
import { listOf } from './lists.ts';
import type { Run } from './run.ts';
import { type Thing, UNDEFINED, type Value } from './values.ts';

const TIMERS = [
  ['setImmediate', 'setImmediate'],
  ['setTimeout', 'setTimeout'],
  ['setInterval', 'setInterval'],
] as const;

/** What gives another text at each call. */
const FRESH: ReadonlyMap<string, readonly string[]> = new Map([
  ['crypto', ['randomUUID', 'randomBytes']],
  ['nanoid', ['nanoid']],
  ['uuid', ['v1', 'v4', 'v6', 'v7']],
  ['ulid', ['ulid']],
  ['@paralleldrive/cuid2', ['createId']],
]);

type Call = (callee: Value, args: Value[]) => Value;

/**
 * What packages export of which more is known than that it is theirs: hashes, stores, functions that remember what
 * others gave, and the library of the caches.
 */
export function ofPackage(specifier: string, name: string, run: Run, call: Call): Thing | undefined {
  const exports = new Map<string, Thing>();
  if (/^(node:)?crypto$/.test(specifier)) exports.set('createHash', run.thing('unknown', { isPure: true }));
  for (const name of FRESH.get(specifier.replace(/^node:/, '')) ?? []) exports.set(name, freshGiver(run));
  if (/^(node:)?timers$/.test(specifier))
    for (const [name, kind] of TIMERS) exports.set(name, timer(kind, run));
  if (/^(node:)?async_hooks$/.test(specifier)) exports.set('AsyncLocalStorage', asyncLocalStorage(run, call));
  if (/^(node:)?perf_hooks$/.test(specifier)) {
    const performance = clockOf('performance', run);
    if (performance !== undefined) exports.set('performance', performance);
  }
  if (specifier === 'agent-cache-tools') exports.set('CachedProvider', marked('#provider', run));
  if (/^(?:lru-cache|quick-lru)$/.test(specifier)) {
    exports.set('default', marked('#collection', run));
    exports.set('LRUCache', marked('#collection', run));
  }
  addMemoizers(exports, specifier, run, call);
  addQueues(exports, specifier, run, call);
  if (exports.size === 0) return undefined;
  const whole = exports.get('default');
  if (name === '*' && whole === undefined) return run.thing('unknown', { properties: exports });
  if (name !== '*' && name !== 'default') return exports.get(name);
  if (whole === undefined) return run.thing('unknown', { properties: exports });
  for (const [key, value] of exports) if (value !== whole) whole.properties.set(key, value);
  if (name === '*') whole.properties.set('default', whole);
  return whole;
}

function addMemoizers(exports: Map<string, Thing>, specifier: string, run: Run, call: Call): void {
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

/** Classes of packages with a method that runs what it is given, one after another, and gives what that gives. */
function addQueues(exports: Map<string, Thing>, specifier: string, run: Run, call: Call): void {
  const running = (method: string, position: number) =>
    run.thing('class', {
      properties: [
        [
          '#construct',
          run.function(() => {
            const queue = run.unknown();
            const runs = run.function((args) => call(args[position] ?? UNDEFINED, []));
            queue.properties.set(method, runs);
            return queue;
          }),
        ],
      ],
    });
  if (specifier === 'async-mutex')
    for (const name of ['Mutex', 'Semaphore']) exports.set(name, running('runExclusive', 0));
  if (specifier === 'async-lock') exports.set('default', running('acquire', 1));
  if (specifier === 'p-queue') exports.set('default', running('add', 0));
  if (specifier === 'p-limit')
    exports.set(
      'default',
      run.function(() => run.function(([task = UNDEFINED, ...args]) => call(task, args))),
    );
}

/** Its static functions run what they are given, then or whenever what they give is called. */
function asyncLocalStorage(run: Run, call: Call): Thing {
  const runs = (first: readonly Value[]) =>
    run.function((args) => {
      const [task = UNDEFINED, ...rest] = [...first, ...args];
      return call(task, rest);
    });
  return run.thing('class', {
    properties: new Map<string, Value>([
      ['snapshot', run.function(() => runs([]))],
      ['bind', run.function(([task = UNDEFINED]) => runs([task]))],
    ]),
  });
}

function marked(mark: string, run: Run): Thing {
  return run.thing('class', { properties: new Map([[mark, UNDEFINED]]) });
}

type KeyArguments = (args: readonly Value[], run: Run) => Value[];

const spread: KeyArguments = (args) => [...args];
const none: KeyArguments = () => [];
const asList: KeyArguments = (args, run) => [listOf(args, run)];

/** Remembers what a function gave by the first argument alone, or by none, unless something else makes the key. */
function memoizer(run: Run, call: Call, keyArguments: KeyArguments): Thing {
  return run.function((given) => {
    const [original = UNDEFINED, options = UNDEFINED] = given;
    // What options come to only a run shows; that they forget arguments shows without.
    if (options.is !== 'primitive' && !run.hasSamples) return call(run.unknown(), given);
    const store = run.thing('object', { entries: new Map() });
    const toKey = options.is === 'object' ? (options.properties.get('cacheKey') ?? UNDEFINED) : options;
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
