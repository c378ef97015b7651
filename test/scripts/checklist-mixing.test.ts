import { someOf } from '../support/depth.ts';
import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const AGENT = `export class FacebookAdsAgent {
  token?: string;
  constructor(..._given: any[]) {}
  setToken(_token: string) {}
  async getCampaigns() { return []; }
}
`;
const SHARED =
  "let shared: any;\nexport const getFacebookAgent = async () => (shared ??= new FacebookAdsAgent('s'));\n";
const ROUTE =
  "import { getFacebookAgentFor } from '../utils/agent-cache.ts';\nexport const h = async (req: any) => (await getFacebookAgentFor(req.id, req.token)).getCampaigns();\n";

const judged = async (cache: string, route: string, config: object, agent = AGENT) => {
  const tree = new Tree({
    ...GROUND,
    'agent-cache.config.json': JSON.stringify(config),
    'src/agents/facebook-ads-agent.ts': agent,
    'src/config.ts': 'export const config = { token: process.env.TOKEN };\n',
    'src/utils/agent-cache.ts': cache,
    'src/api/a.ts': route,
    'MIGRATION.md': '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n',
  });
  const { ok, cache: verdict, items } = await report(tree);
  const ids = items
    .flatMap(({ findings }) => findings.map(({ id }) => id))
    .filter((id) => id !== 'tick-untrue');
  return { ok, verified: verdict.verified, ids };
};

type Row = [name: string, signature: string, body: string, more?: string];

const kept = (key: string, made: string) =>
  `const key = ${key}; let a = agents.get(key); if (!a) { a = ${made}; agents.set(key, a); } return a;`;
const keyedCache = ([, signature, body, more = '']: Row) =>
  `${more}${CLASS}${SHARED}const agents = new Map<any, any>();\nexport async function getFacebookAgentFor(${signature}) { ${body} }\n`;

const BY_ID = 'id: string, token: string';
const HASH = "import { createHash } from 'node:crypto';\n";
const LRU = "import { LRUCache } from 'lru-cache';\nconst store = new LRUCache<string, any>({ max: 10 });\n";

describe('one agent is given to two tokens by a getter that keys', () => {
  test.each<Row>(
    someOf([
      ['by the id alone', BY_ID, kept('id', 'new FacebookAdsAgent(token)')],
      ['by the token, of an agent of an account', BY_ID, kept('token', 'new FacebookAdsAgent(id, token)')],
      ['by a text of the id', BY_ID, kept(`\`agent:\${id}\``, 'new FacebookAdsAgent({ id, token })')],
      [
        'by its digest',
        BY_ID,
        kept("createHash('sha256').update(id).digest('hex')", 'new FacebookAdsAgent(token.trim())'),
        HASH,
      ],
      [
        'by a list of it',
        BY_ID,
        kept('JSON.stringify([id])', `new FacebookAdsAgent({ auth: { bearer: \`Bearer \${token}\` } })`),
      ],
      [
        'by what a helper makes of it',
        BY_ID,
        kept('keyOf(id)', 'await build(token)'),
        `${CLASS}const keyOf = (x: string) => x.toLowerCase();\nasync function build(t: string) { return new FacebookAdsAgent(t); }\n`.replace(
          CLASS,
          '',
        ),
      ],
      ['by one property of an argument', 'o: any', kept('o.id', 'new FacebookAdsAgent(o.token)')],
      ['by one property of what the agent is built of', 'o: any', kept('o.id', 'new FacebookAdsAgent(o)')],
      ['by one name of a pattern', '{ id, token }: any', kept('id', 'new FacebookAdsAgent(token)')],
      ['by the first of a list', '...given: any[]', kept('given[0]', 'new FacebookAdsAgent(...given)')],
      [
        'by the id, and hands the token over later',
        BY_ID,
        'let a = agents.get(id); if (!a) { a = new FacebookAdsAgent(id); a.setToken(token); agents.set(id, a); } return a;',
      ],
      [
        'by the id, and writes the token into it',
        BY_ID,
        'let a = agents.get(id); if (!a) { a = new FacebookAdsAgent(id); a.token = token; agents.set(id, a); } return a;',
      ],
      [
        'by the id, for some time',
        BY_ID,
        'const e = agents.get(id); if (e && Date.now() - e.at < 1000) return e.agent; const agent = new FacebookAdsAgent(token); agents.set(id, { agent, at: Date.now() }); return agent;',
      ],
      [
        'by the id, behind a check of the token',
        BY_ID,
        `if (typeof token !== 'string' || token === '') throw new TypeError('no token'); ${kept('id', 'new FacebookAdsAgent(token)')}`,
      ],
      [
        'by the id, and keeps promises',
        BY_ID,
        'let p = agents.get(id); if (!p) { p = Promise.resolve().then(() => new FacebookAdsAgent(token)); agents.set(id, p); } return p;',
      ],
      [
        'by the id, in an object',
        BY_ID,
        'return (byId[id] ??= new FacebookAdsAgent(token));',
        'const byId: Record<string, any> = {};\n',
      ],
      [
        'by the last id',
        BY_ID,
        'if (last?.id === id) return last.agent; last = { id, agent: new FacebookAdsAgent(token) }; return last.agent;',
        'let last: any;\n',
      ],
      [
        'by the id, in a store of a package',
        BY_ID,
        'let a = store.get(id); if (!a) { a = new FacebookAdsAgent(token); store.set(id, a); } return a;',
        LRU,
      ],
    ]),
  )('%s', async (...row) => {
    expect(await judged(keyedCache(row), ROUTE, { keyed: true })).toEqual({
      ok: false,
      verified: 'no',
      ids: ['cache-mixes'],
    });
  });

  test.each([
    [
      'lodash',
      "import { memoize } from 'lodash-es';\n",
      'memoize((id: string, token: string) => new FacebookAdsAgent(token))',
    ],
    [
      'another package',
      "import memoize from 'p-memoize';\n",
      'memoize(async (id: string, token: string) => new FacebookAdsAgent(token))',
    ],
  ])('by the first argument, as %s does', async (_name, imports, getter) => {
    const cache = `${imports}${CLASS}${SHARED}export const getFacebookAgentFor = ${getter};\n`;
    expect(await judged(cache, ROUTE, { keyed: true })).toMatchObject({ ok: false, ids: ['cache-mixes'] });
  });
});

describe('well is a getter that keys', () => {
  test.each<Row>(
    someOf([
      ['by the token', BY_ID, kept('token', 'new FacebookAdsAgent(token)')],
      ['by both in a text', BY_ID, kept(`\`\${id}:\${token}\``, 'new FacebookAdsAgent(id, token)')],
      ['by both in a sum', BY_ID, kept("id + ':' + token", 'new FacebookAdsAgent(id, token)')],
      ['by both, joined', BY_ID, kept("[id, token].join(':')", 'new FacebookAdsAgent(id, token)')],
      [
        'by both as JSON',
        BY_ID,
        kept('JSON.stringify({ id, token })', 'new FacebookAdsAgent({ id, token })'),
      ],
      [
        'by a digest of both',
        BY_ID,
        kept(
          "createHash('sha256').update(JSON.stringify([id, token])).digest('hex')",
          'new FacebookAdsAgent(id, token)',
        ),
        HASH,
      ],
      [
        'by a digest of one after the other',
        BY_ID,
        kept(
          "createHash('sha256').update(id).update(':').update(token).digest('hex')",
          'new FacebookAdsAgent(id, token)',
        ),
        HASH,
      ],
      [
        'by the id alone, of an agent that needs no more',
        'id: string, logger: any',
        `logger.info(id); ${kept('id', 'new FacebookAdsAgent(id)')}`,
      ],
      [
        'by all properties',
        'o: any',
        kept(`\`\${o.id}/\${o.token}\``, 'new FacebookAdsAgent(o.id, o.token)'),
      ],
      [
        'by one after the other',
        BY_ID,
        'let m = agents.get(id); if (!m) { m = new Map(); agents.set(id, m); } let a = m.get(token); if (!a) { a = new FacebookAdsAgent(id, token); m.set(token, a); } return a;',
      ],
      [
        'by the id, and looks the token up',
        'id: string',
        'let a = agents.get(id); if (!a) { const found = await db.load(id); a = new FacebookAdsAgent(found.token); agents.set(id, a); } return a;',
        "import { db } from 'x';\n",
      ],
      ['by everything', '...given: any[]', kept('JSON.stringify(given)', 'new FacebookAdsAgent(...given)')],
      [
        'by both, in a store of a package',
        BY_ID,
        `const key = \`\${id}:\${token}\`; let a = store.get(key); if (!a) { a = new FacebookAdsAgent(token); store.set(key, a); } return a;`,
        LRU,
      ],
    ]),
  )('%s', async (...row) => {
    expect(await judged(keyedCache(row), ROUTE, { keyed: true })).toEqual({
      ok: true,
      verified: 'source',
      ids: [],
    });
  });

  test.each([
    [
      'lodash',
      "import memoize from 'lodash/memoize.js';\n",
      `memoize((id: string, token: string) => new FacebookAdsAgent(token), (id: string, token: string) => \`\${id}:\${token}\`)`,
    ],
    [
      'another package',
      "import memoize from 'p-memoize';\n",
      'memoize(async (id: string, token: string) => new FacebookAdsAgent(token), { cacheKey: JSON.stringify })',
    ],
  ])('by what it makes of all arguments for %s', async (_name, imports, getter) => {
    const cache = `${imports}${CLASS}${SHARED}export const getFacebookAgentFor = ${getter};\n`;
    expect(await judged(cache, ROUTE, { keyed: true })).toMatchObject({ ok: true, ids: [] });
  });

  test('by the token compared with the last one', async () => {
    const row: Row = [
      '',
      BY_ID,
      'const e = agents.get(id); if (e && e.token === token) return e.agent; const agent = new FacebookAdsAgent(token); agents.set(id, { agent, token }); return agent;',
    ];
    expect(await judged(keyedCache(row), ROUTE, { keyed: true })).toMatchObject({ ok: true, ids: [] });
  });
});

const FIRST = `${CLASS}let agent: any;\nexport const getFacebookAgent = async (token?: string) => (agent ??= new FacebookAdsAgent(token));\n`;
const CONFIGURED = `${CLASS}import { config } from '../config.ts';\nlet agent: any;\nexport const getFacebookAgent = async (c: any = config) => (agent ??= new FacebookAdsAgent(c.token));\n`;
const LIVES = `${CLASS}let agent: any; let at = 0;\nexport const getFacebookAgent = async (o: any = {}) => { if (!agent || Date.now() - at > (o.cacheTtl ?? 60) * 1000) { agent = new FacebookAdsAgent(process.env.TOKEN); at = Date.now(); } return agent; };\n`;
const asking = (code: string) => `import { getFacebookAgent } from '../utils/agent-cache.ts';\n${code}\n`;

describe('the shared agent is that of whoever came first, for places that give', () => {
  test.each([
    [
      'a token of the request',
      FIRST,
      'export const h = async (req: any) => (await getFacebookAgent(req.token)).getCampaigns();',
    ],
    [
      'a token in a variable',
      FIRST,
      "export const h = async (req: any) => { const token = req.header('x'); return (await getFacebookAgent(token)).getCampaigns(); };",
    ],
    [
      'a token in a pattern',
      FIRST,
      'export const h = async ({ token }: any) => (await getFacebookAgent(token)).getCampaigns();',
    ],
    [
      'an object with one',
      CONFIGURED,
      'export const h = async (req: any) => (await getFacebookAgent({ token: req.token })).getCampaigns();',
    ],
    [
      'different constants',
      FIRST,
      "export const h = async () => [await getFacebookAgent('a'), await getFacebookAgent('b')];",
    ],
    [
      'each of a list',
      FIRST,
      'export const h = async () => { for (const t of [1, 2]) await getFacebookAgent(String(t)); };',
    ],
  ])('%s', async (_name, cache, code) => {
    expect(await judged(cache, asking(code), {})).toMatchObject({ ok: false, ids: ['cache-mixes'] });
  });
});

describe('the shared agent is everybody’s, for places that give', () => {
  test.each([
    ['nothing', FIRST, 'export const h = async () => (await getFacebookAgent()).getCampaigns();'],
    [
      'nothing where a configuration is the default',
      CONFIGURED,
      'export const h = async () => (await getFacebookAgent()).getCampaigns();',
    ],
    [
      'what the environment has',
      FIRST,
      "export const h = async () => { const token = process.env.TOKEN ?? ''; return (await getFacebookAgent(token)).getCampaigns(); };",
    ],
    [
      'what a configuration has',
      FIRST,
      "import { config } from '../config.ts';\nexport const h = async () => (await getFacebookAgent(config.token)).getCampaigns();",
    ],
    [
      'one constant',
      FIRST,
      "export const h = async () => [await getFacebookAgent('a'), await getFacebookAgent('a')];",
    ],
    [
      'a lifetime',
      LIVES,
      'export const h = async (req: any) => (await getFacebookAgent({ cacheTtl: req.ttl })).getCampaigns();',
    ],
  ])('%s', async (_name, cache, code) => {
    expect(await judged(cache, asking(code), {})).toEqual({ ok: true, verified: 'source', ids: [] });
  });
});

const POOL = `${CLASS}class Pool {
  m = new Map<string, any>();
  get(id: string, token: string) { let a = this.m.get(id); if (!a) { a = new FacebookAdsAgent(token); this.m.set(id, a); } return a; }
  safe(id: string, token: string) { const k = id + '|' + token; let a = this.m.get(k); if (!a) { a = new FacebookAdsAgent(token); this.m.set(k, a); } return a; }
}
export const pool = new Pool();
let shared: any;
export const getFacebookAgent = async () => (shared ??= new FacebookAdsAgent('s'));
export const getCachedAgentProvider = (o: any = {}) => ({ getAgent: async () => (shared ??= new FacebookAdsAgent(o.token)) });
`;
const WRITTEN = `${CLASS}let a: any;\nexport const getFacebookAgent = async (t?: string) => { a ??= new FacebookAdsAgent('s'); if (t) a.token = t; return a; };\n`;
const LEFT = `${CLASS}let token = '';\nexport const useToken = (t: string) => { token = t; };\nlet a: any;\nexport const getFacebookAgent = async () => (a ??= new FacebookAdsAgent(token));\n`;
const taking = (names: string, code: string) =>
  `import { ${names} } from '../utils/agent-cache.ts';\n${code}\n`;

describe('callers are mixed, too,', () => {
  test.each([
    [
      'by a method',
      POOL,
      taking('pool', 'export const h = async (req: any) => pool.get(req.id, req.token).getCampaigns();'),
    ],
    [
      'by a method of a private field',
      POOL,
      taking(
        'pool',
        'export class S { constructor(private readonly p = pool) {} h(req: any) { return this.p.get(req.id, req.token).getCampaigns(); } }',
      ),
    ],
    [
      'by what a provider is given',
      POOL,
      taking(
        'getCachedAgentProvider',
        'export const h = async (req: any) => { const p = getCachedAgentProvider({ token: req.token }); return (await p.getAgent()).getCampaigns(); };',
      ),
    ],
    [
      'by what is written into the shared one',
      WRITTEN,
      asking('export const h = async (req: any) => (await getFacebookAgent(req.token)).getCampaigns();'),
    ],
    [
      'by what is left for the one that is taken next',
      LEFT,
      taking(
        'getFacebookAgent, useToken',
        'export const h = async (req: any) => { useToken(req.token); return (await getFacebookAgent()).getCampaigns(); };',
      ),
    ],
    [
      'by what is bound before',
      FIRST,
      asking(
        'export const h = async (req: any) => (await getFacebookAgent.bind(null, req.token)()).getCampaigns();',
      ),
    ],
  ])('%s', async (_how, cache, route) => {
    expect(await judged(cache, route, {})).toMatchObject({ ok: false, ids: ['cache-mixes'] });
  });

  test.each([
    [
      'a method that keeps them apart',
      POOL,
      taking('pool', 'export const h = async (req: any) => pool.safe(req.id, req.token).getCampaigns();'),
    ],
    [
      'a provider with a lifetime',
      POOL,
      taking(
        'getCachedAgentProvider',
        'export const h = async (req: any) => (await getCachedAgentProvider({ cacheTtl: req.ttl }).getAgent()).getCampaigns();',
      ),
    ],
    [
      'what is left when the service starts',
      LEFT,
      taking('useToken', 'export function start(config: any) { useToken(config.token); }'),
    ],
  ])('but not by %s', async (_how, cache, route) => {
    expect(await judged(cache, route, {})).toMatchObject({ ok: true, verified: 'source', ids: [] });
  });
});

test('what a method of the shared agent is given mixes nothing, also where the class itself is named', async () => {
  const route = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';
export const h = async (req: any) => {
  const agent = await getFacebookAgent();
  return [FacebookAdsAgent.name, await agent.getCampaigns(req.query.name)];
};
`;
  expect(await judged(CLASS + SHARED, route, {})).toMatchObject({ ok: true, verified: 'source', ids: [] });
});

describe('a method of the shared agent that gives agents', () => {
  const route = asking(
    'export const h = async (req: any) => (await getFacebookAgent()).forAccount(req.id, req.token).getCampaigns();',
  );
  const withMethod = (method: string, field = '') =>
    AGENT.replace('setToken', `${field}${method}\n  setToken`);
  const keptIn = (store: string, key: string) =>
    withMethod(
      `forAccount(id: string, token: string) { let a = ${store}.get(${key}); if (!a) { a = new FacebookAdsAgent(token); ${store}.set(${key}, a); } return a; }`,
      store === 'this.#of' ? '#of = new Map<string, any>();\n  ' : '',
    );
  const OF_MODULE = `const agents = new Map<string, any>();\n${keptIn('agents', 'id')}`;

  test.each([
    ['by a map of its module', OF_MODULE],
    ['by a private map', keptIn('this.#of', 'id')],
    [
      'by a map of its constructor',
      keptIn('this.of', 'id').replace(
        'constructor(..._given: any[]) {}',
        'of: any; constructor(..._given: any[]) { this.of = new Map(); }',
      ),
    ],
    [
      'by one field',
      withMethod(
        'forAccount(id: string, token: string) { return (this.child ??= new FacebookAdsAgent(token)); }',
        'child?: FacebookAdsAgent;\n  ',
      ),
    ],
  ])('is asked as a getter is, which mixes %s', async (_how, agent) => {
    expect(await judged(CLASS + SHARED, route, {}, agent)).toMatchObject({ ok: false, ids: ['cache-mixes'] });
  });

  test.each([
    ['keeps them apart', OF_MODULE.replaceAll(/(get|set)\(id/g, "$1(id + '|' + token")],
    ['keeps them apart in a field', keptIn('this.#of', "id + '|' + token")],
    [
      'takes what it is given for a call',
      withMethod('forAccount(_id: string, _token: string) { return this; }'),
    ],
  ])('is well where it %s', async (_how, agent) => {
    expect(await judged(CLASS + SHARED, route, {}, agent)).toMatchObject({
      ok: true,
      verified: 'source',
      ids: [],
    });
  });
});

test('a getter that is called back with something leaves the cache unverified', async () => {
  const code = 'export const h = async (req: any) => Promise.all([req.a, req.b].map(getFacebookAgent));';
  expect(await judged(FIRST, asking(code), {})).toMatchObject({ ok: true, verified: 'no' });
});

test('where nobody can tell whether each request gives its own, the cache is not verified', async () => {
  const code =
    "import { requestContext } from 'x';\nexport const h = async () => (await getFacebookAgent(requestContext.getStore().token)).getCampaigns();";
  expect(await judged(FIRST, asking(code), {})).toMatchObject({ ok: true, verified: 'no' });
});
