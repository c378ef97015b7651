import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const BOTH = `const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);
`;

const CONTEXT = `class Context {
  #id = '';
  use(id: string) {
    this.#id = id;
  }
  get current() {
    return this.#id;
  }
}

class Tenant {
  static id = '';
  static become(id: string) {
    this.id = id;
  }
}

function createBox() {
  let id = '';
  return {
    put: (value: string) => {
      id = value;
    },
    take: () => id,
  };
}
`;

/** What one request keeps where all can read it, by names and calls that lead there. */
export const requestStateTrees: readonly Tree[] = [
  {
    name: 'what a request sets and its agent reads under other names',
    files: {
      'routes/main.ts': routes(`
${BOTH}
const state = { id: '', user: { id: '' } };
const same = state;
const { user } = state;
const readId = () => state.id;
const readDeep = () => readId();

const byAlias = async (id: string) => {
  same.id = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

const byLocalAlias = async (id: string) => {
  const own = state;
  state.id = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(own.id);
};

const byPart = async (id: string) => {
  user.id = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.user.id);
};

const byClosure = async (id: string) => {
  state.id = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(\`\${readId()}\`);
};

const byDeepClosure = async (id: string) => {
  state.id = id;
  const agent = new FacebookAdsAgent();
  const read = readDeep();
  return await agent.getCampaign(read);
};

const byCopy = async (id: string) => {
  state.id = id;
  const { id: copy } = state;
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(copy);
};

const byOwn = async (id: string) => {
  const own = { id: '' };
  const mine = own;
  mine.id = id;
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(own.id);
};

router.get('/alias', async (_req, res) => void res.json(await both(byAlias)));
router.get('/local-alias', async (_req, res) => void res.json(await both(byLocalAlias)));
router.get('/part', async (_req, res) => void res.json(await both(byPart)));
router.get('/closure', async (_req, res) => void res.json(await both(byClosure)));
router.get('/deep-closure', async (_req, res) => void res.json(await both(byDeepClosure)));
router.get('/copy', async (_req, res) => void res.json(await both(byCopy)));
router.get('/own', async (_req, res) => void res.json(await both(byOwn)));
`),
    },
  },
  {
    name: 'what a request has set for its agent by calls',
    files: {
      'routes/main.ts': routes(`
import { AsyncLocalStorage } from 'node:async_hooks';

${BOTH}
${CONTEXT}
let current = '';
let fields = '';
let limits: string | undefined;
const store = { id: '' };
const context = new Context();
const box = createBox();
const storage = new AsyncLocalStorage<{ id: string }>();
const contexts = new WeakMap<object, string>();

function keep(id: string) {
  current = id;
}
const keepTrimmed = (id: string) => {
  keep(id.trim());
};
const keepDeep = (id: string) => keepTrimmed(id);
function put(target: { id: string }, id: string) {
  target.id = id;
}
async function keepLater(id: string) {
  current = await Promise.resolve(id);
}
function keepOfContext() {
  current = storage.getStore()?.id ?? '';
}
function prepare() {
  fields = 'id,name';
}
function ensure() {
  limits ??= String(process.env['CAMPAIGN_LIMITS']);
}

const byDeepSetter = async (id: string) => {
  keepDeep(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current);
};

const byParameter = async (id: string) => {
  put(store, id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(store.id);
};

const byOwnParameter = async (id: string) => {
  const own = { id: '' };
  put(own, id);
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(own.id);
};

const byAwaitedSetter = async (id: string) => {
  await keepLater(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current);
};

const byStorage = async () => {
  keepOfContext();
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current);
};

const byMethod = async (id: string) => {
  context.use(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(context.current);
};

const byStatic = async (id: string) => {
  Tenant.become(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Tenant.id);
};

const byBox = async (id: string) => {
  box.put(id);
  const agent = new FacebookAdsAgent();
  const taken = box.take();
  return await agent.getCampaign(taken);
};

const byOwnBox = async (id: string) => {
  const own = createBox();
  own.put(id);
  const taken = own.take();
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(taken);
};

const byPrepared = async () => {
  prepare();
  ensure();
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(\`\${fields}\${limits}\`);
};

router.get('/deep-setter', async (_req, res) => void res.json(await both(byDeepSetter)));
router.get('/parameter', async (_req, res) => void res.json(await both(byParameter)));
router.get('/own-parameter', async (_req, res) => void res.json(await both(byOwnParameter)));
router.get('/awaited-setter/:id', async (req, res) => void res.json(await byAwaitedSetter(req.params.id)));
router.get('/storage', async (_req, res) => {
  res.json(await both((id) => storage.run({ id }, byStorage)));
});
router.get('/method', async (_req, res) => void res.json(await both(byMethod)));
router.get('/static', async (_req, res) => void res.json(await both(byStatic)));
router.get('/box', async (_req, res) => void res.json(await both(byBox)));
router.get('/own-box', async (_req, res) => void res.json(await both(byOwnBox)));
router.get('/prepared', async (_req, res) => void res.json(await byPrepared()));

router.get('/by-request/:id', async (req, res) => {
  contexts.set(req, req.params.id);
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(contexts.get(req) ?? ''));
});
`),
    },
  },
  {
    name: 'what callers and middleware of other files set for an agent',
    files: {
      'context.ts': `export const context = { tenant: '', region: '', other: '' };
`,
      'tenancy.ts': `import type { NextFunction, Request, Response } from 'express';
import { context } from './context%ext';

export let tenant = '';
export const settings = { fields: 'id' };

export function withTenant(req: Request, _res: Response, next: NextFunction) {
  tenant = String(req.query['tenant']);
  next();
}

export const withRegion = (req: Request, _res: Response, next: NextFunction) => {
  context.region = String(req.query['region']);
  next();
};

export function change(req: Request, res: Response) {
  settings.fields = String(req.query['fields']);
  res.end();
}
`,
      'load.ts': `import type { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';
import { context } from './context%ext';

export const load = (agent: FacebookAdsAgent) => agent.getCampaign(context.tenant);
`,
      'service.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';
import { context } from './context%ext';

export async function list() {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(context.tenant);
}

export function started() {
  return new FacebookAdsAgent().getCampaign(context.tenant); // left: set-before-agent
}

export async function others() {
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(context.other);
}
`,
      'routes/main.ts': routes(`
import { context } from '../context%ext';
import { load } from '../load%ext';
import { list, others, started } from '../service%ext';
import { change, settings, tenant, withRegion, withTenant } from '../tenancy%ext';

${BOTH}
router.use(withTenant, withRegion);

router.get('/middleware', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(tenant));
});

router.get('/middleware-object', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(context.region));
});

router.get('/settings', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(settings.fields));
});

router.get('/change', change);

const byCaller = (load: () => Promise<unknown>) => (id: string) => {
  context.tenant = id;
  return load();
};

const byList = (id: string) => {
  context.tenant = id;
  return list();
};

const byStarted = (id: string) => {
  context.tenant = id;
  return started();
};

const byHandedOver = async (id: string) => {
  context.tenant = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await load(agent);
};

router.get('/handed-over', async (_req, res) => void res.json(await both(byHandedOver)));
router.get('/list', async (_req, res) => void res.json(await both(byList)));
router.get('/started', async (_req, res) => void res.json(await both(byStarted)));
router.get('/others', async (_req, res) => void res.json(await both(byCaller(others))));
`),
    },
  },
  {
    name: 'what a request sets for the methods of its agent to read',
    failures: ['none'],
    files: {
      'tenant.ts': `export let tenant = '';
export function keep(id: string) {
  tenant = id;
}
`,
      'agents/facebook-ads-agent.ts': `import { tenant } from '../tenant%ext';

export class FacebookAdsAgent {
  async connect(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }
  async getCampaigns(): Promise<string> {
    return tenant;
  }
  async getAccounts(): Promise<string> {
    return 'all';
  }
}
`,
      'routes/main.ts': routes(`
import { keep } from '../tenant%ext';

${BOTH}
const byModule = async (id: string) => {
  keep(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaigns();
};

const byOther = async (id: string) => {
  keep(id);
  const agent = new FacebookAdsAgent();
  return await agent.getAccounts();
};

router.get('/module', async (_req, res) => void res.json(await both(byModule)));
router.get('/other', async (_req, res) => void res.json(await both(byOther)));
`),
    },
  },
];
