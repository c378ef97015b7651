import { someOf } from '../support/depth.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { createTree } from '../support/trees.ts';
import { CLASS, leftIn } from './support/left-in.ts';

const AGENT = 'export class FacebookAdsAgent { async list(): Promise<string[]> { return []; } close() {} }\n';
const CACHE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: Promise<FacebookAdsAgent> | undefined;
async function createAgent(): Promise<FacebookAdsAgent> { return new FacebookAdsAgent(); }
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return (shared ??= createAgent()); }
`;

/** Async builders, and whether what gets them is code that nobody can read. */
const BUILDERS: Record<string, [code: string, isLeft: boolean]> = {
  'an object for a class of a package': [
    'export const pool = new Pool({ create: async () => new FacebookAdsAgent(), max: 5 });',
    true,
  ],
  'an object within one, by a method': [
    'export const pool = createPool({ hooks: { async create() { return new FacebookAdsAgent(); } } });',
    true,
  ],
  'an object with a name': [
    'const factory = { create: async () => new FacebookAdsAgent() };\nexport const pool = createPool(factory);',
    true,
  ],
  'an object for a class of the tree': [
    `class Reader {
  constructor(private readonly tools: { create: () => Promise<FacebookAdsAgent> }) {}
  async read() { return (await this.tools.create()).list(); }
}
export const reader = new Reader({ create: async () => new FacebookAdsAgent() });`,
    false,
  ],
  'an object that is exported': [
    'export const clients = { open: async () => new FacebookAdsAgent() };\nexport const list = async () => (await clients.open()).list();',
    false,
  ],
};

test.each(someOf(Object.entries(BUILDERS)))('an async builder in %s', async (_, [code, isLeft]) => {
  const tree = createTree({
    'package.json': '{ "type": "module", "dependencies": { "generic-pool": "^3.9.0" } }',
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': CACHE,
    'src/code.ts': `import { createPool, Pool } from 'generic-pool';\nimport { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\n${code}\n`,
  });
  const found: unknown[] = [];
  for await (const { path, occurrences } of migrateTree([tree.root], { ...DEFAULT_OPTIONS }))
    if (path.endsWith('code.ts')) found.push(...occurrences.map(({ left }) => left?.id));
  expect(found).toEqual([isLeft ? 'passed-unseen-async' : undefined]);
  tree.remove();
});

test.each([
  ['a provider in an object', 'container.register("agent", { useFactory: () => new FacebookAdsAgent() });'],
  [
    'a provider in a list',
    'container.load([{ provide: "agent", useFactory: () => new FacebookAdsAgent() }]);',
  ],
  ['a value', 'container.bind("agent").toDynamicValue(() => new FacebookAdsAgent());'],
])(
  'a factory that a container of a package calls has no callers that could be made to wait: %s',
  async (_, use) => {
    const found = await leftIn({
      'src/code.ts': `import { container } from 'generic-pool';\n${CLASS}\n${use}\n`,
    });
    expect(found).toEqual(['passed-unseen']);
  },
);
