import type { Tree } from '../support/tree.ts';
import { onExpress4 as root } from '../support/express-4.ts';
import { express4ControllerTrees } from './express-4-controllers.ts';
import { express4TableTrees } from './express-4-tables.ts';

/** Trees on Express 4, where the error of an async handler is lost. */
export const express4Trees: readonly Tree[] = [
  {
    name: 'handlers of Express 4 that handle their errors',
    flavour: 'esm',
    root,
    files: {
      'routes/main.js': `import express from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = express.Router();

const catching = (handler) => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next);

router.get('/tried/:id', async (req, res, next) => {
  try {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaign(req.params.id));
  } catch (error) {
    next(error);
  }
});

router.get('/wrapped/:id', catching(async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.params.id));
}));

router.get('/chained/:id', (req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent.getCampaign(req.params.id).then((campaign) => res.json(campaign)).catch(next);
});

router.get('/chained-async/:id', async (req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent.getCampaign(req.params.id).then((campaign) => res.json(campaign)).catch(next);
});

router.get('/wrapped-sync', catching((_req, res) => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().then((all) => res.json([agent.accountId, all]));
}));

router.get('/answering/:id', (req, res) => {
  new FacebookAdsAgent()
    .getCampaign(req.params.id)
    .then((campaign) => res.json(campaign))
    .catch((error) => res.status(500).json({ handled: error.message }));
});
`,
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'handlers of Express 4 that do not',
    flavour: 'esm',
    root,
    untouched: ['routes/main.js'],
    failures: ['none'],
    files: {
      'routes/main.js': `import express from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = express.Router();

router.get('/described', (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error
  res.json(agent.describe());
});

router.get('/async', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error
  res.json(await agent.getCampaigns());
});

const timed = (handler) => (req, res, next) => handler(req, res, next);
const forRole = (role, handler) => (req, res, next) => void handler(req, res.set('x-role', role), next);

router.get('/timed', timed(async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error
  res.json(await agent.getCampaigns());
}));

router.get('/for-role', forRole('admin', (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: called-without-waiting
  res.json(agent.describe());
}));
`,
    },
  },
  {
    name: 'handlers of Express 4 that get a try of their own',
    flavour: 'esm',
    root,
    failures: ['none', 'connect'],
    files: {
      'routes/main.js': `import express from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = express.Router();

/** Puts an agent beside the request. */
function attach(req, res, next) {
  'use strict';
  // one for each request
  const agent = new FacebookAdsAgent();
  if (!agent.accountId) return next();

  res.locals.agent = agent;
  return next();
}

const located = async (_req, res, next) => {
  try {
    res.json(await res.locals.agent.getCampaigns());
  } catch (error) {
    next(error);
  }
};

router.get('/attached', attach, located);
router.get('/inline', (_req, res, next) => { res.locals.agent = new FacebookAdsAgent(); next(); }, located);

router.get('/throws', (req, res, next) => {
  if (req.get('x-token') === undefined) throw new Error('at once');
  res.locals.agent = new FacebookAdsAgent();
  next();
});
`,
    },
  },
  {
    name: 'handlers of Express 4 that cannot get a try',
    flavour: 'esm',
    root,
    untouched: ['routes/main.js'],
    failures: ['none'],
    files: {
      'routes/main.js': `import express from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = express.Router();

router.get('/over-lines', (_req, res, next) => {
  res.locals.agent = new FacebookAdsAgent(); // left: express-loses-error
  res.locals.text = \`over
  lines\`;
  res.json(res.locals.text);
});

function attach(_req, res, next) {
  res.locals.agent = new FacebookAdsAgent(); // left: called-without-waiting
  if (res.locals.agent.accountId === '') next();
}

router.get('/by-hand', (req, res, next) => {
  attach(req, res, next);
  res.json(res.locals.agent.describe());
});
`,
    },
  },
  {
    name: 'chains of Express 4 that answer failures beside a cache that only builds',
    flavour: 'esm',
    root,
    files: {
      'utils/agent-cache.js': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

let entry;
let builtIn;

export function getFacebookAgent() {
  if (globalThis.agentProbe.failure !== builtIn) entry = undefined;
  builtIn = globalThis.agentProbe.failure;
  entry ??= Promise.resolve().then(() => new FacebookAdsAgent()).catch((error) => {
    entry = undefined;
    throw error;
  });
  return entry;
}
`,
      'routes/main.js': `import express from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = express.Router();

router.get('/answered/:id', (req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent
    .getCampaign(req.params.id)
    .then((campaign) => res.json(campaign))
    .catch((error) => res.status(502).json({ handled: error.message }));
});

router.get('/passed-on/:id', (req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent.getCampaign(req.params.id).then((campaign) => res.json(campaign)).catch(next);
});
`,
    },
  },
  ...express4ControllerTrees,
  ...express4TableTrees,
];
