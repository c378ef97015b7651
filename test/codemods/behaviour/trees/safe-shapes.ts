import { BUILDING_CACHE } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const CHOICES = `
interface Source {
  getCampaigns(): Promise<unknown[]>;
}

class Stub implements Source {
  async getCampaigns(): Promise<unknown[]> {
    return [];
  }
}

async function choose(kind: string): Promise<Source> {
  try {
    const setting = await Promise.resolve(kind);
    if (setting === 'live') return new FacebookAdsAgent();
    return new Stub();
  } catch (error) {
    if ((error as Error).message === 'never') throw error;
    return new FacebookAdsAgent();
  }
}

const either = async (kind: string): Promise<Source> => (kind === 'live' ? new FacebookAdsAgent() : new Stub());

async function byCase(kind: string): Promise<Source> {
  switch (kind) {
    case 'live':
      return new FacebookAdsAgent();
    default:
      return new Stub();
  }
}

router.get('/choose/:id', async (req, res) => {
  res.json(await (await choose(req.params.id === '7' ? 'live' : 'stub')).getCampaigns());
});

router.get('/either/:id', async (req, res) => {
  const source = await either(req.params.id === '7' ? 'live' : 'stub');
  res.json(await source.getCampaigns());
});

router.get('/by-case/:id', async (req, res) => {
  const source = await byCase(req.params.id === '7' ? 'live' : 'stub');
  res.json(await source.getCampaigns());
});
`;

/** Shapes that look as if they were not safe, and are. */
export const safeShapeTrees: readonly Tree[] = [
  {
    name: 'async functions that choose between clients',
    files: { 'utils/agent-cache.ts': BUILDING_CACHE, 'routes/main.ts': routes(CHOICES) },
  },
  {
    name: 'async functions whose choice others close or keep',
    failures: ['none'],
    untouched: ['routes/main.ts'],
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE,
      'routes/main.ts': routes(`
class Stub {
  async getCampaigns(): Promise<unknown[]> {
    return [];
  }

  async close(): Promise<void> {}
}

async function choose(kind: string): Promise<FacebookAdsAgent | Stub> {
  if (kind === 'live') return new FacebookAdsAgent(); // left: agent-closed
  return new Stub();
}

async function chooseToGiveAway(kind: string): Promise<FacebookAdsAgent | Stub> {
  if (kind === 'live') return new FacebookAdsAgent(); // left: returned-from-async
  return new Stub();
}

export const makers = [chooseToGiveAway];

router.get('/closed', async (_req, res) => {
  const source = await choose('live');
  const all = await source.getCampaigns();
  await source.close();
  res.json(all);
});
`),
    },
  },
  {
    name: 'constants that are other names of the class',
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE,
      'routes/main.ts': `import { Router } from 'express';
import * as sdk from '../agents/facebook-ads-agent%ext';

const Api = sdk.FacebookAdsAgent;
const { FacebookAdsAgent: Client } = sdk;
export const router = Router();

router.get('/member', async (_req, res) => {
  const agent = new Api();
  res.json(await agent.getCampaigns());
});

router.get('/pattern', async (_req, res) => {
  res.json(await new Client().getCampaigns());
});

router.get('/in-the-function', async (_req, res) => {
  const { FacebookAdsAgent } = sdk;
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'constants of CommonJS that are other names of the class',
    flavour: 'cjs',
    failures: ['none', 'connect'],
    files: {
      'routes/main.js': `const { Router } = require('express');
const sdk = require('../agents/facebook-ads-agent');
const Api = sdk.FacebookAdsAgent;
exports.router = Router();

exports.router.get('/', async (_req, res) => {
  const agent = new Api();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'other names of the class that others get',
    failures: ['none'],
    agents: 4,
    files: {
      'routes/main.ts': routes(`
const Given = FacebookAdsAgent; // left: class-passed-on
let Changing = FacebookAdsAgent; // left: class-passed-on
const build = (Client: typeof FacebookAdsAgent) => new Client();

router.get('/given', async (_req, res) => {
  res.json(await build(Given).getCampaigns());
});

router.get('/changing', async (_req, res) => {
  const agent = new Changing();
  Changing = FacebookAdsAgent; // left: class-passed-on
  res.json(await agent.getCampaigns());
});
`),
    },
  },
  {
    name: 'factories with several signatures',
    failures: ['none', 'connect'],
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function makeShared(): FacebookAdsAgent;
export function makeShared(name: 'main'): FacebookAdsAgent;
export function makeShared(_name?: string): FacebookAdsAgent {
  return new FacebookAdsAgent();
}
`,
      'routes/main.ts': routes(`import { makeShared } from '../lib/make%ext';

function make(): FacebookAdsAgent;
function make(name: 'main'): FacebookAdsAgent;
function make(_name?: string): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

router.get('/own', async (_req, res) => {
  res.json(await make('main').getCampaigns());
});

router.get('/shared', async (_req, res) => {
  res.json(await makeShared('main').getCampaigns());
});
`),
    },
  },
];
