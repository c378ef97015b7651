import path from 'node:path';
import transform from '../../codemods/agent-cache/transform.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const RUN = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent';

export async function run() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`;

test('as a plain transform it leaves dependencies, build output and tests alone, wherever the tree lies', () => {
  const tree = temporaryTree({
    'dist/app/package.json': '{}',
    'dist/app/src/utils/agent-cache.ts': 'export async function getFacebookAgent() {}\n',
  });
  const outputOf = (file: string, flags = {}) =>
    transform({ path: path.join(tree.root, 'dist/app', file), source: RUN }, undefined, flags);
  expect(outputOf('src/routes/a.ts')).toContain('await getFacebookAgent()');
  for (const file of [
    'src/node_modules/x/a.ts',
    'src/dist/a.ts',
    'src/__tests__/a.ts',
    'src/a.e2e-spec.ts',
  ]) {
    expect(outputOf(file)).toBeUndefined();
  }
  for (const taskTtl of ['abc', '0', '-1']) {
    expect(() => outputOf('src/tasks/a.ts', { taskTtl })).toThrow('has to be a whole number of seconds');
  }
  tree.remove();
});
