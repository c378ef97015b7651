import { writtenCache } from '../support/written-cache.ts';
import type { Failure, Tree } from '../support/tree.ts';
import { ROUTES, routes, TASKS } from './pieces.ts';

/** What is kept of one run is there in the next, so that no constructor fails in that. */
const BUILT_ONCE: readonly Failure[] = ['connect', 'none'];

const CLIENTS = `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

let client: FacebookAdsAgent | undefined;

/** The one client. */
export function getClient(): FacebookAdsAgent {
  if (!client) {
    console.warn('building the client');
    client = new FacebookAdsAgent();
    console.warn('built', client !== undefined);
  }
  return client;
}

let pending: FacebookAdsAgent | null = null;

export async function getLater() {
  if (pending !== null) return pending;
  return (pending = new FacebookAdsAgent());
}

export class Clients {
  private static instance?: FacebookAdsAgent;

  static get(): FacebookAdsAgent {
    if (Clients.instance === undefined) Clients.instance = new FacebookAdsAgent();
    return Clients.instance;
  }
}

let guarded: FacebookAdsAgent | undefined,
  other = 3;

export function getGuarded(): FacebookAdsAgent {
  try {
    guarded = guarded ?? new FacebookAdsAgent();
    return guarded;
  } catch {
    throw Object.assign(new Error('Facebook API unavailable'), { status: 503 });
  }
}

export const limit = () => other++;

export const getHidden = (() => {
  // Nobody else gets at it.
  let hidden: FacebookAdsAgent | undefined;

  return function getHidden(): FacebookAdsAgent {
    if (!hidden) hidden = new FacebookAdsAgent();
    return hidden;
  };
})();

export const getTyped: () => FacebookAdsAgent = (function () {
  let typed: FacebookAdsAgent;
  return () => (typed ??= new FacebookAdsAgent());
})();
`;

/** Where the getter gives a promise as well. */
const PROMISED = `
let promised: Promise<FacebookAdsAgent> | undefined;
export const getPromised = () => (promised ??= Promise.resolve(new FacebookAdsAgent()));
`;

const PROMISED_ROUTES = `import { Router } from 'express';
import { getPromised } from '../clients%ext';

export const router = Router();

router.get('/promised', async (_req, res) => {
  const agent = await getPromised();
  res.json(await agent.getCampaigns());
});
`;

const HANDLERS = `
let own: FacebookAdsAgent | undefined;
const getOwn = () => own || (own = new FacebookAdsAgent());

const getInner = (() => {
  let inner: FacebookAdsAgent | null = null;
  return () => (inner ??= new FacebookAdsAgent());
})();

class Service {
  #agent: FacebookAdsAgent | undefined;

  agent() {
    return this.#agent ? this.#agent : (this.#agent = new FacebookAdsAgent());
  }

  async list() {
    const agent = this.agent();
    return agent.getCampaigns();
  }
}

const service = new Service();

router.get('/own', async (_req, res) => {
  const agent = getOwn();
  res.json(await agent.getCampaigns());
});

router.get('/inner', async (_req, res) => {
  res.json([await getInner().getCampaigns(), await getHidden().getCampaigns()]);
});

router.get('/typed', async (_req, res) => {
  res.json(await getTyped().getCampaigns());
});

router.get('/own/:id', async (req, res) => {
  res.json(await getOwn().getCampaign(req.params.id));
});

router.get('/service', async (_req, res) => {
  res.json(await service.list());
});

router.get('/client/:id', async (req, res) => {
  const agent = getClient();
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/later', async (_req, res) => {
  const agent = await getLater();
  res.json(await agent.getCampaigns());
});

router.get('/static', async (_req, res) => {
  const agent = Clients.get();
  res.json(await agent.getCampaigns());
});

router.get('/guarded', async (_req, res) => {
  const agent = getGuarded();
  res.json([limit() > 0, await agent.getCampaigns()]);
});
`;

const IMPORTS =
  "import { Clients, getClient, getGuarded, getHidden, getLater, getTyped, limit } from '../clients%ext';\n\nexport";

const WORK = `let ofTask: FacebookAdsAgent | undefined;

function taskClient(): FacebookAdsAgent {
  ofTask ??= new FacebookAdsAgent();
  return ofTask;
}

export async function collect() {
  const agent = taskClient();
  return agent.getCampaigns();
}
`;

const IN_COMMON_JS = `const { Router } = require('express');
const { getClient } = require('../clients%ext');

const router = Router();

router.get('/client', async (_req, res) => {
  const client = getClient();
  res.json(await client.getCampaigns());
});

exports.router = router;
`;

const LEFT_CLIENTS = `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

let forTests: FacebookAdsAgent | undefined;
export function getForTests(): FacebookAdsAgent {
  if (!forTests) forTests = new FacebookAdsAgent(); // left: kept-and-used
  return forTests;
}
export function reset(): void {
  forTests = undefined;
}

export let shown: FacebookAdsAgent | undefined;
export function getShown(): FacebookAdsAgent {
  return (shown ??= new FacebookAdsAgent()); // left: agent-kept
}

export const { getReset, resetIt } = (() => {
  let kept: FacebookAdsAgent | undefined;
  const resetIt = () => {
    kept = undefined;
  };
  return {
    resetIt,
    getReset: () => (kept ??= new FacebookAdsAgent()), // left: kept-and-used
  };
})();

export const getExpiring = (() => {
  let kept: FacebookAdsAgent | undefined;
  const calls = { left: 2 };
  return () => {
    if (calls.left-- === 0) kept = undefined;
    return (kept ??= new FacebookAdsAgent()); // left: agent-kept
  };
})();

export const getBeside = (() => {
  let beside: FacebookAdsAgent | undefined;
  const names = ['beside'];
  return () => (beside ??= new FacebookAdsAgent()); // left: agent-kept
})();

type Getter = () => FacebookAdsAgent;
export const getNamed: Getter = (() => {
  let kept: FacebookAdsAgent | undefined;
  return () => (kept ??= new FacebookAdsAgent()); // left: type-allows-no-promise
})();

const withOwn = () => {
  let kept: FacebookAdsAgent | undefined;
  return () => (kept ??= new FacebookAdsAgent()); // left: agent-kept
};
export const [getFirst, getSecond] = [withOwn(), withOwn()];

let signed: FacebookAdsAgent | undefined;
export function getSigned(): FacebookAdsAgent { // left: factory-used-elsewhere
  return (signed ??= new FacebookAdsAgent());
}

let later: FacebookAdsAgent | undefined;
export async function getLater(): Promise<FacebookAdsAgent> { // left: factory-used-elsewhere
  return (later ??= new FacebookAdsAgent());
}

let chosen: FacebookAdsAgent | undefined;
export function getChosen(name: string): FacebookAdsAgent {
  if (!chosen || name === 'new') chosen = new FacebookAdsAgent(); // left: agent-kept
  return chosen;
}

let given: FacebookAdsAgent | undefined;
export function keep(agent: FacebookAdsAgent): FacebookAdsAgent {
  if (!given) given = agent;
  return given;
}

export class Clients {
  static instance?: FacebookAdsAgent;
  static get(): FacebookAdsAgent {
    return (Clients.instance ??= new FacebookAdsAgent()); // left: kept-in-open-field
  }
}

export class Service {
  private agent?: FacebookAdsAgent;

  async list() {
    return await this.get().getCampaigns();
  }

  private get(): FacebookAdsAgent {
    return (this.agent ??= new FacebookAdsAgent()); // left: kept-in-open-field
  }
}
`;

const LEFT_ROUTES = `import { Clients, getChosen, getForTests, getLater, getShown, getSigned, keep, reset, shown } from '../clients%ext';

getSigned().setToken('start'); // left: used-at-load
const started = await getLater(); // left: kept-from-load
started.useAccount('act_7');

let closed: FacebookAdsAgent | undefined;
const getClosed = () => (closed ??= new FacebookAdsAgent()); // left: factory-still-used

export`;

const LEFT_HANDLERS = `
router.get('/tests', async (_req, res) => {
  const agent = getForTests();
  res.json(await agent.getCampaigns());
  reset();
});

router.get('/shown', async (_req, res) => {
  const agent = getShown();
  res.json([shown === agent, await agent.getCampaigns()]);
});

router.get('/signed', async (_req, res) => {
  const agent = getSigned(); // left: called-factory-stays
  res.json(await agent.whoAmI());
});

router.get('/later', async (_req, res) => {
  const agent = await getLater();
  res.json(await agent.whoAmI());
});

router.get('/chosen/:name', async (req, res) => {
  const agent = getChosen(req.params.name);
  res.json(await agent.getCampaigns());
});

router.get('/static', async (_req, res) => {
  const agent = Clients.get();
  res.json([Clients.instance === agent, await agent.getCampaigns()]);
});

router.get('/given', async (_req, res) => {
  const agent = keep(new FacebookAdsAgent()); // left: agent-kept
  res.json(await agent.getCampaigns());
});

router.get('/closed', async (_req, res) => {
  const agent = getClosed(); // left: kept-for-all-calls
  res.json(await agent.getCampaigns());
});

router.get('/close', async (_req, res) => {
  await getClosed().close(); // left: agent-closed
  res.json('closed');
});
`;

/** Trees whose functions keep the one agent that they build. */
export const ownMemoTrees: readonly Tree[] = [
  {
    name: 'functions that keep the one agent that they build',
    failures: BUILT_ONCE,
    files: {
      'clients.ts': CLIENTS + PROMISED,
      'routes/promised.ts': PROMISED_ROUTES,
      'routes/main.ts': `${ROUTES.replace('\nexport', IMPORTS)}${HANDLERS.slice(1)}`,
      'tasks/main.ts': TASKS + WORK,
    },
  },
  {
    name: 'functions that keep their agent in CommonJS',
    failures: BUILT_ONCE,
    flavour: 'cjs',
    files: {
      'clients.js': `const { FacebookAdsAgent } = require('./agents/facebook-ads-agent%ext');

let client = null;

function getClient() {
  if (client === null) {
    client = new FacebookAdsAgent();
  }
  return client;
}

module.exports = { getClient };
`,
      'routes/main.js': IN_COMMON_JS,
    },
  },
  {
    name: 'functions that keep their agent beside a getter that gives it at once',
    config: { sync: true },
    failures: BUILT_ONCE,
    files: {
      'utils/agent-cache.ts': writtenCache('ts', { sync: true }),
      'clients.ts': CLIENTS,
      'routes/main.ts': `${ROUTES.replace('\nexport', IMPORTS)}${HANDLERS.slice(1)}`,
      'tasks/main.ts': TASKS + WORK,
    },
  },
  {
    name: 'agents that are kept for all calls, and used beside that',
    failures: ['none'],
    files: {
      'clients.ts': LEFT_CLIENTS,
      'routes/main.ts': `${routes('').replace('export', LEFT_ROUTES)}${LEFT_HANDLERS.slice(1)}`,
    },
  },
];
