import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Factories that are given to other code under their name, or where they are written. */
export const passedFactoryTrees: readonly Tree[] = [
  {
    name: 'factories given to what awaits their agent',
    untouched: ['lib/run.ts'],
    files: {
      'lib/agents.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function importedAgent() {
  return new FacebookAdsAgent();
}

export const guardedAgent = () => {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw cause;
  }
};
`,
      'lib/run.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function campaignsOf(make: () => FacebookAdsAgent | Promise<FacebookAdsAgent>) {
  const agent = await make();
  return agent.getCampaigns();
}

export async function made(make: () => Promise<FacebookAdsAgent>) {
  await Promise.resolve();
  return make();
}
`,
      'routes/main.ts': routes(`
import { guardedAgent, importedAgent } from '../lib/agents%ext';
import { campaignsOf, made } from '../lib/run%ext';

interface Options {
  timeout?: number;
}

const DEFAULTS: Options = {};

const plainAgent = (_options: Options = DEFAULTS) => new FacebookAdsAgent();

async function asyncAgent({ timeout = 5 }: Options = {}) {
  return new FacebookAdsAgent();
}

router.get('/plain', async (_req, res) => {
  res.json(await campaignsOf(plainAgent));
});

router.get('/options', async (_req, res) => {
  const agent = plainAgent({ timeout: 1 });
  res.json(await agent.getCampaigns());
});

router.get('/async', async (_req, res) => {
  res.json(await campaignsOf(asyncAgent));
});

router.get('/imported', async (_req, res) => {
  res.json(await campaignsOf(importedAgent));
});

router.get('/guarded', async (_req, res) => {
  res.json(await campaignsOf(guardedAgent));
});

router.get('/inline', async (_req, res) => {
  res.json(await campaignsOf(() => new FacebookAdsAgent()));
});

router.get('/inline-async', async (_req, res) => {
  const agent = await made(async () => new FacebookAdsAgent());
  res.json(await agent.getCampaigns());
});

router.get('/then', async (_req, res) => {
  const campaigns = await Promise.resolve({ timeout: 1 })
    .then(plainAgent)
    .then((agent) => agent.getCampaigns());
  res.json(campaigns);
});
`),
    },
  },
  {
    name: 'factories given to what does not do with a promise',
    files: {
      'routes/main.ts': routes(`
type MakeAgent = () => FacebookAdsAgent;

const makeAgent = () => new FacebookAdsAgent(); // left

async function asyncAgent() { // left
  return new FacebookAdsAgent();
}

function describe(make: MakeAgent) {
  return make().getCampaigns();
}

async function awaited(make: MakeAgent) {
  const agent = await make();
  return agent.getCampaigns();
}

async function changed(make: () => Promise<FacebookAdsAgent>, account: string) {
  const agent = await make();
  agent.accountId = account;
  return agent.getCampaigns();
}

async function made(make: () => Promise<FacebookAdsAgent>) {
  return make();
}

async function maybe(make: () => Promise<FacebookAdsAgent>) {
  try {
    return await make();
  } catch {
    return undefined;
  }
}

async function checked(make: () => Promise<FacebookAdsAgent>, account: unknown) {
  const agent = await make();
  if (!account) return [];
  return agent.getCampaigns();
}

router.get('/described', async (_req, res) => {
  res.json(await describe(makeAgent)); // left
});

router.get('/awaited', async (_req, res) => {
  res.json(await awaited(() => new FacebookAdsAgent())); // left
});

router.get('/changed', async (req, res) => {
  res.json(await changed(asyncAgent, req.path)); // left
});

router.get('/made', async (req, res) => {
  const agent = await made(async () => new FacebookAdsAgent()); // left
  agent.accountId = req.path;
  res.json(await agent.getCampaigns());
});

router.get('/maybe', async (_req, res) => {
  const agent = await maybe(async () => new FacebookAdsAgent()); // left
  res.json(agent ? await agent.getCampaigns() : []);
});

router.get('/checked', async (req, res) => {
  res.json(await checked(async () => new FacebookAdsAgent(), req.query.account)); // left
});
`),
    },
  },
];
