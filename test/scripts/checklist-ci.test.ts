import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { GROUND, NEW_WAY, OLD_WAY, PROJECT_ROOT, removeTrees, Tree } from './checklist-tree.ts';
import { parseXml } from './checklist-xml.ts';

afterAll(removeTrees);

const GATE = `node --import "${path.join(PROJECT_ROOT, 'node_modules/tsx/dist/loader.mjs')}" "${path.join(PROJECT_ROOT, 'scripts/migration-checklist.ts')}"`;

/** The one line of a file of docs/ci that runs the gate. */
function gateCommand(file: string): string {
  const lines = readFileSync(path.join(PROJECT_ROOT, 'docs/ci', file), 'utf8').split('\n');
  const commands = lines.filter((line) => !line.startsWith('#') && line.includes('npm run'));
  expect(commands).toHaveLength(1);
  return (commands[0] ?? '').trim().replace(/^- (?:run: )?/, '');
}

/** A repository of its own, in which `npm run checklist` is the gate. */
function repository(source: string): Tree {
  const manifest = JSON.stringify({ type: 'module', scripts: { checklist: GATE } });
  return new Tree({
    ...GROUND,
    'package.json': manifest,
    'src/api/a.ts': source,
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n',
  });
}

async function runIn(tree: Tree, command: string, env: NodeJS.ProcessEnv) {
  const blank = {
    CI: '',
    GITHUB_STEP_SUMMARY: '',
    GITHUB_WORKSPACE: '',
    CI_PROJECT_DIR: '',
    NODE_OPTIONS: '',
  };
  const child = spawn('sh', ['-c', command], { cwd: tree.root, env: { ...process.env, ...blank, ...env } });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { exitCode, stdout, stderr };
}

test('the GitHub job fails with an annotation and a summary', async () => {
  const tree = repository(OLD_WAY);
  const env = { CI: 'true', GITHUB_STEP_SUMMARY: tree.path('summary.md'), GITHUB_WORKSPACE: tree.root };
  const { exitCode, stdout } = await runIn(tree, gateCommand('github-actions.yml'), env);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('::error file=src/api/a.ts,line=7,col=17,');
  expect(tree.read('summary.md')).toContain('`src/api/a.ts:7:17`');
});

test('the GitLab job leaves its report, whether it fails or not', async () => {
  const tree = repository(NEW_WAY);
  const env = { CI: 'true', CI_PROJECT_DIR: tree.root };
  const { exitCode, stdout } = await runIn(tree, gateCommand('gitlab-ci.yml'), env);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Done: 1 of 1 file migrated');
  expect(parseXml(tree.read('checklist.xml')).attributes).toMatchObject({ tests: '1', failures: '0' });
});

test('the hook stops a commit', async () => {
  const { exitCode, stdout } = await runIn(repository(OLD_WAY), gateCommand('pre-commit'), {});
  expect(exitCode).toBe(1);
  expect(stdout).toContain('fix:  npm run codemod -- src/api/a.ts');
});
