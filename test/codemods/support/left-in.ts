import { migrateTree } from '../../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../../codemods/agent-cache/options.ts';
import { createTree } from '../../support/trees.ts';

/** How a module of `src` imports the class. */
export const CLASS = "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';";

/** A cache whose getter has to be awaited. */
export const WAITS = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: Promise<FacebookAdsAgent> | undefined;
async function createAgent(): Promise<FacebookAdsAgent> { return new FacebookAdsAgent(); }
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return (shared ??= createAgent()); }
`;

/** One whose getter gives its agent at once. */
export const AT_ONCE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: FacebookAdsAgent | undefined;
export function getFacebookAgent(): FacebookAdsAgent { return (shared ??= new FacebookAdsAgent()); }
`;

const FILES = {
  'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0", "generic-pool": "^3.9.0" } }',
  'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  async list(): Promise<string[]> { return []; }
  close() {}
}
`,
  'src/utils/agent-cache.ts': WAITS,
};

/** What becomes of the places of a tree: the reason of each that is left, or `migrated`. */
export async function leftInTree(
  files: Record<string, string>,
  options = DEFAULT_OPTIONS,
): Promise<string[]> {
  const tree = createTree(files);
  const found: string[] = [];
  try {
    for await (const { occurrences } of migrateTree([tree.root], options))
      found.push(...occurrences.map(({ left }) => left?.id ?? 'migrated'));
  } finally {
    tree.remove();
  }
  expect(found).not.toHaveLength(0);
  return found;
}

/** The same of some files beside an agent and a cache that waits. */
export function leftIn(files: Record<string, string>, options = DEFAULT_OPTIONS): Promise<string[]> {
  return leftInTree({ ...FILES, ...files }, options);
}
