import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Agents that get to who catches, listens or calls, and what only looks like that. */
export const thrownTrees: readonly Tree[] = [
  {
    name: 'agents that are thrown, or told to listeners',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
import { EventEmitter } from 'node:events';

const kept: FacebookAdsAgent[] = [];
class LoadError extends Error {
  constructor(readonly agent: FacebookAdsAgent) {
    super('load');
  }
}

router.get('/thrown/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  try {
    throw new LoadError(agent);
  } catch (error) {
    (error as LoadError).agent.token += req.params.id;
  }
  res.json([agent.token, await agent.getCampaigns()]);
});

router.get('/caught-and-kept', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-kept
  try {
    throw agent;
  } catch (thrown) {
    kept.push(thrown as FacebookAdsAgent);
  }
  res.json(kept.length === new Set(kept).size && (await agent.getCampaigns()));
});

router.get('/to-whom', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-thrown
  if (req.query['fail']) throw new LoadError(agent);
  res.json(await agent.getCampaigns());
});

router.get('/to-next', async (req, res, next) => {
  const agent = new FacebookAdsAgent(); // left: agent-thrown
  if (req.query['fail']) return next(agent);
  res.json(await agent.getCampaigns());
});

router.get('/rejected', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-thrown
  const all = await agent.getCampaigns();
  await Promise.reject(agent).catch((rejected: FacebookAdsAgent) => {
    rejected.token += '!';
  });
  res.json([agent.token, all]);
});

router.get('/told', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const bus = new EventEmitter();
  bus.on('agent', (told: FacebookAdsAgent) => {
    told.token += '!';
  });
  bus.emit('agent', agent);
  res.json([agent.token, await agent.getCampaigns()]);
});

router.get('/told-and-closed', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-closed
  const bus = new EventEmitter();
  bus.once('done', ({ agent: told }: { agent: FacebookAdsAgent }) => void told.close());
  const all = await agent.getCampaigns();
  bus.emit('done', { agent });
  res.json(all);
});
`),
    },
  },
  {
    name: 'what is thrown, or told to listeners, beside an agent',
    files: {
      'routes/main.ts': routes(`
import { EventEmitter } from 'node:events';

class StatusError extends Error {
  constructor(
    readonly account: string,
    readonly status: number,
  ) {
    super('status');
  }
}

router.get('/thrown', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const all = await agent.getCampaigns();
  if (all.length > 2) throw new StatusError(agent.describe(), 418);
  res.json(all);
});

router.get('/caught', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const all = await agent.getCampaigns();
  try {
    throw new StatusError(agent.describe(), 418);
  } catch (error) {
    res.json([(error as StatusError).account, all]);
  }
});

router.get('/told', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const bus = new EventEmitter();
  let seen = 0;
  bus.on('all', (all: unknown[]) => {
    seen += all.length;
  });
  bus.emit('all', await agent.getCampaigns());
  res.json(seen);
});
`),
    },
  },
  {
    name: 'agents that functions give on to who closes them',
    failures: ['none'],
    files: {
      'agents.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

const same = (agent: FacebookAdsAgent) => agent;

export async function ofBox() {
  const box = { agent: new FacebookAdsAgent() }; // left: returned-from-async
  await box.agent.getCampaigns();
  return box.agent;
}

export async function ofSame() {
  const agent = new FacebookAdsAgent(); // left: returned-from-async
  await agent.getCampaigns();
  return same(agent);
}

export async function ofPromise() {
  const agent = new FacebookAdsAgent(); // left: returned-from-async
  return agent.connect().then(() => agent);
}

export async function ofFunction() {
  const agent = new FacebookAdsAgent(); // left: returned-from-async
  const get = () => agent;
  await agent.connect();
  return get();
}

export async function ofList() {
  const [agent] = [new FacebookAdsAgent()]; // left: returned-from-async
  await agent.connect();
  return agent;
}
`,
      'routes/main.ts': `import { Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { ofBox, ofFunction, ofList, ofPromise, ofSame } from '../agents%ext';

export const router = Router();

const rows = async (get: () => Promise<FacebookAdsAgent>) => {
  const agent = await get();
  try {
    return await agent.getCampaigns();
  } finally {
    await agent.close();
  }
};

router.get('/box', async (_req, res) => void res.json(await rows(ofBox)));
router.get('/same', async (_req, res) => void res.json(await rows(ofSame)));
router.get('/promise', async (_req, res) => void res.json(await rows(ofPromise)));
router.get('/function', async (_req, res) => void res.json(await rows(ofFunction)));
router.get('/list', async (_req, res) => void res.json(await rows(ofList)));
`,
    },
  },
];
