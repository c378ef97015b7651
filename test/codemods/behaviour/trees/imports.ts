import type { Tree } from '../support/tree.ts';

/** The ways by which files name the agent's class. */
export const importTrees: readonly Tree[] = [
  {
    name: 'an aliased import',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent as Ads, type Campaign } from "../agents/facebook-ads-agent%ext";

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = new Ads();
  const campaigns: Campaign[] = await agent.getCampaigns();
  res.json(campaigns);
});
`,
    },
  },
  {
    name: 'a default import',
    flavour: 'ts-js',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import Agent, { type Campaign } from '../agents/facebook-ads-agent%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent: Agent = new Agent();
  const campaigns: Campaign[] = await agent.getCampaigns();
  res.json(campaigns);
});
`,
    },
  },
  {
    name: 'a namespace import',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import * as ads from '../agents/facebook-ads-agent%ext';

export const router = Router();

const make = (): ads.FacebookAdsAgent => new ads.FacebookAdsAgent();

router.get('/all', async (_req, res) => {
  const agent = new ads.FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/made', async (_req, res) => {
  const agent = make();
  const campaigns: ads.Campaign[] = await agent.getCampaigns();
  res.json(campaigns);
});
`,
    },
  },
  {
    name: 'a type import beside the value',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import type { FacebookAdsAgent as AgentType } from '../agents/facebook-ads-agent%ext';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

const all = async (agent: AgentType) => agent.getCampaigns();

router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await all(agent));
});
`,
    },
  },
  {
    name: 'values of the class that stay',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

type Agent = InstanceType<typeof FacebookAdsAgent>;

router.get('/all', async (_req, res) => {
  const agent: Agent = new FacebookAdsAgent();
  res.json({ own: agent instanceof FacebookAdsAgent, campaigns: await agent.getCampaigns() });
});

router.get('/static', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json([FacebookAdsAgent.describe(), await agent.getCampaigns()]);
});
`,
      'routes/typed.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export type Made = InstanceType<typeof FacebookAdsAgent>;

export async function campaigns() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`,
    },
  },
  {
    name: 'names that are taken',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { other } from '../lib/other%ext';

export const router = Router();

const getFacebookAgent = () => 'not the cache';

router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json({ name: getFacebookAgent(), campaigns: await agent.getCampaigns(), other: await other(3) });
});
`,
      'lib/other.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function other(getFacebookAgent: number) {
  const agent = new FacebookAdsAgent();
  const found = await agent.getCampaigns();
  return found.length + getFacebookAgent;
}

export async function inner() {
  {
    const getFacebookAgent = 1;
    void getFacebookAgent;
  }
  return new FacebookAdsAgent().getCampaigns();
}
`,
    },
  },
  {
    name: 'a half-migrated file',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { getFacebookAgent } from '../utils/agent-cache%ext';

export const router = Router();

router.get('/old', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/new', async (_req, res) => {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
});
`,
      'tasks/main.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { getCachedAgentProvider, type CachedAgentProvider } from '../utils/agent-cache%ext';

const provider: CachedAgentProvider = getCachedAgentProvider({ cacheTtl: 60 });

export async function fresh() {
  const agent = await provider.getAgent();
  return agent.getCampaigns();
}

export async function old() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`,
    },
  },
  {
    name: 'plain modules of JavaScript',
    flavour: 'esm',
    files: {
      'routes/main.js': `#!/usr/bin/env node
// @ts-check
import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

/** @returns {FacebookAdsAgent} */
function getFacebookAgent() {
  return new FacebookAdsAgent();
}

router.get('/all', async (_req, res) => {
  const agent = getFacebookAgent();
  res.json(await agent.getCampaigns());
});

router.get('/one/:id', (req, res, next) => {
  new FacebookAdsAgent().getCampaign(req.params.id).then((campaign) => res.json(campaign), next);
});
`,
      'tasks/main.js': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const collect = async () => {
  const agent = new FacebookAdsAgent();
  return await agent.getCampaigns();
};
`,
    },
  },
  {
    name: 'CommonJS',
    flavour: 'cjs',
    files: {
      'routes/main.js': `'use strict';

const { Router } = require('express');
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
const more = require('./more');

const router = Router();

router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/more', async (_req, res) => {
  res.json(await more());
});

module.exports = { router };
`,
      'routes/more.js': `'use strict'

const ads = require('../agents/facebook-ads-agent.js')
const Agent = require('../agents/facebook-ads-agent').FacebookAdsAgent
const Plain = require('../agents/facebook-ads-agent').default

const build = () => new Agent()

module.exports = async function more() {
  const agent = new ads.FacebookAdsAgent()
  const other = build()
  const last = new Plain()
  return [await agent.getCampaigns(), await other.getCampaign('1'), await last.getCampaigns()]
}
`,
      'tasks/main.js': `const { FacebookAdsAgent: Ads } = require('../agents/facebook-ads-agent');

exports.collect = async function collect() {
  const agent = new Ads();
  return agent.getCampaigns();
};

exports.later = async () => {
  const agent = new Ads();
  return agent.getCampaign('3');
};
`,
    },
  },
  {
    name: 'CommonJS with a factory that is exported',
    flavour: 'cjs',
    files: {
      'lib/make.js': `'use strict';

const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

function makeAgent() {
  return new FacebookAdsAgent();
}

module.exports = { makeAgent, version: 1 };
`,
      'routes/main.js': `'use strict';

const { Router } = require('express');
const { makeAgent } = require('../lib/make');

const router = Router();

router.get('/all', async (_req, res) => {
  const agent = makeAgent();
  res.json(await agent.getCampaigns());
});

exports.router = router;
`,
    },
  },
  {
    name: 'CommonJS in one expression',
    flavour: 'cjs',
    files: {
      'routes/main.js': `const router = require('express').Router();

router.get('/inline', async (_req, res) => {
  const agent = new (require('../agents/facebook-ads-agent').FacebookAdsAgent)();
  res.json(await agent.getCampaigns());
});

router.get('/inner', async (_req, res) => {
  const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/checked/:id', async (req, res) => {
  const sdk = require('../agents/facebook-ads-agent');
  const agent = new sdk.FacebookAdsAgent();
  if (req.params.id === 'unknown') return res.status(400).end();
  res.json(await agent.getCampaign(req.params.id));
});

module.exports.router = router;
`,
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'modules by extension',
    files: {
      'lib/one.mts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export const one = async () => {
  const agent = new FacebookAdsAgent();
  return (await agent.getCampaigns()) as unknown;
};
`,
      'lib/two.cts': `import ads = require('../agents/facebook-ads-agent');

export = async function two() {
  const agent = new ads.FacebookAdsAgent();
  return agent.getCampaigns();
};
`,
      'lib/three.mjs': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const three = async () => (await new FacebookAdsAgent().getCampaigns()).length;
`,
      'lib/four.tsx': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function four<T,>(value: T) {
  const agent = new FacebookAdsAgent();
  return { value, campaigns: await agent.getCampaigns() };
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { one } from '../lib/one.mts';
// @ts-expect-error: there are no types for it
import { three } from '../lib/three.mjs';
import { four } from '../lib/four.tsx';

export const router = Router();

router.get('/all', async (_req, res) => {
  res.json([await one(), await three(), await four(4)]);
});
`,
    },
  },
  {
    name: 'package aliases',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '#src/agents/facebook-ads-agent%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`,
    },
    root: {
      'package.json': `${JSON.stringify({ type: 'module', imports: { '#src/*': './src/*' }, dependencies: { express: '5.x' } })}\n`,
    },
  },
  {
    name: 'a part of a monorepo',
    folder: 'packages/api',
    flavour: 'ts-bare',
    files: {
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`,
    },
    root: {
      'package.json':
        '{ "private": true, "workspaces": ["packages/*"], "devDependencies": { "express": "^4.0.0" } }\n',
    },
  },
  {
    name: 'an agent behind an index',
    files: {
      'agents/index.ts': `export { FacebookAdsAgent } from './facebook-ads-agent%ext';
export type { Campaign } from './facebook-ads-agent%ext';
`,
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/index%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
];
