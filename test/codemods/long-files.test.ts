import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { createTree } from '../support/trees.ts';

const KILOBYTES = [1, 63, 65, 130, 300];

test('a place is seen behind any number of other lines', async () => {
  const files = KILOBYTES.map((size): [string, string] => [
    `src/${String(size).padStart(3, '0')}.ts`,
    `${'// long\n'.repeat(size * 128)}import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
export async function list() { return await new FacebookAdsAgent().getCampaigns(); }
`,
  ]);
  const tree = createTree({
    'package.json': '{ "type": "module" }',
    'src/agents/facebook-ads-agent.ts':
      'export class FacebookAdsAgent { async getCampaigns() { return []; } }\n',
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
export async function getFacebookAgent() { return new FacebookAdsAgent(); }
`,
    ...Object.fromEntries(files),
  });
  const seen: string[] = [];
  for await (const { path, status, output } of migrateTree([tree.root], { ...DEFAULT_OPTIONS })) {
    seen.push(`${path.slice(tree.root.length + 1)} ${status}`);
    expect(output).toContain('(await getFacebookAgent()).getCampaigns()');
  }
  tree.remove();
  expect(seen).toEqual(files.map(([file]) => `${file} migrated`));
});
