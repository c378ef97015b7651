import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { explained } from './support/explained.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const IMPORT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\n\n";
const RUN = `${IMPORT}export async function run() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`;

/** What becomes of a route, a task and a factory that only others use, with the given files as the cache module. */
async function statuses(cache: Record<string, string>): Promise<Record<string, string>> {
  const tree = temporaryTree({
    'package.json': '{ "dependencies": { "express": "^5.0.0" } }',
    'src/lib/make.ts': `${IMPORT}export const make = () => new FacebookAdsAgent();\n`,
    'src/routes/a.ts': RUN,
    'src/tasks/b.ts': RUN,
    ...cache,
  });
  const found: Record<string, string> = {};
  for await (const result of migrateTree([tree.root], DEFAULT_OPTIONS)) {
    const { path, status } = result;
    const name = /src\/(\w+)\//.exec(path)?.[1] ?? '';
    const left = explained(result).find(({ action }) => action === 'manual');
    found[name] = left === undefined ? status : `${status}: ${left.reason} [${left.id}]`;
  }
  tree.remove();
  return found;
}

const ALL = { lib: 'migrated', routes: 'migrated', tasks: 'migrated' };
const lacks = (name: string, file = 'agent-cache.ts') =>
  `manual: The cache module src/utils/${file} exports no ${name}. [cache-lacks-export]`;
const NEITHER = {
  lib: lacks('getFacebookAgent'),
  routes: lacks('getFacebookAgent'),
  tasks: lacks('getCachedAgentProvider'),
};

test.each<[string, Record<string, string>, Record<string, string>]>(
  someOf([
    [
      'a getter alone',
      { 'src/utils/agent-cache.ts': 'export async function getFacebookAgent() {}\n' },
      { ...ALL, tasks: lacks('getCachedAgentProvider') },
    ],
    [
      'a default export',
      { 'src/utils/agent-cache.ts': 'export default async function getFacebookAgent() {}\n' },
      NEITHER,
    ],
    [
      'types and other names',
      {
        'src/utils/agent-cache.ts':
          "export type { getFacebookAgent } from './x';\nexport interface getCachedAgentProvider {}\nexport * from './agent-cache.ts';\nexport const [other] = [1];\n",
      },
      NEITHER,
    ],
    [
      'names of other modules',
      {
        'src/utils/agent-cache.ts':
          "export * from './deep';\nexport { provide as getCachedAgentProvider } from './x';\n",
        'src/utils/deep/index.ts': 'export const { get: getFacebookAgent } = { get: async () => {} };\n',
      },
      ALL,
    ],
    ['whatever a package exports', { 'src/utils/agent-cache.ts': "export * from 'a-cache';\n" }, ALL],
    ['nothing yet', { 'src/utils/agent-cache.ts': 'export {};\n' }, ALL],
    [
      'an object of CommonJS',
      {
        'src/utils/agent-cache.js':
          'module.exports = { getFacebookAgent };\nexports.getCachedAgentProvider = provide;\n',
      },
      ALL,
    ],
    [
      'another object of CommonJS',
      { 'src/utils/agent-cache.js': 'module.exports = { getFacebookAgent };\n' },
      { ...ALL, tasks: lacks('getCachedAgentProvider', 'agent-cache.js') },
    ],
    ['more than its syntax tells', { 'src/utils/agent-cache.js': 'module.exports = { ...made };\n' }, ALL],
  ]),
)('a cache module that exports %s', async (_, cache, expected) => {
  expect(await statuses(cache)).toEqual(expected);
});
