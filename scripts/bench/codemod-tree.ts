import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A generated tree: its name, its size, and how to write it below a folder. */
export interface GeneratedTree {
  name: string;
  files: number;
  /** How many of its files build an agent, or get one from another file. */
  relevant: number;
  write: (root: string) => void;
}

/** How many source files to write, and how many of them build an agent. */
export interface TreeSize {
  files: number;
  relevant: number;
}

const AGENT_MODULE = `export class FacebookAdsAgent {
  async getCampaigns(): Promise<string[]> {
    return [];
  }
  async getAdInsights(id: string): Promise<string> {
    return id;
  }
}
`;

const CACHE_MODULE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

const agent = new FacebookAdsAgent();

export async function getFacebookAgent(): Promise<FacebookAdsAgent> {
  return agent;
}

export function getCachedAgentProvider(_options?: { cacheTtl?: number }) {
  return { getAgent: getFacebookAgent };
}
`;

/** The four shapes that relevant files take in turn; each holds an acquisition that the codemod rewires. */
const RELEVANT = [
  (name: string) => `function getFacebookAgent(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

router.get('/${name}/:id', async (req, res) => {
  const agent = getFacebookAgent();
  res.json(await agent.getAdInsights(String(req.params.id)));
});
`,
  (name: string) => `router.get('/${name}', async (_req, res, next) => {
  try {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  } catch (error) {
    next(error);
  }
});
`,
  (name: string) => `const createAgent = () => new FacebookAdsAgent();

router.post('/${name}', async (_req, res) => {
  const agent = createAgent();
  res.status(201).json(await agent.getCampaigns());
});
`,
  (name: string) => `async function load${name}(): Promise<string[]> {
  const agent = new FacebookAdsAgent();
  const campaigns = await agent.getCampaigns();
  return campaigns.filter((campaign) => campaign !== '');
}

router.get('/${name}', async (_req, res) => {
  res.json(await load${name}());
});
`,
];

/** Code as services have it everywhere: types, a few functions, no agent. About 50 lines. */
export function unrelatedModule(index: number): string {
  const name = `Item${index}`;
  return `import { Router } from 'express';
import { z } from 'zod';

const ${name}Schema = z.object({
  id: z.string().min(1),
  name: z.string().max(120),
  price: z.number().nonnegative(),
  tags: z.array(z.string()).default([]),
});

export type ${name} = z.infer<typeof ${name}Schema>;

const items = new Map<string, ${name}>();

/** Puts an item in place of the one with the same id. */
export function save${name}(input: unknown): ${name} {
  const item = ${name}Schema.parse(input);
  items.set(item.id, item);
  return item;
}

export function total${name}(ids: readonly string[]): number {
  let total = 0;
  for (const id of ids) {
    const item = items.get(id);
    if (item === undefined) continue;
    total += item.price * (item.tags.includes('discounted') ? 0.${(index % 9) + 1} : 1);
  }
  return Math.round(total * 100) / 100;
}

export const router${index} = Router();

router${index}.get('/items-${index}/:id', async (req, res) => {
  const item = items.get(String(req.params.id));
  if (item === undefined) {
    res.status(404).json({ detail: \`No item \${req.params.id} in shelf ${index}\` });
    return;
  }
  res.json(item);
});

router${index}.post('/items-${index}', async (req, res) => {
  res.status(201).json(save${name}(req.body));
});

router${index}.get('/items-${index}', async (_req, res) => {
  const sorted = [...items.values()].sort((a, b) => a.name.localeCompare(b.name));
  res.json({ items: sorted, total: total${name}(sorted.map(({ id }) => id)) });
});
`;
}

function relevant(index: number): string {
  const shape = RELEVANT[index % RELEVANT.length];
  if (shape === undefined) throw new RangeError('there is no shape to write');
  const rest = unrelatedModule(index).split('\n').slice(2).join('\n');
  return `import { Router } from 'express';
import { z } from 'zod';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

const router = Router();

${shape(`Relevant${index}`)}
${rest}`;
}

/** What every tree has: its manifest, and the modules of the agent and of the cache. */
const BESIDE_AGENT = {
  'package.json': '{"name":"service","type":"module","dependencies":{"express":"^5.0.0"}}\n',
  'src/agents/facebook-ads-agent.ts': AGENT_MODULE,
  'src/utils/agent-cache.ts': CACHE_MODULE,
};

/** Writes the manifest of a tree, and the modules of the agent and of the cache. */
export function writeBesideAgent(root: string): void {
  for (const [file, text] of Object.entries(BESIDE_AGENT)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

/**
 * Writes an Express service of generated files under `root`, the same bytes each time: relevant files spread
 * evenly among the others, 50 to a folder, beside the agent's and the cache's modules.
 *
 * @returns how many lines were written
 */
export function writeServiceTree(root: string, { files, relevant: wanted }: TreeSize): number {
  const src = path.join(root, 'src');
  let lines = 0;
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    lines += text.split('\n').length - 1;
  };
  for (const [file, text] of Object.entries(BESIDE_AGENT)) write(path.join(root, file), text);
  for (let index = 0; index < files; index++) {
    const isRelevant = Math.floor(((index + 1) * wanted) / files) > Math.floor((index * wanted) / files);
    const folder = `part-${Math.floor(index / 50)}`;
    write(path.join(src, folder, `file-${index}.ts`), isRelevant ? relevant(index) : unrelatedModule(index));
  }
  return lines;
}

/** A tree of relevant files alone, none of which imports from another. */
export function unlinkedTree(name: string, files: number): GeneratedTree {
  return {
    name,
    files,
    relevant: files,
    write: (root) => void writeServiceTree(root, { files, relevant: files }),
  };
}
