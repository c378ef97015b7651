import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLegacyWorkspace, PROJECT_ROOT } from '../../demo/workspace.ts';

export type VariantName = 'constant' | 'migrated' | 'legacy';

/** A tree that serves the API with its agent had in one of three ways. */
export interface Variant {
  name: VariantName;
  root: string;
  remove(): Promise<void>;
}

const ROUTE = 'api/src/api/campaigns.ts';
const CACHED_IMPORT = "import { getFacebookAgent } from '../utils/agent-cache.ts';\n";
const TYPE_IMPORT = 'import type { FacebookAdsAgent } from';
const CONSTANT = `
const constantAgent = new FacebookAdsAgent();
const getFacebookAgent = async () => constantAgent;
`;

/** The API as it is, as it was, and with one agent for ever in the route that is measured. */
export async function createVariants(): Promise<Variant[]> {
  const legacy = await createLegacyWorkspace();
  const constant = await createLegacyWorkspace();
  await cp(join(PROJECT_ROOT, 'api'), join(constant.root, 'api'), { recursive: true, force: true });
  const path = join(constant.root, ROUTE);
  await writeFile(path, withConstantAgent(await readFile(path, 'utf8')));
  return [
    { name: 'constant', ...constant },
    { name: 'migrated', root: PROJECT_ROOT, remove: async () => {} },
    { name: 'legacy', ...legacy },
  ];
}

function withConstantAgent(source: string): string {
  const lastImport = source.lastIndexOf('\nimport ');
  const end = source.indexOf('\n', lastImport + 1) + 1;
  const head = source
    .slice(0, end)
    .replace(CACHED_IMPORT, '')
    .replace(TYPE_IMPORT, 'import { FacebookAdsAgent } from');
  if (head.includes('agent-cache') || !head.includes('import { FacebookAdsAgent }')) {
    throw new Error(`${ROUTE} is not written as this benchmark expects`);
  }
  return head + CONSTANT + source.slice(end);
}
