import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const ALS =
  "import { AsyncLocalStorage } from 'node:async_hooks';\nexport const als = new AsyncLocalStorage<any>();\nexport const ctx = () => als.getStore();\n";
const CURRENT =
  'let current: any;\nexport const get = () => current;\nexport const set = (user: any) => { current = user; };\nexport const state: any = {};\n';
const METHOD = 'async getCampaigns(): Promise<string[]> { return []; }';
const OF_ALS = "import { als, ctx } from '../lib/als.ts';\n";
const OF_STATE = "import { get, state } from '../lib/current.ts';\n";
const SETS = "import { set, state } from './lib/current.ts';\n";

const server = (head: string, middleware: string) =>
  `${head}import express from 'express';\nimport { router } from './api/a.ts';\nconst app = express();\n${middleware}\napp.use('/a', router);\napp.listen(3000);\n`;

const judged = async (agent: string, files: Record<string, string> = {}) => {
  const tree = new Tree({
    ...GROUND,
    'src/lib/als.ts': ALS,
    'src/lib/current.ts': CURRENT,
    'src/agents/facebook-ads-agent.ts': agent,
    'src/api/a.ts': NEW_WAY,
    'src/server.ts': server('', ''),
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
    ...files,
  });
  const { ok, cache, items } = await report(tree);
  return { ok, verified: cache.verified, ids: items.flatMap(({ findings }) => findings.map(({ id }) => id)) };
};

const MIXES = { ok: false, ids: ['cache-mixes'] };
const VERIFIED = { ok: true, verified: 'source', ids: [] };
const UNVERIFIED = { ok: true, verified: 'no', ids: [] };

test.each([
  [`${OF_ALS}export class FacebookAdsAgent { token = als.getStore()?.token; ${METHOD} }`],
  [`${OF_ALS}export class FacebookAdsAgent { token; constructor() { this.token = ctx().token; } ${METHOD} }`],
  [`${OF_ALS}export class FacebookAdsAgent { constructor(private o = ctx()) {} ${METHOD} }`],
  [`${OF_ALS}class Base { token = ctx()?.token; }\nexport class FacebookAdsAgent extends Base { ${METHOD} }`],
  [
    `${OF_ALS}class Http { headers = { auth: ctx()?.token }; }\nexport class FacebookAdsAgent { http = new Http(); ${METHOD} }`,
  ],
])('an agent that reads what a request has when it is built is not for all: %s', async (agent) => {
  expect(await judged(agent)).toMatchObject(MIXES);
});

test.each([
  `${OF_ALS}export class FacebookAdsAgent { async getCampaigns() { return [ctx()?.token]; } }`,
  `${OF_ALS}// agent-cache: assume constructor-reads-nothing — one token for all\nexport class FacebookAdsAgent { token = ctx()?.token; ${METHOD} }`,
  `export class FacebookAdsAgent { token = process.env.TOKEN; started = Date.now(); ${METHOD} }`,
  `const known = new Map<string, any>();\nconst of = (url: string) => { const it = known.get(url) ?? { url }; known.set(url, it); return it; };\nexport const forget = () => known.clear();\nexport class FacebookAdsAgent { at = of('x'); ${METHOD} }`,
])('what is the same for all may be read when it is built: %s', async (agent) => {
  expect(await judged(agent)).toEqual(VERIFIED);
});

const READS = `${OF_STATE}export class FacebookAdsAgent { user = get(); plan = state.plan; ${METHOD} }`;

test.each([
  ['app.use((req: any, _res: any, next: any) => { set(req.user); next(); });', MIXES],
  ['app.use((req: any, _res: any, next: any) => { state.plan = req.user.plan; next(); });', MIXES],
  ["app.get('/b', (req: any, res: any) => { const { user } = req; set(user); res.end(); });", MIXES],
  ['set(process.env.OWNER);', VERIFIED],
  ["set(1);\nstate.plan = 'free';", VERIFIED],
  ["app.post('/reload', (_req: any, res: any) => { set(Math.random()); res.end(); });", UNVERIFIED],
])('a variable that the constructor reads: %s', async (middleware, expected) => {
  expect(await judged(READS, { 'src/server.ts': server(SETS, middleware) })).toMatchObject(expected);
});

const GIVEN = `export class FacebookAdsAgent { constructor(private user: any) {} ${METHOD} }`;
const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const KEPT =
  'let agent: FacebookAdsAgent | undefined;\nconst agents = new Map<string, FacebookAdsAgent>();\n';
const cache = (body: string, given = '') =>
  `${OF_STATE}${CLASS}${KEPT}export async function getFacebookAgent(${given}) { ${body} }\n`;

test.each([
  [cache('return (agent ??= new FacebookAdsAgent(get()));'), MIXES],
  [
    cache(
      'const user = get(); let a = agents.get(user); if (!a) { a = new FacebookAdsAgent(user); agents.set(user, a); } return a;',
    ),
    { ok: true, ids: [] },
  ],
  [cache('console.log(get()); return (agent ??= new FacebookAdsAgent(1));'), VERIFIED],
])('a variable that requests set, in the cache: %s', async (module, expected) => {
  const files = {
    'src/utils/agent-cache.ts': module,
    'src/server.ts': server(SETS, 'app.use((req: any, _res: any, next: any) => { set(req.user); next(); });'),
  };
  expect(await judged(GIVEN, files)).toMatchObject(expected);
});

const SETS_PART =
  'app.use((req: any, _res: any, next: any) => { state.user = req.user; (globalThis as any).user = req.user; next(); });';
const SETS_TOKEN = (at: string) =>
  at === 'start'
    ? "process.env.TOKEN ??= 'x';"
    : 'app.use((req: any, _res: any, next: any) => { process.env.TOKEN = req.headers.token; next(); });';

test.each([
  [cache('return (agent ??= new FacebookAdsAgent(state.user));'), SETS_PART, UNVERIFIED],
  [cache('const { user } = state; return (agent ??= new FacebookAdsAgent(user));'), SETS_PART, UNVERIFIED],
  [cache('return (agent ??= new FacebookAdsAgent((globalThis as any).user));'), SETS_PART, UNVERIFIED],
  [cache('return (agent ??= new FacebookAdsAgent(state.url));'), SETS_PART, VERIFIED],
  [cache('return (agent ??= new FacebookAdsAgent(process.env.TOKEN));'), SETS_TOKEN('request'), UNVERIFIED],
  [cache('return (agent ??= new FacebookAdsAgent(process.env.TOKEN));'), SETS_TOKEN('start'), VERIFIED],
])(
  'a part of an object, or of the environment, that requests set: %s %s',
  async (module, middleware, expected) => {
    const files = { 'src/utils/agent-cache.ts': module, 'src/server.ts': server(SETS, middleware) };
    expect(await judged(GIVEN, files)).toMatchObject(expected);
  },
);

const READS_TOKEN = cache('return (agent ??= new FacebookAdsAgent(process.env.TOKEN));');
const SET_ENV =
  'export const setEnv = (name: string, value: any) => { process.env[name] = String(value); };\n';

/** Of a tree whose cache reads a variable that is set at start, and whose requests do more with the environment. */
const judgedWith = (code: string) => {
  const isByHelper = code.includes('setEnv');
  const head = `${SETS}${isByHelper ? "import { setEnv } from './lib/env.ts';\n" : ''}`;
  const middleware = `process.env.TOKEN ??= 'x';\nconst KEY = 'TOKEN';\nconst kept: any = {};\napp.use((req: any, _res: any, next: any) => { ${code} next(); });`;
  return judged(GIVEN, {
    ...(isByHelper && { 'src/lib/env.ts': SET_ENV }),
    'src/utils/agent-cache.ts': READS_TOKEN,
    'src/server.ts': server(head, middleware),
  });
};

test.each([
  'Object.assign(process.env, { TOKEN: req.headers.token });',
  'process.env[KEY] = req.headers.token;',
  '[process.env.TOKEN] = [req.headers.token];',
  'for (const [key, value] of Object.entries(req.query)) process.env[key] = String(value);',
  "Reflect.set(process.env, 'TOKEN', req.query.token);",
  'delete process.env[KEY];',
  "setEnv('TOKEN', req.query.token);",
])('the environment is set by a request: %s', async (code) => {
  expect(await judgedWith(code)).toMatchObject(UNVERIFIED);
});

test.each([
  'const { TOKEN } = process.env; kept.token = TOKEN;',
  'kept[req.query.key] = process.env[KEY];',
  'Object.assign(kept, process.env);',
])('the environment is set at start alone, and read by a request: %s', async (code) => {
  expect(await judgedWith(code)).toMatchObject(VERIFIED);
});

test('a class beside the cache that extends the agent is asked what it reads, too', async () => {
  const own = (token: string) =>
    `import { als } from '../lib/als.ts';\n${CLASS}class Own extends FacebookAdsAgent { token = ${token}; }\n${KEPT}export async function getFacebookAgent() { return (agent ??= new Own(1)); }\n`;
  const of = (token: string) => judged(GIVEN, { 'src/utils/agent-cache.ts': own(token) });
  expect(await of('als.getStore()?.token')).toMatchObject(UNVERIFIED);
  expect(await of('process.env.TOKEN')).toEqual(VERIFIED);
});

test('a store that is a class of the tree gives what the request has, too', async () => {
  const store = (read: string) => ({
    'src/lib/ctx.ts':
      "import { AsyncLocalStorage } from 'node:async_hooks';\nclass Ctx extends AsyncLocalStorage<any> { get token() { return this.getStore()?.token; } }\nexport const ctx = new Ctx();\n",
    'src/utils/agent-cache.ts': `import { ctx } from '../lib/ctx.ts';\n${CLASS}${KEPT}export async function getFacebookAgent() { ${read} }\n`,
  });
  const once = (token: string) => `return (agent ??= new FacebookAdsAgent(${token}));`;
  expect(await judged(GIVEN, store(once('ctx.getStore().token')))).toMatchObject(MIXES);
  expect(await judged(GIVEN, store(once('ctx.token')))).toMatchObject(MIXES);
  expect(await judged(GIVEN, store(`console.log(ctx.token); ${once('1')}`))).toEqual(VERIFIED);
});
