import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Agents that are given to other code: what it does to them is seen where it can be read. */
export const handedOverTrees: readonly Tree[] = [
  {
    name: 'agents that are changed by what they are given to',
    untouched: ['routes/main.ts', 'lib/tweaks.ts'],
    files: {
      'lib/base.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Base {
  constructor(protected readonly client: FacebookAdsAgent) {}
}

export default function retoken(agent: FacebookAdsAgent, token: string): void {
  agent.token = token;
}
`,
      'lib/tweaks.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { FacebookAdsAgent as Client } from '../agents/facebook-ads-agent%ext';
import { Base } from './base%ext';

export { default as retoken } from './base%ext';

export function tweak(agent: FacebookAdsAgent, id: string): void {
  agent.accountId = id;
}

export const helpers = {
  assign(agent: FacebookAdsAgent, id: string): void {
    agent.useAccount(id);
  },
};

export class Scoped extends Base {
  async run(id: string): Promise<string> {
    this.client.useAccount(id);
    return this.client.whoAmI();
  }
}

export class Eager {
  constructor(
    readonly agent: FacebookAdsAgent,
    id: string,
  ) {
    agent.accountId = id;
  }
}

export async function withClient<T>(work: (agent: FacebookAdsAgent) => Promise<T>): Promise<T> {
  const agent = new Client(); // left: agent-changed
  return work(agent);
}

export async function withEach(
  agents: FacebookAdsAgent[],
  work: (agent: FacebookAdsAgent) => void,
): Promise<void> {
  for (const agent of agents) work(agent);
}
`,
      'routes/main.ts': routes(`
import * as tweaks from '../lib/tweaks%ext';
import { Eager, helpers, retoken, Scoped, withClient, withEach } from '../lib/tweaks%ext';

class Tuner {
  #token = 'tuned';

  tune(agent: FacebookAdsAgent): FacebookAdsAgent {
    agent.token = this.#token;
    return agent;
  }
}

const tuner = new Tuner();

class Controller {
  constructor(private readonly tuning: Tuner) {}

  show = async (id: string): Promise<string> => {
    const agent = new FacebookAdsAgent(); // left: agent-changed
    this.#prepare(agent, id);
    return agent.whoAmI();
  };

  async tuned(): Promise<string> {
    const agent = new FacebookAdsAgent(); // left: agent-changed
    this.tuning.tune(agent);
    return agent.whoAmI();
  }

  #prepare(agent: FacebookAdsAgent, id: string): void {
    agent.accountId = id;
  }
}

class Own {
  readonly #agent: FacebookAdsAgent;

  constructor(agent: FacebookAdsAgent) {
    this.#agent = agent;
  }

  rename(id: string): Own {
    this.#agent.accountId = id;
    return this;
  }

  who(): Promise<string> {
    return this.#agent.whoAmI();
  }
}

function prepare({ agent, id }: { agent: FacebookAdsAgent; id: string }): void {
  agent.accountId = id;
}

function tagged(agent: FacebookAdsAgent): FacebookAdsAgent {
  return agent;
}

const controller = new Controller(tuner);

router.get('/own-method/:id', async (req, res) => res.json(await controller.show(req.params.id)));
router.get('/field', async (_req, res) => res.json(await controller.tuned()));

router.get('/module/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  tweaks.tweak(agent, req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/object/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  helpers.assign(agent, req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/reexported/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  retoken(agent, req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/inherited/:id', async (req, res) => {
  res.json(await new Scoped(new FacebookAdsAgent()).run(req.params.id)); // left: agent-keeps-argument
});

router.get('/constructor/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  new Eager(agent, req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/own-class/:id', async (req, res) => {
  const own = new Own(new FacebookAdsAgent()); // left: agent-changed
  res.json(await own.rename(req.params.id).who());
});

router.get('/given-back', async (_req, res) => {
  const agent = new Tuner().tune(new FacebookAdsAgent()); // left: agent-changed
  res.json(await agent.whoAmI());
});

router.get('/same/:id', async (req, res) => {
  const same = tagged(new FacebookAdsAgent()); // left: agent-changed
  same.accountId = req.params.id;
  res.json(await same.whoAmI());
});

router.get('/destructured/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  prepare({ agent, id: req.params.id });
  res.json(await agent.whoAmI());
});

router.get('/context/:id', async (req, res) => {
  const context = { deps: { agent: new FacebookAdsAgent() }, id: req.params.id }; // left: agent-changed
  const { agent } = context.deps;
  agent.accountId = context.id;
  res.json(await agent.whoAmI());
});

router.get('/callback/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  await withEach([agent], (each) => {
    each.accountId = req.params.id;
  });
  res.json(await agent.whoAmI());
});

router.get('/gathered/:id', async (req, res) => {
  const [agent, id] = await Promise.all([new FacebookAdsAgent(), req.params.id]); // left: agent-changed
  agent.accountId = id;
  res.json(await agent.whoAmI());
});

router.get('/elsewhere/:id', async (req, res) => {
  const answer = await withClient((client) => {
    client.accountId = req.params.id;
    return client.whoAmI();
  });
  res.json(answer);
});

router.get('/parts/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const { options } = agent;
  Object.assign(options, { tags: [req.params.id] });
  res.json(await agent.whoAmI());
});

router.get('/chained/:id', async (req, res) => {
  const found = make().then((agent) => { // left: agent-changed
    agent.token = req.params.id;
    return agent.whoAmI();
  });
  res.json(await found);
});

async function make(): Promise<FacebookAdsAgent> { // left: factory-still-used
  return new FacebookAdsAgent();
}

router.get('/cast/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  (agent.options as { limit: number }).limit = Number(req.params.id);
  res.json(await agent.getCampaigns());
});

router.get('/disposed', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-closed
  const campaigns = await agent.getCampaigns();
  await agent[Symbol.asyncDispose]();
  res.json(campaigns);
});

router.get('/request/:id', async (req, res) => {
  Object.assign(req, { seen: true });
  res.locals['context'] = { agent: new FacebookAdsAgent() }; // left: agent-changed
  res.locals['context'].agent.accountId = req.params.id;
  res.json(await res.locals['context'].agent.whoAmI());
});

router.get('/compared', async (_req, res) => {
  const [one, other] = [new FacebookAdsAgent(), new FacebookAdsAgent()]; // left: agent-compared
  res.json({ same: one === other });
});
`),
    },
  },
  {
    name: 'agents that are only read by what they are given to',
    files: {
      'lib/services.ts': `import type { Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Repository {
  readonly reads: string[] = [];

  constructor(protected readonly agent: FacebookAdsAgent) {}

  all(): Promise<Campaign[]> {
    this.reads.push('all');
    return this.agent.getCampaigns();
  }
}

export class CampaignService extends Repository {
  private readonly repository = new Repository(this.agent);
  private limit = 1;

  setLimit(limit: number): this {
    this.limit = limit;
    return this;
  }

  async ids(): Promise<string[]> {
    const campaigns = await this.repository.all();
    return campaigns.slice(0, this.limit).map(({ id }) => id);
  }
}

export const reports = {
  count: 0,
  async saveSpend(agent: FacebookAdsAgent, id: string): Promise<number> {
    this.count++;
    const found = await agent.getCampaign(id);
    return found.spend;
  },
};

export async function storeTotals({ agent, id }: { agent: FacebookAdsAgent; id: string }): Promise<number> {
  const campaigns = await agent.getCampaigns();
  const totals: { id: string; spend: number }[] = [];
  for (const campaign of campaigns) totals.push({ id: campaign.id, spend: campaign.spend });
  return totals.filter((total) => total.id !== id).reduce((sum, total) => sum + total.spend, 0);
}
`,
      'routes/main.ts': routes(`
import * as services from '../lib/services%ext';
import { CampaignService, reports, storeTotals } from '../lib/services%ext';

class Controller {
  async list(): Promise<unknown> {
    const agent = new FacebookAdsAgent();
    return this.cacheAll(agent);
  }

  private async cacheAll(agent: FacebookAdsAgent): Promise<unknown> {
    const list = [];
    list.push(agent);
    return Promise.all(list.map((each) => each.getCampaigns()));
  }
}

const controller = new Controller();

router.get('/service', async (_req, res) => {
  const service = new CampaignService(new FacebookAdsAgent());
  res.json(await service.setLimit(2).ids());
});

router.get('/module', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const service = new services.CampaignService(agent);
  res.json([await service.all(), await service.ids(), service.reads]);
});

router.get('/object', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await reports.saveSpend(agent, '3'));
});

router.get('/destructured', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const context = { agent, id: '1', meta: { path: '' } };
  context.meta.path = req.path;
  res.json([context.meta, await storeTotals(context)]);
});

router.get('/own-method', async (_req, res) => res.json(await controller.list()));

router.get('/none', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json({ there: agent !== null && agent !== undefined, who: await agent.whoAmI() });
});
`),
    },
  },
];
