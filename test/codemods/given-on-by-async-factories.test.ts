import { someOf } from '../support/depth.ts';
import { CLASS, leftIn } from './support/left-in.ts';

const FACTORY = 'async function make() { return new FacebookAdsAgent(); }\n';
const HEAD = `import { Router } from 'express';
import { createPool } from 'generic-pool';
import { keep, memoize, retry } from 'tools';
export const router = Router();
const ids = [1, 2];
const ready = Promise.resolve();
const makers = new Map();
`;

/** What a handler does with an agent `a`, so that it is everybody's, or its own. */
const use = (before: string) =>
  `router.get('/', async (req, res) => { ${before}; res.json(await a.list()); });`;
const close = (before: string) =>
  `router.get('/', async (req, res) => { ${before}; a.close(); res.end(); });`;

/** What becomes of the factory: of one of the file, and of one of another. */
type Rows = Record<string, string>;

const LEFT_IN_BOTH: Rows = {
  'for a pool': 'export const pool = createPool({ create: () => make(), max: 5 });',
  'for a pool, awaited': 'export const pool = createPool({ create: async () => await make() });',
  'for a pool, by a method': 'export const pool = createPool({ async create() { return make(); } });',
  'for a pool, by a variable':
    'export const pool = createPool({ create: async () => { const a = await make(); return a; } });',
  'to what tries again': use('const a = await retry(() => make())'),
  'to what remembers it': 'export const get = memoize(async () => make());',
  'by a function that the response keeps':
    'router.use((req, res, next) => { res.locals.give = () => make(); next(); });',
  'by a function of a list': 'export const list = [() => make()];',
  'by a function of a map': "makers.set('a', () => make());",
  'by a function that is returned': 'export const maker = () => () => make();',
  'after a promise, where it is closed': close('const a = await ready.then(() => make())'),
  'to the next callback, which closes it':
    "router.get('/', async (req, res) => { await ready.then(() => make()).then((a) => a.close()); res.end(); });",
  'for each of a list, of which one is closed': close('const [a] = await Promise.all(ids.map(() => make()))'),
  'for each of a list, of which the module keeps one':
    "const kept = [];\nrouter.get('/', async (req, res) => { const [a] = await Promise.all(ids.map(() => make())); kept.push(a); res.end(); });",
  'for each of a list in a variable': close(
    'const jobs = ids.map(() => make()); const [a] = await Promise.all(jobs)',
  ),
  'by a function that is called at once': close('const a = await (async () => make())()'),
  'by a function of the handler': close('const open = async () => make(); const a = await open()'),
  'by a function that logs': `async function open(id: string) { console.log(id); return make(); }\n${close("const a = await open('a')")}`,
  'by a member': `const clients = { open: async () => { console.log(1); return await make(); } };\n${close('const a = await clients.open()')}`,
  'in an object': `const open = async (id: string) => ({ agent: await make(), id });\n${close("const { agent: a } = await open('a')")}`,
  'to a function of the tree that closes it': `const run = async (give) => { const a = await give(); a.close(); };\nrouter.get('/', async (req, res) => { await run(async () => make()); res.end(); });`,
  'by what it yields': `async function* all() { yield await make(); }\nrouter.get('/', async (req, res) => { for await (const a of all()) a.close(); });`,
  'by what it yields, in an object': `function* all() { yield { given: make() }; }\nrouter.get('/', async (req, res) => { for (const { given } of all()) (await given).close(); });`,
  'by what it yields, one by one': `function* all() { yield make(); }\n${close('const a = await all().next().value')}`,
  'as a promise of an instance':
    'class Reader { agent; constructor() { this.agent = make(); } async stop() { (await this.agent).close(); } }\nexport const reader = new Reader();',
  'as a promise of the module':
    'const given = make();\nexport const stop = async () => (await given).close();',
  'by a getter':
    'class Reader { get agent() { return make(); } async stop() { (await this.agent).close(); } }\nexport const reader = new Reader();',
  'itself, for a pool': 'export const pool = createPool({ create: make });',
  'itself, to what tries again': use('const a = await retry(make)'),
  'itself, by a list': 'export const list = [make];',
  'itself, by the response': 'router.use((req, res, next) => { res.locals.make = make; next(); });',
  'itself, after a promise': close('const a = await ready.then(make)'),
  'itself, for each of a list': close('const [a] = await Promise.all(ids.map(make))'),
  'itself, by a table': `const clients = { open: make };\n${close('const a = await clients.open()')}`,
  'itself, to a function of the tree': `const run = async (give) => { const a = await give(); a.close(); };\nrouter.get('/', async (req, res) => { await run(make); res.end(); });`,
  'itself, bound': close('const open = make.bind(null); const a = await open()'),
};

const MIGRATED_IN_BOTH: Rows = {
  'after a promise': use('const a = await ready.then(() => make())'),
  'to the next callback':
    "router.get('/', (req, res, next) => { ready.then(() => make()).then((a) => a.list()).then((list) => res.json(list)).catch(next); });",
  'for each of a list': use('const [a] = await Promise.all(ids.map(() => make()))'),
  'by a function that is called at once': use('const a = await (async () => make())()'),
  'by a function of the handler': use('const open = async () => make(); const a = await open()'),
  'by a function that logs': `async function open(id: string) { console.log(id); return make(); }\n${use("const a = await open('a')")}`,
  'by a member': `const clients = { open: async () => { console.log(1); return await make(); } };\n${use('const a = await clients.open()')}`,
  'in an object': `const open = async (id: string) => ({ agent: await make(), id });\n${use("const { agent: a } = await open('a')")}`,
  'to a function of the tree': `const run = async (give) => { const a = await give(); return a.list(); };\nrouter.get('/', async (req, res) => { res.json(await run(async () => make())); });`,
  'to nobody: what tries again gets its list':
    "router.get('/', async (req, res) => { res.json(await retry(async () => (await make()).list())); });",
  'by an exported function': `export const open = async () => make();`,
  'itself, after a promise': use('const a = await ready.then(make)'),
  'itself, for each of a list': use('const [a] = await Promise.all(ids.map(make))'),
  'itself, by a table': `const clients = { open: make };\n${use('const a = await clients.open()')}`,
  'itself, to a function of the tree': `const run = async (give) => { const a = await give(); return a.list(); };\nrouter.get('/', async (req, res) => { res.json(await run(make)); });`,
};

/** Where the factory's own file is no place for them. */
const OF_ANOTHER_FILE: Record<string, [code: string, isLeft: boolean]> = {
  'loaded late': [use("const { make } = await import('./make.js'); const a = await make()"), false],
  'loaded late as a whole': [use("const lib = await import('./make.js'); const a = await lib.make()"), false],
  'loaded late, and closed': [
    close("const { make } = await import('./make.js'); const a = await make()"),
    true,
  ],
  'loaded late as a whole, and closed': [
    close("const lib = await import('./make.js'); const a = await lib.make()"),
    true,
  ],
  'loaded late, for a pool': [
    "router.use(async (req, res, next) => { const { make } = await import('./make.js'); createPool({ create: make }); next(); });",
    true,
  ],
  'loaded late, by any name': [
    close("const lib = await import('./make.js'); const a = await lib[req.query.x]()"),
    true,
  ],
  'loaded late, given on as a whole': [
    "router.use(async (req, res, next) => { keep(await import('./make.js')); next(); });",
    true,
  ],
  'in a generator': [
    `import { make } from './make.js';\nasync function* rows() { const a = await make(); yield* await a.list(); }\n${use('const a = { list: async () => { for await (const row of rows()) keep(row); } }')}`,
    false,
  ],
  'as a promise of an instance': [
    "import { make } from './make.js';\nclass Reader { agent; constructor() { this.agent = make(); } async all() { return (await this.agent).list(); } }\nexport const reader = new Reader();",
    false,
  ],
  'by its type': ["import { make } from './make.js';\nexport type Make = typeof make;", false],
  'by a barrel': ["export * from './make.js';", false],
};

async function isLeft(files: Record<string, string>): Promise<boolean> {
  return (await leftIn(files)).some((id) => id !== 'migrated');
}

const inOneFile = (code: string) => isLeft({ 'src/code.ts': `${CLASS}\n${HEAD}${FACTORY}${code}\n` });
const inTwoFiles = (code: string) =>
  isLeft({ 'src/make.ts': `${CLASS}\nexport ${FACTORY}`, 'src/code.ts': `${HEAD}${code}\n` });
const imported = (code: string) => inTwoFiles(`import { make } from './make.js';\n${code}`);

describe('an async factory is left where what it gives is given on', () => {
  test.each(someOf(Object.entries(LEFT_IN_BOTH)))('%s', async (_, code) => {
    expect([await inOneFile(code), await imported(code)]).toEqual([true, true]);
  });
});

describe('an async factory is migrated where what it gives is given on', () => {
  test.each(someOf(Object.entries(MIGRATED_IN_BOTH)))('%s', async (_, code) => {
    expect([await inOneFile(code), await imported(code)]).toEqual([false, false]);
  });
});

test.each(someOf(Object.entries(OF_ANOTHER_FILE)))(
  'an async factory of another file, %s',
  async (_, [code, left]) => {
    expect(await inTwoFiles(code)).toBe(left);
  },
);
