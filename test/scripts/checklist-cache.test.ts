import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { conductOf } from '../../scripts/checklist/cache/judge-factory.ts';
import { ModuleGraph } from '../../scripts/checklist/source/module-graph.ts';
import { check, GROUND, NEW_WAY, PROJECT_ROOT, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const GUIDE = '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n';

function treeOf(cache: string, files: Record<string, string> = {}): Tree {
  return new Tree({
    ...GROUND,
    'src/api/a.ts': NEW_WAY,
    'MIGRATION.md': GUIDE,
    'src/utils/agent-cache.ts': cache,
    ...files,
  });
}

describe('a cache that keeps one instance is verified by its source', () => {
  test.each(
    someOf([
      [
        'a promise that is kept',
        'let p: Promise<FacebookAdsAgent> | undefined;\nexport const getFacebookAgent = () => (p ??= (async () => { const a = new FacebookAdsAgent(); await a.getCampaigns(); return a; })().catch((e) => { p = undefined; throw e; }));',
      ],
      [
        'an agent built when the module loads',
        'const agent = new FacebookAdsAgent();\nexport async function getFacebookAgent() { return agent; }',
      ],
      [
        'a map by account',
        "const m = new Map<string, FacebookAdsAgent>();\nexport async function getFacebookAgent(id = 'main') { let a = m.get(id); if (!a) { a = new FacebookAdsAgent(); m.set(id, a); } return a; }",
      ],
      [
        'that is made ready once',
        'let a: FacebookAdsAgent | undefined; let ready: Promise<void> | undefined;\nasync function init() { a = new FacebookAdsAgent(); await a.getCampaigns(); }\nexport async function getFacebookAgent() { ready ??= init(); await ready; return a!; }',
      ],
      [
        'that a chain of promises makes ready once',
        'let a: FacebookAdsAgent | undefined; let ready: Promise<boolean> | undefined;\nexport function getFacebookAgent() { if (!ready) ready = Promise.resolve().then(() => { a = new FacebookAdsAgent(); return false; }); return ready.then(() => a!); }',
      ],
      [
        'for an hour',
        'let a: FacebookAdsAgent | undefined; let until = 0;\nexport async function getFacebookAgent() { if (!a || Date.now() >= until) { a = new FacebookAdsAgent(); until = Date.now() + 3600 * 1000; } return a; }',
      ],
      [
        'for as many seconds as the environment says',
        'const TTL = Number(process.env.TTL ?? 60); let a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { const now = Math.floor(Date.now() / 1000); if (!a || now - at > TTL) { a = new FacebookAdsAgent(); at = now; } return a; }',
      ],
      [
        'until a date',
        'let a: FacebookAdsAgent | undefined; let until: Date | undefined;\nexport async function getFacebookAgent() { if (!a || !until || new Date() > until) { a = new FacebookAdsAgent(); until = new Date(Date.now() + 60000); } return a; }',
      ],
      [
        'for the usual time of a class',
        'class Kept<T> { #value?: T; #at = 0; constructor(private readonly make: () => T, private readonly ttl = 60000) {} get() { if (this.#value === undefined || performance.now() - this.#at >= this.ttl) { this.#value = this.make(); this.#at = performance.now(); } return this.#value; } }\nconst kept = new Kept(() => new FacebookAdsAgent());\nexport const getFacebookAgent = async () => kept.get();',
      ],
      [
        'by a store for a minute',
        "import { LRUCache } from 'lru-cache';\nconst c = new LRUCache<string, FacebookAdsAgent>({ max: 9, ttl: 60_000, fetchMethod: async () => new FacebookAdsAgent() });\nexport const getFacebookAgent = async () => (await c.fetch('x', { forceRefresh: false }))!;",
      ],
      [
        'in a list that is cut behind it',
        'const pool: FacebookAdsAgent[] = [];\nexport async function getFacebookAgent() { if (pool.length === 0) pool.unshift(new FacebookAdsAgent()); pool.splice(1); return pool[0]!; }',
      ],
      [
        'that is made ready among others',
        'let a: FacebookAdsAgent | undefined;\nconst warm = async () => { a ??= new FacebookAdsAgent(); return true; };\nexport async function getFacebookAgent() { const [isWarm] = await Promise.all([warm()]); return isWarm ? a! : new FacebookAdsAgent(); }',
      ],
      [
        'by a package that remembers',
        "import memoize from 'p-memoize';\nexport const getFacebookAgent = memoize(async () => new FacebookAdsAgent());",
      ],
      [
        'by a package that calls once',
        "import { once } from 'lodash-es';\nexport const getFacebookAgent = once(async (_o?: object) => new FacebookAdsAgent());",
      ],
      [
        'by a store that fills itself',
        "import { LRUCache } from 'lru-cache';\nconst store = new LRUCache<string, FacebookAdsAgent>({ max: 1, fetchMethod: async () => new FacebookAdsAgent() });\nexport const getFacebookAgent = () => store.fetch('agent');",
      ],
      [
        'in a queue of a package',
        "import { Mutex } from 'async-mutex';\nconst mutex = new Mutex(); let a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => a ?? mutex.runExclusive(async () => (a ??= new FacebookAdsAgent()));",
      ],
      [
        'by a weak reference',
        'let ref: WeakRef<FacebookAdsAgent> | undefined;\nexport async function getFacebookAgent() { let a = ref?.deref(); if (!a) { a = new FacebookAdsAgent(); ref = new WeakRef(a); } return a; }',
      ],
      [
        'in a namespace',
        'namespace Agents { let a: FacebookAdsAgent | undefined; export const get = async () => (a ??= new FacebookAdsAgent()); }\nexport const getFacebookAgent = Agents.get;',
      ],
      [
        'in a list',
        'const pool: FacebookAdsAgent[] = [];\nexport async function getFacebookAgent() { if (pool.length === 0) pool.push(new FacebookAdsAgent()); return pool[0]!; }',
      ],
      [
        'on an object of the module that a function is bound to',
        'function get(this: any) { return (this.agent ??= new FacebookAdsAgent()); }\nconst holder = {};\nconst ask = get.bind(holder);\nexport async function getFacebookAgent() { return ask(); }',
      ],
      [
        'behind a promise whose ends are kept',
        'let p: Promise<FacebookAdsAgent> | undefined;\nfunction deferred<T>() { let resolve: (value: T) => void = () => {}; const promise = new Promise<T>((r) => { resolve = r; }); return { promise, resolve }; }\nexport const getFacebookAgent = () => { if (p) return p; const d = deferred<FacebookAdsAgent>(); p = d.promise; (async () => new FacebookAdsAgent())().then((a) => d.resolve(a)); return p; };',
      ],
      [
        'outside of the request that asks first',
        "import { AsyncLocalStorage } from 'node:async_hooks';\nconst outside = AsyncLocalStorage.snapshot();\nlet a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { a ??= outside(() => new FacebookAdsAgent()); return a; }",
      ],
      [
        'by what an event is called',
        "let a: FacebookAdsAgent | undefined;\nfunction on(event: string) { switch (event) { case 'drop': a = undefined; break; case 'ask': a ??= new FacebookAdsAgent(); break; default: a = new FacebookAdsAgent(); } }\nexport async function getFacebookAgent() { on('ask'); return a; }",
      ],
      [
        'with a timer that is called off',
        'let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { const t = setTimeout(() => { a = undefined; }, 0).unref(); a ??= new FacebookAdsAgent(); clearTimeout(t); return a; }',
      ],
      [
        'with settings that are put together',
        "const usual = { ttl: 60, name: undefined };\nconst known = Object.fromEntries(Object.entries(usual).filter(([, value]) => value !== undefined));\nlet a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { if (!Object.keys(known).some((key) => key === 'ttl')) return new FacebookAdsAgent(); return (a ??= new FacebookAdsAgent()); }",
      ],
      [
        'with counts of what is asked',
        'const counts = { hits: 0, old: 0 }; let a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { counts.hits += 1; if (Date.now() - at > 60) counts.old += 1; const age = a ? Date.now() - at : 0; if (counts.old > age) at = Date.now(); return (a ??= new FacebookAdsAgent()); }',
      ],
      [
        'behind a proxy that builds one',
        'let a: FacebookAdsAgent | undefined;\nconst p = new Proxy({}, { get: (_t, key) => Reflect.get((a ??= new FacebookAdsAgent()), key) });\nexport const getFacebookAgent = async () => p;',
      ],
      [
        'behind a proxy of one',
        'const p = new Proxy(new FacebookAdsAgent(), { get: (a, key) => Reflect.get(a, key) });\nexport const getFacebookAgent = async () => p;',
      ],
      [
        'a TTL',
        'let a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { if (a && Date.now() - at < 1000) return a; a = new FacebookAdsAgent(); at = Date.now(); return a; }',
      ],
      [
        'a field of an instance',
        'class Provider { #a?: FacebookAdsAgent; async getAgent() { if (!this.#a) this.#a = new FacebookAdsAgent(); return this.#a; } }\nconst p = new Provider();\nexport const getFacebookAgent = () => p.getAgent();\nexport const getCachedAgentProvider = (_o: object) => p;',
      ],
      [
        'a static field',
        'class Cache { static agent?: FacebookAdsAgent; static get() { return (Cache.agent ||= new FacebookAdsAgent()); } }\nexport const getFacebookAgent = async () => Cache.get();',
      ],
      [
        'a function of its own that remembers',
        'function once<T>(f: () => T) { let v: T | undefined; let done = false; return () => { if (!done) { v = f(); done = true; } return v; }; }\nexport const getFacebookAgent = once(() => new FacebookAdsAgent());',
      ],
      [
        'the global object',
        'const g = globalThis as { agent?: FacebookAdsAgent };\nexport const getFacebookAgent = async () => (g.agent ??= new FacebookAdsAgent());',
      ],
      [
        'a part of its own',
        "import { build } from './build-agent.ts';\nlet a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => (a ??= await build());",
        { 'src/utils/build-agent.ts': `${CLASS}export const build = async () => new FacebookAdsAgent();\n` },
      ],
      [
        'among many conditions that only tell of it',
        "import { logger, counts } from './watch.ts';\nlet a: FacebookAdsAgent | undefined; let at = 0;\nfunction tell(what: string, fields: object) { if (logger.isDebug()) logger.debug(what, fields); if (logger.isInfo()) counts.told(what, 1); else counts.told(what, 0); return fields; }\nfunction ageOf(since: number) { return logger.now() > since ? logger.now() - since : 0; }\nfunction note(step: string) { const age = ageOf(at); if (age > 10) tell('old', { age }); if (age > 100) tell('very old', { step }); switch (step) { case 'hit': if (logger.isTrace()) counts.told('hit', age); break; default: counts.told(step, age ? 1 : 0); } }\nexport async function getFacebookAgent() { note('ask'); note('look'); if (a !== undefined) { note('hit'); note('give'); return a; } note('miss'); const made = new FacebookAdsAgent(); note('made'); try { note('kept'); a = made; at = logger.now(); } finally { note('done'); } return made; }",
        {
          'src/utils/watch.ts': `import { Counter } from 'prom-client';
import winston from 'winston';
const inner = winston.createLogger({ format: winston.format((info) => (info.level === 'x' ? false : info)) });
export const logger = { isDebug: () => inner.isLevelEnabled('debug'), isInfo: () => inner.isLevelEnabled('info'), isTrace: () => inner.isLevelEnabled('silly'), debug: (text: string, fields: object) => { inner.debug(text, fields); }, now: () => performance.now() };
const told = new Counter({ name: 'told', help: 'What was told', labelNames: ['what'] });
export const counts = { last: 0, told(what: string, by: number) { if (inner.level === 'silly') return; counts.last = by; told.inc({ what }, by); } };
`,
        },
      ],
      [
        'behind a switch that is on only where there is something',
        "import { flags } from 'flags';\nlet a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { const isQuick = flags.get('quick') && a !== undefined; if (isQuick) return a; return (a ??= new FacebookAdsAgent()); }",
      ],
      [
        'behind a promise that may be rejected',
        "import { settings } from 'settings';\nlet p: Promise<FacebookAdsAgent> | undefined;\nfunction deferred<T>() { let resolve: (value: T) => void = () => {}; let reject: (why: unknown) => void = () => {}; const promise = new Promise<T>((r, j) => { resolve = r; reject = j; }); return { promise, resolve, reject }; }\nconst make = async () => { if (!settings.token) throw new Error('no token'); return new FacebookAdsAgent(); };\nexport const getFacebookAgent = () => { if (p) return p; const d = deferred<FacebookAdsAgent>(); p = d.promise; make().then((a) => d.resolve(a), (why) => { p = undefined; d.reject(why); }); return p; };",
      ],
      [
        'renewed by an interval',
        'let a: FacebookAdsAgent | undefined;\nconst every = setInterval(() => { a = new FacebookAdsAgent(); }, 3_600_000);\nevery.unref();\nexport const getFacebookAgent = async () => (a ??= new FacebookAdsAgent());\nexport const stop = () => clearInterval(every);',
      ],
      [
        'a barrel before the class',
        "import { FacebookAdsAgent as A } from './barrel.ts';\nlet a: A | undefined;\nexport const getFacebookAgent = async () => (a ??= new A());",
        { 'src/utils/barrel.ts': "export * from '../agents/facebook-ads-agent.ts';\n" },
      ],
    ]),
  )('%s', async (_name: string, cache: string, files: Record<string, string> = {}) => {
    const { ok, cache: verdict, notes } = await report(treeOf(CLASS + cache, files));
    expect(verdict).toEqual({ module: 'src/utils/agent-cache.ts', verified: 'source' });
    expect({ ok, notes }).toEqual({ ok: true, notes: [] });
  });
});

test('the cache of this project itself is verified by its source', () => {
  const source = path.join(PROJECT_ROOT, 'api/src');
  const graph = new ModuleGraph((file, specifier) =>
    specifier.startsWith('.') ? path.resolve(path.dirname(file), specifier) : undefined,
  );
  const agent = {
    agentClass: 'FacebookAdsAgent',
    isAgentModule: (file: string) => file === path.join(source, 'agents/facebook-ads-agent.ts'),
    isAgentPackage: () => false,
  };
  const file = path.join(source, 'utils/agent-cache.ts');
  expect(conductOf(graph, agent, { file, name: 'getFacebookAgent' })).toBe('shares');
});

describe('what the source does not show is no false alarm, and not verified', () => {
  test.each(
    someOf([
      [
        'a package that remembers',
        "import remember from 'remembering';\nexport const getFacebookAgent = remember(async () => new FacebookAdsAgent());",
      ],
      [
        'a package that remembers as its options say',
        "import memoize from 'p-memoize';\nimport { store } from 'stores';\nexport const getFacebookAgent = memoize(async () => new FacebookAdsAgent(), { cache: store });",
      ],
      [
        'what was too old, of which only the first is replaced',
        'let a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { if (a && Date.now() - at < 60000) return a; const made = new FacebookAdsAgent(); if (!a) { a = made; at = Date.now(); } return made; }',
      ],
      [
        'a proxy that builds for each look at it',
        'export const getFacebookAgent = async () => agent;\nconst agent = new Proxy({}, { get: (_t, key) => Reflect.get(new FacebookAdsAgent(), key) });',
      ],
      [
        'one of many conditions that builds',
        "import { logger } from 'watch';\nlet a: FacebookAdsAgent | undefined;\nfunction note(step: string) { if (logger.isDebug(step)) logger.debug(step); if (logger.isInfo(step)) logger.info(step); return logger.isOff(step) ? undefined : logger.level; }\nfunction ask() { note('ask'); note('again'); if (note('fresh') === 'x') return new FacebookAdsAgent(); return (a ??= new FacebookAdsAgent()); }\nexport const getFacebookAgent = async () => ask();",
      ],
      [
        'one that is built for what is logged, if it is',
        "import { logger } from 'watch';\nlet a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => { if (logger.isDebug()) logger.debug(new FacebookAdsAgent()); return (a ??= new FacebookAdsAgent()); };",
      ],
      [
        'a key that a condition makes',
        "import { region } from 'regions';\nconst m = new Map<string, FacebookAdsAgent>();\nconst keyOf = () => (region() ? String(region()) : 'main');\nexport async function getFacebookAgent() { const key = keyOf(); let a = m.get(key); if (!a) { a = new FacebookAdsAgent(); m.set(key, a); } return a; }",
      ],
      [
        'a flag that what is noted sets',
        "import { logger } from 'watch';\nlet a: FacebookAdsAgent | undefined; let isOld = false;\nfunction note() { if (logger.isDebug()) isOld = logger.isOld(); }\nexport async function getFacebookAgent() { note(); if (isOld) return new FacebookAdsAgent(); return (a ??= new FacebookAdsAgent()); }",
      ],
      [
        'a failure that only some notes throw',
        "import { logger } from 'watch';\nlet a: FacebookAdsAgent | undefined;\nfunction note() { if (logger.isFull()) throw new Error('full'); if (logger.isDebug()) logger.debug('x'); }\nexport async function getFacebookAgent() { try { note(); } catch { return new FacebookAdsAgent(); } return (a ??= new FacebookAdsAgent()); }",
      ],
      [
        'chance',
        'let a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => (Math.random() < 0.5 ? new FacebookAdsAgent() : (a ??= new FacebookAdsAgent()));',
      ],
    ]),
  )('%s', async (_name, cache) => {
    const tree = treeOf(CLASS + cache);
    const { ok, cache: verdict, notes } = await report(tree);
    expect(ok).toBe(true);
    expect(verdict).toMatchObject({ verified: 'no', why: expect.stringContaining('getFacebookAgent') });
    expect(notes).toMatchObject([{ id: 'cache-not-verified' }]);
    expect((await check(tree)).stdout).toMatch(/^Done: .*the cache is not verified$/m);
  });
});

describe('a cache that keeps nothing is red', () => {
  test.each(
    someOf([
      ['built at each call', 'export const getFacebookAgent = async () => new FacebookAdsAgent();'],
      [
        'made ready at each call',
        'let a: FacebookAdsAgent | undefined; let ready: Promise<void> | undefined;\nasync function init() { a = new FacebookAdsAgent(); }\nexport async function getFacebookAgent() { if (!(await ready)) ready = init(); await ready; return a!; }',
      ],
      [
        'unless one of several promises says so',
        'let a: FacebookAdsAgent | undefined;\nconst isShared = async () => false;\nexport async function getFacebookAgent() { const [shares] = await Promise.all([isShared()]); return shares ? (a ??= new FacebookAdsAgent()) : new FacebookAdsAgent(); }',
      ],
      [
        'where a promise is taken for what it is of',
        'let a: FacebookAdsAgent | undefined;\nconst isOld = async () => false;\nexport async function getFacebookAgent() { if (isOld()) a = undefined; return (a ??= new FacebookAdsAgent()); }',
      ],
      [
        'for a time whose beginning is not kept',
        'let a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { if (a && Date.now() - at < 60000) return a; a = new FacebookAdsAgent(); return a; }',
      ],
      [
        'for a time whose beginning is looked up elsewhere',
        'const TTL = Number(process.env.TTL); let kept: any;\nexport async function getFacebookAgent() { if (kept && Date.now() - kept.born < TTL) return kept.a; kept = { a: new FacebookAdsAgent(), at: Date.now() }; return kept.a; }',
      ],
      [
        'until its time is over, the wrong way round',
        "import { config } from '../config.ts';\nlet a: FacebookAdsAgent | undefined; let until = 0;\nexport async function getFacebookAgent() { if (!a || Date.now() <= until) { a = new FacebookAdsAgent(); until = Date.now() + config.ttl; } return a; }",
      ],
      [
        'once its time is over, the wrong way round',
        'const TTL = Number(process.env.TTL); let a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { if (a && Date.now() - at > TTL) return a; a = new FacebookAdsAgent(); at = Date.now(); return a; }',
      ],
      [
        'until a time in seconds that is read in milliseconds',
        'let a: FacebookAdsAgent | undefined; let until = 0;\nexport async function getFacebookAgent() { if (!a || Date.now() > until) { a = new FacebookAdsAgent(); until = Math.floor(Date.now() / 1000) + 3600; } return a; }',
      ],
      [
        'for no time, unless a class is told',
        'class Kept<T> { #value?: T; #at = 0; constructor(private readonly make: () => T, private readonly uses: number, private readonly ttl = 0) {} get() { if (this.#value === undefined || Date.now() - this.#at >= this.ttl) { this.#value = this.make(); this.#at = Date.now(); } return this.#value; } }\nconst kept = new Kept(() => new FacebookAdsAgent(), 60000);\nexport const getFacebookAgent = async () => kept.get();',
      ],
      [
        'by what a package remembers for one call',
        "import memoize from 'p-memoize';\nexport const getFacebookAgent = async () => memoize(async () => new FacebookAdsAgent())();",
      ],
      [
        'in a queue of a package',
        "import { Mutex } from 'async-mutex';\nconst mutex = new Mutex(); let a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => mutex.runExclusive(async () => { const made = new FacebookAdsAgent(); a ??= made; return made; });",
      ],
      [
        'by a weak reference of its own',
        'export async function getFacebookAgent() { let ref: WeakRef<FacebookAdsAgent> | undefined; const a = ref?.deref() ?? new FacebookAdsAgent(); ref = new WeakRef(a); return a; }',
      ],
      [
        'in a namespace',
        'namespace Agents { export const get = async () => { let a: FacebookAdsAgent | undefined; return (a ??= new FacebookAdsAgent()); }; }\nexport const getFacebookAgent = Agents.get;',
      ],
      [
        'in a list from which it is taken',
        'const pool: FacebookAdsAgent[] = [];\nexport async function getFacebookAgent() { if (pool.length === 0) pool.push(new FacebookAdsAgent()); return pool.pop()!; }',
      ],
      [
        'in a list that is emptied',
        'const pool: FacebookAdsAgent[] = [];\nexport async function getFacebookAgent() { if (pool.length === 0) pool.push(new FacebookAdsAgent()); const a = pool[0]!; pool.length = 0; return a; }',
      ],
      [
        'in a list whose first goes',
        'const pool: FacebookAdsAgent[] = [];\nexport async function getFacebookAgent() { if (pool.length === 0) pool.push(new FacebookAdsAgent()); const a = pool[0]!; pool.shift(); return a; }',
      ],
      [
        'in a list that is cut',
        'const pool: FacebookAdsAgent[] = [];\nexport async function getFacebookAgent() { if (pool.length === 0) pool.push(new FacebookAdsAgent()); const a = pool[0]!; pool.splice(0, 1); return a; }',
      ],
      [
        'before the others of a list',
        'const pool: FacebookAdsAgent[] = [];\nexport async function getFacebookAgent() { pool.unshift(new FacebookAdsAgent()); return pool[0]!; }',
      ],
      [
        'by a store whose entries are over at once',
        "import { LRUCache } from 'lru-cache';\nconst c = new LRUCache<string, FacebookAdsAgent>({ max: 9, ttl: 1, fetchMethod: async () => new FacebookAdsAgent() });\nexport const getFacebookAgent = async () => (await c.fetch('x'))!;",
      ],
      [
        'by a store whose entry is over at once',
        "import { LRUCache } from 'lru-cache';\nconst c = new LRUCache<string, FacebookAdsAgent>({ max: 9 });\nexport async function getFacebookAgent() { let a = c.get('x'); if (!a) { a = new FacebookAdsAgent(); c.set('x', a, { ttl: 1 }); } return a; }",
      ],
      [
        'by a store that is told to fill itself anew',
        "import { LRUCache } from 'lru-cache';\nconst c = new LRUCache<string, FacebookAdsAgent>({ max: 9, fetchMethod: async () => new FacebookAdsAgent() });\nexport const getFacebookAgent = async () => (await c.fetch('x', { forceRefresh: true }))!;",
      ],
      [
        'by what remembers until its store is cleared',
        "import memoize from 'lodash/memoize';\nconst get = memoize(async () => new FacebookAdsAgent());\nexport const getFacebookAgent = async () => { const a = await get(); get.cache.clear!(); return a; };",
      ],
      [
        'by what remembers until it is told to forget',
        "import memoize, { pMemoizeClear } from 'p-memoize';\nconst get = memoize(async () => new FacebookAdsAgent());\nexport const getFacebookAgent = async () => { const a = await get(); pMemoizeClear(get); return a; };",
      ],
      [
        'kept in the function alone',
        'export async function getFacebookAgent() { let a: FacebookAdsAgent | undefined; a ??= new FacebookAdsAgent(); return a; }',
      ],
      [
        'through a helper',
        'const make = () => new FacebookAdsAgent();\nexport async function getFacebookAgent() { const a = make(); await a.getCampaigns(); return a; }',
      ],
      [
        'a subclass at each call',
        'class Mine extends FacebookAdsAgent {}\nexport const getFacebookAgent = async () => new Mine();',
      ],
      [
        'replaced at each call',
        'let a: FacebookAdsAgent;\nexport const getFacebookAgent = async () => (a = new FacebookAdsAgent());',
      ],
      [
        'by what an event is called',
        "let a: FacebookAdsAgent | undefined;\nfunction on(event: string) { switch (event) { case 'keep': a ??= new FacebookAdsAgent(); break; case 'ask': a = undefined; default: a ??= new FacebookAdsAgent(); } }\nexport async function getFacebookAgent() { on('ask'); return a; }",
      ],
      [
        'on an object that is made for each',
        'function get(this: any) { return (this.agent ??= new FacebookAdsAgent()); }\nexport async function getFacebookAgent() { return get.call({}); }',
      ],
      [
        'behind a promise that is made for each',
        'const make = async () => new FacebookAdsAgent();\nexport const getFacebookAgent = () => { let done: (a: FacebookAdsAgent) => void = () => {}; const p = new Promise<FacebookAdsAgent>((r) => { done = r; }); make().then((a) => done(a)); return p; };',
      ],
      [
        'dropped when the call has ended',
        'let a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => { process.nextTick(() => { a = undefined; }); return (a ??= new FacebookAdsAgent()); };',
      ],
      [
        'built once more beside the one that is kept',
        'let a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => { const probe = new FacebookAdsAgent(); await probe.getCampaigns(); return (a ??= probe); };',
      ],
      [
        'built for what is logged of it',
        'let a: FacebookAdsAgent | undefined;\nfunction tell() { console.log(Object.keys(new FacebookAdsAgent())); }\nexport const getFacebookAgent = async () => { tell(); return (a ??= new FacebookAdsAgent()); };',
      ],
      [
        'dropped before each call',
        'let a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => { a = undefined; return (a ??= new FacebookAdsAgent()); };',
      ],
    ]),
  )('%s', async (_name, cache) => {
    const { ok, items, cache: verdict } = await report(treeOf(CLASS + cache));
    expect(ok).toBe(false);
    expect(verdict.verified).toBe('no');
    expect(items[0]).toMatchObject({
      verdict: 'pending',
      ok: false,
      findings: [{ rule: 'cache', id: 'cache-builds' }, { rule: 'tick' }],
    });
  });

  test('a provider that keeps one for itself', async () => {
    const cache = `${CLASS}let a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => (a ??= new FacebookAdsAgent());\nclass Provider { #a?: FacebookAdsAgent; async getAgent() { return (this.#a ??= new FacebookAdsAgent()); } }\nexport const getCachedAgentProvider = (_o: object) => new Provider();\n`;
    const task =
      "import { getCachedAgentProvider } from '../utils/agent-cache.ts';\nexport async function run() { const provider = getCachedAgentProvider({ cacheTtl: 1800 }); const agent = await provider.getAgent(); return agent.getCampaigns(); }\n";
    const { items } = await report(treeOf(cache, { 'src/tasks/t.ts': task }));
    expect(items[0]?.findings[0]?.message).toContain(
      'getCachedAgentProvider(…).getAgent() builds a new FacebookAdsAgent at each call',
    );
    expect((await report(treeOf(cache))).ok).toBe(true);
  });

  test('an empty one, where its function is asked for', async () => {
    const { ok, items } = await report(treeOf('\n'));
    expect(ok).toBe(false);
    expect(items[1]).toMatchObject({
      verdict: 'partial',
      findings: [{ rule: 'cache', id: 'cache-lacks-export', line: 2, column: 10 }, { rule: 'tick' }],
    });
  });

  test('a second one that is nearer to the routes', async () => {
    const tree = treeOf(GROUND['src/utils/agent-cache.ts'], {
      'src/api/utils/agent-cache.ts':
        "import { FacebookAdsAgent } from '../../agents/facebook-ads-agent.ts';\nexport const getFacebookAgent = async () => new FacebookAdsAgent();\n",
      'src/api/a.ts': NEW_WAY.replace('../utils', './utils'),
    });
    const { ok, items } = await report(tree);
    expect(ok).toBe(false);
    expect(items.find(({ path }) => path === 'src/api/utils/agent-cache.ts')).toMatchObject({
      verdict: 'unlisted',
      findings: [{ id: 'cache-builds' }],
    });
  });
});

describe('whoever goes past the cache is red', () => {
  const cache = `${CLASS}let agent: FacebookAdsAgent | undefined;\nexport async function createAgent() { return new FacebookAdsAgent(); }\nexport const getFacebookAgent = async () => (agent ??= await createAgent());\nexport const label = () => 'agent';\n`;

  test.each([
    [
      'by name',
      "import { createAgent } from '../utils/agent-cache.ts';\nexport const h = async () => (await createAgent()).getCampaigns();\n",
    ],
    [
      'by another name',
      "import { createAgent as make } from '../utils/agent-cache.ts';\nexport const h = async () => {\n  const a = await make();\n  return a.getCampaigns();\n};\n",
    ],
    [
      'by the whole module',
      "import * as cache from '../utils/agent-cache.ts';\nexport const h = async () => (await cache.createAgent()).getCampaigns();\n",
    ],
    [
      'by require',
      "const { createAgent } = require('../utils/agent-cache.ts');\nexports.h = async () => (await createAgent()).getCampaigns();\n",
    ],
    [
      'through a barrel',
      "import { createAgent } from '../utils/index.ts';\nexport const h = async () => (await createAgent()).getCampaigns();\n",
    ],
    [
      'as a value',
      "import { createAgent } from '../utils/agent-cache.ts';\nexport const h = { create: createAgent };\n",
    ],
  ])('%s', async (_name, source) => {
    const { ok, items } = await report(
      treeOf(cache, { 'src/api/a.ts': source, 'src/utils/index.ts': "export * from './agent-cache.ts';\n" }),
    );
    expect(ok).toBe(false);
    expect(items[1]).toMatchObject({ path: 'src/api/a.ts', ok: false });
    expect(items[1]?.findings[0]?.message).toContain('createAgent');
  });

  test('helpers that build nothing, types, and builders that the cache and tests alone call are well', async () => {
    const tree = treeOf(cache, {
      'src/api/a.ts':
        "import { getFacebookAgent, label } from '../utils/agent-cache.ts';\nexport const h = async () => [label(), await (await getFacebookAgent()).getCampaigns()];\n",
      'test/a.test.ts': "import { createAgent } from '../src/utils/agent-cache.ts';\nvoid createAgent();\n",
    });
    expect(await check(tree)).toMatchObject({ exitCode: 0 });
  });

  describe('what reflection constructs is constructed', () => {
    const agentModule = (member: string) =>
      `export class FacebookAdsAgent {\n  ${member}\n  async getCampaigns(): Promise<string[]> { return []; }\n}\n`;
    const STATIC = `${CLASS}export const h = async (req: any) => (await FacebookAdsAgent.open(req.id)).getCampaigns();\n`;
    const METHOD =
      "import { getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async () => (await getFacebookAgent()).open().getCampaigns();\n";

    test.each<[string, string, string, number]>([
      ['by a static', 'static open(id: any) { return Reflect.construct(this, [id]); }', STATIC, 1],
      [
        'later',
        'static async open(id: any) { return Reflect.construct(FacebookAdsAgent, [id]); }',
        STATIC,
        1,
      ],
      ['by a method', 'open(): any { return Reflect.construct(this.constructor as any, []); }', METHOD, 1],
      [
        'and kept',
        'static one: any; static open(_id: any) { return (this.one ??= Reflect.construct(this, [])); }',
        STATIC,
        0,
      ],
      ['of another class', 'open(): any { return Reflect.construct(Map, []); }', METHOD, 0],
    ])('%s', async (_name, member, source, exitCode) => {
      const agent = { 'src/agents/facebook-ads-agent.ts': agentModule(member) };
      expect(await check(treeOf(cache, { 'src/api/a.ts': source, ...agent }))).toMatchObject({ exitCode });
    });
  });

  test('a builder that is given back to the cache is called by the cache', async () => {
    const source =
      "import { configure, createAgent, getFacebookAgent } from '../utils/agent-cache.ts';\nconfigure({ create: createAgent });\nexport const h = async () => (await getFacebookAgent()).getCampaigns();\n";
    const tree = treeOf(`${cache}export function configure(_options: object) {}\n`, {
      'src/api/a.ts': source,
    });
    expect((await report(tree)).ok).toBe(true);
    tree.write(
      'src/api/a.ts',
      source.replace('configure({ create: createAgent })', 'console.log(createAgent)'),
    );
    expect((await report(tree)).ok).toBe(false);
  });

  const undoing = (body: string) =>
    `import { getCachedAgentProvider, getFacebookAgent } from '../utils/agent-cache.ts';\nconst provider = getCachedAgentProvider({ cacheTtl: 60 });\nexport async function h() {\n${body}\n}\n`;

  test.each([
    [
      'invalidates before it asks',
      undoing('  provider.invalidateCache();\n  return (await getFacebookAgent()).getCampaigns();'),
      'invalidates-per-request',
    ],
    [
      'invalidates when it is done',
      undoing(
        '  const agent = await provider.getAgent();\n  try { return await agent.getCampaigns(); } finally { provider.invalidateCache(); }',
      ),
      'invalidates-per-request',
    ],
    [
      'asks for 0 seconds',
      undoing(
        '  const own = getCachedAgentProvider({ cacheTtl: 0 });\n  return (await own.getAgent()).getCampaigns();',
      ),
      'asks-for-zero-ttl',
    ],
    [
      'asks the getter for less than 0 seconds',
      undoing('  return (await getFacebookAgent({ cacheTtl: -1 })).getCampaigns();'),
      'asks-for-zero-ttl',
    ],
  ])('that %s on every call', async (_name, source, id) => {
    const { items } = await report(treeOf(GROUND['src/utils/agent-cache.ts'], { 'src/api/a.ts': source }));
    expect(items[1]?.findings[0]).toMatchObject({ rule: 'past-cache', id });
  });

  test.each([
    ['only invalidates', undoing("  provider.invalidateCache();\n  return 'done';")],
    [
      'invalidates what failed',
      undoing(
        '  const agent = await getFacebookAgent();\n  try { return await agent.getCampaigns(); } catch (error) { provider.invalidateCache(); throw error; }',
      ),
    ],
    [
      'invalidates on a condition',
      undoing(
        '  const agent = await getFacebookAgent();\n  const rows = await agent.getCampaigns();\n  if (rows.length === 0) provider.invalidateCache();\n  return rows;',
      ),
    ],
    [
      'asks for a short time',
      undoing('  return (await getCachedAgentProvider({ cacheTtl: 1 }).getAgent()).getCampaigns();'),
    ],
  ])('but not one that %s', async (_name, source) => {
    expect((await report(treeOf(GROUND['src/utils/agent-cache.ts'], { 'src/api/a.ts': source }))).ok).toBe(
      true,
    );
  });
});

describe('agents that are built where nobody looks', () => {
  const AGENT = `export class FacebookAdsAgent {
  static forAccount(_id: string) { return new FacebookAdsAgent(); }
  static withToken = async (_token: string) => new this();
  static shared?: FacebookAdsAgent;
  static getInstance() { return (FacebookAdsAgent.shared ??= new FacebookAdsAgent()); }
  static hash(text: string) { return text.length; }
  async getCampaigns() { return []; }
}
`;
  const inRoute = (source: string, files: Record<string, string> = {}) =>
    treeOf(GROUND['src/utils/agent-cache.ts'], {
      'src/agents/facebook-ads-agent.ts': AGENT,
      'src/api/a.ts': source,
      ...files,
    });

  test.each([
    [
      'a static method',
      `${CLASS}export const h = async () => FacebookAdsAgent.forAccount('1').getCampaigns();\n`,
      {},
    ],
    [
      'a static field',
      `${CLASS}export const h = async () => (await FacebookAdsAgent.withToken('1')).getCampaigns();\n`,
      {},
    ],
    [
      'a subclass',
      `${CLASS}class Mine extends FacebookAdsAgent {}\nexport const h = async () => new Mine().getCampaigns();\n`,
      {},
    ],
    [
      'a subclass of another file',
      "import { Mine } from '../lib/mine.ts';\nexport const h = async () => new Mine().getCampaigns();\n",
      {
        'src/lib/mine.ts': `${CLASS}class Base extends FacebookAdsAgent {}\nexport class Mine extends Base {}\n`,
      },
    ],
  ])('%s', async (_name, source, files) => {
    const { items } = await report(inRoute(source, files as Record<string, string>));
    expect(items.find(({ path }) => path === 'src/api/a.ts')).toMatchObject({ ok: false });
  });

  test('a file of which the agent or the cache needs something else', async () => {
    const fees = `${CLASS}export interface FeeBody { id: string }\nexport const LIMIT = 3;\nexport const fee = async (_id: string) => {\n  const agent = new FacebookAdsAgent();\n  return agent.getCampaigns();\n};\n`;
    const tree = treeOf(
      `import { LIMIT } from '../routes/fees.ts';\n${GROUND['src/utils/agent-cache.ts']}export const limit = LIMIT;\n`,
      {
        'src/agents/facebook-ads-agent.ts': `import type { FeeBody } from '../routes/fees.ts';\nexport class FacebookAdsAgent { async fee(body: FeeBody) { return body.id; } async getCampaigns() { return []; } }\n`,
        'src/routes/fees.ts': fees,
      },
    );
    const { items } = await report(tree);
    expect(items.find(({ path }) => path === 'src/routes/fees.ts')).toMatchObject({ ok: false });
  });

  test.each([
    [
      'a static method that gives the shared one',
      `${CLASS}import { getFacebookAgent } from '../utils/agent-cache.ts';\nexport type Kept = ReturnType<typeof FacebookAdsAgent.getInstance>;\nexport const h = async () => (await getFacebookAgent()).getCampaigns();\n`,
    ],
    [
      'a class that only has the name of a subclass',
      'class Mine {}\nexport const h = async () => new Mine();\n',
    ],
  ])('but not %s', async (_name, source) => {
    expect((await report(inRoute(source))).ok).toBe(true);
  });
});
