import type { Tree } from '../support/tree.ts';

const IMPORT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';\n";
const REQUIRE = "const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');\n";

/** A module of a route for each of the expressions, which are answered under `/0`, `/1` and so on. */
const answering = (imports: string, expressions: readonly string[]): string =>
  [
    imports,
    ...expressions.map((agent, index) => {
      const [code, mark = ''] = agent.split(' // ');
      return `router.get('/${index}', async (_req, res) => {
  const agent = ${code};${mark && ` // ${mark}`}
  res.json(await agent.getCampaigns());
});
`;
    }),
  ].join('\n');

/** Factories, and the class itself, that reach their users behind other modules. */
export const barrelTrees: readonly Tree[] = [
  {
    name: 'factories and the class behind modules that hand them on',
    failures: ['none', 'construct'],
    files: {
      'agents/index.ts': `import Agent from './facebook-ads-agent%ext';
import * as whole from './facebook-ads-agent%ext';

export { Agent, whole };
export { makeAgent as ofTheClass } from '../lib/make%ext';
export { FacebookAdsAgent as Facebook } from './facebook-ads-agent%ext';
export default Agent;
`,
      'lib/make.ts': `${IMPORT}import { version } from './index%ext';

export const makeAgent = (): FacebookAdsAgent => new FacebookAdsAgent();

export default { makeAgent, nextVersion: () => version + 1 };
`,
      'lib/guarded.ts': `${IMPORT}
const resolveAgent = function resolveAgent(): FacebookAdsAgent {
  let agent: FacebookAdsAgent;
  try {
    agent = new FacebookAdsAgent();
  } catch {
    throw Object.assign(new Error('no agent'), { status: 502 });
  }
  return agent;
};

export default resolveAgent;
`,
      'lib/index.ts': `import resolve from './guarded%ext';
import { makeAgent } from './make%ext';
import * as made from './make%ext';

export const version = 1;
export { makeAgent as buildAgent, made };
export * from './make%ext';
export * as factories from './make%ext';
export default resolve;
`,
      'lib/total.ts': `import type { makeAgent } from './make%ext';

export async function total(agent: Awaited<ReturnType<typeof makeAgent>>): Promise<number> {
  return (await agent.getCampaigns()).length;
}
`,
      'routes/main.ts': answering(
        `import { Router } from 'express';
import Main, { Agent, Facebook, ofTheClass, whole } from '../agents/index%ext';
import * as agents from '../agents/index%ext';
import resolve, { buildAgent, factories, made, makeAgent, version } from '../lib/index%ext';
import object from '../lib/make%ext';
import { total } from '../lib/total%ext';

export const router = Router();

router.get('/total', async (_req, res) => {
  res.json({ version, total: await total(makeAgent()) });
});
`,
        [
          'new Agent()',
          'new Main()',
          'new Facebook()',
          'new whole.FacebookAdsAgent()',
          'new agents.Agent()',
          'ofTheClass()',
          'agents.ofTheClass()',
          'resolve()',
          'buildAgent()',
          'factories.makeAgent()',
          'made.makeAgent()',
          'makeAgent()',
          'object.makeAgent()',
        ],
      ),
    },
  },
  {
    name: 'factories behind modules of CommonJS that hand them on',
    flavour: 'cjs',
    files: {
      'lib/make.js': `${REQUIRE}
exports.makeAgent = () => new FacebookAdsAgent();
`,
      'lib/whole.js': `${REQUIRE}
module.exports = function makeAgent() {
  return new FacebookAdsAgent();
};
`,
      'lib/spread.js': "module.exports = { ...require('./make'), version: 1 };\n",
      'lib/index.js': `const { makeAgent } = require('./make');
const make = require('./make');

module.exports = {
  makeAgent,
  other: make.makeAgent,
  group: require('./make'),
  whole: require('./whole'),
  again: require('./spread').makeAgent,
};
module.exports.later = require('./make').makeAgent;
`,
      'agents/index.js': "exports.Agent = require('./facebook-ads-agent').FacebookAdsAgent;\n",
      'routes/main.js': answering(
        `const { Router } = require('express');
const { Agent } = require('../agents');
const lib = require('../lib');
const { makeAgent, other, whole, again } = require('../lib');
const spread = require('../lib/spread');

const router = Router();
exports.router = router;
`,
        [
          'new Agent()',
          'makeAgent()',
          'other()',
          'whole()',
          'again()',
          'lib.group.makeAgent()',
          'lib.later()',
          'spread.makeAgent()',
        ],
      ),
    },
  },
  {
    name: 'factories that are reached in ways nobody follows',
    failures: ['none', 'construct'],
    files: {
      'lib/dynamic.ts': `${IMPORT}
export const makeAgent = (): FacebookAdsAgent => new FacebookAdsAgent(); // left: factory-used-elsewhere
`,
      'lib/chained.ts': `${IMPORT}
export const makeAgent = (): FacebookAdsAgent => new FacebookAdsAgent(); // left: factory-used-elsewhere
`,
      'lib/typed.ts': `${IMPORT}
export function makeAgent() { // left: factory-used-elsewhere
  return new FacebookAdsAgent();
}
`,
      'lib/grouped.ts': `${IMPORT}
export const makeAgent = (): FacebookAdsAgent => new FacebookAdsAgent(); // left: factory-used-elsewhere
`,
      'lib/built.ts': `${IMPORT}
const build = (): FacebookAdsAgent => new FacebookAdsAgent(); // left: factory-still-used
const again = (): FacebookAdsAgent => build(); // left: factory-still-used

export const nameOf = (): string => again().describe(); // left: synchronous-result
`,
      'lib/remote.ts': `${IMPORT}
export const makeAgent = (): FacebookAdsAgent => new FacebookAdsAgent(); // left: factory-used-elsewhere
`,
      'lib/index.ts': `import * as grouped from './grouped%ext';

export const services = { grouped }; // left: passed-unseen
`,
      'lib/total.ts': `import type { makeAgent } from './typed%ext';

type Other = ReturnType<typeof import('./typed%ext').makeAgent>; // left: factory-type-taken

export async function total(agent: ReturnType<typeof makeAgent>): Promise<Other[]> { // left: factory-type-taken
  return (await agent.getCampaigns()).length > 0 ? [agent] : [];
}
`,
      'routes/main.ts': answering(
        `import { Router } from 'express';
import { services } from '../lib/index%ext';
import { nameOf } from '../lib/built%ext';
import { makeAgent as makeRemote } from '../lib/remote%ext';
import { total } from '../lib/total%ext';
import { makeAgent as makeTyped } from '../lib/typed%ext';

export const router = Router();

const again = () => makeRemote(); // left: factory-still-used
export const shortName = (): string => again().describe().slice(0, 3); // left: synchronous-result

router.get('/names', (_req, res) => {
  res.json([nameOf(), shortName()]);
});

router.get('/total', async (_req, res) => {
  const agent = makeTyped();
  res.json((await total(agent)).length);
});

router.get('/chained', async (_req, res) => {
  res.json(await import('../lib/chained%ext').then((lib) => lib.makeAgent().getCampaigns())); // left: factory-loaded-late
});

router.get('/picked', async (_req, res) => {
  const { makeAgent } = await import('../lib/dynamic%ext'); // left: factory-loaded-late
  res.json(await makeAgent().getCampaigns());
});
`,
        [
          'services.grouped.makeAgent()',
          "(await import('../lib/dynamic%ext')).makeAgent() // left: factory-loaded-late",
        ],
      ),
    },
  },
  {
    name: 'factories that CommonJS requires where it needs them',
    flavour: 'cjs',
    files: {
      'lib/make.js': `${REQUIRE}
exports.makeAgent = () => new FacebookAdsAgent(); // left: factory-used-elsewhere
exports.version = 1;
`,
      'routes/main.js': answering(
        `const { Router } = require('express');
const { makeAgent, ...others } = require('../lib/make'); // left: factory-loaded-late

const router = Router();
exports.router = router;

router.get('/version', (_req, res) => {
  const { version } = require('../lib/make');
  res.json({ version, others: Object.keys(others) });
});

router.get('/picked', async (_req, res) => {
  const { makeAgent: make } = require('../lib/make'); // left: factory-loaded-late
  const agent = make();
  res.json(await agent.getCampaigns());
});
`,
        ['makeAgent()', "require('../lib/make').makeAgent() // left: factory-loaded-late"],
      ),
    },
  },
  {
    name: 'a factory that maps its failure and stays',
    failures: ['none', 'construct'],
    files: {
      'lib/make.ts': `${IMPORT}
export function makeAgent(): FacebookAdsAgent { // left: factory-used-elsewhere
  try {
    return new FacebookAdsAgent();
  } catch {
    throw Object.assign(new Error('no agent'), { status: 502 });
  }
}

export async function list() {
  const agent = makeAgent();
  return await agent.getCampaigns();
}

export async function one() {
  return await makeAgent().getCampaign('1'); // left: factory-used-elsewhere
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { list, makeAgent, one } from '../lib/make%ext';

export const router = Router();

export const nameOf = (): string => makeAgent().describe().slice(0, 3); // left: synchronous-result

router.get('/name', (_req, res) => {
  res.json(nameOf());
});

router.get('/list', async (_req, res) => {
  res.json([await list(), await one()]);
});
`,
    },
  },
  {
    name: 'files that call factories of each other in a ring',
    failures: ['none', 'connect'],
    files: {
      'lib/one.ts': `${IMPORT}import { makeTwo } from './two%ext';

export function makeOne(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}
export const two = async () => makeTwo().getCampaigns();
`,
      'lib/two.ts': `${IMPORT}import { makeThree } from './three%ext';

export const makeTwo = () => new FacebookAdsAgent();
export async function three() {
  const agent = makeThree();
  return await agent.whoAmI();
}
`,
      'lib/three.ts': `${IMPORT}import { makeOne } from './one%ext';

export function makeThree(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch {
    throw Object.assign(new Error('no agent'), { status: 502 });
  }
}
export async function one() {
  const agent = makeOne();
  return await agent.getCampaigns();
}
`,
      'routes/main.ts': answering(
        `import { Router } from 'express';
import { makeOne, two } from '../lib/one%ext';
import { three } from '../lib/two%ext';
import { one } from '../lib/three%ext';

export const router = Router();
router.get('/ring', async (_req, res) => {
  res.json([await one(), await two(), await three()]);
});
`,
        ['makeOne()'],
      ),
    },
  },
];
