import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Agents that are built where they are used. */
export const inlineTrees: readonly Tree[] = [
  {
    name: 'built in handlers',
    files: {
      'routes/main.ts': routes(`
router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/one/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const campaign = await agent.getCampaign(req.params.id);
  if (campaign.id === '8') throw new Error('never');
  res.json(campaign);
});

router.get('/handed-on/:id', (req, res, next) => {
  Promise.resolve(req.params.id)
    .then(() => new FacebookAdsAgent())
    .then((agent) => agent.getCampaign(req.params.id))
    .then((campaign) => res.json(campaign), next);
});

router.get('/handed-on-in-a-block', (_req, res, next) => {
  Promise.resolve()
    .then(() => {
      const agent = new FacebookAdsAgent();
      return { agent };
    })
    .then(({ agent }) => agent.getCampaigns())
    .then((all) => res.json(all), next);
});

router.get('/bare', async (_req, res) => {
  const agent = new FacebookAdsAgent;
  res.json(await agent.getCampaigns('ACTIVE', 1));
});

router.route('/routed').get(async (_req, res) => {
  const agent: FacebookAdsAgent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/listed', [
  async (_req, res, next) => {
    res.locals.campaigns = await new FacebookAdsAgent().getCampaigns();
    next();
  },
  (_req, res) => {
    res.json(res.locals.campaigns);
  },
] as import('express').RequestHandler[]);
`),
    },
  },
  {
    name: 'built in a try',
    flavour: 'ts-js',
    files: {
      'routes/main.ts': routes(`
router.get('/answered/:id', async (req, res) => {
  try {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaign(req.params.id));
  } catch (error) {
    res.status(502).json({ error: (error as Error).message });
  }
});

router.get('/passed-on/:id', async (req, res, next) => {
  try {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaign(req.params.id));
  } catch (error) {
    next(error);
  }
});

router.get('/nested/:id', async (req, res) => {
  try {
    const agent = new FacebookAdsAgent();
    let campaign;
    try {
      campaign = await agent.getCampaign(req.params.id);
    } finally {
      res.setHeader('x-tried', 'yes');
    }
    res.json(campaign);
  } catch (error) {
    res.status(409).json({ error: (error as Error).message });
  }
});

router.get('/partly/:id', async (req, res) => {
  try {
    if (req.params.id === 'unknown') throw new Error('before the agent');
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  } catch (error) {
    res.status(400).json({ error: (error as Error).message });
  }
});
`),
    },
  },
  {
    name: 'named handlers and helpers',
    flavour: 'ts-bare',
    files: {
      'routes/main.ts': `import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

const list: RequestHandler = async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};

async function one(req: Request<{ id: string }>, res: Response): Promise<void> {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.params.id));
}

const chained: RequestHandler = (_req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent
    .getCampaigns()
    .then((campaigns) => {
      res.json(campaigns);
    })
    .catch(next);
};

function oneChained(req: Request<{ id: string }>, res: Response, next: NextFunction): void {
  new FacebookAdsAgent()
    .getCampaign(req.params.id)
    .then((campaign) => res.json(campaign))
    .catch((error: Error) => next(error));
}

const load = (): Promise<Campaign[]> => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
};

const loadShort = () => new FacebookAdsAgent().getCampaigns('ACTIVE');

router.get('/list', list);
router.get('/one/:id', one);
router.get('/chained', chained);
router.get('/one-chained/:id', oneChained);
router.get('/load', async (_req, res) => {
  res.json(await load());
});
router.get('/load-short', async (_req, res) => {
  const load = async () => new FacebookAdsAgent().getCampaigns();
  res.json([await load(), await loadShort()]);
});
router.get('/nested', async (_req, res) => {
  async function inner() {
    const agent = new FacebookAdsAgent();
    return await agent.getCampaigns();
  }
  res.json(await inner());
});
`,
    },
  },
  {
    name: 'agents in expressions',
    files: {
      'routes/main.ts': routes(`
const total = async (agent: FacebookAdsAgent) => (await agent.getCampaigns()).length;

router.get('/argument', async (_req, res) => {
  res.json(await total(new FacebookAdsAgent()));
});

router.get('/immediate', async (_req, res) => {
  res.json(await new FacebookAdsAgent().getCampaigns());
});

router.get('/parenthesised', async (_req, res) => {
  res.json(await (new FacebookAdsAgent()).getCampaigns());
});

router.get('/optional', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent?.getCampaigns?.());
});

router.get('/mapped', async (_req, res) => {
  const ids = ['1', '2'];
  res.json(await Promise.all(ids.map(async (id) => {
    const agent = new FacebookAdsAgent();
    return agent.getCampaign(id);
  })));
});

router.get('/mapped-short', async (_req, res) => {
  res.json(await Promise.all(['1', '2'].map((id) => new FacebookAdsAgent().getCampaign(id))));
});

router.get('/arrow', async (_req, res) => void res.json(await new FacebookAdsAgent().getCampaigns()));

router.get('/gathered', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const [all, one] = await Promise.all([agent.getCampaigns(), agent.getCampaign('7')]);
  res.json({ all, one });
});

router.get('/gathered-quietly', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const [one, all] = await Promise.all([agent.getCampaign('7').catch(() => null), agent.getCampaigns()]);
  res.json({ all, one });
});

router.get('/asserted', async (_req, res) => {
  const agent = new FacebookAdsAgent() as FacebookAdsAgent;
  res.json(await agent!.getCampaigns());
});

router.get('/satisfied', async (_req, res) => {
  const agent = new FacebookAdsAgent() satisfies FacebookAdsAgent;
  res.json(await agent.getCampaigns());
});

router.get('/several', async (_req, res) => {
  const agent = new FacebookAdsAgent(), other = new FacebookAdsAgent();
  res.json([await agent.getCampaigns(), await other.getCampaign('1')]);
});

router.get('/assigned', async (_req, res) => {
  let agent;
  agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/conditional/:id', async (req, res) => {
  const agent = req.params.id === '7' ? new FacebookAdsAgent() : new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/listed', async (_req, res) => {
  const agents = [new FacebookAdsAgent(), new FacebookAdsAgent()];
  res.json(await Promise.all(agents.map((agent) => agent.getCampaigns())));
});

router.get('/in-an-object', async (_req, res) => {
  const deps = { agent: new FacebookAdsAgent() };
  res.json(await deps.agent.getCampaigns());
});

router.get('/in-a-loop', async (_req, res) => {
  const found = [];
  for (const id of ['1', '2']) {
    const agent = new FacebookAdsAgent();
    found.push(await agent.getCampaign(id));
  }
  res.json(found);
});

router.get('/in-a-branch/:id', async (req, res) => {
  if (req.params.id === '7') {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
    return;
  }
  res.status(204).end();
});

router.get('/in-a-switch/:id', async (req, res) => {
  switch (req.params.id) {
    case '7':
      const agent = new FacebookAdsAgent();
      res.json(await agent.getCampaigns());
      break;
    default:
      res.status(400).json({ error: 'id' });
  }
});

router.get('/logged', async (_req, res) => {
  console.assert(true, 'started');
  const agent = new FacebookAdsAgent();
  const started = Date.now();
  const campaigns = await agent.getCampaigns();
  res.json({ campaigns, late: Date.now() - started > 60_000 });
});
`),
    },
  },
  {
    name: 'middleware that hands the agent on',
    files: {
      'types.d.ts': `import type { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

declare global {
  namespace Express {
    interface Request {
      agent?: FacebookAdsAgent;
    }
  }
}
`,
      'routes/main.ts': `/// <reference path="../types.d.ts" />
import { Router } from 'express';
import type { NextFunction, Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

const withAgent = (_req: Request, res: Response, next: NextFunction) => {
  res.locals.agent = new FacebookAdsAgent();
  next();
};

function withRequestAgent(req: Request, _res: Response, next: NextFunction): void {
  req.agent = new FacebookAdsAgent();
  next();
}

router.get('/locals/:id', withAgent, async (req, res) => {
  const { agent } = res.locals;
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/request/:id', withRequestAgent, async (req, res) => {
  res.json(await req.agent?.getCampaign(String(req.params['id'])));
});
`,
    },
  },
  {
    name: 'controllers',
    flavour: 'ts-js',
    files: {
      'controllers/campaigns.ts': `import type { Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class CampaignsController {
  readonly list = async (_req: Request, res: Response): Promise<void> => {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  };

  async one(req: Request, res: Response): Promise<void> {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaign(String(req.params['id'])));
  }

  static async first(_req: Request, res: Response): Promise<void> {
    res.json((await new FacebookAdsAgent().getCampaigns())[0]);
  }

  async viaHelper(_req: Request, res: Response): Promise<void> {
    res.json(await this.#load());
  }

  async #load() {
    const agent = new FacebookAdsAgent();
    return agent.getCampaigns('PAUSED');
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { CampaignsController } from '../controllers/campaigns%ext';

export const router = Router();
const controller = new CampaignsController();

router.get('/list', controller.list);
router.get('/one/:id', controller.one.bind(controller));
router.get('/first', CampaignsController.first);
router.get('/via-helper', (req, res) => controller.viaHelper(req, res));
`,
    },
  },
];
