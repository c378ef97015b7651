import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Factories that are members of classes and objects. */
export const memberTrees: readonly Tree[] = [
  {
    name: 'factories that are members of the class or object that calls them',
    files: {
      'routes/main.ts': routes(`
import type { Request, Response } from 'express';

class Unavailable extends Error {
  status = 503;
}

class CampaignController {
  #agent = () => new FacebookAdsAgent();

  list = async (_req: Request, res: Response) => {
    const agent = this.createAgent();
    res.json(await agent.getCampaigns());
  };

  async show(req: Request, res: Response): Promise<void> {
    res.json(await this.#agent().getCampaign(String(req.params.id)));
  }

  async guarded(_req: Request, res: Response): Promise<void> {
    const agent = this.guardedAgent();
    res.json(await agent.getCampaigns());
  }

  static async named(_req: Request, res: Response): Promise<void> {
    const agent = CampaignController.agent();
    res.json(await agent.whoAmI());
  }

  // Builds one for each request.
  private createAgent(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }

  private static agent = (): FacebookAdsAgent => new FacebookAdsAgent();

  private guardedAgent(): FacebookAdsAgent {
    try {
      return new FacebookAdsAgent();
    } catch {
      throw new Unavailable('Facebook API unavailable');
    }
  }
}

class BaseController {
  protected getAgent(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }
}

class AccountController extends BaseController {
  async show(_req: Request, res: Response): Promise<void> {
    res.json(await this.getAgent().whoAmI());
  }

  async list(_req: Request, res: Response): Promise<void> {
    const agent = super.getAgent();
    res.json(await agent.getCampaigns());
  }
}

const agents = {
  create() {
    return new FacebookAdsAgent();
  },
};

class AgentFactory {
  static create() {
    return new FacebookAdsAgent();
  }
}

class AgentBuilder {
  build() {
    return new FacebookAdsAgent();
  }
}

const helpers = {
  label: 'all',
  make: () => new FacebookAdsAgent(),
};

const builder = new AgentBuilder();
const campaigns = new CampaignController();
const accounts = new AccountController();

router.get('/list', campaigns.list);
router.get('/show/:id', campaigns.show.bind(campaigns));
router.get('/guarded', (req, res) => campaigns.guarded(req, res));
router.get('/named', CampaignController.named);
router.get('/base', (req, res) => accounts.show(req, res));
router.get('/super', (req, res) => accounts.list(req, res));
router.get('/object', async (_req, res) => {
  const agent = agents.create();
  res.json(await agent.getCampaigns());
});
router.get('/static', async (_req, res) => {
  res.json(await AgentFactory.create().getCampaigns());
});
router.get('/helper', async (_req, res) => {
  const agent = helpers.make();
  res.json({ [helpers.label]: await agent.getCampaigns() });
});
router.get('/built', async (_req, res) => {
  const agent = builder.build();
  res.json(await agent.getCampaigns());
});
`),
    },
  },
  {
    name: 'factories that are members of exported classes and objects',
    files: {
      'lib/agents.ts': `
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export abstract class BaseController {
  protected getAgent(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }
}

export class AgentFactory {
  static create(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }
}

export const agents = {
  make: () => new FacebookAdsAgent(),
};
`,
      'controllers/campaigns.ts': `
import type { Request, Response } from 'express';
import { BaseController } from '../lib/agents%ext';

export class CampaignController extends BaseController {
  list = async (_req: Request, res: Response) => {
    const agent = this.getAgent();
    res.json(await agent.getCampaigns());
  };
}
`,
      'routes/main.ts': `
import { Router } from 'express';
import { CampaignController } from '../controllers/campaigns%ext';
import { AgentFactory, agents } from '../lib/agents%ext';

export const router = Router();

router.get('/list', new CampaignController().list);
router.get('/static', async (_req, res) => {
  const agent = AgentFactory.create();
  res.json(await agent.getCampaigns());
});
router.get('/object/:id', async (req, res) => {
  res.json(await agents.make().getCampaign(req.params.id));
});
`,
    },
  },
  {
    name: 'factories of classes in CommonJS',
    flavour: 'cjs',
    files: {
      'lib/base.js': `
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

class BaseController {
  createAgent() {
    return new FacebookAdsAgent();
  }
}

module.exports = BaseController;
`,
      'routes/main.js': `
const { Router } = require('express');
const BaseController = require('../lib/base');

class Controller extends BaseController {
  async list(_req, res) {
    const agent = this.createAgent();
    res.json(await agent.getCampaigns());
  }
}

const controller = new Controller();
const router = Router();
router.get('/list', controller.list.bind(controller));
module.exports = { router };
`,
    },
  },
  {
    name: 'members that others may replace, take or use at once',
    files: {
      'routes/main.ts': routes(`
class Base {
  protected replaced() {
    return new FacebookAdsAgent(); // left: member-used-elsewhere
  }

  async list() {
    return this.replaced().getCampaigns();
  }
}

class Other extends Base {
  protected override replaced() {
    return new FacebookAdsAgent(); // left: member-used-elsewhere
  }
}

interface Makes {
  asked(): FacebookAdsAgent;
}

class Maker implements Makes {
  asked() {
    return new FacebookAdsAgent(); // left: member-used-elsewhere
  }
}

const lent = {
  lend: () => new FacebookAdsAgent(), // left: member-used-elsewhere
};

const nameOf = (maker: Makes) => maker.asked().constructor.name;
const keysOf = (value: object) => Object.keys(value);

class Kept {
  readonly #kept: FacebookAdsAgent;

  constructor() {
    this.#kept = this.createKept(); // left: in-constructor
  }

  list() {
    return this.#kept.getCampaigns();
  }

  private createKept() { // left: factory-still-used
    return new FacebookAdsAgent();
  }
}

router.get('/replaced', async (_req, res) => {
  res.json(await new Other().list());
});
router.get('/asked', (_req, res) => {
  res.json(nameOf(new Maker()));
});
router.get('/lent', async (_req, res) => {
  res.json([keysOf(lent), await lent.lend().getCampaigns()]);
});
router.get('/kept', async (_req, res) => {
  res.json(await new Kept().list());
});
`),
    },
  },
  {
    name: 'members and functions that give on what a factory gives that maps its failure',
    failures: ['none', 'construct'],
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function createAgent(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch (error) {
    throw Object.assign(new Error('no agent', { cause: error }), { status: 502 });
  }
}
`,
      'lib/base.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { createAgent } from './make%ext';

export abstract class Base {
  protected getAgent(): FacebookAdsAgent {
    return createAgent();
  }
}
`,
      'routes/main.ts': `${routes('')}import { Base } from '../lib/base%ext';
import { createAgent } from '../lib/make%ext';

class Campaigns extends Base {
  async list() {
    const agent = this.getAgent();
    return agent.getCampaigns();
  }
}

class Service {
  agent() {
    const agent: FacebookAdsAgent = createAgent();
    return agent;
  }
  async one(id: string) {
    return this.agent().getCampaign(id);
  }
}

function guarded() {
  try {
    return new FacebookAdsAgent();
  } catch {
    throw Object.assign(new Error('no agent here'), { status: 504 });
  }
}
const mine = () => guarded();

router.get('/base', async (_req, res) => {
  res.json(await new Campaigns().list());
});

router.get('/service/:id', async (req, res) => {
  res.json(await new Service().one(req.params.id));
});

router.get('/mine', async (_req, res) => {
  const agent = mine();
  try {
    res.json(await agent.getCampaigns());
  } catch (error) {
    res.status(500).json({ error: String(error) });
  }
});

router.get('/chained', (_req, res, next) => {
  mine()
    .getCampaigns()
    .then((all) => res.json(all))
    .catch(next);
});
`,
    },
  },
  {
    name: 'members of instances that are exported',
    files: {
      'lib/repositories.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

class Campaigns {
  make() {
    return new FacebookAdsAgent();
  }
}

class Accounts {
  open = () => new FacebookAdsAgent();
}

export class Insights {
  agent() {
    return new FacebookAdsAgent();
  }
}

export default new Campaigns();
const accounts = new Accounts();
export { accounts };
export const insights = new Insights();
`,
      'lib/index.ts': `export { accounts as books, insights } from './repositories%ext';
`,
      'routes/main.ts': `import { Router } from 'express';
import campaigns from '../lib/repositories%ext';
import { books } from '../lib/index%ext';
import * as lib from '../lib/index%ext';

export const router = Router();

router.get('/default/:id', async (req, res) => {
  const agent = campaigns.make();
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/named', async (_req, res) => {
  res.json(await books.open().whoAmI());
});

router.get('/namespace', async (_req, res) => {
  res.json(await lib.insights.agent().getCampaigns());
});
`,
    },
  },
  {
    name: 'members of exported instances that somebody uses at once',
    files: {
      'lib/repositories.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

class Campaigns {
  make() { // left: factory-used-elsewhere
    return new FacebookAdsAgent();
  }
}

export const campaigns = new Campaigns();
`,
      'routes/main.ts': `import { Router } from 'express';
import { campaigns } from '../lib/repositories%ext';

export const router = Router();
const accountOf = () => campaigns.make().accountId; // left: synchronous-result

router.get('/at-once', (_req, res) => {
  res.json({ id: accountOf() });
});
`,
    },
  },
  {
    name: 'async members that only build',
    files: {
      'lib/deps.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const deps = { makeAgent: async () => new FacebookAdsAgent(), name: 'deps' };

export async function loadContext(user: string) {
  return { user, open: async () => new FacebookAdsAgent() };
}
`,
      'lib/own.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const own = async () => ({
  start: async () => new FacebookAdsAgent(), // left: agent-changed
  begin: async () => new FacebookAdsAgent(), // left: agent-changed
});
`,
      'routes/main.ts': `import { Router } from 'express';
import { deps, loadContext } from '../lib/deps%ext';
import { own } from '../lib/own%ext';

export const router = Router();

router.get('/deps', async (_req, res) => {
  const agent = await deps.makeAgent();
  res.json(await agent.getCampaigns());
});

router.get('/context', async (_req, res) => {
  const { open, user } = await loadContext('ann');
  res.json({ user, all: await (await open()).getCampaigns() });
});

router.get('/own/:id', async (req, res) => {
  const { start: fresh } = await own();
  const agent = await fresh();
  agent.accountId = req.params.id;
  res.json(await agent.whoAmI());
});

router.get('/own-too/:id', async (req, res) => {
  const { begin } = await own();
  const agent = await begin();
  agent.accountId = req.params.id;
  res.json(await agent.whoAmI());
});
`,
    },
  },
  {
    name: 'types of what builders give',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

function createContext(user: string) {
  return { user, agent: new FacebookAdsAgent() };
}

export type Context = ReturnType<typeof createContext>;

const listOf = async ({ agent, user }: Context) => ({ user, all: await agent.getCampaigns() });

router.get('/context', async (_req, res) => {
  const context = createContext('ann');
  res.json(await listOf(context));
});
`,
    },
  },
];
