import { LIMITED_CACHE } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Factories that are given to other code under their name, or where they are written. */
export const passedFactoryTrees: readonly Tree[] = [
  {
    name: 'factories given to what awaits their agent',
    untouched: ['lib/run.ts'],
    files: {
      'lib/agents.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function importedAgent() {
  return new FacebookAdsAgent();
}

export const guardedAgent = () => {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw cause;
  }
};
`,
      'lib/run.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export async function campaignsOf(make: () => FacebookAdsAgent | Promise<FacebookAdsAgent>) {
  const agent = await make();
  return agent.getCampaigns();
}

export async function made(make: () => Promise<FacebookAdsAgent>) {
  await Promise.resolve();
  return make();
}
`,
      'routes/main.ts': routes(`
import { guardedAgent, importedAgent } from '../lib/agents%ext';
import { campaignsOf, made } from '../lib/run%ext';

interface Options {
  timeout?: number;
}

const DEFAULTS: Options = {};

const plainAgent = (_options: Options = DEFAULTS) => new FacebookAdsAgent();

async function asyncAgent({ timeout = 5 }: Options = {}) {
  return new FacebookAdsAgent();
}

router.get('/plain', async (_req, res) => {
  res.json(await campaignsOf(plainAgent));
});

router.get('/options', async (_req, res) => {
  const agent = plainAgent({ timeout: 1 });
  res.json(await agent.getCampaigns());
});

router.get('/async', async (_req, res) => {
  res.json(await campaignsOf(asyncAgent));
});

router.get('/imported', async (_req, res) => {
  res.json(await campaignsOf(importedAgent));
});

router.get('/guarded', async (_req, res) => {
  res.json(await campaignsOf(guardedAgent));
});

router.get('/inline', async (_req, res) => {
  res.json(await campaignsOf(() => new FacebookAdsAgent()));
});

router.get('/inline-async', async (_req, res) => {
  const agent = await made(async () => new FacebookAdsAgent());
  res.json(await agent.getCampaigns());
});

router.get('/then', async (_req, res) => {
  const campaigns = await Promise.resolve({ timeout: 1 })
    .then(plainAgent)
    .then((agent) => agent.getCampaigns());
  res.json(campaigns);
});
`),
    },
  },
  {
    name: 'imported factories given by their name',
    files: {
      'lib/agents.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const makeAgent = () => new FacebookAdsAgent();

export const makeAsync = async () => new FacebookAdsAgent();

export const guardedAgent = () => {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw cause;
  }
};
`,
      'utils/agent-cache.ts': LIMITED_CACHE.replaceAll('%ext', '.ts'),
      'routes/main.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { guardedAgent, makeAgent, makeAsync } from '../lib/agents%ext';
import * as agents from '../lib/agents%ext';

export const router = Router();

router.get('/then', (_req, res, next) => {
  Promise.resolve(1)
    .then(makeAgent)
    .then((agent) => agent.getCampaigns())
    .then((campaigns) => res.json(campaigns))
    .catch(next);
});

router.get('/then-async', async (_req, res) => {
  res.json(await Promise.resolve(1).then(agents.makeAsync).then((agent) => agent.getCampaigns()));
});

router.get('/then-guarded', async (_req, res) => {
  const agent = await Promise.resolve(1).then(guardedAgent);
  res.json(await agent.getCampaigns());
});

router.get('/mapped', async (_req, res) => {
  const both = await Promise.all([1, 2].map(makeAgent));
  res.json(await Promise.all(both.map((agent) => agent.getCampaigns())));
});

router.get('/mapped-async', async (_req, res) => {
  const [first] = await Promise.all([1].map(makeAsync));
  res.json(await first?.getCampaigns());
});

async function account(make = makeAgent) {
  const agent = await make();
  return agent.whoAmI();
}

router.get('/default', async (_req, res) => {
  res.json(await account());
});

async function campaign({ id = '1', make = agents.makeAgent } = {}) {
  const agent = await make();
  return agent.getCampaign(id);
}

router.get('/default-in-pattern/:id', async (req, res) => {
  res.json(await campaign({ id: req.params.id }));
});

interface Tools {
  open?: () => FacebookAdsAgent | Promise<FacebookAdsAgent>;
  name: string;
}

async function named({ open = () => new FacebookAdsAgent(), name }: Tools) {
  const agent = await open();
  return { name, account: await agent.whoAmI() };
}

router.get('/default-in-place', async (_req, res) => {
  res.json(await named({ name: 'tools' }));
});

type Make = () => ReturnType<typeof makeAsync>;

async function typed(make: Make = makeAsync) {
  const agent = await make();
  return agent.whoAmI();
}

router.get('/typed', async (_req, res) => {
  res.json(await typed());
});
`,
    },
  },
  {
    name: 'imported factories given where they cannot follow',
    untouched: ['lib/agents.ts', 'lib/defaults.ts'],
    files: {
      'lib/agents.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const changed = () => new FacebookAdsAgent(); // left: factory-used-elsewhere

export const checked = () => new FacebookAdsAgent(); // left: factory-used-elsewhere

export const caught = () => new FacebookAdsAgent(); // left: factory-used-elsewhere

export const listed = () => new FacebookAdsAgent(); // left: factory-used-elsewhere

export const typed = () => new FacebookAdsAgent(); // left: factory-used-elsewhere

export const open = () => new FacebookAdsAgent(); // left: factory-used-elsewhere
`,
      'lib/defaults.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { open, typed } from './agents%ext';

export async function byType(make: () => FacebookAdsAgent = typed) { // left: passed-typed
  const agent = await make();
  return agent.whoAmI();
}

export async function byDefault(make = open) { // left: passed-default-untyped
  const agent = await make();
  return agent.whoAmI();
}
`,
      'routes/main.ts': `import { Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { byDefault, byType } from '../lib/defaults%ext';
import { caught, changed, checked, listed } from '../lib/agents%ext';

export const router = Router();

router.get('/changed/:id', async (req, res) => {
  const [agent] = await Promise.all([1].map(changed)); // left: agent-changed
  if (agent) agent.accountId = req.params.id;
  res.json(await agent?.whoAmI());
});

router.get('/checked/:id', async (req, res) => {
  const found = await Promise.resolve()
    .then(checked) // left: passed-awaited-early
    .then((agent) => {
      if (req.params.id === 'unknown') throw new RangeError('unknown');
      return agent.getCampaign(req.params.id);
    });
  res.json(found);
});

router.get('/caught/:id', async (req, res) => {
  const found = await Promise.resolve()
    .then(caught) // left: passed-awaited-early
    .then((agent) => agent.getCampaign(req.params.id).catch(() => null));
  res.json(found);
});

router.get('/listed', async (_req, res) => {
  const agents: FacebookAdsAgent[] = [1, 2].map(listed); // left: passed-unseen
  res.json(await Promise.all(agents.map((agent) => agent.whoAmI())));
});

router.get('/defaults', async (_req, res) => {
  res.json([await byType(), await byDefault()]);
});
`,
    },
  },
  {
    name: 'factories given to what does not do with a promise',
    files: {
      'routes/main.ts': routes(`
type MakeAgent = () => FacebookAdsAgent;

const makeAgent = () => new FacebookAdsAgent(); // left: factory-still-used

async function asyncAgent() { // left: factory-still-used
  return new FacebookAdsAgent();
}

function describe(make: MakeAgent) {
  return make().getCampaigns();
}

async function awaited(make: MakeAgent) {
  const agent = await make();
  return agent.getCampaigns();
}

async function changed(make: () => Promise<FacebookAdsAgent>, account: string) {
  const agent = await make();
  agent.accountId = account;
  return agent.getCampaigns();
}

async function made(make: () => Promise<FacebookAdsAgent>) {
  return make();
}

async function maybe(make: () => Promise<FacebookAdsAgent>) {
  try {
    return await make();
  } catch {
    return undefined;
  }
}

async function checked(make: () => Promise<FacebookAdsAgent>, account: unknown) {
  const agent = await make();
  if (!account) return [];
  return agent.getCampaigns();
}

router.get('/described', async (_req, res) => {
  res.json(await describe(makeAgent)); // left: passed-not-awaited
});

router.get('/awaited', async (_req, res) => {
  res.json(await awaited(() => new FacebookAdsAgent())); // left: passed-typed
});

router.get('/changed', async (req, res) => {
  res.json(await changed(asyncAgent, req.path)); // left: agent-changed
});

router.get('/made', async (req, res) => {
  const agent = await made(async () => new FacebookAdsAgent()); // left: agent-changed
  agent.accountId = req.path;
  res.json(await agent.getCampaigns());
});

router.get('/maybe', async (_req, res) => {
  const agent = await maybe(async () => new FacebookAdsAgent()); // left: passed-awaited-early
  res.json(agent ? await agent.getCampaigns() : []);
});

router.get('/checked', async (req, res) => {
  res.json(await checked(async () => new FacebookAdsAgent(), req.query.account)); // left: passed-awaited-early
});
`),
    },
  },
  {
    name: 'factories handed over in objects and to classes',
    untouched: ['lib/services.ts'],
    files: {
      'lib/services.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export type Make = () => FacebookAdsAgent | Promise<FacebookAdsAgent>;

export interface Tools {
  make: Make;
  name?: string;
}

interface Named extends Tools {
  name: string;
}

export class Reader {
  constructor(private readonly tools: Tools) {}

  async read(): Promise<unknown> {
    const agent = await this.tools.make();
    return agent.getCampaigns();
  }

  async one(id: string): Promise<unknown> {
    return (await this.tools.make()).getCampaign(id);
  }
}

class Base {
  protected readonly open: Make;

  constructor(open: Make) {
    this.open = open;
  }
}

export class Owner extends Base {
  readonly #name: string;

  constructor({ make, name }: Named) {
    super(make);
    this.#name = name;
  }

  async who(): Promise<unknown> {
    const agent = await this.open();
    return [this.#name, await agent.whoAmI()];
  }
}

export function campaignsOf(options: { tools: Readonly<Tools> }) {
  const { make } = options.tools;
  return async () => {
    const agent = await make();
    return agent.getCampaigns();
  };
}
`,
      'routes/main.ts': routes(`
import { campaignsOf, Owner, Reader, type Tools } from '../lib/services%ext';

const reader = new Reader({
  make() {
    return new FacebookAdsAgent();
  },
});

const make = () => new FacebookAdsAgent();

const named = new Owner({ make, name: 'named' });

const typed = new Owner({ make: (): FacebookAdsAgent => new FacebookAdsAgent(), name: 'typed' });

const tools: Tools = { name: 'tools', make: () => new FacebookAdsAgent() };

const campaigns = campaignsOf({ tools: { ...tools } });

const open = () => Promise.resolve(new FacebookAdsAgent());

function openLater(): Promise<FacebookAdsAgent> {
  return Promise.resolve(new FacebookAdsAgent());
}

const promised = new Reader({ make: () => Promise.resolve(new FacebookAdsAgent()) });

router.get('/promised', async (_req, res) => {
  const agent = await open();
  res.json([await agent.whoAmI(), await promised.read()]);
});

router.get('/later/:id', async (req, res) => {
  res.json(await openLater().then((agent) => agent.getCampaign(req.params.id)));
});

router.get('/read', async (_req, res) => {
  res.json(await reader.read());
});

router.get('/one/:id', async (req, res) => {
  res.json(await reader.one(req.params.id));
});

router.get('/owners', async (_req, res) => {
  res.json([await named.who(), await typed.who()]);
});

router.get('/campaigns', async (_req, res) => {
  res.json(await campaigns());
});

router.get('/async', async (_req, res) => {
  const own = new Reader({ make: async () => new FacebookAdsAgent() });
  res.json(await own.read());
});
`),
    },
  },
  {
    name: 'factories handed over in an object of CommonJS',
    flavour: 'cjs',
    files: {
      'lib/reader.js': `class Reader {
  constructor({ make, size }) {
    this.make = make;
    this.size = size;
  }

  async read() {
    const agent = await this.make();
    return (await agent.getCampaigns()).slice(0, this.size);
  }
}

module.exports = Reader;
`,
      'routes/main.js': `const { Router } = require('express');
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
const Reader = require('../lib/reader');

const router = Router();
const reader = new Reader({ make: () => new FacebookAdsAgent(), size: 5 });

router.get('/read', async (_req, res) => {
  res.json(await reader.read());
});

module.exports = { router };
`,
    },
  },
  {
    name: 'factories handed over to what does not do with a promise',
    files: {
      'lib/services.ts': `import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

interface Tools {
  make: () => FacebookAdsAgent | Promise<FacebookAdsAgent>;
}

export class Changing {
  constructor(private readonly tools: Tools) {}

  async who(account: string): Promise<unknown> {
    const agent = await this.tools.make();
    agent.accountId = account;
    return agent.whoAmI();
  }
}

export class Typed {
  constructor(private readonly tools: { make: () => FacebookAdsAgent }) {}

  async who(): Promise<unknown> {
    const agent = await this.tools.make();
    return agent.whoAmI();
  }
}

export class Early {
  constructor(private readonly tools: Tools) {}

  async one(id: string): Promise<unknown> {
    const agent = await this.tools.make();
    if (id === 'unknown') return undefined;
    return agent.getCampaign(id);
  }
}

export class AtOnce {
  constructor(protected readonly make: () => FacebookAdsAgent) {}

  who(): Promise<unknown> {
    return this.make().whoAmI();
  }
}
`,
      'routes/main.ts': routes(`
import { AtOnce, Changing, Early, Typed } from '../lib/services%ext';

const changing = new Changing({ make: () => new FacebookAdsAgent() }); // left: agent-changed
const typed = new Typed({ make: () => new FacebookAdsAgent() }); // left: passed-typed
const early = new Early({ make: () => new FacebookAdsAgent() }); // left: passed-awaited-early
const atOnce = new AtOnce(() => new FacebookAdsAgent()); // left: passed-not-awaited

router.get('/changing/:id', async (req, res) => {
  res.json(await changing.who(req.params.id));
});

router.get('/early/:id', async (req, res) => {
  res.json((await early.one(req.params.id)) ?? null);
});

router.get('/others', async (_req, res) => {
  res.json([await typed.who(), await atOnce.who()]);
});
`),
    },
  },
];
