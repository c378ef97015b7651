import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { explained } from './support/explained.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const FILES = {
  'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
  'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  async getCampaigns(): Promise<string[]> { return []; }
  close(): void {}
}
`,
  'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: FacebookAdsAgent | undefined;
export function getFacebookAgent(): FacebookAdsAgent { return (shared ??= new FacebookAdsAgent()); }
`,
};

test.each([
  ['a registration in a container', 'container.register("agent", () => new FacebookAdsAgent());'],
  ['an object that a package is given', 'serve({ agent: () => ({ agent: new FacebookAdsAgent() }) });'],
])('beside a getter that gives its agent at once, %s is left for its callers', async (_, code) => {
  const tree = temporaryTree({
    ...FILES,
    'src/app.ts': `import { container, serve } from 'containers';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
${code}
export { container, serve };
`,
  });
  const left: unknown[] = [];
  for await (const result of migrateTree([tree.root], DEFAULT_OPTIONS)) left.push(...explained(result));
  tree.remove();
  expect(left).toMatchObject([
    {
      id: 'given-to-unknown-callers',
      reason:
        'The function gives its agent, or what has it, to its callers, and not every one of them can be found (line 3).',
      hint: 'Call getFacebookAgent() in it by hand, if no caller treats the agent as its own.',
    },
  ]);
});
