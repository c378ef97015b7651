import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { cacheModuleText } from '../../scripts/codemod/init/cache-module-text.ts';
import { type TemporaryTree, temporaryTree } from './support/temporary-tree.ts';

const IMPORT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';";
const AGENT = `export class FacebookAdsAgent {
  async connect() {}
  async getCampaigns() { return []; }
}
`;
const ROUTE = `${IMPORT}

export async function list(req, res) {
  const agent = new FacebookAdsAgent();
  if (!req.query.limit) return res.status(400).end();
  res.json(await agent.getCampaigns());
}
`;
const EXPORTS = `
export async function getFacebookAgent() { return (entry ??= create()); }
export function getCachedAgentProvider() { return { getAgent: getFacebookAgent }; }
`;

const cacheWith = (create: string) => `${IMPORT}\n\nlet entry;\n${create}\n${EXPORTS}`;
const INIT = cacheModuleText({
  agentClass: 'FacebookAdsAgent',
  imports: [IMPORT],
  built: { code: 'new FacebookAdsAgent()', async: false },
  sync: false,
  factory: 'getFacebookAgent',
  provider: 'getCachedAgentProvider',
  typescript: true,
  commonJs: false,
  quote: "'",
});

const BUILDING: Record<string, string> = {
  'the module that --init writes': INIT,
  'a function that returns it': cacheWith('async function create() { return new FacebookAdsAgent(); }'),
  'an arrow function': cacheWith('const create = async () => new FacebookAdsAgent();'),
  'a promise of it': cacheWith('const create = () => Promise.resolve(new FacebookAdsAgent());'),
  'a variable that is given back': cacheWith(
    'async function create() { const agent = new FacebookAdsAgent(); return agent; }',
  ),
};

const CONNECTING: Record<string, string> = {
  'a call of the new agent': cacheWith(
    'async function create() { const agent = new FacebookAdsAgent(); await agent.connect(); return agent; }',
  ),
  'an optional call': cacheWith(
    'async function create() { const made = new FacebookAdsAgent(); await made.connect?.(); return made; }',
  ),
  'a call by another name': cacheWith(
    'const build = () => new FacebookAdsAgent();\nasync function create() { const made = build(); await made.connect(); return made; }',
  ),
  'a callback': cacheWith(
    'const create = () => Promise.resolve(new FacebookAdsAgent()).then((a) => a.connect().then(() => a));',
  ),
  'a helper that is given it': cacheWith(
    "import { warm } from './warm.ts';\nconst create = async () => warm(new FacebookAdsAgent());",
  ),
  'a property that is called': cacheWith(
    'const state = {};\nasync function create() { state.own = new FacebookAdsAgent(); await state.own.connect(); return state.own; }',
  ),
  'a creation in another file': cacheWith("import { create } from './create.ts';"),
};

let tree: TemporaryTree | undefined;
afterEach(() => tree?.remove());

test.each(someOf(Object.entries(BUILDING)))(
  'beside a cache with %s: where it was built',
  async (_name, cache) => {
    const lines = await migrated(cache);
    expect(lines.indexOf('const agent = await getFacebookAgent();')).toBeLessThan(
      lines.findIndex((line) => line.includes('status(400)')),
    );
  },
);

test.each(someOf(Object.entries(CONNECTING)))(
  'beside a cache with %s: below the check',
  async (_name, cache) => {
    const lines = await migrated(cache);
    expect(lines.indexOf('const agent = await getFacebookAgent();')).toBeGreaterThan(
      lines.findIndex((line) => line.includes('status(400)')),
    );
  },
);

describe('beside a cache that only builds', () => {
  test.each([
    ['waits for it', 'res.json(await campaignsOrNone());', true],
    ['never looks at it', 'campaignsOrNone(); res.end();', false],
    ['is not seen', 'res.end();', true],
  ])("a helper's own chain handles it no more where its caller %s", async (_name, call, isAwaited) => {
    const lines = await migrated(
      INIT,
      `${IMPORT}

function campaignsOrNone() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().catch(() => []);
}

export async function list(req, res) {
  ${call}
}
`,
    );
    expect(lines.includes('const agent = await getFacebookAgent();')).toBe(isAwaited);
  });

  test('a helper goes on to throw at once what its callers may handle', async () => {
    const lines = await migrated(
      INIT,
      `${IMPORT}

export function campaignOf(id) {
  if (!id) throw new Error('no id');
  const agent = new FacebookAdsAgent();
  return Promise.all([agent.getCampaigns(), agent.getCampaigns()]);
}
`,
    );
    expect(lines).toContain('export function campaignOf(id) {');
  });

  test('an async function whose timer uses the agent fails at once without one', async () => {
    const lines = await migrated(
      INIT,
      `${IMPORT}

export async function watch(seen) {
  const agent = new FacebookAdsAgent();
  setInterval(async () => {
    try {
      seen(await agent.getCampaigns());
    } catch {
      seen([]);
    }
  }, 1000);
}
`,
    );
    expect(lines.indexOf('const agent = await getFacebookAgent();')).toBeLessThan(
      lines.findIndex((line) => line.startsWith('setInterval')),
    );
  });

  test('a builder of contexts is awaited by callers that may answer without the agent', async () => {
    const lines = await migrated(
      INIT,
      `${IMPORT}

const contextOf = (req) => ({ agent: new FacebookAdsAgent(), user: req.get('x-user') });

export async function list(req, res) {
  const { agent, user } = contextOf(req);
  if (user) res.json(await agent.getCampaigns());
  else res.status(401).end();
}
`,
    );
    expect(lines).toContain('const { agent, user } = await contextOf(req);');
  });

  test('calls that start together still do', async () => {
    const lines = await migrated(
      INIT,
      `${IMPORT}

export async function both(req, res) {
  res.json(await Promise.all([new FacebookAdsAgent().getCampaigns(), new FacebookAdsAgent().getCampaigns()]));
}
`,
    );
    expect(lines.join('')).not.toContain('await getFacebookAgent()');
  });
});

/** The lines of the route after its migration beside a cache module. */
async function migrated(cache: string, route = ROUTE): Promise<string[]> {
  tree = temporaryTree({
    'package.json': '{ "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': cache,
    'src/routes/list.ts': route,
  });
  for await (const { path: file, output } of migrateTree([path.join(tree.root, 'src')], DEFAULT_OPTIONS)) {
    if (!file.endsWith('list.ts')) continue;
    expect(output).toContain('getFacebookAgent()');
    return (output ?? '').split('\n').map((line) => line.trim());
  }
  throw new Error('the route was not migrated');
}
