import { someOf } from '../support/depth.ts';
import { cacheModuleText } from '../../scripts/codemod/init/cache-module-text.ts';
import type { CacheModuleParts } from '../../scripts/codemod/init/cache-words.ts';
import { libraryModuleText } from '../../scripts/codemod/init/library-module-text.ts';
import { check, GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';";
const AGENT = `export class FacebookAdsAgent {
  constructor(readonly token: string) {}
  async getCampaigns(): Promise<string[]> {
    return [this.token];
  }
}
`;
const ROUTES = `import { Router } from 'express';
import { getFacebookAgentFor } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/', async (req, res) => {
  const agent = await getFacebookAgentFor(req.header('x-token') ?? '');
  res.json(await agent.getCampaigns());
});
router.get('/other', async (req, res) => {
  res.json(await (await getFacebookAgentFor('fixed')).getCampaigns());
});
`;

const judged = async (cache: string, config: object = { keyed: true }) => {
  const tree = new Tree({
    ...GROUND,
    'agent-cache.config.json': JSON.stringify(config),
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': cache,
    'src/api/a.ts': ROUTES,
    'MIGRATION.md': '- [x] `src/api/a.ts`\n',
  });
  const { ok, cache: verdict, items } = await report(tree);
  return {
    ok,
    verified: verdict?.verified,
    ids: items.flatMap(({ findings }) => findings.map(({ id }) => id)),
  };
};

describe.each(
  someOf([
    ['the module itself keeps', cacheModuleText, false],
    ['the module itself keeps, and gives at once,', cacheModuleText, true],
    ['the library keeps', libraryModuleText, false],
    [
      'a module without Node keeps',
      (parts: CacheModuleParts) => cacheModuleText({ ...parts, withoutNode: true }),
      false,
    ],
  ]),
)('entries that %s are those of the cache', (_who, textOf, sync) => {
  test.each([
    ['beside a shared one', { code: "new FacebookAdsAgent('shared')", async: false }],
    ['alone', undefined],
  ])('%s', async (_beside, built) => {
    const cache = textOf({
      agentClass: 'FacebookAdsAgent',
      imports: [CLASS],
      built,
      keyed: {
        code: 'new FacebookAdsAgent(...given)',
        async: false,
        argumentsType: 'ConstructorParameters<typeof FacebookAdsAgent>',
      },
      factory: 'getFacebookAgent',
      provider: 'getCachedAgentProvider',
      sync,
      typescript: true,
      commonJs: false,
      quote: "'",
    });
    expect(await judged(cache)).toEqual({ ok: true, verified: 'source', ids: [] });
  });
});

const SHARED = 'let shared: FacebookAdsAgent | undefined;';
const GETTER = `export const getFacebookAgent = async () => (shared ??= new FacebookAdsAgent('shared'));`;
const keyed = (body: string) =>
  `${CLASS}\n${SHARED}\n${GETTER}\nexport async function getFacebookAgentFor(token: string) { ${body} }\n`;

const byKey = (key: string) =>
  `import { createHash } from 'node:crypto';\nconst agents = new Map<unknown, FacebookAdsAgent>();\nlet n = 0;\n${keyed(
    `const key = ${key}; let a = agents.get(key); if (!a) { a = new FacebookAdsAgent(token); agents.set(key, a); } return a;`,
  )}`;

test.each(
  someOf([
    `\`\${token}:\${n++}\``,
    "token + ':' + n++",
    'JSON.stringify([token, n++])',
    `\`\${token}:\${Date.now()}\``,
    `\`\${token}:\${Math.random()}\``,
    'token + crypto.randomUUID()',
    'Symbol(token)',
    '{ token }',
  ]),
)('entries by %s are never found again', async (key) => {
  expect(await judged(byKey(key))).toEqual({ ok: false, verified: 'no', ids: ['cache-builds'] });
});

test.each(
  someOf([
    `\`v1:\${token}\``,
    "token + ':' + token",
    'JSON.stringify([token])',
    "createHash('sha256').update(token).digest('hex')",
  ]),
)('entries by %s are found again', async (key) => {
  expect(await judged(byKey(key))).toEqual({ ok: true, verified: 'source', ids: [] });
});

/** A cache with an entry for each two texts, by what `key` makes of them. */
const byBoth = (key: string) => `import { createHash } from 'node:crypto';
${CLASS}
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const agents = new Map<string, FacebookAdsAgent>();
export async function getFacebookAgentFor(token: string, account: string): Promise<FacebookAdsAgent> {
  const key = ${key};
  let a = agents.get(key);
  if (!a) { a = new FacebookAdsAgent(token + ':' + account); agents.set(key, a); }
  return a;
}
`;

test.each(
  someOf([
    'token + account',
    `\`\${token}\${account}\``,
    "[token, account].join('')",
    'digest(token + account)',
    'token.concat(account)',
    "createHash('sha256').update(token).update(account).digest('hex')",
    'String(token) + String(account)',
    "token + '' + account",
    'token.toLowerCase() + account.toLowerCase()',
    "[token].concat(account).join('')",
  ]),
)('that %s tells two texts apart is not shown: they run into each other', async (key) => {
  expect(await judged(byBoth(key))).toMatchObject({ verified: 'no' });
});

test.each(
  someOf([
    "token + ':' + account",
    `\`\${token}:\${account}\``,
    "[token, account].join(':')",
    'JSON.stringify([token, account])',
    'digest(token) + digest(account)',
    `\`\${digest(token)}\${account}\``,
  ]),
)('%s tells two texts apart', async (key) => {
  expect(await judged(byBoth(key))).toEqual({ ok: true, verified: 'source', ids: [] });
});

test.each(
  someOf([
    [
      'a Map by the token',
      'let a = agents.get(token); if (!a) { a = new FacebookAdsAgent(token); agents.set(token, a); } return a;',
    ],
    [
      'one for those alone that it knows',
      "if (token === 'a') return new FacebookAdsAgent(token); let a = agents.get(token); if (!a) { a = new FacebookAdsAgent(token); agents.set(token, a); } return a;",
    ],
    [
      'one for each of two regions',
      "return token === 'eu' ? (eu ??= new FacebookAdsAgent('eu')) : (us ??= new FacebookAdsAgent('us'));",
    ],
  ]),
)('what others wrote is followed as well: %s', async (_what, body) => {
  const cache = `const agents = new Map<string, FacebookAdsAgent>();\nlet eu: FacebookAdsAgent | undefined;\nlet us: FacebookAdsAgent | undefined;\n${keyed(body)}`;
  expect(await judged(cache)).toMatchObject({ ok: true, verified: 'source' });
});

test.each([
  ['builds at each call', 'return new FacebookAdsAgent(token);', 'cache-builds'],
  ['gives the agent of the first to all', 'return (shared ??= new FacebookAdsAgent(token));', 'cache-mixes'],
])('a getter that %s is no such cache', async (_what, body, id) => {
  expect(await judged(keyed(body))).toEqual({ ok: false, verified: 'no', ids: [id] });
});

test('where nobody asked for entries, a getter that may build an agent of its own goes past the cache', async () => {
  const verdict = await judged(keyed('return new FacebookAdsAgent(token);'), {});
  expect(verdict).toMatchObject({ ok: false, ids: expect.arrayContaining(['builds-past-cache']) });
});

describe('entries that are kept for some time', () => {
  const timed = (condition: string) =>
    `${CLASS}\nconst TTL = Number(process.env.TTL);\nconst kept = new Map<string, any>();\nexport async function getFacebookAgentFor(token: string) { const e = kept.get(token); if (e && ${condition}) return e.agent; const agent = new FacebookAdsAgent(token); kept.set(token, { agent, at: Date.now() }); return agent; }\n`;

  test('are kept', async () => {
    expect(await judged(timed('Date.now() - e.at < TTL'))).toEqual({ ok: true, verified: 'source', ids: [] });
  });

  test.each([
    ['the wrong way round', 'Date.now() - e.at > TTL'],
    ['that nobody wrote down', 'Date.now() - e.born < TTL'],
  ])('%s, are not', async (_how, condition) => {
    expect(await judged(timed(condition))).toMatchObject({ ok: false, verified: 'no' });
  });
});

describe('--verify-cache, of a module that has entries alone,', () => {
  const treeOf = (getter: string, config: object = { keyed: true }) =>
    new Tree({
      ...GROUND,
      'agent-cache.config.json': JSON.stringify(config),
      'src/agents/facebook-ads-agent.ts': AGENT,
      'src/utils/agent-cache.ts': `${CLASS}\nconst agents = new Map<unknown, FacebookAdsAgent>();\nconst by = (key: unknown, token: string) => { const found = agents.get(key) ?? new FacebookAdsAgent(token); agents.set(key, found); return found; };\n${getter}\n`,
      'src/api/a.ts': ROUTES,
      'MIGRATION.md': '- [x] `src/api/a.ts`\n',
    });
  // Behind a list, so that the source does not show it.
  const hidden = (body: string) =>
    `const make = [${body}];\nexport const getFacebookAgentFor: any = make.slice().sort()[0];`;

  test.each(
    someOf([
      ['texts', 'async (token: string) => by(token, token)'],
      ['an object', 'async ({ token, locale }: any) => by([token, locale].join(), token)'],
      ['any number of arguments', 'async (...given: any[]) => by(JSON.stringify(given), given[0])'],
    ]),
  )('settles what is kept by %s', async (_name, body) => {
    expect((await report(treeOf(hidden(body)))).cache.verified).toBe('no');
    expect((await report(treeOf(hidden(body)), ['--verify-cache'])).cache.verified).toBe('run');
  });

  test.each(
    someOf([
      ['builds at each call', 'async (token: string) => new FacebookAdsAgent(token)', 'cache-runs-apart'],
      ['gives one to all', 'async (token: string) => by(1, token)', 'cache-mixes'],
    ]),
  )('finds one that %s', async (_name, body, id) => {
    const { items, cache } = await report(treeOf(hidden(body)), ['--verify-cache']);
    expect(cache.verified).toBe('no');
    expect(items.find(({ path }) => path === 'src/utils/agent-cache.ts')?.findings).toMatchObject([{ id }]);
  });

  test.each(
    someOf([
      ['builds at each call', 'async (token: string) => new FacebookAdsAgent(token)'],
      ['gives one to all', 'async (token: string) => by(1, token)'],
    ]),
  )('tells once of one whose source shows that it %s', async (_name, body) => {
    const shown = `export const getFacebookAgentFor = ${body};`;
    const { items } = await report(treeOf(shown), ['--verify-cache']);
    const found = items.find(({ path }) => path === 'src/utils/agent-cache.ts')?.findings;
    expect(found?.filter(({ rule }) => rule === 'cache')).toHaveLength(1);
  });

  test.each(
    someOf([
      ['async (id: string, token: string) => by(id, token)', 'differ in the 2nd argument'],
      ['async ({ id, token }: any) => by(id, token)', 'differ in token of the 1st argument'],
    ]),
  )('says what makes no difference to one that does not show what it builds: %s', async (body, why) => {
    const { ok, cache } = await report(treeOf(hidden(body)), ['--verify-cache']);
    expect({ ok, cache }).toMatchObject({
      ok: true,
      cache: { verified: 'no', why: expect.stringContaining(why) },
    });
  });

  const picky =
    "async (token: string) => { if (!token.startsWith('EAA')) throw new Error('no token of ours'); return by(token, token); }";
  test.each(
    someOf([
      [
        'a getter that takes no made-up arguments',
        hidden(picky),
        { keyed: true },
        'does not take made-up arguments: no token of ours',
      ],
      [
        'a getter that nobody told of',
        'export const getFacebookAgentFor = async (token: string) => by(token, token);',
        {},
        '"keyed": true',
      ],
      [
        'no getter at all',
        'export const other = 1;',
        { keyed: true },
        'no function getFacebookAgent, and no getFacebookAgentFor',
      ],
    ]),
  )('ends with 2 for %s', async (_name, getter, config, words) => {
    const outcome = await check(treeOf(getter, config), ['--verify-cache']);
    expect(outcome).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(words) });
  });

  test('leaves it with the source where that shows what cannot be called', async () => {
    const tree = treeOf(
      `export const getFacebookAgentFor = ${picky.replaceAll('by(token, token)', '{ let a = agents.get(token); if (!a) { a = new FacebookAdsAgent(token); agents.set(token, a); } return a; }').replace('return {', '{')};`,
    );
    expect((await report(tree, ['--verify-cache'])).cache.verified).toBe('source');
  });
});

// It remembers by as many arguments as the function has before one that may be left out: by none of these.
test.each(
  someOf([
    ["memoize((token = 'shared') => new FacebookAdsAgent(token))"],
    ['memoize((...args: [string]) => new FacebookAdsAgent(...args))'],
    ['memoize((token: string) => new FacebookAdsAgent(token), { length: 0 })'],
    ['memoize((token: any) => new FacebookAdsAgent(token), { primitive: true })'],
  ]),
)('memoizee that tells tokens apart no more is not verified: %s', async (made) => {
  const { verified } = await judged(
    `${CLASS}\nimport memoize from 'memoizee';\nexport const getFacebookAgentFor = ${made};\n`,
  );
  expect(verified).not.toBe('source');
});

test('memoizee that remembers by the token is verified', async () => {
  const cache = `${CLASS}\nimport memoize from 'memoizee';\nexport const getFacebookAgentFor = memoize((token: string) => new FacebookAdsAgent(token));\n`;
  expect(await judged(cache)).toMatchObject({ verified: 'source' });
});
