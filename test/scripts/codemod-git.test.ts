import { deeply } from '../support/depth.ts';
import { rmSync } from 'node:fs';
import { commitAll, createTree, runScript, type Tree } from '../support/trees.ts';

const LEGACY = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export async function campaigns() {
  const agent = new FacebookAdsAgent();
  return await agent.getCampaigns();
}
`;

const codemod = (args: string[], cwd: string, env = {}) =>
  runScript('scripts/codemod.ts', args, { cwd, env });

describe('in a git repository', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = createTree({
      'README.md': 'A monorepo.\n',
      'packages/ads/src/campaigns.ts': LEGACY,
      'packages/ads/src/[id].ts': 'export const id = 1;\n',
      'packages/ads/src/utils/agent-cache.ts': 'export {};\n',
      'packages/web/src/page.ts': 'export const page = 1;\n',
    });
    await commitAll(tree.root);
  });
  afterAll(() => tree.remove());

  test('a changed file in the paths stops the run before anything is written, and says how to go on', async () => {
    tree.write('packages/ads/src/[id].ts', 'export const id = 2;\n');
    const { code, stdout, stderr } = await codemod(['src'], tree.path('packages/ads'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'codemod: uncommitted changes in packages/ads/src/[id].ts: commit or stash them first, or go on with --force\n',
    );
    expect(tree.read('packages/ads/src/campaigns.ts')).toBe(LEGACY);
    tree.write('packages/ads/src/[id].ts', 'export const id = 1;\n');
  });

  deeply('an untracked source file stops it too: git could not bring it back', async () => {
    tree.write('packages/ads/src/new.ts', LEGACY);
    const { code, stderr } = await codemod(['src'], tree.path('packages/ads'));
    expect(code).toBe(2);
    expect(stderr).toContain('uncommitted changes in packages/ads/src/new.ts:');
    rmSync(tree.path('packages/ads/src/new.ts'));
  });

  test('a dry run asks for no clean tree', async () => {
    tree.write('packages/ads/src/[id].ts', 'export const id = 2;\n');
    const { code, stdout } = await codemod(['--dry-run', 'src'], tree.path('packages/ads'));
    expect(code).toBe(0);
    expect(stdout).toContain('+  const agent = await getFacebookAgent();');
    tree.write('packages/ads/src/[id].ts', 'export const id = 1;\n');
  });

  deeply('changes beside the paths, and untracked files that are no source, stop nothing', async () => {
    tree.write('packages/web/src/page.ts', 'export const page = 2;\n');
    tree.write('packages/ads/src/notes.txt', 'later\n');
    const { code } = await codemod(['src'], tree.path('packages/ads'));
    expect(code).toBe(0);
    expect(tree.read('packages/ads/src/campaigns.ts')).toContain('await getFacebookAgent()');
  });

  test('--force goes on over the changes', async () => {
    tree.write('packages/ads/src/campaigns.ts', LEGACY);
    tree.write('packages/ads/src/[id].ts', 'export const id = 3;\n');
    const { code } = await codemod(['--force', 'src'], tree.path('packages/ads'));
    expect(code).toBe(0);
    expect(tree.read('packages/ads/src/campaigns.ts')).toContain('await getFacebookAgent()');
  });
});

deeply('where there is no git at all, the run goes on', async () => {
  const tree = createTree({
    'a.ts': LEGACY,
    'utils/agent-cache.ts': 'export {};\n',
    '.git/HEAD': 'ref: refs/heads/x\n',
  });
  const { code } = await codemod(['.'], tree.root, { PATH: tree.root });
  expect(code).toBe(0);
  expect(tree.read('a.ts')).toContain('await getFacebookAgent()');
  tree.remove();
});
