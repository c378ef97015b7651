import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const BOTH = `const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);
`;

const BUS = `import { EventEmitter } from 'node:events';

export const bus = new EventEmitter();
export const other = new EventEmitter();
export const TENANT = 'tenant';
export const state = { id: '', seen: 0 };
`;

/** What one request sets where another one reads it, by way of other files. */
export const otherFileStateTrees: readonly Tree[] = [
  {
    name: 'what listeners of another file set for a request',
    files: {
      'bus.ts': BUS,
      'listen.ts': `import { bus, other, state, TENANT } from './bus%ext';

export function listen(): void {
  bus.on('id', (id: string) => {
    state.id = id;
  });
  bus.on(TENANT, (id: string) => {
    state.id = id;
  });
  bus.on('seen', () => {
    state.seen += 1;
  });
  other.on('other', (id: string) => {
    state.id = id;
  });
}
`,
      'routes/main.ts': routes(`
import { bus, other, state, TENANT } from '../bus%ext';
import { listen } from '../listen%ext';

${BOTH}
listen();

const byEvent = async (id: string) => {
  bus.emit('id', id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

const byNamedEvent = async (id: string) => {
  bus.emit(TENANT, id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

const byOtherEvent = async (id: string) => {
  bus.emit('other', id);
  other.emit('seen');
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(id);
};

router.get('/event', async (_req, res) => void res.json(await both(byEvent)));
router.get('/named', async (_req, res) => void res.json(await both(byNamedEvent)));
router.get('/other', async (_req, res) => void res.json(await both(byOtherEvent)));
`),
    },
  },
  {
    name: 'what a request sets where nothing is yet, and empties again',
    files: {
      'context.ts': `export const context: { id?: string | undefined; first?: string } = {};
`,
      'routes/main.ts': routes(`
import { context } from '../context%ext';

${BOTH}
const emptied = async (id: string) => {
  context.id ??= id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  try {
    return await agent.getCampaign(context.id);
  } finally {
    context.id = undefined;
  }
};

const kept = async (id: string) => {
  context.first ??= id;
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(context.first);
};

router.get('/emptied', async (_req, res) => void res.json(await both(emptied)));
router.get('/kept', async (_req, res) => void res.json(await both(kept)));
`),
    },
  },
  {
    name: 'what a request keeps under a key',
    files: {
      'routes/main.ts': routes(`
import { randomUUID } from 'node:crypto';

${BOTH}
const names = new Map<string, string>();
const lengths = new Map<string, number>();
const last = new Map<string, string>();
const jobs = new Map<string, string>();
const cleared = new Map<string, string>();
const counted = new Map<string, string>();
const table: Record<string, string> = {};

const memo = async (id: string) => {
  if (!names.has(id)) names.set(id, id.trim());
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(String(names.get(id)));
};

const found = async (id: string) => {
  const known = lengths.get(id);
  if (known === undefined) lengths.set(id, id.length);
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(String(lengths.get(id)));
};

let calls = 0;
const overwritten = async (id: string) => {
  last.set('last', id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(String(last.get('last')));
};

const job = async (id: string) => {
  const key = randomUUID();
  jobs.set(key, id);
  table[key] = id;
  calls += 1;
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(\`\${jobs.get(key)}\${table[key]}\`);
};

const clearing = async (id: string) => {
  const key = crypto.randomUUID();
  cleared.set(key, id);
  const agent = new FacebookAdsAgent();
  const campaign = await agent.getCampaign(String(cleared.get(key)));
  queueMicrotask(() => cleared.delete(key));
  return campaign;
};

const counting = () => {
  const key = randomUUID();
  return async (id: string) => {
    counted.set(key, id);
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(String(counted.get(key)));
  };
};
const oneKey = counting();

router.get('/memo', async (_req, res) => void res.json(await both(memo)));
router.get('/found', async (_req, res) => void res.json(await both(found)));
router.get('/overwritten', async (_req, res) => void res.json(await both(overwritten)));
router.get('/cleared', async (_req, res) => void res.json(await both(clearing)));
router.get('/counted', async (_req, res) => void res.json(await both(oneKey)));
router.get('/job', async (_req, res) => void res.json([await both(job), calls > 0]));
`),
    },
  },
  {
    name: 'agents that keep what they are given in another module',
    files: {
      'current.ts': `let current = '';
const known = new Map<string, string>();

export function setCurrent(id: string): void {
  current = id;
}

export function readCurrent(): string {
  return current;
}

export function remember(id: string): string {
  known.set(id, id.trim());
  return known.get(id) ?? '';
}
`,
      'agents/facebook-ads-agent.ts': `import { readCurrent, remember, setCurrent } from '../current%ext';

const probe = (globalThis as unknown as { agentProbe: { constructed: number } }).agentProbe;

export class FacebookAdsAgent {
  constructor() {
    probe.constructed++;
  }

  async connect(): Promise<void> {
    await Promise.resolve();
  }

  select(id: string): void {
    setCurrent(id);
  }

  async mine(): Promise<string> {
    const id = readCurrent();
    await Promise.resolve();
    return id;
  }

  async shown(id: string): Promise<string> {
    return \`<\${id}>\`;
  }

  async named(id: string): Promise<string> {
    await Promise.resolve();
    return remember(id);
  }
}
`,
      'routes/main.ts': routes(`
${BOTH}
const twoAgents = async (id: string) => {
  new FacebookAdsAgent().select(id); // left: agent-keeps-answer
  return await new FacebookAdsAgent().mine(); // left: set-before-agent
};

const named = async (id: string) => {
  const agent = new FacebookAdsAgent();
  return await agent.named(id);
};

const state = { id: '' };
const copied = async (id: string) => {
  state.id = id;
  const { id: own } = state;
  const agent = new FacebookAdsAgent();
  return await agent.shown(own);
};

router.get('/copied', async (_req, res) => void res.json(await both(copied)));
router.get('/two', async (_req, res) => void res.json(await both(twoAgents)));
router.get('/named', async (_req, res) => void res.json(await both(named)));
`),
    },
  },
  {
    name: 'services that keep what their agent reads for one request',
    files: {
      'services/reports.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Reports {
  private id = '';

  for(id: string): this {
    this.id = id;
    return this;
  }

  async load(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id);
  }

  async loadRead(): Promise<unknown> {
    const { id } = this;
    const agent = new FacebookAdsAgent();
    return await agent.getCampaign(id);
  }
}

export const reports = new Reports();

export function getReports(): Reports {
  return reports;
}
`,
      'services/given.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Given {
  private id = '';

  use(id: string): void {
    this.id = id;
  }

  async load(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id);
  }
}

export const given = new Given();
`,
      'services/own.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Own {
  private id = '';

  for(id: string): this {
    this.id = id;
    return this;
  }

  async load(): Promise<unknown> {
    const agent = new FacebookAdsAgent();
    return await agent.getCampaign(this.id);
  }
}

export function createOwn(): Own {
  return new Own();
}
`,
      'routes/main.ts': routes(`
import { type Given, given } from '../services/given%ext';
import { createOwn } from '../services/own%ext';
import { getReports, reports } from '../services/reports%ext';

${BOTH}
const serve = async (service: Given, id: string) => {
  service.use(id);
  return await service.load();
};

const got = async (id: string) => {
  const service = getReports();
  service.for(id);
  return await service.load();
};

router.get('/fluent', async (_req, res) => void res.json(await both((id) => reports.for(id).load())));
router.get('/got', async (_req, res) => void res.json(await both(got)));
router.get('/read', async (_req, res) => void res.json(await both((id) => reports.for(id).loadRead())));
router.get('/given', async (_req, res) => void res.json(await both((id) => serve(given, id))));
router.get('/own', async (_req, res) => void res.json(await both((id) => createOwn().for(id).load())));
router.get('/agent', async (_req, res) => void res.json(await new FacebookAdsAgent().getCampaigns()));
`),
    },
  },
  {
    name: 'services on which middleware sets what their agent reads',
    files: {
      'services/tenant.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Tenant {
  private id = '';

  become(id: string): void {
    this.id = id;
  }

  async load(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id);
  }
}

export const tenant = new Tenant();
`,
      'middleware.ts': `import type { NextFunction, Request, Response } from 'express';
import { tenant } from './services/tenant%ext';

export function becomes(req: Request, _res: Response, next: NextFunction): void {
  tenant.become(String(req.query['id'] ?? '7'));
  next();
}
`,
      'routes/main.ts': routes(`
import { becomes } from '../middleware%ext';
import { tenant } from '../services/tenant%ext';

router.use(becomes);
router.get('/tenant', async (_req, res) => {
  res.json(await tenant.load());
});
router.get('/agent', async (_req, res) => {
  res.json(await new FacebookAdsAgent().getCampaigns());
});
`),
    },
  },
  {
    name: 'services that come from where nobody can look, or without a type',
    files: {
      'services/held.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Held {
  private id = '';
  title = '';

  become(id: string): void {
    this.id = id;
  }

  call(title: string): void {
    this.title = title;
  }

  async load(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id || '7');
  }
}
`,
      'services/untyped.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Untyped {
  private id = '';
  title = '';

  become(id: string): void {
    this.id = id;
  }

  call(title: string): void {
    this.title = title;
  }

  async load(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id || '7');
  }
}
`,
      'services/called.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Called {
  private id = '';
  title = '';

  turn(id: string): void {
    this.id = id;
  }

  call(title: string): void {
    this.title = title;
  }

  async fetch(): Promise<unknown> {
    const agent = new FacebookAdsAgent();
    return await agent.getCampaign(this.id || '7');
  }
}
`,
      'container.ts': `const held = new Map<string, unknown>();

export const container = {
  set: (name: string, value: unknown) => void held.set(name, value),
  get: (name: string) => held.get(name),
};
`,
      'routes/main.ts': routes(`
import { container } from '../container%ext';
import { Called } from '../services/called%ext';
import { Held } from '../services/held%ext';
import { Untyped } from '../services/untyped%ext';

${BOTH}
container.set('held', new Held());
container.set('called', new Called());
const shared = new Untyped();

const byContainer = async (id: string) => {
  const service = container.get('held') as Held;
  service.become(id);
  return await service.load();
};

const serve = async (service: any, id: string) => {
  service.become(id);
  return await service.load();
};

const byTitle = async (id: string) => {
  const service = container.get('called') as Called;
  service.call(id);
  return await service.fetch();
};

router.get('/container', async (_req, res) => void res.json(await both(byContainer)));
router.get('/untyped', async (_req, res) => void res.json(await both((id) => serve(shared, id))));
router.get('/title', async (_req, res) => void res.json(await both(byTitle)));
`),
    },
  },
];
