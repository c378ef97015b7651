import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** The head of the file of an agent of its own: what every tree's agent counts. */
const PROBE = `interface Probe {
  constructed: number;
}

const probe = (globalThis as unknown as { agentProbe: Probe }).agentProbe;
`;

/** The members that the cache and the probe need of an agent. */
const MEMBERS = `  constructor() {
    probe.constructed++;
  }

  async connect(): Promise<void> {
    await Promise.resolve();
  }
`;

function agent(members: string, beside = ''): string {
  return `${PROBE}${beside}
export class FacebookAdsAgent {
${MEMBERS}${members}}
`;
}

/** A route that calls the agent with what the request says, and answers what the agent shows then. */
function call(name: string, code: string, left = true): string {
  return `router.get('/${name}/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();${left ? ' // left: agent-keeps-argument' : ''}
  ${code}
});
`;
}

const KEEPERS = agent(
  `  account = '';
  readonly http = { defaults: { headers: new Map<string, string>() } };
  headers: Record<string, string> = {};
  tags: string[] = [];
  #secret = '';

  setAccount(id: string): void {
    this.account = id;
  }

  setHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  bearer(token: string): void {
    const { http } = this;
    http.defaults.headers.set('authorization', token);
  }

  async loginAs(user: string): Promise<void> {
    const session = await open(user);
    this.headers = { session };
  }

  async login(user: string): Promise<boolean> {
    const self = this;
    return await open(user).then(function (session) {
      self.account = session;
      return true;
    });
  }

  tag(...tags: string[]): number {
    tags.forEach((tag) => this.tags.push(tag));
    return tags.length;
  }

  swap(pair: { id: string }): boolean {
    ({ id: this.account } = pair);
    return true;
  }

  each(ids: string[]): boolean {
    for (this.account of ids) continue;
    return true;
  }

  eachOf(ids: string[]): boolean {
    ids.forEach(function (this: FacebookAdsAgent, id) {
      this.account = id;
    }, this);
    return true;
  }

  eachOfOwn(id: string): boolean {
    [id, id.trim()].forEach(function (this: FacebookAdsAgent, each) {
      this.account = each;
    }, this);
    return true;
  }

  assign(id: string): boolean {
    Object.assign(this, { account: id });
    return Reflect.set(this, 'last', id);
  }

  private(id: string): boolean {
    this.#secret = id;
    return true;
  }

  helped(id: string): boolean {
    return stamp(this, id);
  }

  beside(id: string): boolean {
    known.set(this, id);
    return true;
  }

  arrow = (id: string): boolean => {
    this.account = id;
    return true;
  };

  async getCampaigns(): Promise<string[]> {
    return [this.account, this.#secret, known.get(this) ?? '', ...Object.values(this.headers), ...this.http.defaults.headers.values(), ...this.tags];
  }
`,
  `
const known = new WeakMap<object, string>();

async function open(user: string): Promise<string> {
  return user;
}

function stamp(target: { account: string }, id: string): boolean {
  target.account = id;
  return true;
}
`,
);

const answer = 'res.json(await agent.getCampaigns());';

const keeping: Tree = {
  name: 'methods that keep what they are given',
  files: {
    'agents/facebook-ads-agent.ts': KEEPERS,
    'routes/main.ts': routes(`
${call('assigned', `agent.setAccount(req.params.id);\n  ${answer}`)}
${call('header', `agent.setHeader('authorization', req.params.id);\n  ${answer}`)}
${call('bearer', `agent.bearer(req.params.id);\n  ${answer}`)}
${call('login-as', `await agent.loginAs(req.params.id);\n  ${answer}`)}
${call('login', `if (await agent.login(req.params.id)) ${answer}`)}
${call('tags', `agent.tag('a', req.params.id);\n  ${answer}`)}
${call('swap', `if (agent.swap({ id: req.params.id })) ${answer}`)}
${call('each', `if (agent.each(['0', req.params.id])) ${answer}`)}
${call('each-of', `if (agent.eachOf([req.params.id])) ${answer}`)}
${call('each-of-own', `if (agent.eachOfOwn(req.params.id)) ${answer}`)}
${call('assign', `if (agent.assign(req.params.id)) ${answer}`)}
${call('private', `if (agent.private(req.params.id)) ${answer}`)}
${call('helped', `if (agent.helped(req.params.id)) ${answer}`)}
${call('beside', `if (agent.beside(req.params.id)) ${answer}`)}
${call('arrow', `if (agent.arrow(req.params.id)) ${answer}`)}
router.get('/read', async (_req, res) => {
  res.json(await new FacebookAdsAgent().getCampaigns());
});
`),
  },
};

const CURSORS = agent(`  private account = '';
  private page = 0;
  private filters: string[] = [];
  private readonly accounts = ['a', 'b'];
  mails: string[] = [];
  running = false;

  async next(): Promise<number> {
    this.page += 1;
    return this.page;
  }

  async all(): Promise<string[]> {
    const rows: string[] = [];
    for (const account of this.accounts) {
      this.account = account;
      rows.push(await this.read());
    }
    return rows;
  }

  where(filter: string): this {
    this.filters.push(filter);
    return this;
  }

  async run(): Promise<string> {
    await Promise.resolve();
    return this.filters.join();
  }

  async load(): Promise<number> {
    await Promise.resolve();
    this.mails.push('mail');
    return 1;
  }

  count(): number {
    return this.mails.length;
  }

  async job(): Promise<string> {
    if (this.running) return 'running';
    this.running = true;
    await Promise.resolve();
    this.running = false;
    return 'done';
  }

  async describe(): Promise<string> {
    return this.accounts.join();
  }

  private async read(): Promise<string> {
    await Promise.resolve();
    return this.account;
  }
`);

const cursors: Tree = {
  name: 'agents that are cursors or builders',
  files: {
    'agents/facebook-ads-agent.ts': CURSORS,
    'routes/main.ts': routes(`
router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-is-cursor
  res.json(await agent.all());
});

router.get('/pages', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-is-cursor
  res.json([await agent.next(), await agent.next()]);
});

router.get('/where/:id', async (req, res) => {
  res.json(await new FacebookAdsAgent().where(req.params.id).run()); // left: agent-keeps-argument
});

router.get('/mails', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-state-read
  await agent.load();
  res.json(agent.mails);
});

router.get('/load', async (_req, res) => {
  res.json(await new FacebookAdsAgent().load());
});

router.get('/count', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-reads-others
  await agent.load();
  res.json(agent.count());
});

router.get('/job', async (_req, res) => {
  res.json(await new FacebookAdsAgent().job()); // left: agent-is-cursor
});

router.get('/describe', async (_req, res) => {
  res.json(await new FacebookAdsAgent().describe());
});
`),
  },
};

const HARMLESS = agent(
  `  #account: Promise<string> | undefined;
  #client: Client | undefined;
  readonly #idle: Client[] = [];
  readonly #options = { limit: 2, deep: { tags: ['a'] } };
  #calls = 0;

  get account(): Promise<string> {
    return (this.#account ??= this.#load());
  }

  async client(): Promise<string> {
    if (!this.#client) {
      this.#client = new Client();
      await this.#client.open();
    }
    return await this.#client.get('client');
  }

  async pooled(id: string): Promise<string> {
    const client = this.#idle.pop() ?? new Client();
    try {
      return await client.get(id);
    } finally {
      this.#idle.push(client);
    }
  }

  async counted(id: string): Promise<string> {
    this.#calls++;
    return await Promise.resolve(id);
  }

  body(id: string): string {
    const body: Record<string, unknown> = { ...this.#options };
    body['id'] = id;
    const tags = [...this.#options.deep.tags];
    tags.push(id);
    return JSON.stringify({ ...body, tags });
  }

  async sent(id: string): Promise<string[]> {
    const seen = new Set<string>();
    for (const each of [id, id]) seen.add(each);
    return await Promise.all([...seen].map(async (each) => await Promise.resolve(each)));
  }

  async #load(): Promise<string> {
    await Promise.resolve();
    return 'account';
  }
`,
  `
class Client {
  #opened = false;

  async open(): Promise<void> {
    if (this.#opened) return;
    await Promise.resolve();
    this.#opened = true;
  }

  async get(id: string): Promise<string> {
    await this.open();
    return id;
  }
}
`,
);

const harmless: Tree = {
  name: 'methods that look as if they kept something',
  failures: ['none'],
  files: {
    'agents/facebook-ads-agent.ts': HARMLESS,
    'routes/main.ts': routes(`
router.get('/account', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.account);
});

${call('client', 'res.json([req.params.id, await agent.client()]);', false)}
${call('pooled', 'res.json(await agent.pooled(req.params.id));', false)}
${call('counted', 'res.json(await agent.counted(req.params.id));', false)}
${call('body', 'res.json(agent.body(req.params.id));', false)}
${call('sent', 'res.json(await agent.sent(req.params.id));', false)}
`),
  },
};

const CONTEXT = `import { AsyncLocalStorage } from 'node:async_hooks';

export const context = new AsyncLocalStorage<{ token: string }>();

export const currentToken = (): string => context.getStore()?.token ?? 'nobody';
`;

const ambient: Tree = {
  name: 'a constructor that reads what differs by request',
  files: {
    'context.ts': CONTEXT,
    'agents/facebook-ads-agent.ts': `${PROBE.replace('interface', "import { currentToken } from '../context%ext';\n\ninterface")}
class Base {
  protected readonly token = currentToken();
}

export class FacebookAdsAgent extends Base {
  constructor() {
    super();
    probe.constructed++;
  }

  async connect(): Promise<void> {
    await Promise.resolve();
  }

  async getCampaigns(): Promise<string[]> {
    return [this.token];
  }
}
`,
    'routes/main.ts': routes(`
import { context } from '../context%ext';

router.use((req, _res, next) => context.run({ token: req.path }, next));

router.get('/campaigns/:id', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: constructor-reads-request
  res.json(await agent.getCampaigns());
});
`),
  },
};

const ambientMethod: Tree = {
  name: 'methods that read what differs by request, and constructors that read what does not',
  failures: ['none'],
  files: {
    'context.ts': CONTEXT,
    'settings.ts': "export const settings = { region: 'eu', retries: 3 };\n",
    'agents/facebook-ads-agent.ts': `${PROBE.replace('interface', "import { currentToken } from '../context%ext';\nimport { settings } from '../settings%ext';\n\ninterface")}
let built = 0;

export class FacebookAdsAgent {
  readonly id: boolean;
  readonly region = settings.region;
  readonly version = process.env['GRAPH_VERSION'] ?? 'v24.0';

  constructor() {
    probe.constructed++;
    built += 1;
    this.id = built > 0;
  }

  async connect(): Promise<void> {
    await Promise.resolve();
  }

  async getCampaigns(): Promise<unknown[]> {
    const token = currentToken();
    return [token, this.id, this.region, this.version];
  }
}
`,
    'routes/main.ts': routes(`
import { context } from '../context%ext';

router.use((req, _res, next) => context.run({ token: req.path }, next));

router.get('/campaigns/:id', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`),
  },
};

const tenant: Tree = {
  name: 'a constructor that reads what handlers set',
  files: {
    'settings.ts': "export const settings = { tenant: '' };\n",
    'agents/facebook-ads-agent.ts': `${PROBE.replace('interface', "import { settings } from '../settings%ext';\n\ninterface")}
export class FacebookAdsAgent {
  readonly #tenant: string;

  constructor(tenant = settings.tenant) {
    probe.constructed++;
    this.#tenant = tenant;
  }

  async connect(): Promise<void> {
    await Promise.resolve();
  }

  async getCampaigns(): Promise<string[]> {
    return [this.#tenant];
  }
}
`,
    'routes/main.ts': routes(`
import { settings as known } from '../settings%ext';

router.get('/campaigns/:id', async (req, res) => {
  known.tenant = req.params.id;
  const agent = new FacebookAdsAgent(); // left: constructor-reads-request
  res.json(await agent.getCampaigns());
});
`),
  },
};

const streams: Tree = {
  name: 'agents that can be used once, or are closed by a loop',
  files: {
    'agents/facebook-ads-agent.ts': `${PROBE.replace('interface', "import { Transform, type TransformCallback } from 'node:stream';\n\ninterface")}
export class FacebookAdsAgent extends Transform {
  bytes = 0;

  constructor() {
    super();
    probe.constructed++;
  }

  async connect(): Promise<void> {
    await Promise.resolve();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    done(null, chunk);
  }
}
`,
    'routes/main.ts': routes(`
async function count(stream: FacebookAdsAgent): Promise<number> {
  for await (const _ of stream) continue;
  return stream.bytes;
}

router.get('/length', async (_req, res) => {
  const counter = new FacebookAdsAgent(); // left: class-used-once
  res.json(counter.readableLength);
});

router.post('/count', async (req, res) => {
  const counter = new FacebookAdsAgent(); // left: class-used-once
  res.json(await count(req.pipe(counter)));
});
`),
  },
};

const disposed: Tree = {
  name: 'agents that a loop disposes of',
  files: {
    'routes/main.ts': routes(`
router.get('/one', async (_req, res) => {
  for (await using agent of [new FacebookAdsAgent()]) res.json(await agent.getCampaigns()); // left: agent-closed
});

router.get('/two', async (_req, res) => {
  const agents = [new FacebookAdsAgent()]; // left: agent-closed
  for (await using agent of agents) res.json(await agent.getCampaigns());
});

router.get('/plain', async (_req, res) => {
  for (const agent of [new FacebookAdsAgent()]) res.json(await agent.getCampaigns());
});
`),
  },
};

/** What calls and constructors leave in an agent, and what only looks as if they did. */
export const stateTrees: readonly Tree[] = [
  keeping,
  cursors,
  harmless,
  ambient,
  ambientMethod,
  tenant,
  streams,
  disposed,
];
