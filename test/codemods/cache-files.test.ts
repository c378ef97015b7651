import path from 'node:path';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const CLASS = 'export class FacebookAdsAgent {\n  async getFees() {\n    return [];\n  }\n}\n';
const CACHE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared;
export function getFacebookAgent() {
  return (shared ??= Promise.resolve(new FacebookAdsAgent()));
}
`;
const FEES = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export const CURRENCY = 'EUR';
export function round(fee) {
  return Math.round(fee);
}

export async function fees() {
  const agent = new FacebookAdsAgent();
  return agent.getFees();
}
`;
const TREE = {
  'package.json': '{ "type": "module", "dependencies": { "express": "^5.0.0" } }',
  'src/agents/facebook-ads-agent.ts': CLASS,
  'src/utils/agent-cache.ts': CACHE,
  'src/fees.ts': FEES,
};

async function migrated(files: Record<string, string>): Promise<string[]> {
  const tree = temporaryTree(files);
  const found: string[] = [];
  for await (const { path: file, status } of migrateTree([tree.root], DEFAULT_OPTIONS))
    found.push(`${path.relative(tree.root, file)} ${status}`);
  tree.remove();
  return found;
}

const agentWith = (line: string, use = '') => `${line}\n${CLASS.replace('return [];', `${use}return [];`)}`;
const cacheWith = (line: string, use = '') => `${line}\n${CACHE.replace('return (', `${use}return (`)}`;

test.each<[string, Record<string, string>]>([
  ['types', { 'src/agents/facebook-ads-agent.ts': agentWith("import type { Fee } from '../fees.js';") }],
  [
    'inline types',
    { 'src/agents/facebook-ads-agent.ts': agentWith("import { type Fee } from '../fees.js';") },
  ],
  [
    'a constant',
    {
      'src/agents/facebook-ads-agent.ts': agentWith(
        "import { CURRENCY } from '../fees.js';",
        'void CURRENCY;',
      ),
    },
  ],
  [
    'a function that the class calls',
    { 'src/agents/facebook-ads-agent.ts': agentWith("import { fees } from '../fees.js';", 'void fees;') },
  ],
  [
    'a constant of the cache',
    { 'src/utils/agent-cache.ts': cacheWith("import { CURRENCY } from '../fees.js';", 'void CURRENCY;') },
  ],
  [
    'a function of the cache that builds none',
    { 'src/utils/agent-cache.ts': cacheWith("import { round } from '../fees.js';", 'round(1);') },
  ],
  [
    'the same barrel',
    {
      'src/index.ts': "export * from './agents/facebook-ads-agent.js';\nexport * from './fees.js';\n",
      'src/utils/agent-cache.ts': CACHE.replace('../agents/facebook-ads-agent.js', '../index.js'),
    },
  ],
])('a file that is imported for %s is no part of the cache', async (_, files) => {
  expect(await migrated({ ...TREE, ...files })).toContain('src/fees.ts migrated');
});

test.each<[string, Record<string, string>]>([
  [
    'builds for it',
    {
      'src/utils/agent-cache.ts': CACHE.replace('new FacebookAdsAgent()', 'create()').replace(
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js'",
        "import { create } from './create.js'",
      ),
      'src/utils/create.ts':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\nconst make = () => new FacebookAdsAgent();\nexport const create = () => make();\n",
    },
  ],
  [
    'hands the class on',
    {
      'src/utils/create.ts': "export { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\n",
      'src/utils/agent-cache.ts': CACHE.replace('../agents/facebook-ads-agent.js', './create.js'),
    },
  ],
])('a file that %s is part of the cache', async (_, files) => {
  const found = await migrated({ ...TREE, ...files });
  expect(found.filter((each) => /utils|agents/.test(each))).toEqual([]);
  expect(found).toContain('src/fees.ts migrated');
});
