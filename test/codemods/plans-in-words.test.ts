import { type CodemodOptions, DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateSource } from '../../codemods/agent-cache/run.ts';

const IMPORT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";

async function plansOf(code: string, path = 'src/api/list.ts', options: Partial<CodemodOptions> = {}) {
  const result = migrateSource({ path, source: IMPORT + code }, { ...DEFAULT_OPTIONS, ...options });
  return result.occurrences.flatMap(({ plan, action }) => (action === 'removed' ? [] : (plan ?? action)));
}

test.each([
  [
    'an await',
    'export const list = async () => new FacebookAdsAgent().getCampaigns();',
    'await getFacebookAgent()',
  ],
  [
    'an await further down',
    'export async function list(id) {\n  const agent = new FacebookAdsAgent();\n  if (!id) return [];\n  return await agent.getCampaign(id);\n}',
    'await getFacebookAgent(), before line 5',
  ],
  [
    'a chain',
    'export function list(): Promise<unknown> {\n  return new FacebookAdsAgent().getCampaigns();\n}',
    'getFacebookAgent().then((agent) => …)',
  ],
  ['a place that is left', 'export const agent = new FacebookAdsAgent();', 'manual'],
])('the report says of %s what is written there', async (_, code, plan) => {
  expect(await plansOf(code)).toEqual([plan]);
});

test('a task asks for its own TTL', async () => {
  const code = 'export const collect = async () => new FacebookAdsAgent().getCampaigns();';
  expect(await plansOf(code, 'src/tasks/collect.ts')).toEqual([
    'await getCachedAgentProvider({ cacheTtl: 1800 }).getAgent()',
  ]);
});
