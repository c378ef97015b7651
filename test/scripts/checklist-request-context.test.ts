import { someOf } from '../support/depth.ts';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const ALS =
  "import { AsyncLocalStorage } from 'node:async_hooks';\nexport const als = new AsyncLocalStorage<any>();\n";
const KEPT =
  'let agent: FacebookAdsAgent | undefined;\nconst agents = new Map<string, FacebookAdsAgent>();\n';
const URLS = "const URLS: any = { eu: { url: 'a', v: 1 }, us: { url: 'b', v: 2 } };\n";
const HASH = "import { createHash } from 'node:crypto';\n";
const getter = (body: string, head = ALS, given = '') =>
  `${head}${CLASS}${KEPT}${URLS}export async function getFacebookAgent(${given}) { ${body} }\n`;
const once = (token: string) => `return (agent ??= new FacebookAdsAgent(${token}));`;
const byKey = (key: string, built: string) =>
  `const key = ${key}; let a = agents.get(key); if (!a) { a = new FacebookAdsAgent(${built}); agents.set(key, a); } return a;`;

const judged = async (cache: string, given = '') => {
  const tree = new Tree({
    ...GROUND,
    'src/agents/facebook-ads-agent.ts':
      'export class FacebookAdsAgent {\n  constructor(..._given: any[]) {}\n  async getCampaigns() { return []; }\n}\n',
    'src/lib/als.ts': `${ALS}export const token = () => als.getStore().token;\n`,
    'src/utils/agent-cache.ts': cache,
    'src/api/a.ts': `import { getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async (req: any) => (await getFacebookAgent(${given})).getCampaigns();\n`,
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
  });
  const { ok, cache: verdict, items } = await report(tree);
  return { ok, verified: verdict.verified, ids: items.flatMap((each) => each.findings.map(({ id }) => id)) };
};

test.each(
  someOf([
    getter(once('als.getStore()!.token')),
    getter(once('als.getStore()?.token ?? process.env.TOKEN')),
    getter(once("als.getStore().get('token')")),
    getter(once('token()'), "import { token } from '../lib/als.ts';\n"),
    getter(once('als.getStore().token'), "import { als } from '../lib/als.ts';\n"),
    getter(once("context.get('token')"), "import context from 'express-http-context';\n"),
    getter(once("getNamespace('x').get('token')"), "import { getNamespace } from 'cls-hooked';\n"),
    getter(
      `const jar = await cookies(); ${once("jar.get('token').value")}`,
      "import { cookies } from 'next/headers';\n",
    ),
    getter(`const s = als.getStore(); ${byKey('s.tenant', 's.token')}`),
  ]),
)('an agent of one request is not for all: %s', async (cache) => {
  expect(await judged(cache)).toMatchObject({ ok: false, ids: ['cache-mixes'] });
});

const VERIFIED = { ok: true, verified: 'source', ids: [] };

test.each([
  getter(`const { token } = als.getStore(); ${byKey('token', 'token')}`),
  getter(`console.log(als.getStore()?.token); ${once('')}`),
  getter(`return als.run({ token: 'x' }, () => { ${once('process.env.TOKEN')} });`),
  getter(`return als.exit(() => { ${once('')} });`),
])('what a request has may be a key, or for the log: %s', async (cache) => {
  expect(await judged(cache)).toEqual(VERIFIED);
});

const OF_REGION = 'region: string, token: string';
const GIVEN = 'req.region, req.token';

test.each([
  [`const { url } = URLS[region]; ${byKey(`\`\${url}:\${token}\``, 'url, token')}`, ''],
  [`const { url } = URLS[region] ?? URLS.eu; ${byKey(`\`\${url}:\${token}\``, 'url, token')}`, ''],
  [`const { url, v } = URLS[region]; ${byKey(`\`\${url}:\${v}:\${token}\``, 'url, v, token')}`, ''],
  [`const { url } = URLS[region]; ${byKey(`\`\${region}:\${token}\``, 'url, token')}`, ''],
  [byKey("createHash('sha256').update(region + ':' + token).digest('hex')", 'region, token'), HASH],
])('a getter that takes something may keep one for each: %s', async (body, head) => {
  expect(await judged(getter(body, head, OF_REGION), GIVEN)).toEqual(VERIFIED);
});

test.each([
  `const { url } = URLS[region]; ${byKey('token', 'url, token')}`,
  `const { url } = URLS[region]; ${byKey('url', 'url, token')}`,
])('a key that lacks a part does not: %s', async (body) => {
  expect(await judged(getter(body, '', OF_REGION), GIVEN)).toMatchObject({ ok: false });
});

const USER = 'export const currentUser = () => als.getStore().user;\n';
const judgedAgent = async (members: string, config: Record<string, string> = {}, imports = '') => {
  const tree = new Tree({
    ...GROUND,
    'src/lib/als.ts': ALS + USER,
    'src/agents/facebook-ads-agent.ts': `${imports}import { als, currentUser } from '../lib/als.ts';\nimport ctx from 'express-http-context';\nimport { cookies } from 'next/headers';\nexport class FacebookAdsAgent {\n  ${members}\n}\n`,
    'src/utils/agent-cache.ts': `${CLASS}${KEPT}export async function getFacebookAgent() { ${once('')} }\n`,
    'src/api/a.ts': NEW_WAY,
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
    ...config,
  });
  const { ok, cache: verdict, items } = await report(tree);
  return { ok, verified: verdict.verified, ids: items.flatMap((each) => each.findings.map(({ id }) => id)) };
};

/** The same of a class that is given `conf`, which `lib/conf.ts` exports. */
const judgedGiven = async (conf: string, takes: string, built = once('conf')) => {
  const tree = new Tree({
    ...GROUND,
    'src/lib/conf.ts': `${ALS}${conf}`,
    'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {\n  token: any;\n  conf: any;\n  constructor(given: any) { ${takes} }\n  async getCampaigns() { return [this.token ?? this.conf.token]; }\n}\n`,
    'src/utils/agent-cache.ts': getter(built, "import { als, conf } from '../lib/conf.ts';\n"),
    'src/api/a.ts': NEW_WAY,
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
  });
  const { ok, cache: verdict, items } = await report(tree);
  return { ok, verified: verdict.verified, ids: items.flatMap((each) => each.findings.map(({ id }) => id)) };
};
const GETTER = 'get token() { return als.getStore()!.token; }';

test.each([
  [`class Conf { ${GETTER} }\nexport const conf = new Conf();`, 'this.token = given.token;'],
  [`export const conf = Object.freeze({ ${GETTER} });`, 'const { token } = given; this.token = token;'],
  ['export const conf = () => als.getStore()!.token;', 'this.token = given();'],
])('an agent takes nothing of one request of what it is built with: %s', async (conf, takes) => {
  expect(await judgedGiven(conf, takes)).toMatchObject({ ok: false, ids: ['cache-mixes'] });
});

test.each([
  [`class Conf { ${GETTER} }\nexport const conf = new Conf();`, 'this.conf = given;', undefined],
  [
    `class Conf { url = 'x'; ${GETTER} }\nexport const conf = new Conf();`,
    'this.token = given.url;',
    undefined,
  ],
  [
    'export const conf = 1;',
    'this.token = given;',
    `const { token } = als.getStore()!; ${byKey('token', 'token')}`,
  ],
])('an agent may ask the request by what it is built with: %s %s %s', async (conf, takes, built) => {
  expect(await judgedGiven(conf, takes, built)).toEqual(VERIFIED);
});

const OPEN = "async #open() { return fetch('https://x.test', { headers: { t: process.env.T ?? '' } }); }";

test.each(
  someOf([
    '#t: any; async getCampaigns() { this.#t ??= als.getStore().token; return [this.#t]; }',
    "t: any; async getCampaigns() { if (!this.t) this.t = ctx.get('token'); return [this.t]; }",
    'cfg: any; async getCampaigns() { this.cfg = this.cfg || currentUser(); return [this.cfg]; }',
    't: any; token() { if (this.t === undefined) { this.t = als.getStore()?.token; } return this.t; } async getCampaigns() { return [this.token()]; }',
    "p: any; async #open() { const { token } = als.getStore(); return fetch('https://x.test', { headers: { token } }); } async getCampaigns() { return (this.p ??= this.#open()); }",
    "m = new Map(); async getCampaigns() { if (!this.m.has('t')) this.m.set('t', als.getStore().token); return [this.m.get('t')]; }",
    "t: any; async getCampaigns() { this.t ??= (await cookies()).get('t'); return [this.t]; }",
    'm = new Map(); async one(id: string) { const t = als.getStore().token; if (!this.m.has(id)) this.m.set(id, await fetch(id, { headers: { t } })); return this.m.get(id); } async getCampaigns() { return []; }',
  ]),
)('an agent that all share keeps nothing of one request: %s', async (members) => {
  expect(await judgedAgent(members)).toMatchObject({ ok: false, ids: ['cache-mixes'] });
});

const REMEMBERED = "import axios from 'axios';\nimport { Memoize } from 'typescript-memoize';\n";

test.each([
  "http = axios.create(); async getCampaigns() { this.http.defaults.headers.t = als.getStore().token; return this.http.get('/'); }",
  "http = axios.create(); async getCampaigns() { this.http.setHeader('t', als.getStore().token); return this.http.get('/'); }",
  "http: any; async getCampaigns() { if (!this.http) { this.http = axios.create(); const { token } = als.getStore(); this.http.interceptors.request.use((c: any) => ({ ...c, token })); } return this.http.get('/'); }",
  '@Memoize() token() { return als.getStore().token; } async getCampaigns() { return [this.token()]; }',
])('what a package keeps for it of a request is not told of all: %s', async (members) => {
  expect(await judgedAgent(members, {}, REMEMBERED)).toEqual({ ok: true, verified: 'no', ids: [] });
});

test.each([
  "http = axios.create(); async getCampaigns() { return this.http.get('/', { headers: { t: als.getStore().token } }); }",
  "http: any; async getCampaigns() { if (!this.http) { this.http = axios.create(); this.http.interceptors.request.use((c: any) => ({ ...c, t: als.getStore().token })); } return this.http.get('/'); }",
  '@Memoize() url() { return process.env.URL; } async getCampaigns() { console.log(als.getStore()?.id); return [this.url()]; }',
])('and may ask it for each request: %s', async (members) => {
  expect(await judgedAgent(members, {}, REMEMBERED)).toEqual(VERIFIED);
});

test('a key by the name of who asks does not show that it decides', async () => {
  const members =
    'm: any = {}; async getCampaigns() { const { id } = currentUser(); return (this.m[id] ??= await fetch(id, { headers: { t: als.getStore().token } })); }';
  expect(await judgedAgent(members)).toEqual({ ok: true, verified: 'no', ids: [] });
});

test('what each request sets anew may meet what another one set', async () => {
  const members =
    't: any; async getCampaigns() { this.t = als.getStore().token; await fetch("https://x.test"); return [this.t]; }';
  expect(await judgedAgent(members)).toEqual({ ok: true, verified: 'no', ids: [] });
});

const CURRENT = "import { current } from '../lib/current.ts';\n";
const judgedBeside = (members: string, sets: string) =>
  judgedAgent(
    members,
    {
      'src/lib/current.ts': 'export const current: any = {};\n',
      'src/api/a.ts': `import { Router } from 'express';\n${CURRENT}import { getFacebookAgent } from '../utils/agent-cache.ts';\nexport const router = Router();\n${sets}\nrouter.get('/', async (_req, res) => { res.json(await (await getFacebookAgent()).getCampaigns()); });\n`,
    },
    CURRENT,
  );
const SETS_CURRENT = 'router.use((req, _res, next) => { current.token = req.headers.token; next(); });';
const KEEPS_CURRENT = 't: any; async getCampaigns() { this.t ??= current.token; return [this.t]; }';

test('nothing is kept of what requests set beside the agent', async () => {
  expect(await judgedBeside(KEEPS_CURRENT, SETS_CURRENT)).toMatchObject({ ok: false, ids: ['cache-mixes'] });
});

test.each([
  [KEEPS_CURRENT, "current.token = 'fake';"],
  ['async getCampaigns() { return [current.token]; }', SETS_CURRENT],
  [
    "c: any; async getCampaigns() { const t = current.token; this.c ??= await fetch('https://x.test'); return [this.c, t]; }",
    SETS_CURRENT,
  ],
])('but what is set at start is, and a connection beside it: %s %s', async (members, sets) => {
  expect(await judgedBeside(members, sets)).toEqual(VERIFIED);
});

const TOKEN = '#t: any; async getCampaigns() { this.#t ??= als.getStore().token; return [this.#t]; }';

test.each<[string, Record<string, string>]>(
  someOf([
    [`c: any; ${OPEN} async getCampaigns() { return (this.c ??= this.#open()); }`, {}],
    ['async getCampaigns() { const t = als.getStore().token; return [t]; }', {}],
    [
      'm = new Map(); async getCampaigns() { const t = als.getStore().token; if (!this.m.has(t)) this.m.set(t, await fetch(t)); return this.m.get(t); }',
      {},
    ],
    [
      `c: any; ${OPEN} async getCampaigns() { console.log(als.getStore()?.id); return (this.c ??= this.#open()); }`,
      {},
    ],
    [
      'n = 0; last: any; async getCampaigns() { this.n += 1; this.last = als.getStore()?.id; return []; }',
      {},
    ],
    [
      'm = new Map(); async one(id: string) { console.log(als.getStore()?.id); if (!this.m.has(id)) this.m.set(id, await fetch(id)); return this.m.get(id); } async getCampaigns() { return []; }',
      {},
    ],
    [
      'm = new Map<string, any>(); async one(id: string) { const key = als.getStore().user + id; let p = this.m.get(key); if (!p) { p = fetch(id).finally(() => this.m.delete(key)); this.m.set(key, p); } return p; } async getCampaigns() { return []; }',
      {},
    ],
    [`// agent-cache: assume method-keeps-nothing:getCampaigns — one token for all\n  ${TOKEN}`, {}],
    [
      TOKEN,
      {
        'agent-cache.config.json':
          '{ "assume": [{ "id": "method-keeps-nothing", "of": "FacebookAdsAgent", "why": "one token for all" }] }',
      },
    ],
  ]),
)('and may keep what is the same for all, or one for each: %s', async (members, config) => {
  expect(await judgedAgent(members, config)).toEqual(VERIFIED);
});

const judgedEnvironment = async (body: string, top = '') => {
  const taken = 'res.json(await (await getFacebookAgent()).getCampaigns());';
  return judgedAgent('token = process.env.TOKEN; async getCampaigns() { return [this.token]; }', {
    'src/api/a.ts': `import { Router } from 'express';\nimport { getFacebookAgent } from '../utils/agent-cache.ts';\nexport const router = Router();\n${top}\nrouter.get('/', async (req, res) => { ${body} ${taken} });\n`,
  });
};

test.each([
  ['process.env.TOKEN = String(req.headers.token);'],
  ["process.env['TOKEN'] = String(req.query.t);"],
  ['Object.assign(process.env, { TOKEN: req.query.t });'],
  ['setToken(String(req.query.t));', 'const setToken = (t: string) => { process.env.TOKEN = t; };'],
  ['', "router.use((req, _res, next) => { process.env.TOKEN = req.get('token'); next(); });"],
])('the environment that a request sets for itself is of that: %s %s', async (...[body, top]) => {
  expect(await judgedEnvironment(body, top)).toMatchObject({ ok: false, ids: ['cache-mixes'] });
});

test.each([
  ['for (const [k, v] of Object.entries(req.body)) process.env[k] = String(v);'],
  ["process.env.TOKEN = 'fake';"],
  ['', "router.post('/token', (req, res) => { process.env.TOKEN = String(req.body.token); res.end(); });"],
])('where nothing shows that, it cannot be told: %s %s', async (...[body, top]) => {
  expect(await judgedEnvironment(body, top)).toEqual({ ok: true, verified: 'no', ids: [] });
});

test.each([['process.env.LAST = String(req.headers.token);'], ['', "process.env.TOKEN ??= 'fake';"]])(
  'what is set of it at start, or read nowhere, is well: %s %s',
  async (...[body, top]) => {
    expect(await judgedEnvironment(body, top)).toEqual(VERIFIED);
  },
);
