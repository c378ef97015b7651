import { timer } from './builtins.ts';
import { clockOf } from './clock.ts';
import { freshGiver } from './fresh.ts';
import { containersOf } from './containers/containers-of.ts';
import type { Machine } from './machine.ts';
import { addMemoizers, type Call } from './memoizers.ts';
import type { Run } from './run.ts';
import { type Thing, UNDEFINED, type Value } from './values.ts';

/** What gives any code what the request around it has: a user, a token, a tenant. */
const OF_REQUESTS = [
  'express-http-context',
  'cls-hooked',
  'continuation-local-storage',
  'nestjs-cls',
  '@fastify/request-context',
  'next/headers',
  'hono/context-storage',
];

/** Whether a text may ask for what the request around has. */
export function asksTheRequest(text: string): boolean {
  return text.includes('async_hooks') || OF_REQUESTS.some((each) => text.includes(each));
}

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

/**
 * What packages export of which more is known than that it is theirs: hashes, stores, functions that remember what
 * others gave, and the library of the caches.
 */
export function ofPackage(specifier: string, name: string, machine: Machine): Thing | undefined {
  const { run } = machine;
  if (OF_REQUESTS.includes(specifier)) return ofRequest(run);
  const call: Call = (callee, args) => machine.call(callee, args, UNDEFINED);
  const exports = containersOf(specifier, machine) ?? new Map<string, Thing>();
  addDigests(exports, specifier, run);
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

/** What makes another text of another value, for whoever has no year to find two alike. */
const DIGESTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['crypto', ['createHash', 'createHmac', 'hash']],
  ['object-hash', ['default', 'sha1', 'MD5']],
  ['ohash', ['hash', 'digest', 'serialize']],
  ['md5', ['default']],
  ['fast-json-stable-stringify', ['default']],
  ['json-stable-stringify', ['default']],
  ['safe-stable-stringify', ['default', 'stringify']],
  ['querystring', ['stringify']],
  ['qs', ['default', 'stringify']],
]);

function addDigests(exports: Map<string, Thing>, specifier: string, run: Run): void {
  for (const name of DIGESTS.get(specifier.replace(/^node:/, '')) ?? [])
    exports.set(name, run.thing('unknown', { isPure: true }));
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

/** What the request around a call has for whatever code asks: one caller gives it to all that is called for them. */
function ofRequest(run: Run): Thing {
  return run.ofRequest ?? run.thing('unknown', { fromCaller: true, told: 'of the request' });
}

/**
 * Its static functions run what they are given, then or whenever what they give is called; so do two methods of an
 * instance, and a third gives what the request around has.
 */
function asyncLocalStorage(run: Run, call: Call): Thing {
  const runs = (first: readonly Value[]) =>
    run.function((args) => {
      const [task = UNDEFINED, ...rest] = [...first, ...args];
      return call(task, rest);
    });
  const store = run.function(() => {
    const made = run.unknown();
    const running = (position: number) =>
      run.function((args) => call(args[position] ?? UNDEFINED, args.slice(position + 1)));
    made.properties.set(
      'getStore',
      run.function(() => ofRequest(run)),
    );
    made.properties.set('run', running(1));
    made.properties.set('exit', running(0));
    return made;
  });
  return run.thing('class', {
    properties: new Map<string, Value>([
      ['#construct', store],
      ['snapshot', run.function(() => runs([]))],
      ['bind', run.function(([task = UNDEFINED]) => runs([task]))],
    ]),
  });
}

function marked(mark: string, run: Run): Thing {
  return run.thing('class', { properties: new Map([[mark, UNDEFINED]]) });
}
