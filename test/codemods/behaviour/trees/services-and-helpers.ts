import type { Tree } from '../support/tree.ts';
import { routes, tasks } from './pieces.ts';

/** Services, helpers and functions that make handlers, with an agent in them. */
export const serviceTrees: readonly Tree[] = [
  {
    name: 'what has the name of its type',
    files: {
      'lib/report.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

interface report {
  title(): string;
}

async function send(report: report): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  return { title: report.title(), campaigns: await agent.getCampaigns() };
}

export function sendAll(): Promise<unknown> {
  const report: report = JSON.parse('{}', () => ({ title: () => 'all' }));
  return send(report);
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { sendAll } from '../lib/report%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  res.json(await sendAll());
});
`,
    },
    failures: ['none'],
  },
  {
    name: 'an exported factory that maps failure',
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function makeAgent(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch {
    throw Object.assign(new Error('Facebook API unavailable'), { status: 503 });
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { makeAgent } from '../lib/make%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = makeAgent();
  res.json(await agent.getCampaigns());
});

router.get('/one/:id', (req, res, next) => {
  makeAgent().getCampaign(req.params.id).then((campaign) => res.json(campaign)).catch(next);
});
`,
      'tasks/main.ts': `import { makeAgent } from '../lib/make%ext';

export async function collect() {
  const agent = makeAgent();
  return agent.getCampaigns();
}
`,
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'an exported factory of an exported factory',
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const makeAgent = () => new FacebookAdsAgent();
`,
      'lib/again.ts': `import { makeAgent } from './make%ext';

export function agentAgain() {
  return makeAgent();
}
`,
      'lib/all.ts': `export * from './again%ext';
export * from './make%ext';
`,
      'routes/main.ts': `import { Router } from 'express';
import { agentAgain, makeAgent as direct } from '../lib/all%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = agentAgain();
  const other = direct();
  res.json([await agent.getCampaigns(), await other.getCampaign('1')]);
});
`,
    },
  },
  {
    name: 'a factory that routes and tasks share',
    flavour: 'ts-js',
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const get_facebook_agent = (): FacebookAdsAgent => new FacebookAdsAgent();
`,
      'routes/main.ts': `import { Router } from 'express';
import { get_facebook_agent } from '../lib/make%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = get_facebook_agent();
  res.json(await agent.getCampaigns());
});
`,
      'tasks/main.ts': `import { get_facebook_agent } from '../lib/make%ext';

export async function collect() {
  const agent = get_facebook_agent();
  return agent.getCampaigns();
}
`,
    },
  },
  {
    name: 'a helper in another file that gives the promise',
    files: {
      'lib/load.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function load(id: string) {
  const agent = new FacebookAdsAgent();
  return agent.getCampaign(id);
}

export const loadAll = () => new FacebookAdsAgent().getCampaigns();

export async function loadBoth(id: string) {
  return Promise.all([load(id), loadAll()]);
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { load, loadAll, loadBoth } from '../lib/load%ext';

export const router = Router();

router.get('/one/:id', async (req, res) => {
  res.json(await load(req.params.id));
});

router.get('/all', (_req, res, next) => {
  loadAll().then((all) => res.json(all)).catch(next);
});

router.get('/both/:id', async (req, res) => {
  res.json(await loadBoth(req.params.id));
});
`,
    },
  },
  {
    name: 'services and dependency objects',
    files: {
      'lib/service.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class CampaignService {
  async list(status?: string) {
    const agent = new FacebookAdsAgent();
    return agent.getCampaigns(status);
  }

  one = async (id: string) => {
    return new FacebookAdsAgent().getCampaign(id);
  };

  protected async agent(): Promise<FacebookAdsAgent> {
    return new FacebookAdsAgent();
  }

  async who() {
    return (await this.agent()).whoAmI();
  }
}

export class ReportService extends CampaignService {
  async report() {
    const agent = await this.agent();
    return { who: await agent.whoAmI() };
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { ReportService } from '../lib/service%ext';

export const router = Router();
const service = new ReportService();

router.get('/list', async (_req, res) => {
  res.json(await service.list('ACTIVE'));
});

router.get('/one/:id', async (req, res) => {
  res.json(await service.one(req.params.id));
});

router.get('/who', async (_req, res) => {
  res.json([await service.who(), await service.report()]);
});
`,
    },
  },
  {
    name: 'agents that are read and passed on',
    files: {
      'lib/summary.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function summary(agent: FacebookAdsAgent, label = 'summary') {
  const { accountId, options: { limit } } = agent;
  const tags = [...agent.options.tags];
  tags.push(label);
  return { accountId, limit, tags, campaigns: await agent.getCampaigns() };
}

export class Reporter {
  private readonly agent: FacebookAdsAgent;

  constructor(agent: FacebookAdsAgent) {
    this.agent = agent;
  }

  run() {
    return this.agent.whoAmI();
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { Reporter, summary } from '../lib/summary%ext';

export const router = Router();

router.get('/summary', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await summary(agent));
});

router.get('/reporter', async (_req, res) => {
  const reporter = new Reporter(new FacebookAdsAgent());
  res.json(await reporter.run());
});

router.get('/context', async (_req, res) => {
  const ctx = { agent: new FacebookAdsAgent(), count: 0 };
  ctx.count++;
  ctx.count += (await ctx.agent.getCampaigns()).length;
  res.json(ctx.count);
});

router.get('/sorted', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const campaigns = await agent.getCampaigns();
  campaigns.sort((a, b) => b.spend - a.spend);
  campaigns.push({ id: agent.accountId, spend: 0 });
  const names = new Set<string>();
  names.add(agent.accountId);
  res.json([campaigns, [...names]]);
});

router.get('/method', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const load = agent.getCampaigns.bind(agent);
  res.json(await load());
});
`,
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'handlers made by functions',
    files: {
      'routes/main.ts': `import { type RequestHandler, Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

const listBy = (status: string): RequestHandler => async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns(status));
};

function createRouter() {
  const inner = Router();
  inner.get('/inner', async (_req, res) => {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  });
  inner.get('/paused', listBy('PAUSED'));
  return inner;
}

const json = (run: () => Promise<unknown>): RequestHandler => async (_req, res) => {
  res.json(await run());
};

export const router = createRouter();

router.get('/json', json(() => new FacebookAdsAgent().getCampaigns()));
router.get('/json-async', json(async () => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}));
`,
    },
  },
  {
    name: 'retries and timers',
    files: {
      'lib/retry.ts': `export async function retry<T>(run: () => Promise<T>, times = 2): Promise<T> {
  for (let left = times; ; left--) {
    try {
      return await run();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { retry } from '../lib/retry%ext';

export const router = Router();

router.get('/retried', async (_req, res) => {
  res.json(await retry(async () => new FacebookAdsAgent().getCampaigns()));
});

router.get('/retried-outside', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await retry(() => agent.getCampaigns()));
});

router.get('/later', async (_req, res) => {
  await new Promise<void>((resolve, reject) => {
    setImmediate(async () => {
      try {
        const agent = new FacebookAdsAgent();
        res.json(await agent.getCampaigns());
        resolve();
      } catch (error) {
        reject(error as Error);
      }
    });
  });
});
`,
      'tasks/main.ts': tasks(`
export async function batches() {
  const agent = new FacebookAdsAgent();
  const found = [];
  for (const batch of [['1', '2'], ['3']]) {
    found.push(await Promise.all(batch.map((id) => agent.getCampaign(id))));
  }
  return found;
}

export async function guarded() {
  const agent = new FacebookAdsAgent();
  const results = [];
  for (const id of ['1', 'unknown', '2']) {
    try {
      results.push((await agent.getCampaign(id)).id);
    } catch (error) {
      results.push((error as Error).message);
    }
  }
  return results;
}

export const nested = async () => {
  const run = async (id: string) => {
    const agent = new FacebookAdsAgent();
    return (await agent.getCampaign(id)).id;
  };
  return [await run('1'), await run('2')];
};
`),
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'names that generated code would take',
    files: {
      'routes/main.ts': routes(`
router.get('/chained/:id', (req, res, next) => {
  const agent = req.params.id;
  new FacebookAdsAgent().getCampaign(agent).then((campaign) => res.json(campaign)).catch(next);
});

router.get('/inner', async (_req, res) => {
  const getFacebookAgent = 'a name';
  const found = await (async () => {
    const agent = new FacebookAdsAgent();
    return agent.getCampaigns();
  })();
  res.json([getFacebookAgent, found]);
});
`),
      'tasks/main.ts': tasks(`
export async function collect() {
  const provider = 'p';
  const agentProvider = 'q';
  const cachedAgentProvider = 'r';
  const agent = new FacebookAdsAgent();
  return [provider, agentProvider, cachedAgentProvider, await agent.getCampaigns()];
}

export async function shadowed() {
  const agent = new FacebookAdsAgent();
  const names = ['a'].map((provider) => provider + agent.accountId);
  return [names, await agent.getCampaigns()];
}

export async function getCachedAgentProvider() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`),
    },
  },
];
