import type { Tree } from '../support/tree.ts';
import { routes, tasks } from './pieces.ts';

/** Factories in odd places, and code that answers or fails before the agent is used. */
export const unusualFactoryTrees: readonly Tree[] = [
  {
    name: 'factories in odd places',
    files: {
      'routes/main.ts': routes(`
const heard: string[] = [];

function forRequest(_url: string): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

router.get('/argument/:id', async (req, res) => {
  const agent = forRequest(req.url);
  res.json(await agent.getCampaigns());
});

function listRouter() {
  const getAgent = () => new FacebookAdsAgent();
  const inner = Router();
  inner.get('/inner', async (_req, res) => {
    const agent = getAgent();
    res.json(await agent.getCampaigns());
  });
  return inner;
}

router.use(listRouter());

router.get('/in-a-handler', async (_req, res) => {
  const make = () => new FacebookAdsAgent();
  const agent = make();
  res.json([heard, await agent.getCampaigns()]);
});

const early = buildLate;

function buildLate() {
  return 'not an agent';
}

router.get('/hoisted', async (_req, res) => {
  const agent = hoisted();
  res.json([early(), await agent.getCampaigns()]);
});

function hoisted() {
  return new FacebookAdsAgent();
}
`),
    },
    failures: ['none', 'connect'],
    requests: ['GET /inner'],
  },
  {
    name: 'factories that types name',
    files: {
      'routes/main.ts': routes(`
function getAgent() { // left: factory-still-used
  return new FacebookAdsAgent();
}

type Agent = ReturnType<typeof getAgent>; // left: factory-type-taken

const total = async (agent: Agent) => (await agent.getCampaigns()).length;

function make<T extends FacebookAdsAgent>(): T {
  return new FacebookAdsAgent() as T;
}

router.get('/all', async (_req, res) => {
  const agent = getAgent();
  res.json(await total(agent));
});

router.get('/generic', async (_req, res) => {
  const agent = make<FacebookAdsAgent>();
  res.json(await agent.getCampaigns());
});
`),
    },
  },
  {
    name: 'arguments of factories that have effects',
    untouched: ['routes/main.ts'],
    files: {
      'routes/main.ts': routes(`
let counted = 0;

function counting(_count: number): FacebookAdsAgent { // left: factory-still-used
  return new FacebookAdsAgent();
}

router.get('/counted', async (_req, res) => {
  counted = 0;
  const agent = counting(++counted); // left: arguments-with-effects
  res.json([counted, await agent.getCampaigns()]);
});
`),
    },
  },
  {
    name: 'the class is used as well',
    files: {
      'lib/both.ts': `import FacebookAdsAgentDefault, { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export { FacebookAdsAgent };

export class Quiet extends FacebookAdsAgent {
  override describe() {
    return 'quiet';
  }
}

export async function both() {
  const agent = new FacebookAdsAgent();
  const other = new FacebookAdsAgentDefault();
  return [await agent.getCampaigns(), await other.getCampaign('2')];
}
`,
      'lib/spread.ts': `import {
  // The agent.
  FacebookAdsAgent,
  type Campaign, // its rows
} from '../agents/facebook-ads-agent%ext';

export type Module = typeof import('../agents/facebook-ads-agent%ext');

export async function first(): Promise<Campaign | undefined> {
  const agent = new FacebookAdsAgent();
  return (await agent.getCampaigns())[0];
}
`,
      'lib/shared.ts': `import {
  FacebookAdsAgent, type Campaign,
} from '../agents/facebook-ads-agent%ext'
import '../agents/facebook-ads-agent%ext'

export const rows = async (): Promise<Campaign[]> => {
  const agent = new FacebookAdsAgent()
  return agent.getCampaigns()
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { both, Quiet } from '../lib/both%ext';
import { rows } from '../lib/shared%ext';
import { first } from '../lib/spread%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  res.json([Quiet.name, await both(), await first(), await rows()]);
});
`,
    },
  },
  {
    name: 'early answers with other declarations',
    files: {
      'routes/main.ts': routes(`
router.get('/assigned/:id', async (req, res) => {
  let agent;
  agent = new FacebookAdsAgent(); // left: exit-before-agent
  if (req.params.id === 'unknown') return void res.status(400).json({ error: 'id' });
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/several/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(), id = req.params.id;
  if (id === 'unknown') return void res.status(400).json({ error: 'id' });
  res.json(await agent.getCampaign(id));
});

router.get('/several-first/:id', async (req, res) => {
  const { id } = req.params, agent = new FacebookAdsAgent();
  if (id === 'unknown') return void res.status(400).json({ error: 'id' });
  res.json(await agent.getCampaign(id));
});

router.get('/several-held/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(), load = (id: string) => agent.getCampaign(id); // left: exit-before-agent
  if (req.params.id === 'unknown') return void res.status(400).json({ error: 'id' });
  res.json(await load(req.params.id));
});

router.get('/bound/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const load = agent.getCampaign.bind(agent);
  if (req.params.id === 'unknown') return void res.status(400).json({ error: 'id' });
  res.json(await load(req.params.id));
});

router.get('/several-failing/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(), id = req.params.id === 'unknown' ? fail(409) : req.params.id;
  res.json(await agent.getCampaign(id));
});

router.get('/thrown/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const id = req.params.id === 'unknown' ? fail(400) : req.params.id;
  res.json(await agent.getCampaign(id));
});

function fail(status: number): never {
  throw Object.assign(new Error('failed'), { status });
}

router.get('/guard/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  if (req.params.id === '7') {
    res.json({ cached: true });
  } else {
    res.json(await agent.getCampaign(req.params.id));
  }
});

router.get('/switch/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  switch (req.params.id) {
    case '7':
      res.json({ cached: true });
      break;
    default:
      res.json(await agent.getCampaign(req.params.id));
  }
});

router.get('/and/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(req.params.id === '7' || (await agent.getCampaign(req.params.id)));
});
`),
    },
    failures: ['none', 'connect'],
  },
  {
    // With no agent to be had, the answer is then that of the missing agent.
    name: 'what is looked at on the way to the first call',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
async function checked(agent: FacebookAdsAgent, id: string) {
  if (id === 'unknown') throw Object.assign(new Error('bad id'), { status: 400 });
  return agent.getCampaign(id);
}

router.get('/given/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await checked(agent, req.params.id));
});

router.get('/loop/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const found = [];
  for (const id of req.params.id === '7' ? [] : ['1']) found.push(await agent.getCampaign(id));
  res.json(found);
});
`),
    },
  },
  {
    name: 'failures of chains',
    files: {
      'routes/main.ts': routes(`
const mustBeKnown = (id: string) => {
  if (id === 'unknown') throw Object.assign(new Error('bad id'), { status: 400 });
  return id;
};

router.get('/thrown-in-arguments/:id', (req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-escapes
  agent.getCampaign(mustBeKnown(req.params.id)).then(
    (campaign) => res.json(campaign),
    () => res.status(502).json({ error: 'agent' }),
  );
});

router.get('/executor/:id', async (req, res) => {
  const campaign = await new Promise<unknown>((resolve, reject) => {
    const agent = new FacebookAdsAgent();
    agent.getCampaign(req.params.id).then(resolve, reject);
  });
  res.json(campaign);
});

router.get('/async-executor/:id', async (req, res) => {
  // biome-ignore lint/suspicious/noAsyncPromiseExecutor: as people write it
  const campaign = await new Promise<unknown>(async (resolve, reject) => {
    const agent = new FacebookAdsAgent();
    agent.getCampaign(req.params.id).then(resolve).catch(reject);
  });
  res.json(campaign);
});

router.get('/both/:id', async (req, res) => {
  res.json(await Promise.all([new FacebookAdsAgent().getCampaign(req.params.id), new FacebookAdsAgent().getCampaigns()]));
});

const build = () => new FacebookAdsAgent();

router.get('/both-built/:id', async (req, res) => {
  const [one, all] = await Promise.all([build().getCampaign(req.params.id), build().getCampaigns()]);
  res.json({ one, all });
});

router.get('/mapped-block', async (_req, res) => {
  const found = await Promise.all(['1', '2'].map((id) => {
    const agent = new FacebookAdsAgent();
    return agent.getCampaign(id);
  }));
  res.json(found);
});

router.get('/mapped-async', async (_req, res) => {
  const found = [];
  for await (const campaign of ['1'].map(async (id) => new FacebookAdsAgent().getCampaign(id))) found.push(campaign);
  res.json(found);
});

router.get('/settled-async/:id', async (req, res) => {
  const found = await Promise.allSettled([req.params.id, '1'].map(async (id) => {
    const agent = new FacebookAdsAgent();
    return (await agent.getCampaign(id)).id;
  }));
  res.json(found.map((each) => each.status));
});

router.get('/finally/:id', (req, res, next) => {
  let done = false;
  new FacebookAdsAgent()
    .getCampaign(req.params.id)
    .finally(() => {
      done = true;
    })
    .then((campaign) => res.json({ done, campaign }))
    .catch(next);
});

router.get('/immediate-catch/:id', async (req, res) => {
  res.json(await new FacebookAdsAgent().getCampaign(req.params.id).catch((error: Error) => ({ caught: error.message })));
});

router.get('/void/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  void agent.getCampaign(req.params.id).catch(() => undefined);
  res.json({ started: true });
});
`),
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'handlers with unusual parameters',
    files: {
      'routes/main.ts': routes(`
router.get('/destructured/:id', ({ params }, res, next) => {
  new FacebookAdsAgent().getCampaign(params.id).then((campaign) => res.json(campaign)).catch(next);
});

router.get('/destructured-async/:id', async ({ params: { id } }, response) => {
  const agent = new FacebookAdsAgent();
  response.json(await agent.getCampaign(id));
});

router.get('/sync-describe', (_request, reply) => {
  const agent = new FacebookAdsAgent();
  reply.json({ name: agent.describe() });
});

router.get('/sync-tried', (_req, res) => {
  try {
    const agent = new FacebookAdsAgent();
    res.json({ name: agent.describe() });
  } catch (error) {
    res.status(502).json({ caught: (error as Error).message });
  }
});

router.get('/no-parameters', async function () {
  await new FacebookAdsAgent().getCampaigns();
  throw Object.assign(new Error('teapot'), { status: 418 });
});

router.get('/rest/:id', async (...args) => {
  const [req, res] = args;
  res.json(await new FacebookAdsAgent().getCampaign(req.params.id));
});
`),
    },
    failures: ['none', 'construct'],
  },
  {
    name: 'a cache in a folder of its own',
    files: {
      'utils/agent-cache.ts':
        'export { getCachedAgentProvider, getFacebookAgent } from "../cache/index%ext";\n',
      'cache/index.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

let entry: Promise<FacebookAdsAgent> | undefined;

async function create(): Promise<FacebookAdsAgent> {
  const agent = new FacebookAdsAgent();
  await agent.connect();
  return agent;
}

export async function getFacebookAgent(): Promise<FacebookAdsAgent> {
  entry ??= create();
  return entry.catch((error: unknown) => {
    entry = undefined;
    throw error;
  });
}

export const getCachedAgentProvider = (_options: { cacheTtl?: number } = {}) => ({ getAgent: getFacebookAgent });
`,
      'routes/main.ts': routes(`
router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`),
    },
    untouched: ['utils/agent-cache.ts', 'cache/index.ts'],
  },
  {
    name: 'built files and dependencies',
    agents: 1,
    untouched: [
      'dist/main.js',
      'build/main.js',
      'node_modules/lib/index.js',
      'coverage/main.js',
      'routes/main.spec.ts',
      'lib/jquery.min.js',
    ],
    files: {
      'dist/main.js':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\nexport const a = async () => new FacebookAdsAgent().getCampaigns();\n",
      'build/main.js':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\nexport const a = async () => new FacebookAdsAgent().getCampaigns();\n",
      'coverage/main.js':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\nexport const a = async () => new FacebookAdsAgent().getCampaigns();\n",
      'node_modules/lib/index.js':
        "import { FacebookAdsAgent } from '../../agents/facebook-ads-agent.js';\nexport const a = async () => new FacebookAdsAgent().getCampaigns();\n",
      'lib/jquery.min.js':
        "import{FacebookAdsAgent as F}from'../agents/facebook-ads-agent.js';export const a=async()=>new F().getCampaigns();\n",
      'routes/main.spec.ts':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nexport const a = async () => new FacebookAdsAgent().getCampaigns();\n",
      'routes/main.ts': routes(`
router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`),
    },
  },
  {
    name: 'async generators and factories at load',
    failures: ['none'],
    files: {
      'lib/pages.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function* pages() {
  const agent = new FacebookAdsAgent();
  yield await agent.getCampaigns();
}

const build = () => new FacebookAdsAgent(); // left: factory-still-used

const loaded = build(); // left: kept-from-load

export const load = () => loaded.getCampaigns();

export const later = await Promise.resolve(new FacebookAdsAgent()); // left: kept-from-load
`,
      'routes/main.ts': `import { Router } from 'express';
import { later, load, pages } from '../lib/pages%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const found = [];
  for await (const page of pages()) found.push(page);
  res.json([found, await load(), await later.getCampaigns()]);
});
`,
      'tasks/main.ts': tasks(`
export async function collect() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`),
    },
  },
];
