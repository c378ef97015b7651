import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Places that have to be left for a person: each agent is somebody's own, or cannot be awaited. */
export const leftTrees: readonly Tree[] = [
  {
    name: 'agents that are asked what they did',
    files: {
      'routes/main.ts': routes(`
router.get('/fetched/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-state-read
  const campaign = await agent.getCampaign(req.params.id);
  res.json({ campaign, fetched: agent.fetched });
});

router.get('/count/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-state-read
  await agent.getCampaign(req.params.id);
  const { count } = agent;
  res.json([count]);
});

router.get('/length/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-state-read
  await agent.getCampaign(req.params.id);
  res.json(agent.fetched.length);
});

router.get('/handed-on/:id', async (req, res) => {
  const make = () => Promise.resolve().then(() => new FacebookAdsAgent()); // left: passed-unseen
  const agent = await make();
  agent.setToken(req.params.id);
  res.json(await Promise.resolve().then(() => new FacebookAdsAgent()).then((own) => own.setToken('7').whoAmI())); // left: agent-keeps-argument
});

router.get('/account/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json({ campaign: await agent.getCampaign(req.params.id), account: agent.accountId });
});
`),
    },
  },
  {
    name: 'agents that are changed',
    untouched: ['routes/main.ts'],
    files: {
      'routes/main.ts': routes(`
router.get('/token/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  if (req.params.id !== '7') agent.setToken(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/fluent/:id', async (req, res) => {
  const agent = new FacebookAdsAgent().setToken(req.params.id); // left: agent-keeps-argument
  res.json(await agent.whoAmI());
});

router.get('/access/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  agent.setAccessToken(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/property/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  agent.accountId = req.params.id;
  res.json(await agent.whoAmI());
});

router.get('/computed/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const key = 'accountId';
  agent[key] = req.params.id;
  res.json(await agent.whoAmI());
});

router.get('/assigned/:id', async (req, res) => {
  const agent = Object.assign(new FacebookAdsAgent(), { token: req.params.id }); // left: agent-changed
  res.json(await agent.whoAmI());
});

router.get('/account/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  agent.useAccount(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/deep/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  agent.options.limit = Number(req.params.id);
  res.json(await agent.getCampaigns());
});

router.get('/pushed/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  agent.options.tags.push(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/aliased/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const same = agent;
  same.token = req.params.id;
  res.json(await agent.whoAmI());
});

router.get('/part/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const { options } = agent;
  options.tags.push(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/passed/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  configure(agent, req.params.id);
  res.json(await agent.whoAmI());
});

function configure(target: FacebookAdsAgent, token: string): void {
  target.token = token;
}

router.get('/incremented', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  agent.options.limit++;
  res.json(await agent.getCampaigns());
});

router.get('/listened', async (_req, res) => {
  let heard = 0;
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  agent.on('call', () => heard++);
  await agent.whoAmI();
  res.json({ heard });
});

router.get('/closed', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-closed
  const campaigns = await agent.getCampaigns();
  await agent.close();
  res.json(campaigns);
});

router.get('/closed-by-what-was-taken-out', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-closed
  const { close } = agent;
  const all = await agent.getCampaigns();
  await close.call(agent);
  res.json(all);
});

router.get('/closed-by-call', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-closed
  const all = await agent.getCampaigns();
  await agent.close.call(agent);
  res.json(all);
});

router.get('/closed-by-another-name', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-closed
  const end = agent.close;
  const all = await agent.getCampaigns();
  await end.call(agent);
  res.json(all);
});

router.get('/token-by-what-was-taken-out/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  const { setToken: become } = agent;
  become.call(agent, req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/closed-at-last', async (_req, res) => {
  let agent: FacebookAdsAgent | undefined;
  try {
    agent = new FacebookAdsAgent(); // left: agent-closed
    res.json(await agent.getCampaigns());
  } finally {
    await agent?.close();
  }
});

router.get('/closed-through-chain', (_req, res, next) => {
  const agent = new FacebookAdsAgent(); // left: agent-closed
  agent
    .getCampaigns()
    .then((campaigns) => res.json(campaigns), next)
    .finally(() => agent.close());
});

router.get('/destructured/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  ({ id: agent.token } = req.params);
  res.json(await agent.whoAmI());
});

router.get('/looped', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  for (agent.token of ['a', 'b']) res.locals.token = agent.token;
  res.json(await agent.whoAmI());
});

router.get('/bound/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  const set = agent.setToken.bind(agent);
  set(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/applied/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  FacebookAdsAgent.prototype.setToken.call(agent, req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/each/:id', async (req, res) => {
  const agents = [new FacebookAdsAgent(), new FacebookAdsAgent()]; // left: agent-changed
  for (const agent of agents) agent.token = req.params.id;
  res.json(await Promise.all(agents.map((agent) => agent.whoAmI())));
});

router.get('/indexed/:id', async (req, res) => {
  const agents = { one: new FacebookAdsAgent() }; // left: agent-changed
  agents.one.token = req.params.id;
  res.json(await agents.one.whoAmI());
});
`),
    },
  },
  {
    name: 'agents that are changed and were made by a factory',
    untouched: ['routes/main.ts'],
    files: {
      'routes/main.ts': routes(`
const build = () => new FacebookAdsAgent(); // left: factory-still-used

router.get('/token/:id', async (req, res) => {
  const agent = build(); // left: agent-keeps-argument
  agent.setToken(req.params.id);
  res.json(await agent.whoAmI());
});
`),
    },
  },
  {
    name: 'agents with arguments',
    untouched: ['routes/main.ts'],
    files: {
      'routes/main.ts': routes(`
router.get('/account/:id', async (req, res) => {
  const agent = new FacebookAdsAgent({ accountId: req.params.id }); // left: built-with-arguments
  res.json(await agent.whoAmI());
});

const forAccount = (accountId: string) => new FacebookAdsAgent({ accountId }); // left: built-with-arguments

router.get('/factory/:id', async (req, res) => {
  const agent = forAccount(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/spread/:id', async (req, res) => {
  const settings: [{ accountId: string }] = [{ accountId: req.params.id }];
  const agent = new FacebookAdsAgent(...settings); // left: built-with-arguments
  res.json(await agent.whoAmI());
});

function withDefault(settings = { accountId: 'act_9' }) {
  return new FacebookAdsAgent(settings); // left: built-with-arguments
}

router.get('/default', async (_req, res) => {
  res.json(await withDefault().whoAmI());
});
`),
    },
  },
  {
    name: 'agents that are kept',
    untouched: ['routes/main.ts', 'lib/base.ts'],
    failures: ['none'],
    files: {
      'lib/base.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const shared = new FacebookAdsAgent(); // left: kept-from-load

export class Service {
  readonly #agent = new FacebookAdsAgent(); // left: in-class-field
  readonly own: FacebookAdsAgent;

  constructor() {
    this.own = new FacebookAdsAgent(); // left: in-constructor
  }

  get agent(): FacebookAdsAgent {
    return new FacebookAdsAgent(); // left: in-accessor
  }

  both() {
    return Promise.all([this.#agent.getCampaigns(), this.own.getCampaigns(), this.agent.getCampaigns()]);
  }
}

export class Registry {
  static agent: FacebookAdsAgent;
  static {
    this.agent = new FacebookAdsAgent(); // left: kept-from-load
  }
}
`,
      'lib/state.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const registry = new Map<string, FacebookAdsAgent>();
export const settings: { agent?: FacebookAdsAgent } = {};
`,
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { Registry, Service, shared } from '../lib/base%ext';
import { registry, settings } from '../lib/state%ext';

export const router = Router();
let kept: FacebookAdsAgent | undefined;
const byId = new Map<string, FacebookAdsAgent>();
let known: FacebookAdsAgent[] = [];

router.get('/concatenated', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-kept
  known = known.concat(agent);
  res.json(await agent.getCampaigns());
});

router.get('/spliced', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-kept
  known.splice(0, 0, agent);
  res.json(await agent.getCampaigns());
});

router.get('/spread', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-kept
  known.push(...[agent]);
  res.json(await agent.getCampaigns());
});

router.get('/under-another-name', async (_req, res) => {
  const others = known as FacebookAdsAgent[];
  const agent = new FacebookAdsAgent(); // left: agent-kept
  others.push(agent);
  res.json(await agent.getCampaigns());
});

router.get('/taken-apart', async (_req, res) => {
  [kept] = [new FacebookAdsAgent()]; // left: agent-kept
  res.json(await kept?.getCampaigns());
});

router.get('/kept', async (_req, res) => {
  kept ??= new FacebookAdsAgent(); // left: agent-kept
  res.json(await kept.getCampaigns());
});

router.get('/mapped/:id', async (req, res) => {
  let agent = byId.get(req.params.id);
  if (!agent) {
    agent = new FacebookAdsAgent(); // left: agent-kept
    byId.set(req.params.id, agent);
  }
  res.json(await agent.getCampaigns());
});

router.get('/pushed', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-kept
  known.push(agent);
  res.json(await agent.getCampaigns());
});

router.get('/registry/:id', async (req, res) => {
  const { id } = req.params;
  if (!registry.has(id)) registry.set(id, new FacebookAdsAgent()); // left: agent-kept
  res.json(await registry.get(id)?.getCampaigns());
});

router.get('/settings', async (_req, res) => {
  Object.assign(settings, { agent: new FacebookAdsAgent() }); // left: agent-kept
  res.json(await settings.agent?.getCampaigns());
});

router.get('/app', async (req, res) => {
  req.app.locals.agent ??= new FacebookAdsAgent(); // left: agent-kept
  res.json(await req.app.locals.agent.getCampaigns());
});

router.get('/service', async (_req, res) => {
  res.json([await new Service().both(), await shared.getCampaigns(), await Registry.agent.getCampaigns()]);
});

router.get('/default', async (_req, res) => {
  const load = (agent = new FacebookAdsAgent()) => agent.getCampaigns(); // left: in-default-parameter
  res.json(await load());
});

function* agents() {
  yield new FacebookAdsAgent(); // left: in-generator
}

router.get('/generated', async (_req, res) => {
  const found = [];
  for (const agent of agents()) found.push(await agent.getCampaigns());
  res.json(found);
});
`,
    },
  },
  {
    name: 'synchronous callbacks and functions',
    untouched: ['routes/main.ts'],
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
router.get('/each', (_req, res) => {
  const names: string[] = [];
  ['1', '2'].forEach(() => {
    const agent = new FacebookAdsAgent(); // left: callback-of-method
    names.push(agent.describe());
  });
  res.json(names);
});

router.get('/each-chained', (_req, res) => {
  let started = 0;
  ['1', '2'].forEach((id) => {
    started++;
    void new FacebookAdsAgent().getCampaign(id).then((campaign) => campaign.id); // left: callback-of-method
  });
  res.json({ started });
});

router.get('/mapped', async (_req, res) => {
  res.json(['1', '2'].map((id) => id + new FacebookAdsAgent().describe())); // left: callback-of-method
});

router.get('/sorted', async (_req, res) => {
  res.json(['b', 'a'].sort((a, b) => (a + new FacebookAdsAgent().describe()).localeCompare(b))); // left: callback-of-method
});

router.get('/mapped-async-ignored', async (_req, res) => {
  const list = ['1'].map(() => new FacebookAdsAgent()); // left: passed-unseen
  res.json(await Promise.all(list.map((agent) => agent.getCampaigns())));
});

function describeAgent(): string {
  const agent = new FacebookAdsAgent(); // left: synchronous-result
  return agent.describe();
}

router.get('/described', async (_req, res) => {
  res.json({ name: describeAgent().toUpperCase() });
});

function agentOf(limit: number): FacebookAdsAgent {
  const agent = new FacebookAdsAgent(); // left: returned-with-work
  return limit > 0 ? agent : agent;
}

router.get('/of', async (_req, res) => {
  res.json(await agentOf(1).getCampaigns());
});

router.get('/replaced', async (_req, res) => {
  res.json('a b'.replace('a', () => new FacebookAdsAgent().describe())); // left: callback-of-method
});

router.get('/filtered', async (_req, res) => {
  res.json(['1', '2'].filter(() => new FacebookAdsAgent().describe() === 'act_1')); // left: callback-of-method
});

router.get('/reduced', async (_req, res) => {
  res.json(['1', '2'].reduce((all, id) => all + id + new FacebookAdsAgent().describe(), '')); // left: callback-of-method
});

router.get('/some', async (_req, res) => {
  res.json(['1', '2'].some(() => new FacebookAdsAgent().describe() !== 'act_1')); // left: callback-of-method
});
`),
    },
  },
  {
    name: 'factories that do more',
    untouched: ['routes/main.ts', 'lib/inject.ts'],
    files: {
      'lib/inject.ts': `import type { Request, RequestHandler } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const agentOf = new WeakMap<Request, FacebookAdsAgent>();

export const inject = (make: () => FacebookAdsAgent): RequestHandler => (req, _res, next) => {
  agentOf.set(req, make());
  next();
};
`,
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { agentOf, inject } from '../lib/inject%ext';

export const router = Router();
let built = 0;

function countedAgent(): FacebookAdsAgent {
  built += 1;
  return new FacebookAdsAgent(); // left: returned-with-work
}

router.get('/counted', async (_req, res) => {
  const agent = countedAgent();
  res.json({ built, campaigns: await agent.getCampaigns() });
});

const getAgent = () => new FacebookAdsAgent(); // left: factory-still-used

router.get('/injected', inject(getAgent), async (req, res) => { // left: passed-not-awaited
  res.json(await agentOf.get(req)?.getCampaigns());
});

const deps = { getAgent, limit: 1 }; // left: passed-not-awaited

router.get('/depended', async (_req, res) => {
  res.json((await deps.getAgent().getCampaigns()).slice(0, deps.limit));
});

const withDefault = async (make = getAgent) => make().getCampaigns(); // left: passed-not-awaited

router.get('/defaulted', async (_req, res) => {
  res.json(await withDefault());
});

const memo = <T>(make: () => T) => {
  let value: T | undefined;
  return () => (value ??= make());
};
const onlyAgent = memo(() => new FacebookAdsAgent()); // left: passed-not-awaited

router.get('/memo', async (_req, res) => {
  res.json(await onlyAgent().getCampaigns());
});
`,
    },
  },
  {
    name: 'the class as a value and dynamic imports',
    untouched: ['routes/main.ts'],
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
const make = <T>(Type: new () => T): T => new Type();

router.get('/passed', async (_req, res) => {
  res.json(await make(FacebookAdsAgent).getCampaigns()); // left: class-passed-on
});

router.get('/dynamic', async (_req, res) => {
  const { FacebookAdsAgent: Agent } = await import('../agents/facebook-ads-agent%ext'); // left: agent-imported-late
  res.json(await make(Agent).getCampaigns());
});

router.get('/reflected', async (_req, res) => {
  res.json(await Reflect.construct(FacebookAdsAgent, []).getCampaigns()); // left: class-passed-on
});
`),
    },
  },
];
