import { someOf } from '../support/depth.ts';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** What is said of a kept agent that has some members, which a route calls. */
const judged = async (
  members: string,
  call = 'agent.getCampaigns()',
  beside = '',
  { imports = '', files = {} }: { imports?: string; files?: Record<string, string> } = {},
) => {
  const { cache, ok } = await report(
    new Tree({
      ...GROUND,
      'src/context.ts':
        "import { AsyncLocalStorage } from 'node:async_hooks';\nexport const als = new AsyncLocalStorage<any>();\nexport const region = () => als.getStore().region;\nexport const token = () => als.getStore().token;\nexport const loadOf = async (of: string) => fetch(of, { headers: { token: token() } });\n",
      ...files,
      'src/agents/facebook-ads-agent.ts': `${imports}import { connect } from 'some-database';\nimport { als, loadOf, region, token } from '../context.ts';\nconst load = async (...given: any[]) => given.join();\nexport class FacebookAdsAgent {\n  kept: any = {};\n  all = new Map<string, any>();\n  t: any;\n  ${members}\n}\n`,
      'src/api/a.ts': NEW_WAY.replace('(_req,', '(req,').replace('agent.getCampaigns()', call) + beside,
      'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
    }),
  );
  return ok ? cache.verified : 'red';
};

/** The same of one whose method has a body that keeps something by a key. */
const verified = (body: string, members = '') =>
  judged(`async getCampaigns() { ${body} return []; }\n  ${members}`);

const PICKED = 'const { region, token } = als.getStore();';
const WHOLE = 'const store = als.getStore();';

test.each(
  someOf([
    `${PICKED} this.kept[region] ??= token;`,
    `${PICKED} if (!this.all.has(region)) this.all.set(region, token);`,
    `${PICKED} if (!this.all.has(region)) this.all.set(region, load(region, token));`,
    `${WHOLE} this.kept[store.region] ??= store.token;`,
    `${WHOLE} const key = store.region; const value = store.token; this.kept[key] ??= value;`,
    'this.kept[als.getStore().region] ??= als.getStore().token;',
    'this.kept[region()] ??= token();',
    `${PICKED} this.kept[region] ??= await loadOf(region);`,
    `${PICKED} if (!this.all.has(region)) this.all.set(region, () => token);`,
    `${PICKED} let value: any; try { value = await load(token); } catch { value = null; } this.all.set(region, value);`,
    `${WHOLE} this.kept[store.campaign.id] ??= store.token;`,
    `${WHOLE} this.kept[store.userId] ??= load(store.region, store.token);`,
    `${WHOLE} this.kept[store.user.id] ??= store.user.token;`,
    `${PICKED} this.kept[token.slice(0, 4)] ??= load(token);`,
    `${PICKED} this.kept[token.length] ??= load(token);`,
    `${PICKED} this.kept[token.replace(/-.*$/, '')] ??= load(token);`,
    `${PICKED} this.kept[token.toLowerCase()] ??= load(token);`,
    `${WHOLE} const got = await connect(store); this.kept[store.id] ??= got.id;`,
  ]),
)(
  'a key that does not decide about what is kept by it leaves others something of a request: %s',
  async (body) => {
    expect(await verified(body)).toBe('no');
  },
);

test.each(
  someOf([
    `${WHOLE} this.kept[store.user.token] ??= load(store.user.token);`,
    'this.kept[token()] ??= load(token());',
    `${PICKED} let value: any; try { value = await load(region); } catch { value = null; } this.all.set(region, value);`,
    `${PICKED} this.kept[token] ??= token.toUpperCase();`,
    `${PICKED} this.kept[region + '|' + token] ??= load(region, token);`,
    `${PICKED} if (!this.all.has(region)) this.all.set(region, load(region));`,
    `${WHOLE} this.kept[JSON.stringify(store)] ??= store.token;`,
    `${WHOLE} const key = store.region + store.user; const value = store.region; this.kept[key] ??= value;`,
    'this.kept[als.getStore().token] ??= als.getStore().token;',
    `${PICKED} this.kept[region] ??= Date.now(); console.log(token);`,
    `${WHOLE} this.kept[store.user.account.id] ??= load(store.user.account.id);`,
    `${WHOLE} const got = await connect(store.id); this.kept[store.id] ??= got.id;`,
  ]),
)('and one that does keeps them apart: %s', async (body) => {
  expect(await verified(body)).toBe('source');
});

test('what is kept by a helper of the class is asked by what it is called with', async () => {
  const helper = 'private keep(key: string, value: string) { return (this.kept[key] ??= value); }';
  expect(await verified(`${PICKED} this.keep(region, token);`, helper)).toBe('no');
  expect(await verified(`${PICKED} this.keep(token, token.toUpperCase());`, helper)).toBe('source');
});

const FUNCTIONS = `import { createHash } from 'node:crypto';
export const monthKey = (of: string) => of.slice(0, 7);
export function monkey(of: string) { return of.length; }
export const sha = (of: string) => createHash('sha256').update(of).digest('hex');
export const urls = { normalize: (of: string) => of.split('?')[0] };
`;
const IMPORTS = `import { monthKey, monkey, sha, urls } from '../functions.ts';
import dates, { dateKey } from 'dates';
import objectHash from 'object-hash';
import stringify from 'fast-json-stable-stringify';
import { createHash, hash } from 'node:crypto';
`;
/** The same with functions at hand that make keys. */
const byMade = (key: string) =>
  judged(
    `async getCampaigns() { ${WHOLE} this.kept[${key}] ??= load(store.token); return []; }`,
    undefined,
    '',
    {
      imports: IMPORTS,
      files: { 'src/functions.ts': FUNCTIONS },
    },
  );

test.each(
  someOf([
    'dateKey(store.token)',
    'dates.hashOfMonth(store.token)',
    'dates.stringify(store.token)',
    'store.token.monthKey()',
    'monthKey(store.token)',
    'monkey(store.token)',
    'urls.normalize(store.token)',
    'Object.keys(store).join()',
    'String(store)',
    `\`\${store}\``,
    "'of ' + store",
    'store',
    'store.toString()',
    '[store].join()',
    'encodeURIComponent(store)',
    "createHash('md5').update(String(store)).digest('hex')",
    "JSON.stringify(store, ['region'])",
    "JSON.stringify(store, (name, value) => (name === 'token' ? undefined : value))",
    "Buffer.from(store.token, 'hex').toString()",
    'objectHash.keys(store)',
    "objectHash(store, { excludeKeys: (name) => name === 'token' })",
  ]),
)('a key is what is made of a request, and not what that is called: %s', async (key) => {
  expect(await byMade(key)).toBe('no');
});

test.each(
  someOf([
    'sha(store.token)',
    'objectHash(store)',
    'stringify(store)',
    'JSON.stringify(store, null, 2)',
    "hash('sha256', store.token)",
    "createHash('md5').update(store.token).update('x').digest('hex')",
    "Buffer.from(store.token).toString('base64')",
    'btoa(store.token)',
    `\`\${JSON.stringify(store)} of it\``,
    "[store.region, store.token].map(encodeURIComponent).join('/')",
    `\`\${store.region}/\${store.token}\``,
  ]),
)('and what tells all of it keeps requests apart: %s', async (key) => {
  expect(await byMade(key)).toBe('source');
});

test('what a digest was told before it is asked for is in the key', async () => {
  const digest = (told: string) =>
    judged(
      `async getCampaigns() { ${WHOLE} const made = createHash('md5'); made.update(${told}); this.kept[made.digest('hex')] ??= load(store.token); return []; }`,
      undefined,
      '',
      { imports: IMPORTS, files: { 'src/functions.ts': FUNCTIONS } },
    );
  expect(await digest('store.token')).toBe('source');
  expect(await digest('store.region')).toBe('no');
});

const RUN = "agent.run(String(req.headers['x-token']))";
const OF_TWO = "agent.run(String(req.query.id), String(req.headers['x-token']))";
const MANY = Array.from({ length: 30 }, (_, index) => `of.p${index}`).join();
const OF_MANY = (kept: string) => `async run(of: any) { await connect(${MANY}); return (${kept}); }`;
const BY_ID =
  'async run(id: string, token: string) { if (!this.all.has(id)) this.all.set(id, await load(id, token)); return this.all.get(id); }';
const ONCE = 'async run(token: string) { this.t ??= token; return [this.t]; }';

test.each([
  [ONCE, RUN],
  ['async run(token: string) { if (!this.t) { this.t = await load(token); } return [this.t]; }', RUN],
  [
    '#own: any; async run({ token }: any) { this.#own = this.#own ?? token; return [this.#own]; }',
    'agent.run({ token: req.query.token })',
  ],
  [
    'setToken(token: string) { this.t = token; } async list() { return fetch(String(this.t)); }',
    '(agent.setToken(String(req.query.token)), agent.list())',
  ],
])(
  'what a kept agent keeps of what a request gives its method serves others: %s %s',
  async (members, call) => {
    expect(await judged(members, call)).toBe('red');
  },
);

test.each([
  [BY_ID, OF_TWO],
  [
    'async run(of: any) { return (this.kept[of.id] ??= await load(of)); }',
    'agent.run({ id: req.query.id, token: req.query.token })',
  ],
  [OF_MANY('this.kept[of.id] ??= await load(of.id, of.token)'), 'agent.run(req.body)'],
  [ONCE, 'agent.run(await whoAsks())'],
  [ONCE, 'agent.run(Context.current().token)'],
  [
    ONCE,
    'agent.run(current)',
    'let current = "";\nexport const setCurrent = (token: string) => { current = token; };\n',
  ],
])(
  'and nobody can tell where a key, or a call, leaves it open: %s %s',
  async (members, call, beside = '') => {
    expect(await judged(members, call, beside)).toBe('no');
  },
);

test('methods that read more parts together than can be told apart are told one by one', async () => {
  const methods = Array.from({ length: 5 }, (_, method) => {
    const parts = Array.from({ length: 6 }, (_, index) => `of.p${method}${index}`).join();
    return `async run${method}(of: any) { await connect(${parts}); return (this.kept[of.id${method}] ??= await load(of.id${method})); }`;
  });
  expect(await judged(methods.join('\n  '), 'agent.run4(req.body)')).toBe('source');
});

test.each(
  someOf([
    [ONCE, "agent.run('v1')"],
    [ONCE, "agent.run(process.env.API_VERSION ?? 'v1')"],
    [`${ONCE} async list() { return []; }`, 'agent.list()'],
    [`${ONCE} async list() { return []; }`, 'db.run(String(req.query.id)).then(() => agent.list())'],
    [BY_ID, "agent.run(String(req.query.id), 'v1')"],
    [OF_MANY('this.kept[of.p3] ??= await load(of.p3)'), 'agent.run(req.body)'],
    [OF_MANY('this.kept[JSON.stringify(of)] ??= await load(of)'), 'agent.run(req.body)'],
    [OF_MANY('this.kept[of.id] ??= await load(of.id, of.token)'), "agent.run({ id: 'v1' })"],
    [
      'async run(of: any) { return (this.kept[JSON.stringify(of)] ??= await load(of)); }',
      'agent.run({ id: req.query.id })',
    ],
    [
      'async run(id: string) { this.t ??= await connect(); return this.t.query(id); }',
      'agent.run(String(req.query.id))',
    ],
    [
      'last: any; async run(id: string) { this.last = id; return fetch(id); } debug() { console.log(this.last); }',
      'agent.run(String(req.query.id))',
    ],
    [
      "left = 9; async run(id: string) { if (this.left < 1) await load(); const got = await fetch(id); this.left = Number(got.headers.get('left')); return got.json(); }",
      'agent.run(String(req.query.id))',
    ],
    [
      'n = 0; async run(id: string) { this.n++; this.kept[id] = (this.kept[id] ?? 0) + 1; return fetch(id); }',
      'agent.run(String(req.query.id))',
    ],
  ]),
)('what is the same for all, or kept for each, is well: %s %s', async (members, call) => {
  expect(await judged(members, call)).toBe('source');
});

const TOKEN = "String(req.headers['x-token'])";
const TAKES = 'await getFacebookAgent()';
/** What is said of a kept agent that remembers the first token, which a route gives it in some way. */
const takenBy = (body: string, beside = '') =>
  judged(
    `${ONCE} async list() { return []; }`,
    'agent.list()',
    `\n${beside}\nrouter.get('/taken', async (req, res) => { ${body}; res.end(); });\n`,
  );

const WAYS: Record<string, readonly [body: string, beside?: string]> = {
  'a callback': [`getFacebookAgent().then((ads) => ads.run(${TOKEN}))`],
  'a callback with a name of its own': [
    `getFacebookAgent().then((ads) => { const c = ads; c.run(${TOKEN}); })`,
  ],
  'a variable': [`let c: any; c = ${TAKES}; c.run(${TOKEN})`],
  'several that are awaited': [
    `const [c, two] = await Promise.all([getFacebookAgent(), two()]); c.run(${TOKEN})`,
    'const two = async () => 2;',
  ],
  'several in a callback': [`Promise.all([getFacebookAgent(), 2]).then(([c]) => c.run(${TOKEN}))`],
  'a helper': [`(await pick()).run(${TOKEN})`, 'const pick = () => getFacebookAgent();'],
  'an object of a helper': [
    `(await pick()).ads.run(${TOKEN})`,
    'const pick = async () => ({ ads: await getFacebookAgent() });',
  ],
  'a helper that uses it': [`use(${TAKES}, ${TOKEN})`, 'const use = (c: any, t: string) => c.run(t);'],
  'a helper that is called back': [
    `pick((c: any) => c.run(${TOKEN}))`,
    'const pick = async (then: any) => then(await getFacebookAgent());',
  ],
  call: [`const c = ${TAKES}; c.run.call(c, ${TOKEN})`],
  apply: [`const c = ${TAKES}; c.run.apply(c, [${TOKEN}])`],
  bind: [`const c = ${TAKES}; const run = c.run.bind(c); run(${TOKEN})`],
  reflection: [`const c = ${TAKES}; Reflect.apply(c.run, c, [${TOKEN}])`],
  'a computed name': [`const c = ${TAKES}; (c as any)[String(req.query.m)](${TOKEN})`],
  'a pattern': [`const { run } = ${TAKES}; run(${TOKEN})`],
  'a field of a promise': [
    `new Shop().go(${TOKEN})`,
    'class Shop { ads = getFacebookAgent(); async go(t: string) { return (await this.ads).run(t); } }',
  ],
  'a private field': [
    `new Shop().go(${TOKEN})`,
    'class Shop { #ads: any; async open() { this.#ads = await getFacebookAgent(); } go(t: string) { return this.#ads.run(t); } }',
  ],
  'a parameter of a constructor': [
    `new Shop(${TAKES}).go(${TOKEN})`,
    'class Shop { constructor(private ads: any) {} go(t: string) { return this.ads.run(t); } }',
  ],
  'the request': [`(req as any).ads = ${TAKES}; (req as any).ads.run(${TOKEN})`],
  'a map': [`const all = new Map(); all.set('a', ${TAKES}); all.get('a').run(${TOKEN})`],
  'its type': [`const c: FacebookAdsAgent = pick(); c.run(${TOKEN})`, 'const pick = (): any => undefined;'],
  'a choice': [`const c = req.query.a ? ${TAKES} : null; c?.run(${TOKEN})`],
};

test.each(someOf(Object.keys(WAYS)))('a route may give a kept agent something by %s', async (way) => {
  const [body = '', beside] = WAYS[way] ?? [];
  expect(await takenBy(body, beside)).not.toBe('source');
});

const OTHERS: Record<string, readonly [body: string, beside?: string]> = {
  'the same to all': ["getFacebookAgent().then((c) => c.run('v1'))"],
  'the same to all, by call': [`const c = ${TAKES}; c.run.call(c, 'v1')`],
  'a database beside it': [
    `getFacebookAgent().then((c) => { db.run(${TOKEN}); return c.list(); })`,
    'const db: any = {};',
  ],
  'one of several that is no agent': [
    `const [c, q] = await Promise.all([getFacebookAgent(), query()]); q.run(${TOKEN}); c.list()`,
    'const query = async (): Promise<any> => ({});',
  ],
  'what it gave': [`const rows: any = await (${TAKES}).list(); rows.run(${TOKEN})`],
  'one that has it': [
    `new Job(${TAKES}).run(${TOKEN})`,
    'class Job { constructor(private ads: any) {} run(_t: string) { return this.ads.list(); } }',
  ],
  'another by that name': [
    `const c = ${TAKES}; c.list()`,
    `export const other = (req: any) => { const c = query(); c.run(${TOKEN}); };\nconst query = (): any => ({});`,
  ],
};

test.each(Object.keys(OTHERS))('and to %s it gives nothing of a request', async (way) => {
  const [body = '', beside] = OTHERS[way] ?? [];
  expect(await takenBy(body, beside)).toBe('source');
});
