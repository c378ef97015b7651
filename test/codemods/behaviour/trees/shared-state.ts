import { BUILDING_CACHE } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** A campaign that is being loaded is not loaded again for others who ask for it meanwhile. */
const LOADED_ONCE = `const load = async (id: string) => {
  const known = pending.get(id);
  if (known) return { shared: await known };
  const agent = new FacebookAdsAgent();
  const loading = agent.getCampaign(id);
  pending.set(id, loading);
  const campaign = await loading.finally(() => pending.delete(id));
  return { campaign };
};

router.get('/pending/:id', async (req, res) => {
  res.json(await Promise.all([load(req.params.id), load(req.params.id)]));
});
`;

/** Agents between what is read and what is written of a state that all requests share. */
export const sharedStateTrees: readonly Tree[] = [
  {
    name: 'checks of shared state that follow the agent',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
const pending = new Map<string, Promise<unknown>>();
const inFlight = new Set<string>();
const state = { running: false, named: false, started: 0 };

${LOADED_ONCE}
const locked = async (id: string) => {
  if (inFlight.has(id)) return 'busy';
  const agent = new FacebookAdsAgent();
  inFlight.add(id);
  try {
    return await agent.getCampaign(id);
  } finally {
    inFlight.delete(id);
  }
};

router.get('/locked/:id', async (req, res) => {
  res.json(await Promise.all([locked(req.params.id), locked(req.params.id)]));
});

const once = async () => {
  if (state.running) return 'running';
  const agent = new FacebookAdsAgent();
  state.running = true;
  const all = await agent.getCampaigns().catch(() => []);
  state.running = false;
  return all;
};

router.get('/once', async (_req, res) => {
  res.json(await Promise.all([once(), once()]));
});

const named = async () => {
  if (state.named) return 'named';
  const agent = new FacebookAdsAgent();
  state.named = true;
  const all = await agent.getCampaigns();
  const name = agent.describe();
  state.named = false;
  return { name, all };
};

router.get('/named', async (_req, res) => {
  res.json(await Promise.all([named(), named()]));
});

const count = async () => {
  const agent = new FacebookAdsAgent();
  state.started += 1;
  return agent.getCampaigns();
};

router.get('/count', async (_req, res) => {
  const before = state.started;
  const counting = count();
  const during = state.started;
  res.json({ all: (await counting).length, counted: during - before });
});

class Refresher {
  #running = false;
  async refresh() {
    if (this.#running) return 'running';
    this.#running = true;
    const agent = new FacebookAdsAgent();
    return agent.getCampaigns().finally(() => {
      this.#running = false;
    });
  }
}

const refresher = new Refresher();

router.get('/refresh', async (_req, res) => {
  res.json(await Promise.all([refresher.refresh(), refresher.refresh()]));
});
`),
    },
  },
  {
    name: 'checks of shared state that the agent must not part',
    files: {
      'lib/scope.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function createScope() {
  return { agent: new FacebookAdsAgent() }; // left: wrapper-used-early
}
`,
      'routes/main.ts': routes(`
import { createScope } from '../lib/scope%ext';

const inFlight = new Set<string>();
let running = false;

const guarded = () => { // left: factory-still-used
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error('no agent', { cause });
  }
};

const locked = async (id: string) => {
  if (inFlight.has(id)) return 'busy';
  const agent = guarded(); // left: check-parted
  inFlight.add(id);
  try {
    return await agent.getCampaign(id);
  } finally {
    inFlight.delete(id);
  }
};

router.get('/locked/:id', async (req, res) => {
  res.json(await Promise.all([locked(req.params.id), locked(req.params.id)]));
});

const few = async (id: string) => {
  if (inFlight.size > 0) return 'many';
  const agent = guarded(); // left: check-parted
  inFlight!['add'](id);
  const campaign = await agent.getCampaign(id);
  inFlight.delete(id);
  return campaign;
};

router.get('/few/:id', async (req, res) => {
  res.json(await Promise.all([few(req.params.id), few(req.params.id)]));
});

const state = { turn: 0 };

const turned = async () => {
  if (state.turn > 0) return 'turned';
  const agent = guarded(); // left: check-parted
  for (state.turn of [1]) continue;
  return await agent.getCampaigns().finally(() => {
    state.turn = 0;
  });
};

router.get('/turned', async (_req, res) => {
  res.json(await Promise.all([turned(), turned()]));
});

const held = async () => {
  if (running) return 'running';
  const tools = { agent: new FacebookAdsAgent(), name: 'held' }; // left: failure-escapes
  running = true;
  const all = await tools.agent.getCampaigns().catch(() => []);
  running = false;
  return all;
};

router.get('/held', async (_req, res) => {
  res.json(await Promise.all([held(), held()]));
});

const scoped = async () => {
  if (running) return 'running';
  const { agent } = createScope();
  running = true;
  const all = await agent.getCampaigns();
  running = false;
  return all;
};

router.get('/scoped', async (_req, res) => {
  res.json(await Promise.all([scoped(), scoped()]));
});
`),
    },
  },
  {
    name: 'checks of shared state beside a cache that only builds',
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      'routes/main.ts': routes(`
const pending = new Map<string, Promise<unknown>>();
const inFlight = new Set<string>();
const state = { started: 0, at: 0 };

${LOADED_ONCE}
const locked = async (id: string) => {
  if (inFlight.has(id)) return 'busy';
  const agent = new FacebookAdsAgent(); // left: check-parted
  inFlight.add(id);
  try {
    return await agent.getCampaign(id);
  } finally {
    inFlight.delete(id);
  }
};

router.get('/locked/:id', async (req, res) => {
  res.json(await Promise.all([locked(req.params.id), locked(req.params.id)]));
});

const count = async () => {
  const agent = new FacebookAdsAgent();
  state.started += 1;
  return agent.getCampaigns();
};

router.get('/count', async (_req, res) => {
  const before = state.started;
  const counting = count();
  const during = state.started;
  res.json({ all: (await counting).length, counted: during - before });
});

const note = async () => {
  const agent = new FacebookAdsAgent();
  state.at = Date.now();
  return agent.getCampaigns();
};

router.get('/note', async (_req, res) => {
  const noting = note();
  const others = ['a'];
  res.json([...others, ...(await noting)]);
});
`),
    },
  },
];
