import { BUILDING_CACHE, COMMON_FILES } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { routes, tasks } from './pieces.ts';

const AGENT = COMMON_FILES['agents/facebook-ads-agent'] ?? '';
const CONNECTING_CACHE = COMMON_FILES['utils/agent-cache'] ?? '';

/** The agent with a static method before its others. */
const withCreate = (create: string) =>
  AGENT.replace('  static describe(): string {', `${create}\n\n  static describe(): string {`);

const AT_ONCE = withCreate(`  static create(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }`);

const CONNECTED = withCreate(`  static async create(): Promise<FacebookAdsAgent> {
    const agent = new FacebookAdsAgent();
    await agent.connect();
    return agent;
  }`);

const HANDLERS = `
async function describe(id: string) {
  const agent = FacebookAdsAgent.create();
  const { spend } = await agent.getCampaign(id);
  return { id, spend };
}

router.get('/inline', async (_req, res) => {
  const agent = FacebookAdsAgent.create();
  res.json(await agent.getCampaigns());
});

router.get('/chain/:id', async (req, res) => {
  res.json(await FacebookAdsAgent.create().getCampaign(req.params.id));
});

router.get('/helper/:id', async (req, res) => {
  res.json(await describe(req.params.id));
});
`;

const AWAITED = `
async function connected(): Promise<FacebookAdsAgent> {
  return await FacebookAdsAgent.create();
}

router.get('/inline', async (_req, res) => {
  const agent = await FacebookAdsAgent.create();
  res.json(await agent.getCampaigns());
});

router.get('/chain/:id', async (req, res) => {
  res.json(await (await FacebookAdsAgent.create()).getCampaign(req.params.id));
});

router.get('/factory', async (_req, res) => {
  const agent = await connected();
  res.json(await agent.whoAmI());
});
`;

const built = (cache: string) => cache.replace('new FacebookAdsAgent()', 'FacebookAdsAgent.create()');

/** Agents that a static method of their class builds, as `--built-by create` says. */
export const builtByCreateTrees: readonly Tree[] = [
  {
    name: 'agents of a static method',
    config: { builtBy: 'create' },
    files: {
      'agents/facebook-ads-agent.ts': AT_ONCE,
      'utils/agent-cache.ts': built(BUILDING_CACHE),
      'routes/main.ts': routes(HANDLERS),
      'tasks/main.ts': tasks(`
export async function collect() {
  const agent = FacebookAdsAgent.create();
  return await agent.getCampaigns();
}
`),
    },
  },
  {
    name: 'agents of a static method that connects them',
    config: { builtBy: 'create' },
    files: {
      'agents/facebook-ads-agent.ts': CONNECTED,
      'utils/agent-cache.ts': CONNECTING_CACHE.replace(
        `  const agent = new FacebookAdsAgent();
  await agent.connect();
  return agent;
`,
        '  return await FacebookAdsAgent.create();\n',
      ),
      'routes/main.ts': routes(AWAITED),
    },
  },
];
