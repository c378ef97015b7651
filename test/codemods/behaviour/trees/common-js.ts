import type { Tree } from '../support/tree.ts';

const MAIN = `'use strict';

const { Router } = require('express');
const makeAgent = require('../lib/make');
const { buildAgent, late: lateAgent } = require('../lib/named');
const named = require('../lib/named');
const short = require('../lib/named').buildAgent;

const router = Router();

router.get('/whole', async (_req, res) => {
  const agent = makeAgent();
  res.json(await agent.getCampaigns());
});

router.get('/named', async (_req, res) => {
  const agent = buildAgent();
  const late = await lateAgent();
  res.json([await agent.getCampaigns(), await late.getCampaign('1')]);
});

router.get('/namespace', async (_req, res) => {
  const agent = named.buildAgent();
  res.json(await agent.getCampaigns());
});

router.get('/short', async (_req, res) => {
  res.json(await short().getCampaigns());
});

module.exports = { router };
`;

/** Factories of CommonJS that other files require. */
export const commonJsTrees: readonly Tree[] = [
  {
    name: 'exports of CommonJS',
    flavour: 'cjs',
    files: {
      'lib/make.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

module.exports = () => new FacebookAdsAgent();
`,
      'lib/named.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

exports.buildAgent = function () {
  return new FacebookAdsAgent();
};

exports.late = async () => new FacebookAdsAgent();
`,
      'routes/main.js': MAIN,
    },
  },
  {
    name: 'a barrel of CommonJS with the class',
    flavour: 'cjs',
    untouched: ['agents/index.js'],
    files: {
      'agents/index.js': `const { FacebookAdsAgent } = require('./facebook-ads-agent');

module.exports = { FacebookAdsAgent, Agent: FacebookAdsAgent };
`,
      'routes/main.js': `const { Router } = require('express');
const { FacebookAdsAgent } = require('../agents');
const agents = require('../agents');

const router = Router();

router.get('/named', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/member', async (_req, res) => {
  const agent = new agents.Agent();
  res.json(await agent.getCampaigns());
});

module.exports = { router };
`,
    },
  },
];
