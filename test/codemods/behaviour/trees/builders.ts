import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const SERVICE = `
class CampaignService {
  private readonly agent: FacebookAdsAgent;

  constructor(agent: FacebookAdsAgent) {
    this.agent = agent;
  }

  async list() {
    return this.agent.getCampaigns();
  }

  async find(id: string) {
    return this.agent.getCampaign(id);
  }
}
`;

/** Functions that return something that has the agent in it. */
export const builderTrees: readonly Tree[] = [
  {
    name: 'builders of contexts and services whose callers can follow',
    files: {
      'lib/services.ts': `
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
${SERVICE}
export async function buildServices() {
  const agent = new FacebookAdsAgent();
  return { campaigns: new CampaignService(agent), now: () => 0 };
}
`,
      'routes/main.ts': routes(`
import type { Request, RequestHandler } from 'express';
import { buildServices } from '../lib/services%ext';
${SERVICE}
async function createContext(req: Request) {
  return { path: req.path, agent: new FacebookAdsAgent() };
}

interface Deps {
  agent: FacebookAdsAgent;
  now: () => number;
}

const makeDeps = (): Deps => ({ agent: new FacebookAdsAgent(), now: () => 0 });

const campaignService = () => new CampaignService(new FacebookAdsAgent());

class Controller {
  list: RequestHandler = async (_req, res) => {
    const { campaigns } = this.services();
    res.json(await campaigns.list());
  };

  private services() {
    return { campaigns: new CampaignService(new FacebookAdsAgent()) };
  }
}

router.get('/context', async (req, res) => {
  const { path, agent } = await createContext(req);
  res.json({ path, account: await agent.whoAmI() });
});

router.get('/whole', async (req, res) => {
  const context = await createContext(req);
  res.json({ path: context.path, account: await context.agent.whoAmI() });
});

router.get('/handled', async (req, res) => {
  try {
    const context = await createContext(req);
    res.json(await context.agent.whoAmI());
  } catch {
    res.status(502).json({ error: 'unavailable' });
  }
});

router.get('/deps', async (_req, res) => {
  const { agent, now } = makeDeps();
  res.json({ at: now(), account: await agent.whoAmI() });
});

router.get('/service', async (_req, res) => {
  res.json(await campaignService().list());
});

router.get('/service/:id', async (req, res) => {
  const service = campaignService();
  res.json(await service.find(req.params.id));
});

router.get('/services', async (_req, res) => {
  const { campaigns } = await buildServices();
  res.json(await campaigns.list());
});

async function requestContext(path: string) {
  return { path, agent: new FacebookAdsAgent() };
}

interface WithContext extends Request {
  context?: Awaited<ReturnType<typeof requestContext>>;
}

router.get(
  '/attached',
  async (req: WithContext, _res, next) => {
    req.context = await requestContext(req.path);
    next();
  },
  async (req: WithContext, res) => {
    res.json(await req.context?.agent.whoAmI());
  },
);

router.get('/member', new Controller().list);
`),
    },
  },
  {
    name: 'builders whose callers cannot follow',
    files: {
      'routes/main.ts': routes(`
import type { Request, Router as Routes } from 'express';
${SERVICE}
async function checked(req: Request) {
  return { path: req.path, agent: new FacebookAdsAgent() }; // left: exit-before-agent
}

router.get('/checked/:id', async (req, res) => {
  const { agent } = await checked(req);
  if (req.params.id === '7') {
    res.status(400).json({ error: 'no' });
    return;
  }
  res.json(await agent.whoAmI());
});

async function pathOnly(req: Request) {
  return { path: req.path, agent: new FacebookAdsAgent() }; // left: wrapper-used-early
}

router.get('/path', async (req, res) => {
  const context = await pathOnly(req);
  res.json({ path: context.path });
});

async function changed() {
  return { agent: new FacebookAdsAgent() }; // left: agent-changed
}

router.get('/changed/:id', async (req, res) => {
  const context = await changed();
  context.agent.accountId = req.params.id;
  res.json(await context.agent.whoAmI());
});

async function tried() {
  return { agent: new FacebookAdsAgent() }; // left: failure-escapes
}

router.get('/tried', async (_req, res) => {
  const { agent } = await tried();
  try {
    res.json(await agent.whoAmI());
  } catch {
    res.status(502).json({ error: 'unavailable' });
  }
});

const once = () => ({ campaigns: new CampaignService(new FacebookAdsAgent()) }); // left: wrapper-kept
const services = once();

router.get('/once', async (_req, res) => {
  res.json(await services.campaigns.list());
});

const forRoutes = () => ({ campaigns: new CampaignService(new FacebookAdsAgent()) }); // left: agent-kept

async function register(routes: Routes) {
  const built = forRoutes();
  routes.get('/registered', async (_req, res) => {
    res.json(await built.campaigns.list());
  });
}

void register(router);

const atOnce = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-in-sync
const nameOf = () => atOnce().agent.constructor.name;

router.get('/name', (_req, res) => {
  res.json(nameOf());
});

const atOnceForAll = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-among-promises

router.get('/gathered', async (_req, res) => {
  res.json(await Promise.all([atOnceForAll().agent.whoAmI(), atOnceForAll().agent.getCampaigns()]));
});

const lent = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-callers-unknown
const run = (make: typeof lent) => make().agent.whoAmI();

router.get('/lent', async (_req, res) => {
  res.json(await run(lent));
});

async function guarded() {
  try {
    return { agent: new FacebookAdsAgent() }; // left: wrapper-works-after
  } catch {
    return { agent: undefined };
  }
}

router.get('/guarded', async (_req, res) => {
  const { agent } = await guarded();
  res.json(agent ? await agent.whoAmI() : null);
});
`),
    },
  },
];
