import { BUILDING_CACHE } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const HANDLING = `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const to = <T>(promise: Promise<T>) =>
  promise.then(
    (value) => [null, value] as const,
    (error: Error) => [error, undefined] as const,
  );

export async function withFallback<T>(run: () => Promise<T>, fallback: T): Promise<T> {
  try {
    return await run();
  } catch {
    return fallback;
  }
}

export async function withinTime<T>(promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => setTimeout(reject, 1500).unref());
  return Promise.race([promise, late]);
}

export async function safeList(agent: FacebookAdsAgent) {
  try {
    return await agent.getCampaigns();
  } catch {
    return [];
  }
}

export class CampaignService {
  readonly #agent: FacebookAdsAgent;

  constructor(agent: FacebookAdsAgent) {
    this.#agent = agent;
  }

  load(id: string) {
    return this.#agent.getCampaign(id);
  }
}

export class SafeService {
  constructor(private readonly agent: FacebookAdsAgent) {}

  async list() {
    try {
      return await this.agent.getCampaigns();
    } catch (error) {
      throw new Error('mapped', { cause: error });
    }
  }
}

export const helpers = { safe: (agent: FacebookAdsAgent) => agent.getCampaigns().catch(() => []) };
`;

/** Where the agent is acquired: no earlier than it was used, and with its failure where that was handled. */
export const acquisitionTrees: readonly Tree[] = [
  {
    name: 'failures that are handled away from the call',
    failures: ['none', 'connect'],
    files: {
      'lib/handling.ts': HANDLING,
      'lib/open.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function openAgent() {
  return new FacebookAdsAgent();
}
`,
      'routes/main.ts': `${routes('')}import { CampaignService, to, withFallback, withinTime } from '../lib/handling%ext';
import { openAgent } from '../lib/open%ext';

const openHere = async () => new FacebookAdsAgent();

router.get('/opened-here', async (_req, res) => {
  const agent = await openHere();
  try {
    res.json(await agent.getCampaigns());
  } catch (error) {
    res.status(500).json({ handled: (error as Error).message });
  }
});

router.get('/opened-elsewhere/:id', async (req, res) => {
  const agent = await openAgent();
  if (req.params.id === 'unknown') return void res.status(400).json({ error: 'id' });
  const one = await agent.getCampaign(req.params.id).catch(() => null);
  return void res.json({ one });
});

router.get('/gathered-chains', async (_req, res) => {
  res.json(
    await Promise.all([
      new FacebookAdsAgent().whoAmI(),
      new FacebookAdsAgent().getCampaign('1').catch(() => null),
    ]),
  );
});

router.get('/among-others/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(), found = [req.params.id].filter((id) => id !== 'unknown');
  if (found.length === 0) return void res.status(400).json(found);
  res.json(await agent.getCampaign(found[0] ?? ''));
});

router.get('/tried-among-others', async (_req, res) => {
  let agent = new FacebookAdsAgent(), found: unknown;
  try {
    found = await agent.getCampaigns();
  } catch {
    found = 'none';
  }
  res.json([found]);
});

router.get('/gathered-aloud', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const seen: string[] = [];
  const note = (error: unknown) => void seen.push(String(error));
  const both = Promise.all([agent.getCampaign('unknown').catch(note), agent.getCampaigns()]);
  res.json(await both.then((found) => [found, seen], () => seen));
});

router.get('/to/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const [error, campaign] = await to(agent.getCampaign(req.params.id));
  res.json({ handled: error?.message, campaign });
});

router.get('/to-inline', async (_req, res) => {
  const [error, all] = await to(new FacebookAdsAgent().getCampaigns());
  res.json({ handled: error?.message, all });
});

router.get('/fallback', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await withFallback(() => agent.getCampaigns(), []));
});

router.get('/fallback-async', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const all = await withFallback(async () => (await agent.getCampaigns()).slice(1), []);
  res.json(all);
});

router.get('/in-time', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await withinTime(agent.getCampaigns()));
});

router.get('/caught-in-try', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    const all = await agent.getCampaigns().catch(() => []);
    const one = await agent.getCampaign('1').catch(() => null);
    res.json({ all, one });
  } catch (error) {
    res.status(500).json({ handled: (error as Error).message });
  }
});

router.get('/gathered-in-try/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const ids = [req.params.id, 'unknown'];
  try {
    const settled = await Promise.allSettled([agent.getCampaigns(), agent.getCampaign(req.params.id)]);
    const any = await Promise.any([agent.getCampaign(ids[1] ?? ''), agent.getCampaign(req.params.id)]);
    res.json({ settled: settled.map(({ status }) => status), any });
  } catch (error) {
    res.status(500).json({ all: (error as AggregateError).errors.map(String) });
  }
});

router.get('/inner-tries', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const answer: Record<string, unknown> = {};
  try {
    try {
      answer.all = await agent.getCampaigns();
    } catch {
      answer.all = 'none';
    }
    try {
      answer.one = await agent.getCampaign('1');
    } catch {
      answer.one = 'none';
    }
    res.json(answer);
  } catch (error) {
    res.status(500).json({ handled: (error as Error).message });
  }
});

router.get('/kept-from-try/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    const found = await Promise.all(['1', '2'].map((id) => agent.getCampaign(id).catch(() => null)));
    if (req.params.id === 'unknown') found.push(await agent.getCampaign('3'));
    res.json(found);
  } catch (error) {
    res.status(500).json({ handled: (error as Error).message });
  }
});

const loadUser = async (id: string) => {
  if (id === 'unknown') throw Object.assign(new Error('who?'), { status: 401 });
  return { id };
};

router.get('/started-gathered/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const user = loadUser(req.params.id);
  res.json(await Promise.all([user, agent.getCampaigns()]));
});

router.get('/started-in-try/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const user = loadUser(req.params.id);
  try {
    const campaigns = agent.getCampaigns();
    res.json(await Promise.all([user, campaigns]));
  } catch (error) {
    res.status(500).json({ handled: (error as Error).message });
  }
});

router.get('/started-map', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const users = ['1', '2'].map((id) => loadUser(id));
  const loaded = await Promise.all([...users, ...['1', '2'].map((id) => agent.getCampaign(id))]);
  res.json(loaded);
});

router.get('/holding-service', async (_req, res) => {
  const service = new CampaignService(new FacebookAdsAgent());
  try {
    res.json(await service.load('1'));
  } catch (error) {
    res.status(500).json({ handled: (error as Error).message });
  }
});

router.get('/gathered-chain', (_req, res) => {
  const agent = new FacebookAdsAgent();
  Promise.all([agent.getCampaigns(), agent.getCampaign('1')])
    .then((all) => res.json(all))
    .catch((error: Error) => res.status(502).json({ handled: error.message }));
});

router.get('/pending/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const pending = agent.getCampaign(req.params.id);
  try {
    res.json(await pending);
  } catch (error) {
    res.status(500).json({ handled: (error as Error).message });
  }
});

router.get('/pending-name/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const pending = agent.getCampaign(req.params.id).then(({ id }) => id);
  res.json({ id: await pending.catch(() => 'none') });
});

router.get('/jobs', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const jobs = ['1', 'unknown'].map((id) => agent.getCampaign(id));
  const results = await Promise.allSettled(jobs);
  res.json(results.map(({ status }) => status));
});

router.get('/checked-in-try/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    if (req.params.id === 'unknown') {
      res.status(400).json({ error: 'id' });
      return;
    }
    res.json(await agent.getCampaign(req.params.id));
  } catch (error) {
    res.status(500).json({ handled: (error as Error).message });
  }
});

router.get('/closure/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const load = (id: string) => agent.getCampaign(id);
  if (req.params.id === 'unknown') {
    res.status(400).json({ error: 'id' });
    return;
  }
  res.json(await load(req.params.id));
});

router.get('/service/:id', async (req, res) => {
  const service = new CampaignService(new FacebookAdsAgent());
  if (req.params.id === 'unknown') {
    res.status(400).json({ error: 'id' });
    return;
  }
  res.json(await service.load(req.params.id));
});

router.get('/service-of-agent/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // cheap
  const service = new CampaignService(agent);
  if (req.params.id === 'unknown') {
    res.status(400).json({ error: 'id' });
    return;
  }
  res.json(await service.load(req.params.id));
});

router.get('/loaders/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const loaders: Record<string, () => Promise<unknown>> = {
    '7': () => agent.getCampaigns(),
  };
  const load = loaders[req.params.id];
  if (!load) return void res.status(400).json({ error: 'id' });
  res.json(await load());
});

router.get('/branch-in-try/:id', async (req, res, next) => {
  const agent = new FacebookAdsAgent();
  try {
    if (req.params.id === '7') return void res.json(await agent.getCampaign(req.params.id));
    return void res.json({ help: true });
  } catch (error) {
    return next(error);
  }
});

router.get('/finished', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.on('finish', () => void agent.describe());
  res.json(await agent.getCampaigns());
});

router.get('/catch-next/:id', async (req, res, next) => {
  let done = false;
  res.on('finish', () => {
    done = true;
  });
  const agent = new FacebookAdsAgent();
  agent.getCampaign(req.params.id).then((campaign) => res.json({ done, campaign })).catch(next);
  res.setHeader('x-started', 'yes');
});

router.get('/listener/:id', (req, res, next) => {
  const agent = new FacebookAdsAgent();
  req.resume().on('end', () => {
    agent
      .getCampaign(req.params.id)
      .then((campaign) => res.json(campaign))
      .catch(next);
  });
});

router.get('/listener-async/:id', (req, res) => {
  const agent = new FacebookAdsAgent();
  setImmediate(async () => {
    try {
      res.json(await agent.getCampaign(req.params.id));
    } catch (error) {
      res.status(500).json({ handled: (error as Error).message });
    }
  });
});
`,
    },
  },
  {
    name: 'failures that whoever is given the agent handles',
    failures: ['none', 'connect'],
    files: {
      'lib/handling.ts': HANDLING,
      'lib/with-agent.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function withAgent<T>(run: (agent: FacebookAdsAgent) => Promise<T>): Promise<T> {
  const agent = new FacebookAdsAgent(); // left: failure-escapes
  return run(agent);
}
`,
      'routes/main.ts': `${routes('')}import * as handling from '../lib/handling%ext';
import { helpers, SafeService, safeList } from '../lib/handling%ext';
import { withAgent } from '../lib/with-agent%ext';

const safeOne = async (agent: FacebookAdsAgent, id: string) => agent.getCampaign(id).catch(() => null);

router.get('/imported', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-escapes
  res.json(await safeList(agent));
});

router.get('/argument', async (_req, res) => {
  res.json(await safeList(new FacebookAdsAgent())); // left: failure-escapes
});

router.get('/namespace', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-escapes
  res.json(await handling.safeList(agent));
});

router.get('/object', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-escapes
  res.json(await helpers.safe(agent));
});

router.get('/local/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-escapes
  res.json({ one: await safeOne(agent, req.params.id) });
});

router.get('/service', async (_req, res) => {
  const service = new SafeService(new FacebookAdsAgent()); // left: failure-escapes
  res.json(await service.list());
});

router.get('/given', async (_req, res) => {
  const all = await withAgent(async (agent) => {
    try {
      return await agent.getCampaigns();
    } catch {
      return [];
    }
  });
  res.json(all);
});

router.get('/after-a-call', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const [first] = await agent.getCampaigns();
  res.json([first, await safeList(agent)]);
});

router.get('/context/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: exit-before-agent
  const context = { agent, user: 'anonymous' };
  if (req.params.id === 'unknown') {
    res.status(400).json({ error: 'id', user: context.user });
    return;
  }
  res.json(await context.agent.getCampaign(req.params.id));
});
`,
    },
  },
  {
    name: 'a factory that maps the failure to get an agent, called beside other handlers',
    failures: ['none', 'construct'],
    files: {
      'lib/guarded.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function guardedAgent(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch {
    throw new Error('no agent');
  }
}

export async function campaigns() {
  const agent = guardedAgent();
  return await agent.getCampaigns().catch(() => []);
}
`,
      'routes/main.ts': `${routes('')}import { campaigns, guardedAgent } from '../lib/guarded%ext';

function localAgent(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch {
    throw new Error('no local agent');
  }
}

router.get('/handed-on-in-a-try', (_req, res, next) => {
  Promise.resolve()
    .then(() => {
      try {
        return new FacebookAdsAgent();
      } catch {
        throw Object.assign(new Error('no agent'), { status: 502 });
      }
    })
    .then((agent) => agent.getCampaigns())
    .then((all) => res.json(all), next);
});

router.get('/local-sync', (_req, res) => {
  const agent = localAgent();
  agent.getCampaigns().then((all) => res.json(all)).catch(() => res.status(502).end());
});

router.get('/guarded', async (_req, res) => {
  const agent = guardedAgent();
  const all = await agent.getCampaigns().then((found) => found.length).catch(() => 0);
  res.json([all, await campaigns()]);
});

router.get('/before-a-try', async (_req, res) => {
  const agent = guardedAgent();
  try {
    res.json(await agent.getCampaigns());
  } catch {
    res.status(502).json({ error: 'campaigns' });
  }
});

router.get('/sync', (_req, res) => {
  const agent = guardedAgent();
  agent.getCampaigns().then((all) => res.json(all)).catch(() => res.status(502).end());
});
`,
    },
  },
  {
    name: 'calls in callbacks that may never come',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
const all = (ids: string[]) => {
  const agent = new FacebookAdsAgent();
  return Promise.all(ids.map((id) => agent.getCampaign(id)));
};

const checked = (id: string) => {
  const agent = new FacebookAdsAgent();
  if (id === 'unknown') throw new RangeError('unknown');
  return agent.getCampaign(id).catch(() => null);
};

router.get('/checked/:id', async (req, res) => {
  res.json(await checked(req.params.id));
});

router.get('/none', async (_req, res) => {
  res.json(await all([]));
});

router.get('/some', async (_req, res) => {
  res.json(await all(['1', '2']));
});

router.get('/passed-on/:id', (req, res, next) => {
  new FacebookAdsAgent()
    .getCampaign(req.params.id)
    .then((campaign) => res.json(campaign))
    .catch(next);
});
`),
    },
  },
  {
    name: 'failures at once that callers would handle as rejections',
    failures: ['none', 'construct'],
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      'lib/one.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function one(id: string) {
  return new FacebookAdsAgent().getCampaign(id).then((campaign) => ({ campaign })); // left: failure-met-otherwise
}

export function other(id: string) {
  return new FacebookAdsAgent().getCampaign(id).then((campaign) => ({ campaign }));
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { one, other } from '../lib/one%ext';

export const router = Router();

const load = (id: string) => {
  const agent = new FacebookAdsAgent(); // left: failure-met-otherwise
  if (id === 'unknown') throw new RangeError('unknown');
  return agent.getCampaign(id);
};
const kept = () => new FacebookAdsAgent().getCampaigns(); // left: failure-met-otherwise
const below = () => new FacebookAdsAgent().getCampaigns(); // left: failure-met-otherwise
const above = () => below();
const plain = () => new FacebookAdsAgent().getCampaigns();

router.get('/loaded/:id', async (req, res) => {
  res.json(await load(req.params.id).catch(() => 'caught'));
});

router.get('/settled', async (_req, res) => {
  res.json((await Promise.allSettled([one('1'), one('unknown')])).map(({ status }) => status));
});

router.get('/kept', async (_req, res) => {
  const work = kept();
  const all = await work.catch(() => []);
  res.json(all);
});

router.get('/above', async (_req, res) => {
  res.json(await above().then((all) => all.length, () => 0));
});

router.get('/other', async (_req, res) => {
  res.json(await other('1'));
});

router.get('/tried', async (_req, res) => {
  try {
    res.json(await other('1'));
  } catch {
    res.status(502).end();
  }
});

router.get('/passed-on', (_req, res, next) => {
  plain().then((all) => res.json(all)).catch(next);
});
`,
    },
  },
  {
    name: 'failures that callers handle of agents that cannot fail to be built',
    failures: ['none'],
    agents: 0,
    files: {
      'agents/facebook-ads-agent.ts': `export interface Campaign {
  id: string;
}

export class FacebookAdsAgent {
  private readonly limit = 2;
  readonly accountId: string;

  constructor(accountId = 'act_1') {
    this.accountId = accountId;
  }

  async connect(): Promise<void> {}

  async getCampaign(id: string): Promise<Campaign> {
    if (id === 'unknown') throw new RangeError(this.accountId);
    return { id: id.slice(0, this.limit) };
  }
}
`,
      'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      'routes/main.ts': routes(`
const load = (id: string) => new FacebookAdsAgent().getCampaign(id);

router.get('/loaded/:id', async (req, res) => {
  res.json(await load(req.params.id).catch(() => 'caught'));
});
`),
    },
  },
  {
    name: 'failures that callers handle of agents whose fields check what they are given',
    failures: ['none'],
    files: {
      'agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  #accountId = '';

  constructor(accountId = 'act_1') {
    this.accountId = accountId;
  }

  get accountId(): string {
    return this.#accountId;
  }
  set accountId(accountId: string) {
    if (!accountId.startsWith('act_')) throw new RangeError(accountId);
    this.#accountId = accountId;
  }

  async connect(): Promise<void> {}

  async getCampaign(id: string): Promise<{ id: string }> {
    if (id === 'unknown') throw new RangeError(this.accountId);
    return { id };
  }
}
`,
      'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      'routes/main.ts': routes(`
const load = (id: string) => new FacebookAdsAgent().getCampaign(id); // left: failure-met-otherwise

router.get('/loaded/:id', async (req, res) => {
  res.json(await load(req.params.id).catch(() => 'caught'));
});
`),
    },
  },
];
