import { fileURLToPath } from 'node:url';
import { runTool } from '../support/run-tool.ts';
import { createTree, runCommand, type Tree } from '../support/trees.ts';

const prettier = fileURLToPath(new URL('../../node_modules/.bin/prettier', import.meta.url));

let tree: Tree;
afterEach(() => tree.remove());

const init = (...args: string[]) => runTool('init', args, tree.root);
const git = (...args: string[]) =>
  runCommand('git', ['-c', 'user.email=a@example.org', '-c', 'user.name=a', ...args], { cwd: tree.root });

const FILES = {
  'src/ledger-client.ts': 'export class LedgerClient {\n  async list() {\n    return [];\n  }\n}\n',
  'src/a.ts':
    'import { LedgerClient } from "./ledger-client.ts";\n\nexport const list = async () => new LedgerClient().list();\n',
};

test.each([
  ['no settings', '{ "type": "module", "devDependencies": { "prettier": "^3.0.0" } }\n'],
  ['settings', '{ "type": "module", "prettier": { "tabWidth": 4, "semi": false, "singleQuote": true } }\n'],
])('all that init writes is as Prettier writes it, with %s', async (_name, manifest) => {
  tree = createTree({ ...FILES, 'package.json': manifest });
  await runCommand(prettier, ['--write', '.'], { cwd: tree.root });
  expect(await init('--health', '--ci', 'github')).toMatchObject({ code: 0, stderr: '' });
  const checked = await runCommand(prettier, ['--check', '.'], { cwd: tree.root });
  expect(checked).toMatchObject({ code: 0 });
  // What is formatted is known for what init wrote, and written anew when more is asked for.
  const again = await init('--sync');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout.match(/rewrote .*/g)).toEqual([
    'rewrote src/utils/agent-cache.ts',
    'rewrote agent-cache.config.json',
  ]);
});

const jobOf = (branch: string) => expect.stringContaining(`    branches: [${branch}]\n`) as string;

test('the job for GitHub runs on the default branch of the repository', async () => {
  tree = createTree({ ...FILES, 'package.json': '{ "type": "module" }\n' });
  await git('init', '-q', '-b', 'master', '.');
  await git('add', '.');
  await git('commit', '-qm', 'all');
  await git('checkout', '-qb', 'fix/one');
  await init('--ci', 'github');
  expect(tree.read('.github/workflows/checklist.yml')).toEqual(jobOf('master'));
  await runCommand('rm', ['-r', '.github'], { cwd: tree.root });
  await git('update-ref', 'refs/remotes/origin/release/2.x', 'HEAD');
  await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/release/2.x');
  await init('--ci', 'github');
  expect(tree.read('.github/workflows/checklist.yml')).toEqual(jobOf('"release/2.x"'));
});

test('where no repository tells, it runs on main', async () => {
  tree = createTree({ ...FILES, 'package.json': '{ "type": "module" }\n' });
  await init('--ci', 'github');
  expect(tree.read('.github/workflows/checklist.yml')).toEqual(jobOf('main'));
});
