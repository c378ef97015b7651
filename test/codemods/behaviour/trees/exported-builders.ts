import { BUILDING_CACHE } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const CONTEXT = `import type { Request } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export interface Context {
  agent: FacebookAdsAgent;
  path: string;
}

export function createContext(req: Request): Context {
  return { agent: new FacebookAdsAgent(), path: req.get('x-path') || req.path };
}
`;

const SERVICE = `
export const serviceOf = (path: string) => new Service(new FacebookAdsAgent(), path);

export class Service {
  constructor(
    private readonly agent: FacebookAdsAgent,
    private readonly path: string,
  ) {}

  async account() {
    return [this.path, await this.agent.whoAmI()];
  }
}
`;

/** Synchronous functions that give something with an agent in it to other files. */
export const exportedBuilderTrees: readonly Tree[] = [
  {
    name: 'builders that other files call',
    files: {
      'lib/context.ts': CONTEXT + SERVICE,
      'lib/index.ts': `export * from './context%ext';
export { scopeOf } from './scope%ext';
`,
      'lib/named.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export default function namedContext(name: string) {
  return { agent: new FacebookAdsAgent(), name };
}
`,
      'lib/reports.ts': `import type { Request } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { createContext } from './context%ext';

class Reports {
  constructor(private readonly agent: FacebookAdsAgent) {}

  async total() {
    return (await this.agent.getCampaigns()).length;
  }
}

export const reportsOf = (req: Request) => {
  const { agent, path } = createContext(req);
  return { path: path.toLowerCase(), reports: new Reports(agent) };
};
`,
      'lib/scope.ts': `import type { Request } from 'express';
import { createContext } from './context%ext';

export function scopeOf(req: Request) {
  return { ...createContext(req), method: req.method };
}
`,
      'routes/accounts.ts': `import { Router } from 'express';
import * as lib from '../lib/index%ext';
import contextNamed from '../lib/named%ext';
import { createContext as contextOf, scopeOf, serviceOf } from '../lib/index%ext';

export const accounts = Router();

accounts.get('/whole', async (req, res) => {
  const context = contextOf(req);
  res.json([context.path, await context.agent.whoAmI()]);
});

accounts.get('/namespace', async (req, res) => {
  const { agent } = lib.createContext(req);
  res.json(await agent.whoAmI());
});

accounts.get('/named', async (req, res) => {
  const { agent, name } = contextNamed(req.path);
  res.json([name, await agent.whoAmI()]);
});

accounts.get('/scope', async (req, res) => {
  const { agent, method } = scopeOf(req);
  res.json([method, await agent.whoAmI()]);
});

accounts.get('/service', async (req, res) => {
  res.json(await serviceOf(req.path).account());
});
`,
      'routes/main.ts': routes(`
import { createContext } from '../lib/context%ext';
import { reportsOf } from '../lib/reports%ext';
import { accounts } from './accounts%ext';

router.use('/accounts', accounts);

router.get('/own', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.whoAmI());
});

router.get('/context', async (req, res) => {
  const { agent, path } = createContext(req);
  res.json([path, await agent.whoAmI()]);
});

router.get('/reports', async (req, res) => {
  const { path, reports } = reportsOf(req);
  res.json({ path, total: await reports.total() });
});
`),
    },
    requests: [
      'GET /accounts/whole',
      'GET /accounts/namespace',
      'GET /accounts/scope',
      'GET /accounts/named',
      'GET /accounts/service',
    ],
  },
  {
    name: 'builders that modules of CommonJS assign',
    flavour: 'cjs',
    files: {
      'lib/context.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

module.exports = {
  contextOf(req) {
    return { agent: new FacebookAdsAgent(), path: req.path };
  },
  named: (name) => ({ agent: new FacebookAdsAgent(), name }),
};
`,
      'lib/scope.js': `const context = require('./context');

class Accounts {
  constructor(agent) {
    this.agent = agent;
  }

  own() {
    return this.agent.whoAmI();
  }
}

exports.open = (req) => {
  const { agent, path } = context.contextOf(req);
  return { path, accounts: new Accounts(agent) };
};

exports.run = async (req, work) => {
  const scope = exports.open(req);
  return work(scope);
};
`,
      'routes/main.js': `const { Router } = require('express');
const { contextOf, named } = require('../lib/context');
const scope = require('../lib/scope');

const router = Router();

router.get('/context', async (req, res) => {
  const { agent, ...rest } = contextOf(req);
  res.json({ rest, account: await agent.whoAmI() });
});

router.get('/named/:id', async (req, res) => {
  const { agent, name } = named('one');
  res.json([name, await agent.getCampaign(req.params.id)]);
});

router.get('/open', async (req, res) => {
  const { accounts, path } = scope.open(req);
  res.json([path, await accounts.own()]);
});

router.get('/run', async (req, res) => {
  await scope.run(req, async ({ accounts }) => {
    res.json(await accounts.own());
  });
});

router.use('/attached', (req, res, next) => {
  Object.assign(res.locals, contextOf(req));
  next();
});

router.get('/attached', async (_req, res) => {
  res.json([res.locals.path, await res.locals.agent.whoAmI()]);
});

module.exports = { router };
`,
    },
  },
  {
    name: 'builders that modules of CommonJS assign where they cannot await',
    flavour: 'cjs',
    untouched: ['lib/context.js', 'lib/kinds.js', 'routes/main.js'],
    files: {
      'lib/kinds.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

function shortOf(name) {
  return { agent: new FacebookAdsAgent(), name }; // left: wrapper-callers-unknown
}

exports.longOf = (name) => ({ agent: new FacebookAdsAgent(), name }); // left: wrapper-callers-unknown

exports.shortOf = shortOf;
`,
      'lib/context.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

exports.twice = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-callers-unknown

if (process.env.STUB) exports.twice = () => ({ agent: { whoAmI: async () => 'stub' } });

exports.atOnce = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-in-sync

exports.picked = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-callers-unknown
`,
      'routes/main.js': `const { Router } = require('express');
const context = require('../lib/context');

const kinds = require('../lib/kinds');

const router = Router();
const { picked: make } = context;

router.get('/kind', async (req, res) => {
  const { agent, name } = kinds[\`\${req.query.kind ?? 'short'}Of\`]('seven');
  res.json([name, await agent.whoAmI()]);
});

router.get('/short', async (_req, res) => {
  const { agent, name } = kinds.shortOf('one');
  res.json([name, await agent.whoAmI()]);
});

router.get('/long', async (_req, res) => {
  const { agent, name } = kinds.longOf('one');
  res.json([name, await agent.whoAmI()]);
});

router.get('/twice', async (_req, res) => {
  const { agent } = context.twice();
  res.json(await agent.whoAmI());
});

router.get('/at-once', (_req, res) => {
  const nameOf = () => context.atOnce().agent.constructor.name;
  res.json(nameOf());
});

router.get('/picked', async (_req, res) => {
  res.json(await make().agent.whoAmI());
});

module.exports = { router };
`,
    },
  },
  {
    name: 'builders that other files call beside a cache that only builds',
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      'lib/context.ts': CONTEXT,
      'lib/describe.ts': `import type { Context } from './context%ext';

export async function describe(context: Context) {
  const account = await context.agent.whoAmI();
  return { account, path: context.path };
}
`,
      'routes/main.ts': `import { type Request, Router } from 'express';
import { createContext } from '../lib/context%ext';
import { describe } from '../lib/describe%ext';

export const router = Router();

router.get('/described', async (req, res) => {
  res.json(await describe(createContext(req)));
});

router.get('/sync', (req, res, next) => {
  const { agent } = createContext(req);
  agent.whoAmI().then((account) => res.json(account), next);
});

const described = (req: Request) => ({ context: createContext(req), at: req.path });

router.get('/nested', async (req, res) => {
  const { context, at } = described(req);
  if (at === '/7') return;
  res.json(await describe(context));
});

router.get('/checked/:id', async (req, res) => {
  const context = createContext(req);
  if (req.params.id === '7') {
    res.status(400).json({ error: context.path });
    return;
  }
  res.json(await Promise.all(['1', '2'].map((id) => context.agent.getCampaign(id))));
});
`,
    },
  },
  {
    name: 'what holds an agent, through the functions of four files',
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      'lib/one.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function one() {
  return { agent: new FacebookAdsAgent(), limit: 2 };
}
`,
      'lib/two.ts': `import { one } from './one%ext';

export function two() {
  const { agent, limit } = one();
  return { agent, limit };
}
`,
      'lib/three.ts': `import { two } from './two%ext';

export const three = () => {
  const { agent } = two();
  return { agent, status: 'ACTIVE' };
};
`,
      'routes/main.ts': `import { Router } from 'express';
import { three } from '../lib/three%ext';

export const router = Router();

router.get('/', async (_req, res) => {
  const { agent, status } = three();
  res.json(await agent.getCampaigns(status));
});
`,
    },
  },
  {
    name: 'builders that other files call where they cannot await',
    untouched: ['lib/context.ts', 'lib/lent.ts', 'lib/servers.ts', 'routes/main.ts'],
    files: {
      'lib/context.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const atOnce = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-in-sync

export const lent = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-callers-unknown

export const tested = () => ({ agent: new FacebookAdsAgent() }); // left: wrapper-used-in-left-file

export const working = (id: string) => ({ agent: new FacebookAdsAgent(), id: BigInt(id) }); // left: wrapper-works-after

export const parsed = (text: string) => ({ agent: new FacebookAdsAgent(), value: parse(text) }); // left: wrapper-works-after

function parse(text: string): string {
  if (text === 'unknown') throw new RangeError('nothing to parse');
  return text;
}

export const kept = () => ({ agent: new FacebookAdsAgent() }); // left: agent-kept
`,
      'lib/servers.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { kept } from './context%ext';

class Poller {
  constructor(private readonly agent: FacebookAdsAgent) {}

  poll = () => this.agent.whoAmI();
}

export function start() {
  const { agent } = kept();
  const poller = new Poller(agent);
  return { poll: poller.poll };
}
`,
      'lib/lent.ts': `import { lent } from './context%ext';

const run = (make: () => ReturnType<typeof lent>) => make().agent.whoAmI();

export const account = () => run(lent);
`,
      'lib/context.test.ts': `import { tested } from './context%ext';

export const used = tested().agent;
`,
      'routes/main.ts': `import { Router } from 'express';
import { atOnce, parsed, tested, working } from '../lib/context%ext';
import { account } from '../lib/lent%ext';
import { start } from '../lib/servers%ext';

export const router = Router();

const nameOf = () => atOnce().agent.constructor.name;

router.get('/name', (_req, res) => {
  res.json(nameOf());
});

router.get('/lent', async (_req, res) => {
  res.json(await account());
});

router.get('/working/:id', async (req, res) => {
  const { agent, id } = working(req.params.id);
  res.json([String(id), await agent.whoAmI()]);
});

router.get('/parsed/:id', async (req, res) => {
  const { agent, value } = parsed(req.params.id);
  res.json([value, await agent.whoAmI()]);
});

router.get('/polled', async (_req, res) => {
  res.json(await start().poll());
});

router.get('/tested', async (_req, res) => {
  const { agent } = tested();
  res.json(await agent.whoAmI());
});
`,
    },
  },
];
