import { BUILDING_CACHE } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { ROUTES } from './pieces.ts';

const CLIENTS = `import assert from 'node:assert';
import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export const settings = { region: process.env['ADS_REGION'] ?? 'eu', isOff: false };

const off = () => Object.assign(new Error('Off'), { status: 503 });

let client: FacebookAdsAgent | undefined;
export function getClient(): FacebookAdsAgent {
  if (!client) {
    client = new FacebookAdsAgent();
  }
  return client;
}

export function make(isOff: boolean): FacebookAdsAgent {
  if (isOff) throw off();
  return new FacebookAdsAgent();
}

export function makeOrNull(region?: string): FacebookAdsAgent | null {
  const wanted = region ?? settings.region;
  if (wanted !== 'eu') return null;
  const agent = new FacebookAdsAgent();
  return agent;
}

export async function makeLater(isOff: boolean): Promise<FacebookAdsAgent | undefined> {
  if (isOff) return undefined;
  return new FacebookAdsAgent();
}

export function asserted(isOn: boolean): FacebookAdsAgent {
  console.warn('asked for', isOn);
  assert.ok(isOn, 'Off');
  return new FacebookAdsAgent();
}

export function eitherWay(isOff: boolean): FacebookAdsAgent {
  if (!isOff) {
    const agent = new FacebookAdsAgent();
    return agent;
  } else {
    throw off();
  }
}

export function firstAsked(isOn: boolean): FacebookAdsAgent {
  if (isOn) return new FacebookAdsAgent();
  throw off();
}

export function bySwitch(kind: string): FacebookAdsAgent | undefined {
  switch (kind) {
    case 'none':
      return undefined;
    case 'ads':
    case 'all': {
      console.warn('asked for', kind);
      return new FacebookAdsAgent();
    }
    default:
      break;
  }
  throw off();
}

export function behindSwitch(kind: string): FacebookAdsAgent {
  switch (kind) {
    case 'ads':
      break;
    default:
      throw off();
  }
  return new FacebookAdsAgent();
}

export const inChoice = (isOff: boolean) => (isOff ? null : new FacebookAdsAgent());

let kept: FacebookAdsAgent | undefined;
export const getUnlessOff = (isOff: boolean) => {
  if (isOff) throw off();
  return (kept ??= new FacebookAdsAgent());
};

class Holder {
  #agent: FacebookAdsAgent | undefined = undefined;

  async get(): Promise<FacebookAdsAgent> {
    if (!this.#agent) {
      this.#agent = await new FacebookAdsAgent();
    }
    return this.#agent;
  }
}

const holder = new Holder();

export async function listHeld() {
  const agent = await holder.get();
  return await agent.getCampaigns();
}
`;

const HANDLERS = `
router.get('/client', async (_req, res) => {
  const agent = getClient();
  res.json(await agent.getCampaigns());
});

router.get('/made', async (req, res) => {
  const agent = make(req.query['off'] !== undefined);
  res.json(await agent.getCampaigns());
});

router.get('/caught', async (req, res) => {
  try {
    res.json(await make(req.query['off'] !== undefined).getCampaigns());
  } catch (error) {
    res.status(500).json({ caught: (error as Error).message });
  }
});

router.get('/region/:region', async (req, res) => {
  const agent = makeOrNull(req.params.region);
  if (!agent) {
    res.status(404).json({ error: 'No such region' });
    return;
  }
  res.json(await agent.getCampaigns());
});

router.get('/later', async (req, res) => {
  const agent = await makeLater(req.query['off'] !== undefined);
  res.json((await agent?.getCampaigns()) ?? 'off');
});

router.get('/held', async (_req, res) => {
  res.json(await listHeld());
});

router.get('/asserted', async (req, res) => {
  const agent = asserted(req.query['off'] === undefined);
  res.json(await agent.getCampaigns());
});

router.get('/either', async (req, res) => {
  const agent = eitherWay(req.query['off'] !== undefined);
  res.json(await agent.getCampaigns());
});

router.get('/first', async (req, res) => {
  const agent = firstAsked(req.query['off'] === undefined);
  res.json(await agent.getCampaigns());
});

router.get('/switch/:kind', async (req, res) => {
  const agent = bySwitch(req.params.kind);
  res.json((await agent?.getCampaigns()) ?? 'none');
});

router.get('/behind/:kind', async (req, res) => {
  const agent = behindSwitch(req.params.kind);
  res.json(await agent.getCampaigns());
});

router.get('/choice', async (req, res) => {
  const agent = inChoice(req.query['off'] !== undefined);
  res.json((await agent?.getCampaigns()) ?? 'off');
});

router.get('/unless', async (req, res) => {
  const agent = getUnlessOff(req.query['off'] !== undefined);
  res.json(await agent.getCampaigns());
});
`;

const KINDS = ['/switch/ads', '/switch/none', '/switch/other', '/behind/ads', '/behind/other'];

const REQUESTS = ['/made', '/caught', '/later', '/unless', '/asserted', '/either', '/first', '/choice']
  .flatMap((path) => [`GET ${path}`, `GET ${path}?off=1`])
  .concat(KINDS.map((path) => `GET ${path}`));

const LEFT = `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export const state = { isOff: false, made: 0 };

let client: FacebookAdsAgent | undefined;
export function getClient(): FacebookAdsAgent {
  if (!client) {
    if (state.isOff) throw new Error('Off');
    client = new FacebookAdsAgent(); // left: agent-kept
  }
  return client;
}

/** What held when the first was built need not hold later: a shutdown may take the environment away. */
let regional: FacebookAdsAgent | undefined;
export function getRegional(): FacebookAdsAgent {
  if (!regional) {
    if ((process.env['ADS_REGION'] ?? 'eu') === '') throw new Error('No region');
    regional = new FacebookAdsAgent(); // left: agent-kept
  }
  return regional;
}

export function counted(): FacebookAdsAgent {
  state.made += 1;
  return new FacebookAdsAgent(); // left: returned-with-work
}

const other = new Map<string, FacebookAdsAgent>();
export function chosen(id: string): FacebookAdsAgent | undefined {
  if (other.has(id)) return other.get(id);
  return new FacebookAdsAgent(); // left: returned-with-work
}

export function eitherWay(id: string): FacebookAdsAgent | undefined {
  if (id === 'new') {
    state.made += 1;
    return new FacebookAdsAgent(); // left: returned
  } else {
    return other.get(id);
  }
}

const isReady = () => (state.made += 1) > 0;
export function firstAsked(): FacebookAdsAgent {
  if (isReady()) return new FacebookAdsAgent(); // left: returned
  throw new Error('Off');
}

export function bySwitch(id: string): FacebookAdsAgent | undefined {
  switch (id) {
    case 'new':
      state.made += 1;
      break;
    case 'ads':
      return new FacebookAdsAgent(); // left: returned
    default:
      return other.get(id);
  }
}

export function askedBySwitch(): FacebookAdsAgent {
  switch (isReady()) {
    case true:
      return new FacebookAdsAgent(); // left: returned
    default:
      throw new Error('Off');
  }
}

export const inChoice = (id: string) => other.get(id) ?? new FacebookAdsAgent(); // left: returned

export function changed(isOff: boolean): FacebookAdsAgent {
  if (isOff) throw new Error('Off');
  return new FacebookAdsAgent(); // left: agent-changed
}
`;

const LEFT_HANDLERS = `
router.get('/client', async (_req, res) => {
  const agent = getClient();
  state.isOff = true;
  res.json(await agent.getCampaigns());
});

router.get('/counted', async (_req, res) => {
  const agent = counted();
  res.json([state.made, await agent.getCampaigns()]);
});

router.get('/chosen/:id', async (req, res) => {
  const agent = chosen(req.params.id);
  res.json((await agent?.getCampaigns()) ?? null);
});

router.get('/either/:id', async (req, res) => {
  const agent = eitherWay(req.params.id);
  res.json((await agent?.getCampaigns()) ?? null);
});

router.get('/first', async (_req, res) => {
  const agent = firstAsked();
  res.json([state.made, await agent.getCampaigns()]);
});

router.get('/switch/:id', async (req, res) => {
  const agent = bySwitch(req.params.id);
  res.json((await agent?.getCampaigns()) ?? null);
});

router.get('/asked', async (_req, res) => {
  const agent = askedBySwitch();
  res.json([state.made, await agent.getCampaigns()]);
});

router.get('/choice/:id', async (req, res) => {
  const agent = inChoice(req.params.id);
  res.json(await agent.getCampaigns());
});

router.get('/changed/:name', async (req, res) => {
  const agent = changed(false);
  agent.token = req.params.name;
  res.json(await agent.whoAmI());
});
`;

/** A file of routes with one more import. */
function routesWith(names: string, handlers: string): string {
  return (
    ROUTES.replace(/.*FacebookAdsAgent.*\n/, '').replace(
      '\nexport',
      `import { ${names} } from '../clients%ext';\n\nexport`,
    ) + handlers.slice(1)
  );
}

/** Trees whose functions ask whether they may build an agent. */
export const guardedBuilderTrees: readonly Tree[] = [
  {
    name: 'builders that ask whether they may',
    // What is kept of one run is there in the next.
    failures: ['connect', 'none'],
    requests: REQUESTS,
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      'clients.ts': CLIENTS,
      'routes/main.ts': routesWith(
        'asserted, behindSwitch, bySwitch, eitherWay, firstAsked, getClient, getUnlessOff, inChoice, listHeld, make, makeLater, makeOrNull',
        HANDLERS,
      ),
    },
  },
  {
    name: 'builders that do more than ask',
    failures: ['none'],
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      'clients.ts': LEFT,
      'routes/main.ts': routesWith(
        'askedBySwitch, bySwitch, changed, chosen, counted, eitherWay, firstAsked, getClient, inChoice, state',
        LEFT_HANDLERS,
      ),
    },
  },
  {
    name: 'builders that ask beside a cache that connects',
    failures: ['none'],
    files: {
      'clients.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export function make(isOff: boolean): FacebookAdsAgent {
  if (isOff) throw new Error('Off');
  return new FacebookAdsAgent(); // left: returned-with-work
}
`,
      'routes/main.ts': routesWith(
        'make',
        `
router.get('/made', async (req, res) => {
  const agent = make(req.query['off'] !== undefined);
  res.json(await agent.getCampaigns());
});
`,
      ),
    },
  },
];
