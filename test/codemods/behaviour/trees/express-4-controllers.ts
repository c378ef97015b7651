import { onExpress4, onExpress4InCommonJs } from '../support/express-4.ts';
import type { Tree } from '../support/tree.ts';

const ASYNC_HANDLER = `import type { NextFunction, Request, Response } from 'express';

type Handler = (req: Request, res: Response, next: NextFunction) => unknown;

export function asyncHandler(fn: Handler) {
  return (req: Request, res: Response, next: NextFunction): void => {
    Promise.resolve(fn(req, res, next)).catch(next);
  };
}

export const timed = (label: string, fn: Handler): Handler => async (req, res, next) => {
  res.set('x-label', label);
  return await fn(req, res, next);
};
`;

const CAMPAIGN_CONTROLLER = `import type { Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { BaseController } from './base%ext';

class CampaignController extends BaseController {
  list = async (_req: Request, res: Response) => {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  };

  constructor() {
    super();
    this.bound = this.bound.bind(this);
  }

  async show(req: Request, res: Response) {
    const agent = new FacebookAdsAgent();
    this.answer(res, await agent.getCampaign(String(req.params['id'])));
  }

  async bound(_req: Request, res: Response) {
    this.answer(res, await new FacebookAdsAgent().getCampaigns());
  }
}

export default new CampaignController();
`;

const BASE_CONTROLLER = `import type { Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class BaseController {
  answer(res: Response, body: unknown): void {
    res.json(body);
  }

  async whoAmI(_req: Request, res: Response) {
    const agent = new FacebookAdsAgent();
    res.json(await agent.whoAmI());
  }
}
`;

const ACCOUNTS = `import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function list(_req: Request, res: Response) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
}

export const show: RequestHandler = async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(String(req.params['id'])));
};

export const both = (_req: Request, res: Response) => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().then(async (all) => {
    res.json([all, await agent.whoAmI()]);
  });
};

export const tried = async (req: Request, res: Response, next: NextFunction) => {
  try {
    await third(req, res);
  } catch (error) {
    next(error);
  }
};

async function third(_req: Request, res: Response) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
}

export const makeReports = (limit: number) => ({
  async top(_req: Request, res: Response) {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns(undefined, limit));
  },
});

export const top = (limit: number) => async (_req: Request, res: Response) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns(undefined, limit));
};

export default async function whole(_req: Request, res: Response) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.whoAmI());
}
`;

const ROUTES = `import express from 'express';
import { accounts, accountSummary, campaigns } from '../controllers/index%ext';
import { list, makeReports, top } from '../controllers/accounts%ext';
import { asyncHandler, timed } from '../lib/async-handler%ext';

export const router = express.Router();
const reports = makeReports(1);
const define = ({ path, handler }: { path: string; handler: typeof list }) => {
  router.get(path, asyncHandler(handler));
};

router.get('/campaigns', asyncHandler(campaigns.list));
router.get('/campaigns/:id', asyncHandler(campaigns.show.bind(campaigns)));
router.get('/bound', asyncHandler(campaigns.bound));
router.get('/who', asyncHandler(campaigns.whoAmI));
router.get('/accounts', asyncHandler(accounts.list));
router.get('/accounts/:id', asyncHandler(accounts.show));
router.route('/routed').get(asyncHandler(list));
router.get('/timed', asyncHandler(timed('accounts', list)));
router.get('/both', asyncHandler(accounts.both));
router.get('/tried', accounts.tried);
define({ path: '/defined', handler: list });
router.get('/whole', asyncHandler(accountSummary));
router.get('/top', asyncHandler(reports.top));
router.get('/made', asyncHandler(top(2)));
router.get('/returned/:id', (req, res, next) => campaigns.show(req, res).catch(next));
router.get('/dropped/:id', (req, res, next) => {
  campaigns.show(req, res).catch(next);
});
router.get('/resolved', (req, res, next) => {
  Promise.resolve(list(req, res)).then(undefined, next);
});
router.get('/inner', asyncHandler((req, res) => list(req, res)));
`;

const WRAP = `module.exports = function wrap(fn) {
  if (typeof fn !== 'function') throw new TypeError('No handler');
  return function wrapped(...args) {
    const fnReturn = fn(...args);
    const next = args[args.length - 1];
    return Promise.resolve(fnReturn).catch(next);
  };
};
module.exports.tried = (fn) => async (req, res, next) => {
  try {
    return await fn(req, res, next);
  } catch (error) {
    return next(error);
  }
};
`;

/** Ways to catch what a handler rejects with, each for a route of its own. */
const WRAPPERS = `exports.promised = (fn) => (req, res, next) => {
  new Promise((resolve) => resolve(fn(req, res, next))).catch(next);
};
exports.later = (fn) => (req, res, next) => Promise.resolve().then(() => fn(req, res, next)).catch(next);
exports.kept = (fn) => (req, res, next) => {
  const result = fn(req, res, next);
  if (result && typeof result.catch === 'function') result.catch(next);
};
exports.optional = (fn) => (req, res, next) => {
  fn(req, res, next)?.catch?.((error) => next(error));
};
exports.nested = (fn) => exports.later(async (req, res, next) => {
  await fn(req, res, next);
});
exports.Guard = class {
  static wrap(fn) {
    return function (req, res, next) {
      return fn.call(this, req, res, next).then(undefined, next);
    };
  }
};
`;

const HANDLERS = `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

exports.list = async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};

exports.show = async function show(req, res) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.params.id));
};

exports.account = async (req, res) => {
  res.json(await new FacebookAdsAgent().whoAmI());
};
`;

const REPORTS = `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

async function daily(req, res) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
}

const weekly = async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};

module.exports = {
  daily,
  weekly,
  async monthly(req, res) {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  },
};
`;

/** Handlers of Express 4 that are registered in other files than their own. */
export const express4ControllerTrees: readonly Tree[] = [
  {
    name: 'controllers of Express 4 that others wrap',
    flavour: 'ts',
    root: onExpress4,
    files: {
      'lib/async-handler.ts': ASYNC_HANDLER,
      'controllers/base.ts': BASE_CONTROLLER,
      'controllers/campaigns.ts': CAMPAIGN_CONTROLLER,
      'controllers/accounts.ts': ACCOUNTS,
      'controllers/index.ts': `export * as accounts from './accounts%ext';
export { default as accountSummary } from './accounts%ext';
export { default as campaigns } from './campaigns%ext';
`,
      'routes/main.ts': ROUTES,
    },
    requests: ['GET /defined'],
  },
  {
    name: 'CommonJS handlers of Express 4 that others wrap',
    flavour: 'cjs',
    root: {
      ...onExpress4InCommonJs,
      'node_modules/express-async-handler/index.js': `module.exports = (fn) => (req, res, next) => fn(req, res, next).catch(next);
`,
    },
    files: {
      'lib/wrap.js': WRAP,
      'lib/wrappers.js': WRAPPERS,
      'handlers/campaigns.js': HANDLERS,
      'handlers/reports.js': REPORTS,
      'handlers/single.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

module.exports = async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};
`,
      'handlers/crud.js': `module.exports = class Crud {
  mount(router, wrap) {
    router.get('/crud', wrap(this.list.bind(this)));
    router.get('/crud/:id', wrap((req, res) => this.show(req, res)));
  }
};
`,
      'handlers/inherited.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
const Crud = require('./crud');

module.exports = class extends Crud {
  async list(req, res) {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  }

  async show(req, res) {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaign(req.params.id));
  }
};
`,
      'handlers/index.js': `module.exports = { campaigns: require('./campaigns'), reports: require('./reports') };
`,
      'routes/main.js': `const express = require('express');
const wrap = require('../lib/wrap');
const { tried } = require('../lib/wrap');
const campaigns = require('../handlers/campaigns');
const handlers = require('../handlers');
const wrappers = require('../lib/wrappers');
const { weekly } = require('../handlers/reports');
const Inherited = require('../handlers/inherited');
const h = require('express-async-handler');

const router = express.Router();
router.get('/a', wrap(campaigns.list));
router.get('/b/:id', tried(campaigns.show));
router.get('/c', (req, res, next) => campaigns.account(req, res).catch(next));
router.get('/d', wrap(handlers.reports.daily));
router.get('/e', tried(weekly));
router.get('/f', wrap(handlers.reports.monthly));
router.get('/g', wrap(require('../handlers/single')));
router.get('/h', h(handlers.campaigns.list));
new Inherited().mount(router, wrap);
router.get('/k', wrappers.promised(campaigns.list));
router.get('/l', wrappers.later(campaigns.list));
router.get('/m', wrappers.kept(campaigns.list));
router.get('/n', wrappers.optional(campaigns.list));
router.get('/o', wrappers.nested(campaigns.list));
router.get('/p', wrappers.Guard.wrap(campaigns.list));

for (const [path, handler] of [['/i', campaigns.list], ['/j', handlers.reports.daily]]) {
  router.get(path, wrap(handler));
}
exports.router = router;
`,
    },
    requests: ['GET /i', 'GET /j'],
  },
  {
    name: 'controllers of Express 4 that somebody registers bare',
    flavour: 'esm',
    root: onExpress4,
    failures: ['none'],
    files: {
      'handlers/campaigns.js': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const list = async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error-registered
  res.json(await agent.getCampaigns());
};

export const handlers = {
  async show(q, s) {
    const agent = new FacebookAdsAgent(); // left: express-loses-error-registered
    s.json(await agent.getCampaigns());
  },
};

export async function nobodys(req, res) {
  const agent = new FacebookAdsAgent(); // left: express-loses-error-unregistered
  res.json(await agent.getCampaigns());
}

export const defined = async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error-registered
  res.json(await agent.getCampaigns());
};

export async function dropped(req, res) {
  const agent = new FacebookAdsAgent(); // left: express-loses-error-dropped
  res.json(await agent.getCampaigns());
}

export function described(req, res) {
  const agent = new FacebookAdsAgent();
  res.json(agent.describe());
}

export const describedBare = (req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error-registered
  res.json(agent.describe());
};

export async function helper(req, res) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
}
`,
      'routes/main.js': `import express from 'express';
import * as campaigns from '../handlers/campaigns%ext';

export const router = express.Router();
const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);
const guarded = (fn) => async (req, res, next) => {
  try {
    await fn(req, res, next);
  } catch (error) {
    next(error);
  }
};

const define = (options) => router.get(options.path, options.handler);

define({ path: '/defined', handler: campaigns.defined });
router.get('/also-wrapped', wrap(campaigns.defined));
router.get('/wrapped', wrap(campaigns.list));
router.get('/bare', campaigns.list);
router.get('/described', guarded(campaigns.described));
router.get('/described-bare', campaigns.describedBare);
router.get('/show', campaigns.handlers.show);
router.get('/dropped', (req, res) => {
  campaigns.dropped(req, res);
});
router.get('/helper', async (req, res) => {
  await campaigns.helper(req, res);
});
`,
    },
  },
];
