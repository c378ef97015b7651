import { cacheModuleText } from '../../scripts/codemod/init/cache-module-text.ts';
import { libraryModuleText } from '../../scripts/codemod/init/library-module-text.ts';
import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

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

describe.each([
  ['the module itself keeps', cacheModuleText, false],
  ['the module itself keeps, and gives at once,', cacheModuleText, true],
  ['the library keeps', libraryModuleText, false],
])('entries that %s are those of the cache', (_who, textOf, sync) => {
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

test.each([
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
])('what others wrote is followed as well: %s', async (_what, body) => {
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
