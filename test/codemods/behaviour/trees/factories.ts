import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Local functions that build the agent. */
export const factoryTrees: readonly Tree[] = [
  {
    name: 'factories of every form',
    files: {
      'routes/main.ts': routes(`
function getFacebookAgent(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

const get_facebook_agent = () => new FacebookAdsAgent();

const makeAgent = function () {
  const agent = new FacebookAdsAgent();
  return agent;
};

const agentLater = async () => new FacebookAdsAgent();

async function agentLaterStill(): Promise<FacebookAdsAgent> {
  return new FacebookAdsAgent();
}

router.get('/declared', async (_req, res) => {
  const agent = getFacebookAgent();
  res.json(await agent.getCampaigns());
});

router.get('/arrow', async (_req, res) => {
  const agent = get_facebook_agent();
  res.json(await agent.getCampaigns());
});

router.get('/expression', async (_req, res) => {
  res.json(await makeAgent().getCampaigns());
});

router.get('/async/:id', async (req, res) => {
  const agent = await agentLater();
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/async-chain/:id', (req, res, next) => {
  agentLaterStill()
    .then((agent) => agent.getCampaign(req.params.id))
    .then((campaign) => res.json(campaign), next);
});
`),
    },
  },
  {
    name: 'a factory that maps failure',
    files: {
      'routes/main.ts': routes(`
class Unavailable extends Error {
  status = 503;
}

function getAgent(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch (error) {
    console.assert(error !== undefined);
    throw new Unavailable('Facebook API unavailable');
  }
}

function assignedAgent() {
  let agent: FacebookAdsAgent;
  try {
    agent = new FacebookAdsAgent();
  } catch (error) {
    throw new Unavailable('Facebook API unavailable', { cause: error });
  }
  return agent;
}

router.get('/all', async (_req, res) => {
  const agent = getAgent();
  res.json(await agent.getCampaigns());
});

router.get('/assigned', async (_req, res) => {
  const agent = assignedAgent();
  res.json(await agent.getCampaigns());
});

router.get('/one/:id', async (req, res) => {
  const error = 'taken';
  const agent = getAgent();
  res.json({ error, campaign: await agent.getCampaign(req.params.id) });
});

router.get('/tried/:id', async (req, res) => {
  try {
    const agent = getAgent();
    res.json(await agent.getCampaign(req.params.id));
  } catch (error) {
    res.status((error as Unavailable).status).json({ caught: (error as Error).message });
  }
});
`),
    },
  },
  {
    name: 'a factory that gives null on failure',
    failures: ['none', 'construct'],
    files: {
      'routes/main.ts': routes(`
function tryAgent(): FacebookAdsAgent | null {
  try {
    return new FacebookAdsAgent();
  } catch {
    return null;
  }
}

router.get('/all', async (_req, res) => {
  const agent = tryAgent();
  if (!agent) return void res.status(503).json({ error: 'no agent' });
  res.json(await agent.getCampaigns());
});

router.get('/one/:id', async (req, res) => {
  const agent = tryAgent();
  if (agent === null) {
    res.status(503).json({ error: 'no agent at all' });
    return;
  }
  res.json(await agent.getCampaign(req.params.id));
});
`),
    },
  },
  {
    name: 'an exported factory that other files call',
    files: {
      'agents/factory.ts': `import { FacebookAdsAgent } from './facebook-ads-agent%ext';

export const makeAgent = (): FacebookAdsAgent => new FacebookAdsAgent();
`,
      'routes/main.ts': `import { Router } from 'express';
import { makeAgent } from '../agents/factory%ext';

export const router = Router();

const list = () => {
  const agent = makeAgent();
  return agent.getCampaigns();
};

router.get('/all', async (_req, res) => {
  const agent = makeAgent();
  res.json(await agent.getCampaigns());
});

router.get('/list', async (_req, res) => {
  res.json(await list());
});

router.get('/one/:id', async (req, res) => {
  res.json(await makeAgent().getCampaign(req.params.id));
});
`,
    },
  },
  {
    name: 'an exported factory by another name',
    flavour: 'ts-js',
    files: {
      'lib/make-agent.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

function build(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

export { build as buildAgent };
`,
      'routes/main.ts': `import { Router } from 'express';
import { buildAgent as newAgent } from '../lib/make-agent%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = newAgent();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'a default-exported factory',
    flavour: 'ts-bare',
    files: {
      'lib/make-agent.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export default function makeAgent(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}
`,
      'routes/main.ts': `import { Router } from 'express';
import makeAgent from '../lib/make-agent%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = makeAgent();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'an exported async factory',
    files: {
      'lib/make-agent.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function makeAgent(): Promise<FacebookAdsAgent> {
  return new FacebookAdsAgent();
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { makeAgent } from '../lib/make-agent%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = await makeAgent();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'an exported factory that a synchronous caller uses',
    files: {
      'lib/make-agent.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function makeAgent(): FacebookAdsAgent { // left: factory-used-elsewhere
  return new FacebookAdsAgent();
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { makeAgent } from '../lib/make-agent%ext';

export const router = Router();

const nameOf = () => makeAgent().describe(); // left: synchronous-result

export const shortName = () => nameOf().slice(0, 3);

router.get('/name', (_req, res) => {
  res.json({ name: shortName() });
});
`,
    },
    failures: ['none', 'construct'],
  },
  {
    name: 'an exported factory behind a barrel',
    files: {
      'lib/make-agent.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const makeAgent = (): FacebookAdsAgent => new FacebookAdsAgent();
`,
      'lib/index.ts': `export { makeAgent } from './make-agent%ext';
export const version = 1;
`,
      'routes/main.ts': `import { Router } from 'express';
import { makeAgent } from '../lib/index%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = makeAgent();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'two factories and one of the other',
    files: {
      'routes/main.ts': routes(`
const build = () => new FacebookAdsAgent();
const again = () => build();

router.get('/all', async (_req, res) => {
  const [one, two] = [build(), again()];
  res.json([await one.getCampaigns(), await two.getCampaigns()]);
});
`),
    },
  },
  {
    name: 'callers of a factory of another file that has to stay',
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function make(): FacebookAdsAgent { // left: factory-used-elsewhere
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error('Facebook API unavailable', { cause });
  }
}

export function makeApart(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error('Facebook API apart', { cause });
  }
}
`,
      'lib/again.ts': `import { make } from './make%ext';

export const again = () => make(); // left: called-factory-stays
export const twice = () => again(); // left: called-factory-stays
`,
      'lib/loaded.ts': `import { make } from './make%ext';

export const length = make().describe().length; // left: used-at-load
`,
      'routes/more.ts': `import { Router } from 'express';
import { makeApart } from '../lib/make%ext';
import { twice } from '../lib/again%ext';

export const more = Router();

more.get('/again', (_req, res, next) => {
  twice().getCampaigns().then((all) => res.json(all)).catch(next); // left: called-factory-stays
});

more.get('/apart', (_req, res, next) => {
  makeApart().getCampaigns().then((all) => res.json(all)).catch(next);
});
`,
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { length } from '../lib/loaded%ext';
import { make } from '../lib/make%ext';
import { more } from './more%ext';

export const router = Router();
router.use('/more', more);

router.get('/length', (_req, res) => {
  res.json(length);
});

router.get('/chained', (_req, res, next) => {
  make().getCampaigns().then((all) => res.json(all)).catch(next); // left: called-factory-stays
});

router.get('/awaited', async (_req, res) => {
  const agent = make(); // left: called-factory-stays
  res.json(await agent.getCampaigns());
});

router.get('/own', async (_req, res) => {
  res.json(await new FacebookAdsAgent().getCampaigns());
});
`,
    },
  },
  {
    name: 'factories that map the failure of another one',
    failures: ['none', 'construct'],
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const held = {
  make() {
    return new FacebookAdsAgent();
  },
  size: 2,
};

function inner() {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error('inner', { cause });
  }
}

export function outer() {
  try {
    return inner();
  } catch (cause) {
    throw new Error('outer', { cause });
  }
}
`,
      'lib/later.ts': `import { held } from './make%ext';

export async function later() {
  try {
    return held.make();
  } catch (cause) {
    throw new Error('later', { cause });
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { later } from '../lib/later%ext';
import { outer } from '../lib/make%ext';

export const router = Router();

router.get('/outer', async (_req, res) => {
  const agent = outer();
  res.json(await agent.getCampaigns());
});

router.get('/later', async (_req, res) => {
  const agent = await later();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'chains behind what another file builds with an agent in it',
    failures: ['none', 'construct'],
    files: {
      'lib/context.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function open(id = 'one') {
  return { id, agent: new FacebookAdsAgent() };
}

function make() { // left: factory-still-used
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error('no agent', { cause });
  }
}

export const openMapped = (id = 'one') => {
  const agent = make();
  return { id, agent };
};

export const name = make().describe(); // left: used-at-load
`,
      'routes/main.ts': `import { Router } from 'express';
import { name, open, openMapped } from '../lib/context%ext';

export const router = Router();

router.get('/chained', (_req, res, next) => {
  open('two').agent.getCampaigns().then((all) => res.json(all), next);
});

router.get('/mapped', (_req, res, next) => {
  openMapped().agent.getCampaigns().then((all) => res.json(all), next);
});

router.get('/name', async (_req, res) => {
  const { agent, id } = openMapped(name);
  res.json([id, await agent.getCampaigns()]);
});
`,
    },
  },
  {
    name: 'a namespace of which one factory goes and another stays',
    failures: ['none', 'construct'],
    files: {
      'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const held = {
  make() {
    return new FacebookAdsAgent();
  },
  size: 2,
};

export const plain = () => held.make();
`,
      'routes/main.ts': `import { Router } from 'express';
import * as agents from '../lib/make%ext';

export const router = Router();

router.get('/plain', async (_req, res) => {
  const agent = agents.plain();
  res.json(await agent.getCampaigns());
});

router.get('/held', async (_req, res) => {
  const agent = agents.held.make();
  res.json(await agent.getCampaigns());
});
`,
    },
  },
];
