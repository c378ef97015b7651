import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const BOTH = `const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);
`;

/** What one request keeps for its agent by calls that do not look like one, and what only looks as if it did. */
export const otherCallTrees: readonly Tree[] = [
  {
    name: 'what a request sets for its agent by listeners, bound functions and callbacks',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
import { EventEmitter } from 'node:events';

${BOTH}
class Holder {
  static last = '';
  constructor(id: string) {
    Holder.last = id;
  }
}

let current = '';
const state = {
  id: '',
  set(id: string) {
    this.id = id;
  },
};
const bus = new EventEmitter();
bus.on('tenant', (id: string) => {
  current = id;
});
const set = state.set.bind(state);
const apply = (run: (id: string) => void, id: string) => run(id);
const maybe: ((id: string) => void) | undefined = (id) => {
  current = id;
};

const byEvent = async (id: string) => {
  bus.emit('tenant', id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current);
};

const byBound = async (id: string) => {
  set(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

const byReceiver = async (id: string) => {
  state.set.call(state, id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

const byCallback = async (id: string) => {
  apply((value) => {
    state.id = value;
  }, id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

const byEach = async (id: string) => {
  [id].forEach((each) => {
    state.id = each;
  });
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

const byOptional = async (id: string) => {
  maybe?.(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current);
};

const byConstructor = async (id: string) => {
  new Holder(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Holder.last);
};

const byCallbackAround = async (id: string) => {
  current = id;
  return await Promise.all(
    ['a'].map(async (each) => {
      const agent = new FacebookAdsAgent(); // left: set-before-agent
      return await agent.getCampaign(each + current);
    }),
  );
};

const ofOneRequest = async (ids: string[]) => {
  let own = '';
  return await Promise.all(
    ids.map(async (id) => {
      own = id;
      const agent = new FacebookAdsAgent(); // left: set-before-agent
      return await agent.getCampaign(own);
    }),
  );
};

router.get('/event', async (_req, res) => void res.json(await both(byEvent)));
router.get('/bound', async (_req, res) => void res.json(await both(byBound)));
router.get('/receiver', async (_req, res) => void res.json(await both(byReceiver)));
router.get('/callback', async (_req, res) => void res.json(await both(byCallback)));
router.get('/each', async (_req, res) => void res.json(await both(byEach)));
router.get('/optional', async (_req, res) => void res.json(await both(byOptional)));
router.get('/constructor', async (_req, res) => void res.json(await both(byConstructor)));
router.get('/around', async (_req, res) => void res.json(await both(byCallbackAround)));
router.get('/one-request', async (_req, res) => void res.json(await ofOneRequest(['7', '8'])));
`),
    },
  },
  {
    name: 'what middleware and handlers set for an agent as a whole, in part or by another name',
    failures: ['none'],
    files: {
      'context.ts': `export const context = {
  user: { id: '' },
  last: { id: '' },
  $tenant: '',
  region: '',
  count: 0,
  title: { text: '' },
  mode: '',
  rate: '',
  kind: '',
};
export const RATES: Record<string, string> = { free: '1', paid: '2' };
`,
      'put.ts': `export function put(target: { id: string }, id: string) {
  target.id = id;
}
`,
      'tenancy.ts': `import type { NextFunction, Request, Response } from 'express';
import { context } from './context%ext';
import { put } from './put%ext';

export function withTenant(req: Request, _res: Response, next: NextFunction) {
  const tenant = String(req.query['tenant']);
  context.user = { id: tenant };
  put(context.last, tenant);
  context.$tenant = tenant;
  [context.region] = [tenant];
  ++context.count;
  next();
}
`,
      'routes/main.ts': routes(`
import { context, RATES } from '../context%ext';
import { withTenant } from '../tenancy%ext';

router.use(withTenant);

router.get('/user', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(context.user.id));
});

router.get('/last', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(context.last.id));
});

router.get('/dollar', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(context.$tenant));
});

router.get('/region', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(context.region));
});

router.get('/count', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(String(context.count)));
});

router.get('/reading', async (_req, res) => {
  context.mode = 'reading';
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(context.mode));
});

router.get('/writing', async (_req, res) => {
  context.mode = 'writing';
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(context.mode));
});

router.get('/rate/:plan', async (req, res) => {
  context.rate = RATES[req.params.plan] ?? '';
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(context.rate));
});

router.get('/kind', async (_req, res) => {
  context.kind = RATES['free'] ?? '';
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(context.kind));
});

router.get('/title', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(context.title.text));
});
`),
    },
  },
  {
    name: 'what middleware sets of the app and of what is global for an agent of another file',
    failures: ['none'],
    files: {
      'before.ts': `import type { Request, Response } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export async function titled(req: Request, res: Response) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(String(req.app.locals['title'])));
}

export async function known(req: Request, res: Response) {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(String(req.app.locals['tenant'])));
}

export async function regional(_req: Request, res: Response) {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(String((globalThis as { region?: string }).region)));
}
`,
      'routes/main.ts': routes(`
import { known, regional, titled } from '../before%ext';

router.use((req, _res, next) => {
  req.app.locals['tenant'] = String(req.query['tenant']);
  (globalThis as { region?: string }).region = String(req.query['region']);
  next();
});

router.get('/titled', titled);
router.get('/known', known);
router.get('/regional', regional);

router.get('/tenant', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(String(req.app.locals['tenant'])));
});
`),
    },
  },
  {
    name: 'what looks as if a request set it for its agent',
    failures: ['none', 'connect'],
    files: {
      'service.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export class Service {
  private id = '';
  use(id: string) {
    this.id = id;
  }
  async list() {
    const agent = new FacebookAdsAgent();
    return await agent.getCampaign(this.id);
  }
  async at(id: string) {
    this.id = id;
    const agent = new FacebookAdsAgent();
    return await agent.getCampaign(this.id);
  }
}
`,
      'routes/main.ts': routes(`
import type { Request, Response } from 'express';
import { EventEmitter } from 'node:events';
import { Service } from '../service%ext';

${BOTH}
let fields = 'id';
let hits = 0;
const seen: string[] = [];
const bus = new EventEmitter();
bus.on('settings', (next: string) => {
  fields = next;
});

const SETTINGS = 'http://127.0.0.1:1/settings';
let settings: { fields: string } = { fields: 'id' };
let ready = false;

async function fetchSettings() {
  const answer = await fetch(SETTINGS);
  return (await answer.json()) as { fields: string };
}

async function loadSettings() {
  settings = await fetchSettings();
}

async function ensure() {
  if (!ready) ready = true;
}

export const withSettings = async (_req: Request, res: Response) => {
  await loadSettings();
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(settings.fields));
};

router.get('/ready', async (_req, res) => {
  await ensure();
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(String(ready)));
});

router.get('/settings', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(fields));
});

router.get('/counted/:id', async (req, res) => {
  hits++;
  seen.push(req.params.id);
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/hidden/:id', async (req, res) => {
  const fields = req.params.id;
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(fields));
});

const byService = async (id: string) => {
  const service = new Service();
  service.use(id);
  return await service.list();
};

const byOneCall = async (id: string) => await new Service().at(id);

const beside = async (id: string) => {
  fields = id;
  const agent = new FacebookAdsAgent();
  return { fields, campaign: await agent.getCampaign(id) };
};

router.get('/service', async (_req, res) => void res.json(await both(byService)));
router.get('/one-call', async (_req, res) => void res.json(await both(byOneCall)));
router.get('/beside', async (_req, res) => void res.json(await both(beside)));
`),
    },
  },
];
