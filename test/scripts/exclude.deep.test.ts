import { createTree, runScript, type Tree } from '../support/trees.ts';

const BUILDS = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function first() {
  return await new FacebookAdsAgent().getCampaigns();
}
`;

const files = {
  'package.json': '{"type":"module","dependencies":{"express":"^5.0.0"}}',
  'src/agents/facebook-ads-agent.ts': 'export class FacebookAdsAgent {}\n',
  'src/utils/agent-cache.ts': 'export const getFacebookAgent = async () => ({});\n',
  'src/api/route.ts': BUILDS,
  'src/bench/first-call.ts': BUILDS,
  'MIGRATION.md': '- [ ] Migrate `src/api/route.ts`\n',
};

describe('files that the configuration excludes', () => {
  let tree: Tree;

  beforeAll(() => {
    tree = createTree(files);
  });

  afterAll(() => tree.remove());

  test('are asked about without it', async () => {
    const { code, stdout } = await runScript('scripts/migration-checklist.ts', ['--root', tree.root]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/unlisted\s.*src\/bench\/first-call\.ts/);
  });

  test('are left alone by the codemod and the gate, in a folder of any name', async () => {
    tree.write('agent-cache.config.json', '{"exclude": ["src/bench/**"]}');
    const codemod = await runScript('scripts/codemod.ts', [
      '--config',
      tree.path('agent-cache.config.json'),
      tree.path('src'),
    ]);
    expect(codemod.code).toBe(0);
    expect(tree.read('src/bench/first-call.ts')).toBe(BUILDS);
    expect(tree.read('src/api/route.ts')).toContain('getFacebookAgent');
    const gate = await runScript('scripts/migration-checklist.ts', ['--root', tree.root]);
    expect({ code: gate.code, stderr: gate.stderr }).toEqual({ code: 0, stderr: '' });
  });
});
