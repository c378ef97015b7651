import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** A failed connection comes before the agent is put anywhere, where it came behind that. */
export const askedWhetherGotTrees: readonly Tree[] = [
  {
    name: 'failures after which code asks whether the agent was got',
    files: {
      'routes/main.ts': routes(`
import type { Response } from 'express';

const fail = (res: Response, got: boolean) => void res.status(got ? 502 : 500).json({ got });

router.get('/defined', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  try {
    agent = new FacebookAdsAgent(); // left: asked-whether-got
    res.json(await agent.getCampaigns());
  } catch {
    fail(res, agent !== undefined);
  }
});

router.get('/of-it', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  try {
    agent = new FacebookAdsAgent(); // left: asked-whether-got
    res.json(await agent.getCampaigns());
  } catch {
    res.status(502).json({ account: agent?.describe() ?? 'none' });
  }
});

router.get('/in-a-function', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  const asked = { got: () => agent !== undefined };
  try {
    agent = new FacebookAdsAgent(); // left: asked-whether-got
    res.json(await agent.getCampaigns());
  } catch {
    fail(res, [1].some(() => agent !== undefined) && asked.got());
  }
});

router.get('/finally', async (_req, res) => {
  let agent: FacebookAdsAgent | null = null;
  let answer: unknown = 'none';
  try {
    agent = new FacebookAdsAgent(); // left: asked-whether-got
    answer = await agent.getCampaigns();
  } catch {
    answer = 'failed';
  } finally {
    res.json({ answer, got: agent !== null });
  }
});

router.get('/behind', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  try {
    agent = new FacebookAdsAgent(); // left: asked-whether-got
    await agent.getCampaigns();
  } catch {
    res.set('x-failed', 'yes');
  }
  res.json({ got: agent !== undefined });
});

router.get('/held', async (_req, res) => {
  const held: { agent?: FacebookAdsAgent } = {};
  try {
    held.agent = new FacebookAdsAgent(); // left: asked-whether-got
    res.json(await held.agent.getCampaigns());
  } catch {
    fail(res, 'agent' in held && held.agent !== undefined);
  }
});

router.get('/by-another', async (_req, res) => {
  let got: FacebookAdsAgent | undefined;
  try {
    const agent = new FacebookAdsAgent(); // left: asked-whether-got
    got = agent;
    res.json(await agent.getCampaigns());
  } catch {
    fail(res, got !== undefined);
  }
});

router.get('/next-round', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  for (let round = 0; round < 2; round++) {
    if (round > 0) res.set('x-got', String(agent !== undefined));
    try {
      agent = new FacebookAdsAgent(); // left: asked-whether-got
      res.json(await agent.getCampaigns());
      return;
    } catch {
      res.set('x-failed', 'yes');
    }
  }
  res.status(502).json({ error: 'Facebook' });
});

router.get('/behind-all-rounds', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  for (let round = 0; round < 2; round++) {
    try {
      agent = new FacebookAdsAgent(); // left: asked-whether-got
      res.json(await agent.getCampaigns());
      return;
    } catch {
      continue;
    }
  }
  res.status(502).json({ got: agent !== undefined });
});
`),
    },
  },
  {
    name: 'failures after which nobody asks whether the agent was got',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
router.get('/alike', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  try {
    agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  } catch {
    res.status(502).json({ error: 'Facebook' });
  }
});

router.get('/left', async (_req, res) => {
  let agent: FacebookAdsAgent;
  try {
    agent = new FacebookAdsAgent();
    await agent.connect();
  } catch {
    res.status(502).json({ error: 'Facebook' });
    return;
  }
  res.json(await agent.getCampaigns());
});

router.get('/flag', async (_req, res) => {
  let started = false;
  try {
    const agent = new FacebookAdsAgent();
    started = true;
    res.json(await agent.getCampaigns());
  } catch {
    res.status(started ? 502 : 500).json({ started });
  }
});

router.get('/of-a-round', async (_req, res) => {
  for (let round = 0; round < 2; round++) {
    let agent: FacebookAdsAgent | undefined;
    res.set('x-got', String(agent !== undefined));
    try {
      agent = new FacebookAdsAgent();
      await agent.connect();
    } catch {
      continue;
    }
    res.json({ got: agent !== undefined, rows: await agent.getCampaigns() });
    return;
  }
  res.status(502).json({ error: 'Facebook' });
});

router.get('/hidden', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  try {
    agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  } catch {
    const agent = undefined;
    res.status(502).json({ agent: String(agent) });
  }
});
`),
    },
  },
];
