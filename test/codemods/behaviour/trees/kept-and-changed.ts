import type { Tree } from '../support/tree.ts';
import { routes, tasks } from './pieces.ts';

/** Agents that others keep, change or tell from another one, near and far from where they are built. */
export const keptTrees: readonly Tree[] = [
  {
    name: 'agents that outlive the request',
    untouched: ['routes/main.ts'],
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
const clients = new Set<FacebookAdsAgent>();
const state: { agent?: FacebookAdsAgent; list: FacebookAdsAgent[] } = { list: [] };
let cachedAgent: FacebookAdsAgent | null = null;

function remember(agent: FacebookAdsAgent): void {
  clients.add(agent);
}

router.get('/remembered', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-kept
  remember(agent);
  res.json([clients.size > 0, await agent.getCampaigns()]);
});

router.get('/state', async (_req, res) => {
  state.agent ??= new FacebookAdsAgent(); // left: agent-kept
  res.json(await state.agent.getCampaigns());
});

router.get('/state-list', async (_req, res) => {
  state.list.push(new FacebookAdsAgent()); // left: agent-kept
  res.json(await state.list[0]?.getCampaigns());
});

router.get('/lazy', async (_req, res) => {
  if (!cachedAgent) cachedAgent = new FacebookAdsAgent(); // left: agent-kept
  res.json(await cachedAgent.getCampaigns());
});

function singleton(): FacebookAdsAgent {
  return (cachedAgent ??= new FacebookAdsAgent()); // left: kept-and-used
}

router.get('/singleton', async (_req, res) => {
  res.json(await singleton().getCampaigns());
});

const holder = class {
  static agent: FacebookAdsAgent | undefined;
};

router.get('/static', async (_req, res) => {
  holder.agent = new FacebookAdsAgent(); // left: agent-kept
  res.json(await holder.agent.getCampaigns());
});

router.get('/global', async (_req, res) => {
  const kept = globalThis as unknown as { fbAgent?: FacebookAdsAgent };
  kept.fbAgent = new FacebookAdsAgent(); // left: agent-kept
  res.json(await kept.fbAgent.getCampaigns());
});
`),
    },
  },
  {
    name: 'classes that keep their agent',
    untouched: ['lib/service.ts'],
    failures: ['none'],
    files: {
      'lib/service.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Service {
  private agent: FacebookAdsAgent | undefined;
  private readonly build = () => new FacebookAdsAgent(); // left: factory-still-used
  static shared = { agent: new FacebookAdsAgent() }; // left: kept-from-load

  async list() {
    this.agent ??= new FacebookAdsAgent(); // left: agent-kept
    return this.agent.getCampaigns();
  }

  getAgent(): FacebookAdsAgent {
    if (!this.agent) this.agent = new FacebookAdsAgent(); // left: kept-and-used
    return this.agent;
  }

  set name(_value: string) {
    void new FacebookAdsAgent().describe(); // left: in-accessor
  }

  describe() {
    return this.build().describe() + Service.shared.agent.describe(); // left: synchronous-result
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { Service } from '../lib/service%ext';

export const router = Router();
const service = new Service();

router.get('/all', async (_req, res) => {
  res.json([await service.list(), service.getAgent().describe(), service.describe()]);
});
`,
    },
  },
  {
    name: 'agents that are given away',
    untouched: ['lib/context.ts'],
    failures: ['none'],
    files: {
      'lib/context.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function context(user: string) {
  return { user, agent: new FacebookAdsAgent() }; // left: agent-changed
}

export async function contextLater(user: string) {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  return { user, agent };
}

export async function ownAgent(token: string): Promise<FacebookAdsAgent> {
  const agent = new FacebookAdsAgent(); // left: returned-from-async
  if (token === '') throw new Error('token');
  return agent;
}

export const pair = async () => [new FacebookAdsAgent(), 1] as const; // left: agent-changed
`,
      'routes/main.ts': `import { Router } from 'express';
import { context, contextLater, ownAgent, pair } from '../lib/context%ext';

export const router = Router();

router.get('/one/:id', async (req, res) => {
  const { agent } = context('a');
  agent.token = req.params.id;
  res.json(await agent.whoAmI());
});

router.get('/two/:id', async (req, res) => {
  const { agent } = await contextLater('a');
  agent.setToken(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/three/:id', async (req, res) => {
  const agent = await ownAgent('t');
  agent.setToken(req.params.id);
  const [other] = await pair();
  other.accountId = req.params.id;
  res.json([await agent.whoAmI(), await other.whoAmI()]);
});
`,
    },
  },
  {
    name: 'an exported factory whose agent another file changes',
    untouched: ['lib/make.ts', 'routes/main.ts'],
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const makeAgent = () => new FacebookAdsAgent(); // left: factory-used-elsewhere
`,
      'routes/main.ts': `import { Router } from 'express';
import { makeAgent } from '../lib/make%ext';

export const router = Router();

router.get('/token/:id', async (req, res) => {
  const agent = makeAgent(); // left: agent-keeps-argument
  agent.setToken(req.params.id);
  res.json(await agent.whoAmI());
});
`,
    },
  },
  {
    name: 'an exported async factory whose agent another file changes',
    untouched: ['lib/make.ts', 'routes/main.ts'],
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const makeAgent = async () => new FacebookAdsAgent(); // left: factory-used-elsewhere
`,
      'routes/main.ts': `import { Router } from 'express';
import { makeAgent } from '../lib/make%ext';

export const router = Router();

router.get('/token/:id', async (req, res) => {
  const agent = await makeAgent(); // left: agent-keeps-argument
  agent.setToken(req.params.id);
  res.json(await agent.whoAmI());
});
`,
    },
  },
  {
    name: 'an exported factory that other files pass on',
    untouched: ['lib/make.ts', 'routes/main.ts'],
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function makeAgent(): FacebookAdsAgent { // left: factory-used-elsewhere
  return new FacebookAdsAgent();
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { makeAgent } from '../lib/make%ext';

export const router = Router();
const list = async (make: () => { getCampaigns(): Promise<unknown> }) => make().getCampaigns();

router.get('/all', async (_req, res) => {
  res.json(await list(makeAgent)); // left: passed-not-awaited
});
`,
    },
  },
  {
    name: 'an exported factory by namespace import',
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const makeAgent = () => new FacebookAdsAgent();
export const limit = 1;
`,
      'routes/main.ts': `import { Router } from 'express';
import * as make from '../lib/make%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = make.makeAgent();
  res.json(await agent.getCampaigns(undefined, make.limit));
});
`,
    },
  },
  {
    name: 'mutations far from the agent',
    untouched: ['routes/main.ts', 'lib/tweak.ts'],
    files: {
      'lib/tweak.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function tweak(agent: FacebookAdsAgent, token: string): FacebookAdsAgent {
  agent.token = token;
  return agent;
}

export function withToken(agent: FacebookAdsAgent, token: string): FacebookAdsAgent {
  return agent.setToken(token);
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { tweak, withToken } from '../lib/tweak%ext';

export const router = Router();

router.get('/imported/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  tweak(agent, req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/imported-inline/:id', async (req, res) => {
  res.json(await withToken(new FacebookAdsAgent(), req.params.id).whoAmI()); // left: agent-keeps-argument
});

router.get('/closure/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const change = () => {
    agent.token = req.params.id;
  };
  change();
  res.json(await agent.whoAmI());
});

router.get('/each-other/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  [agent].forEach((each) => {
    each.token = req.params.id;
  });
  res.json(await agent.whoAmI());
});

router.get('/callback/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const use = (run: (each: FacebookAdsAgent) => void) => run(agent);
  use((each) => {
    each.token = req.params.id;
  });
  res.json(await agent.whoAmI());
});

router.get('/returned/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  await agent.setToken(req.params.id).getCampaigns();
  res.json(await agent.whoAmI());
});

router.get('/then/:id', async (req, res) => {
  const agent = await Promise.resolve(new FacebookAdsAgent()); // left: agent-changed
  agent.token = req.params.id;
  res.json(await agent.whoAmI());
});

router.get('/defined/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  Object.defineProperty(agent, 'token', { value: req.params.id });
  res.json(await agent.whoAmI());
});

router.get('/reflected/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  Reflect.set(agent, 'token', req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/logical/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  agent.token &&= req.params.id;
  res.json(await agent.whoAmI());
});

router.get('/patched/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  agent.getCampaigns = async () => [{ id: req.params.id, spend: 0 }];
  res.json(await agent.getCampaigns());
});

router.get('/optional/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  agent?.setToken?.(req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/string/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  agent['setToken'](req.params.id);
  res.json(await agent.whoAmI());
});

router.get('/deleted', async (_req, res) => {
  const agent = new FacebookAdsAgent() as Partial<FacebookAdsAgent> & FacebookAdsAgent; // left: agent-changed
  delete (agent as { token?: string }).token;
  res.json(await agent.whoAmI());
});
`,
    },
  },
  {
    name: 'middleware whose agent a handler changes',
    untouched: ['routes/main.ts'],
    files: {
      'routes/main.ts': routes(`
router.use((_req, res, next) => {
  res.locals.agent = new FacebookAdsAgent(); // left: agent-keeps-argument
  next();
});

router.get('/token/:id', async (req, res) => {
  res.locals.agent.setToken(req.params.id);
  res.json(await res.locals.agent.whoAmI());
});

router.get('/alias/:id', async (req, res) => {
  const { agent } = res.locals;
  agent.token = req.params.id;
  res.json(await agent.whoAmI());
});
`),
    },
  },
  {
    name: 'middleware whose agent another file changes',
    untouched: ['routes/main.ts', 'lib/with-agent.ts'],
    files: {
      'lib/with-agent.ts': `import type { RequestHandler } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const withAgent: RequestHandler = (_req, res, next) => {
  res.locals.facebook = new FacebookAdsAgent(); // left: agent-keeps-argument
  next();
};
`,
      'routes/main.ts': `import { Router } from 'express';
import { withAgent } from '../lib/with-agent%ext';

export const router = Router();

router.get('/token/:id', withAgent, async (req, res) => {
  res.locals.facebook.setToken(req.params.id);
  res.json(await res.locals.facebook.whoAmI());
});
`,
    },
  },
  {
    name: 'order that can be seen',
    files: {
      'routes/main.ts': routes(`
const seen: string[] = [];

router.get('/counted', async (_req, res) => {
  seen.length = 0;
  const agent = new FacebookAdsAgent();
  seen.push('first');
  const pending = agent.getCampaigns().then(() => seen.push('second'));
  seen.push('third');
  await pending;
  res.json(seen);
});

router.get('/header/:id', (req, res, next) => {
  const agent = new FacebookAdsAgent();
  const pending = agent.getCampaign(req.params.id);
  res.setHeader('x-started', 'yes');
  pending.then((campaign) => res.json(campaign)).catch(next);
});

router.get('/timed', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const timeout = new Promise((resolve) => setTimeout(() => resolve('late'), 1000).unref());
  res.json(await Promise.race([agent.getCampaigns(), timeout]));
});

router.get('/finally/:id', async (req, res) => {
  const log: string[] = [];
  const agent = new FacebookAdsAgent();
  try {
    log.push((await agent.getCampaign(req.params.id)).id);
  } finally {
    log.push('done');
  }
  res.json(log);
});

router.get('/labelled', async (_req, res) => {
  const found: string[] = [];
  rows: for (const id of ['1', '2', '3']) {
    for (const each of ['a', 'b']) {
      const agent = new FacebookAdsAgent();
      if (id === '2') continue rows;
      found.push((await agent.getCampaign(id)).id + each);
    }
  }
  res.json(found);
});

router.get('/do', async (_req, res) => {
  let tries = 0;
  do {
    const agent = new FacebookAdsAgent();
    tries += (await agent.getCampaigns()).length;
  } while (tries < 3);
  res.json({ tries });
});

router.get('/ternary/:id', async (req, res) => {
  res.json(req.params.id === '7' ? await new FacebookAdsAgent().getCampaigns() : []);
});

router.get('/short/:id', async (req, res) => {
  const found = req.params.id === '7' && (await new FacebookAdsAgent().getCampaigns());
  res.json(found);
});

router.get('/arguments', async function (this: unknown, _req, res) {
  const agent = new FacebookAdsAgent();
  res.json([arguments.length > 1, await agent.getCampaigns()]);
});
`),
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'functions that are not handlers of ours',
    untouched: ['lib/sync.ts'],
    failures: ['none'],
    files: {
      'lib/sync.ts': `import { EventEmitter } from 'node:events';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const events = new EventEmitter();
export const heard: string[] = [];

events.on('ask', () => {
  heard.push(new FacebookAdsAgent().describe()); // left: callback-of-method
});

export function validate(account: string): boolean {
  const agent = new FacebookAdsAgent(); // left: synchronous-result
  return agent.describe() === account;
}

export const names = () => {
  const agent = new FacebookAdsAgent(); // left: synchronous-result
  return [agent.describe(), agent.accountId];
};

export function isAgent(value: unknown): value is FacebookAdsAgent {
  const agent = new FacebookAdsAgent(); // left: odd-signature
  return typeof value === typeof agent;
}

export const toJson = { toJSON: () => new FacebookAdsAgent().describe() }; // left: synchronous-result

export const compare = (a: string, b: string) => {
  const agent = new FacebookAdsAgent(); // left: synchronous-result
  return a.localeCompare(b) * agent.describe().length;
};

export class Money {
  toString() {
    return new FacebookAdsAgent().describe(); // left: synchronous-result
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { compare, events, heard, isAgent, Money, names, toJson, validate } from '../lib/sync%ext';

export const router = Router();

router.get('/all', (_req, res) => {
  heard.length = 0;
  events.emit('ask');
  const ok = validate('act_2') ? 'valid' : 'not valid';
  res.json([ok, heard, names().length, isAgent(1), toJson, ['b', 'a'].sort(compare), String(new Money())]);
});
`,
    },
  },
  {
    name: 'tasks that have to be left',
    untouched: ['tasks/main.ts'],
    failures: ['none'],
    files: {
      'tasks/main.ts': tasks(`
export async function own() {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  agent.token = 'task';
  return agent.whoAmI();
}

export async function account() {
  return new FacebookAdsAgent({ accountId: 'act_5' }).whoAmI(); // left: built-with-constants
}

export async function closed() {
  await using agent = new FacebookAdsAgent(); // left: agent-closed
  return agent.whoAmI();
}

export async function each() {
  const found: string[] = [];
  ['1', '2'].forEach((id) => {
    const agent = new FacebookAdsAgent(); // left: callback-of-method
    found.push(id + agent.describe());
  });
  return found;
}
`),
    },
  },
];
