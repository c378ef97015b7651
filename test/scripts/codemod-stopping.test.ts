import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watchRun } from '../../scripts/codemod/watched-run.ts';
import { scriptArguments } from '../support/script-arguments.ts';
import { createTree, runScript, type Tree } from '../support/trees.ts';

const handler = (name: string) => `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export async function ${name}() {
  return await new FacebookAdsAgent().getCampaigns();
}
`;

let tree: Tree;
beforeEach(() => {
  tree = createTree({
    'agents/facebook-ads-agent.ts': 'export class FacebookAdsAgent {\n  async getCampaigns() {}\n}\n',
    'a.ts': handler('a'),
    'b.ts': handler('b'),
    'utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

const agent = new FacebookAdsAgent();
export const getFacebookAgent = async () => agent;
`,
  });
});
afterEach(() => tree.remove());

test('Ctrl-C ends with a summary, the report so far and how to go on', async () => {
  const args = [...scriptArguments('scripts/codemod.ts'), '--interactive', '--report', 'report.json', '.'];
  const child = spawn(process.execPath, args, { cwd: tree.root, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = stdout;
    stdout += text;
    const hasCome = (question: string) => !before.includes(question) && stdout.includes(question);
    if (hasCome('Migrate a.ts? (1 of 2)')) child.stdin.write('y\n');
    if (hasCome('Migrate b.ts? (2 of 2)')) child.kill('SIGINT');
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  expect(await ended).toEqual([130, null]);
  expect(stderr).toContain('Ctrl-C again ends at once');
  expect(stdout).toMatch(
    /Stopped: \d of 4 files were looked at\. What was written stays\. To go on, commit it/,
  );
  expect(tree.read('a.ts')).toContain('await getFacebookAgent()');
  expect(tree.read('b.ts')).toBe(handler('b'));
  const report = JSON.parse(tree.read('report.json'));
  expect(report).toMatchObject({ version: 1, interrupted: true, summary: { migrated: 1, manual: 1 } });
});

test('a run is stopped between two files, and signals are Node’s again afterwards', async () => {
  const before = process.listenerCount('SIGINT');
  const run = watchRun(() => {});
  await run.watch('reading', 0, 2);
  expect(run.isStopped).toBe(false);
  process.emit('SIGINT');
  expect(run.isStopped).toBe(true);
  let ended: unknown;
  while (ended === undefined) {
    ended = await run.watch('reading', 1, 2)?.catch((error: Error) => error.name);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(ended).toBe('StoppedError');
  run.end();
  expect(process.listenerCount('SIGINT')).toBe(before);
});

test('--check writes nothing, and ends with 1 while there is something to change', async () => {
  const check = await runScript('scripts/codemod.ts', ['--check', '--report', 'report.json', '.'], {
    cwd: tree.root,
  });
  expect(check).toMatchObject({ code: 1, stderr: '' });
  expect(check.stdout).toMatch(/would be migrated {3}a\.ts {2}1 rewired\nwould be migrated {3}b\.ts/);
  expect(check.stdout).toContain('Nothing was written: there is something to change');
  expect(tree.read('a.ts')).toBe(handler('a'));
  expect(JSON.parse(tree.read('report.json')).summary).toMatchObject({ migrated: 2 });

  const dry = await runScript('scripts/codemod.ts', ['--dry-run', '.'], { cwd: tree.root });
  expect(dry.code).toBe(0);
  expect(dry.stdout).toContain('With --check the exit code would be 1.');
  const both = await runScript('scripts/codemod.ts', ['--dry-run', '--check', '.'], { cwd: tree.root });
  expect(both.code).toBe(1);
  expect(both.stdout).toContain('+++ b/a.ts');

  await runScript('scripts/codemod.ts', ['.'], { cwd: tree.root });
  const after = await runScript('scripts/codemod.ts', ['--check', '.'], { cwd: tree.root });
  expect(after.code).toBe(0);
});
