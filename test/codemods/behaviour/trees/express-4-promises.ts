import { onExpress4InCommonJs as root } from '../support/express-4.ts';
import type { Tree } from '../support/tree.ts';

const HEAD = `const { Router } = require('express');
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
const router = Router();
exports.router = router;
`;

const BUILDING_CACHE_IN_COMMON_JS = `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
let entry;
let builtIn;

async function create() {
  return new FacebookAdsAgent();
}

exports.getFacebookAgent = async function getFacebookAgent() {
  const { failure } = globalThis.agentProbe;
  if (failure !== builtIn) entry = undefined;
  builtIn = failure;
  entry ??= create();
  try {
    return await entry;
  } catch (error) {
    entry = undefined;
    throw error;
  }
};
`;

/** Answers that no client of Express 4 got before wait as long as a test does: only what is answered is asked for. */
export const express4PromiseTrees: readonly Tree[] = [
  {
    name: 'promises of Express 4 handlers that nobody looks at',
    flavour: 'cjs',
    root,
    untouched: ['routes/main.js'],
    failures: ['none', 'construct'],
    files: {
      'utils/agent-cache.js': BUILDING_CACHE_IN_COMMON_JS,
      'routes/main.js': `${HEAD}
router.get('/returned', (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error
  return agent.getCampaigns().then((all) => { res.json(all); });
});

router.get('/arrow', (_req, res) => new FacebookAdsAgent().getCampaigns().then((all) => res.json(all))); // left: express-loses-error

router.get('/arrow-of-three', (_req, res, _next) => new FacebookAdsAgent().getCampaigns().then((all) => res.json(all))); // left: express-loses-error

function named(_req, res) {
  const agent = new FacebookAdsAgent(); // left: express-loses-error-registered
  return Promise.all([agent.getCampaigns(), agent.getCampaign('1')]).then((all) => res.json(all));
}
router.get('/named', named);

function listFor(res) {
  const agent = new FacebookAdsAgent(); // left: called-without-waiting
  return agent.getCampaigns().then((all) => res.json(all));
}
router.get('/helper', (_req, res) => listFor(res));
router.get('/helper-dropped', (_req, res) => {
  listFor(res);
});

router.get('/answered', (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error
  agent.getCampaigns().then((all) => res.json(all)).catch((error) => res.status(502).json({ handled: error.message }));
});
`,
    },
  },
  {
    name: 'promises of Express 4 handlers that give their failure to next',
    flavour: 'cjs',
    root,
    failures: ['none', 'construct'],
    files: {
      'utils/agent-cache.js': BUILDING_CACHE_IN_COMMON_JS,
      'routes/main.js': `${HEAD}
router.get('/caught', (_req, res, next) => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().then((all) => res.json(all)).catch(next);
});

router.get('/returned', (_req, res, next) => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().then((all) => { res.json(all); });
});

router.get('/second-callback', (_req, res, next) => {
  new FacebookAdsAgent().getCampaigns().then((all) => res.json(all), next);
});

router.get('/broken/:id', (req, _res, next) => next(Object.assign(new Error(req.params.id), { status: 418 })));

router.get('/for-errors', (_req, _res, next) => next(new Error('teapot')), (error, _req, res, next) => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().then((all) => res.json([error.message, all]));
});

const named = (_req, res, next) => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().then((all) => res.json(all)).catch((error) => next(error));
};
router.get('/named', named);
`,
    },
  },
  {
    name: 'routers of Express 4 that are said to wait',
    flavour: 'cjs',
    root: {
      ...root,
      'node_modules/express-promise-router/package.json':
        '{ "name": "express-promise-router", "main": "index.js" }\n',
      'node_modules/express-promise-router/index.js':
        "exports.default = () => require('express').Router();\n",
    },
    untouched: ['routes/main.js'],
    failures: ['none'],
    files: {
      'routes/main.js': `// const Router = require('express-promise-router').default;
${HEAD}
const PromiseRouter = require('express-promise-router').default;
exports.unused = PromiseRouter();

router.get('/described', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: express-loses-error
  res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'async handlers of Express 4 beside a cache that only builds',
    flavour: 'cjs',
    root,
    failures: ['none'],
    files: {
      'utils/agent-cache.js': BUILDING_CACHE_IN_COMMON_JS,
      'routes/main.js': `${HEAD}
router.post('/reports', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.status(201).json(await agent.getCampaigns());
});

async function list(req, res) {
  if (req.query.none) return res.json([]);
  const agent = new FacebookAdsAgent();
  const [all, own] = await Promise.all([agent.getCampaigns(), agent.whoAmI()]);
  return res.json([all, own]);
}
router.get('/list', list);

router.get('/tried', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    res.json(await agent.getCampaigns());
  } catch (error) {
    res.status(502).json({ handled: error.message });
  }
});
`,
    },
  },
];
