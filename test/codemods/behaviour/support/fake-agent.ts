import type { Flavour } from './tree.ts';

/**
 * The agent of every tree. It is cheap to build and connects with its first call; what it does is seen, and told to
 * fail, by `globalThis.agentProbe`.
 */
const AGENT = `export interface Campaign {
  id: string;
  spend: number;
}

interface Probe {
  failure: string;
  constructed: number;
  connected: number;
}

const probe = (globalThis as unknown as { agentProbe: Probe }).agentProbe;

function failure(status: number, message: string): Error {
  return Object.assign(new Error(message), { status });
}

export class FacebookAdsAgent {
  accountId: string;
  token = 'default';
  options: { limit: number; tags: string[] } = { limit: 2, tags: [] };
  fetched: string[] = [];
  private closed = false;
  private connecting: Promise<void> | undefined;
  private listeners: Array<() => void> = [];

  constructor(settings: { accountId?: string } = {}) {
    probe.constructed++;
    if (probe.failure === 'construct') throw failure(503, 'Facebook API unavailable');
    this.accountId = settings.accountId ?? 'act_1';
  }

  static describe(): string {
    return 'agent';
  }

  connect(): Promise<void> {
    this.connecting ??= this.dial().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    return this.connecting;
  }

  async getCampaigns(status?: string, limit: number = this.options.limit): Promise<Campaign[]> {
    await this.connect();
    const all = [1, 2, 3].map((id) => ({ id: String(id), spend: id * 10, ...(status ? { status } : {}) }));
    return all.slice(0, limit);
  }

  async getCampaign(id: string): Promise<Campaign> {
    await this.connect();
    if (id === 'unknown') throw failure(404, 'No such campaign');
    this.fetched.push('campaign');
    return { id, spend: 70 };
  }

  get count(): number {
    return this.fetched.length;
  }

  async whoAmI(): Promise<string> {
    await this.connect();
    for (const listener of this.listeners) listener();
    return [this.accountId, this.token, this.options.tags.join()].join(':');
  }

  describe(): string {
    return this.accountId;
  }

  setToken(token: string): this {
    this.token = token;
    return this;
  }

  setAccessToken(token: string): void {
    this.token = token;
  }

  useAccount(accountId: string): void {
    this.accountId = accountId;
  }

  on(_event: string, listener: () => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private async dial(): Promise<void> {
    probe.connected++;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.closed) throw failure(500, 'The agent is closed');
    if (probe.failure === 'connect') throw failure(503, 'Facebook API unavailable');
  }
}

export default FacebookAdsAgent;
`;

const CACHE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

let entry: Promise<FacebookAdsAgent> | undefined;

async function create(): Promise<FacebookAdsAgent> {
  const agent = new FacebookAdsAgent();
  await agent.connect();
  return agent;
}

export interface CachedAgentProvider {
  getAgent(): Promise<FacebookAdsAgent>;
  invalidateCache(): void;
}

export async function getFacebookAgent(): Promise<FacebookAdsAgent> {
  entry ??= create();
  try {
    return await entry;
  } catch (error) {
    entry = undefined;
    throw error;
  }
}

export function getCachedAgentProvider(_options: { cacheTtl?: number } = {}): CachedAgentProvider {
  return {
    getAgent: getFacebookAgent,
    invalidateCache() {
      entry = undefined;
    },
  };
}
`;

/** A cache whose creation only builds. What a run without the failure built is not there for a run with it. */
export const BUILDING_CACHE = CACHE.replace('  await agent.connect();\n', '')
  .replace(
    '  entry ??= create();\n',
    `  const { failure } = (globalThis as unknown as { agentProbe: { failure: string } }).agentProbe;
  if (failure !== builtIn) entry = undefined;
  builtIn = failure;
  entry ??= create();
`,
  )
  .replace('let entry', 'let builtIn: string | undefined;\nlet entry');

/** A cache whose function takes how old an agent may be: a number that it is given by chance would matter. */
export const LIMITED_CACHE = CACHE.replace(
  'getFacebookAgent():',
  'getFacebookAgent(maxAge?: number):',
).replace(
  '  entry ??= create();\n',
  `  if (maxAge !== undefined) throw new RangeError(\`No agent is as young as \${maxAge} seconds\`);
  entry ??= create();
`,
);

const APP = `import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import * as routes from './routes/main%ext';
import * as tasks from './tasks/main%ext';

export const app = express();
app.use(express.json());
app.get('/tasks/:name', async (req: Request, res: Response) => {
  const task = Object.entries(tasks).find(([name]) => name === req.params['name'])?.[1] as () => unknown;
  res.json({ result: (await task()) ?? null });
});
if ('router' in routes) app.use(routes.router as express.Router);
app.use((error: { status?: number; message: string }, _req: Request, res: Response, next: NextFunction) => {
  if (res.headersSent) next(error);
  else res.status(error.status ?? 500).json({ error: error.message });
});
`;

/** The files below `src` that every tree gets, as TypeScript of the flavour's import habit. */
export const COMMON_FILES: Readonly<Record<string, string>> = {
  'agents/facebook-ads-agent': AGENT,
  'utils/agent-cache': CACHE,
  app: APP,
  'routes/main': 'export {};\n',
  'tasks/main': 'export {};\n',
};

/** What stands for `%ext` in the imports of a tree. */
export const IMPORT_EXTENSION: Readonly<Record<Flavour, string>> = {
  ts: '.ts',
  'ts-js': '.js',
  'ts-bare': '',
  esm: '.js',
  cjs: '.js',
};
