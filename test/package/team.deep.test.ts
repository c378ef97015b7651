import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { commitAll, type Ended, runCommand } from '../support/trees.ts';
import { type InstalledPackage, installPackage } from './support/installed-package.ts';

const CI = fileURLToPath(new URL('../../docs/ci/', import.meta.url));

const handler = (verb: string) => `import { Router } from 'express';
import { LedgerClient } from '../lib/ledger-client.js';

export const router = Router();

router.${verb}('/', async (_req, res) => {
  const client = new LedgerClient();
  res.json(await client.list());
});
`;

const TREE = {
  '.gitignore': 'node_modules/\nchecklist.xml\n*.tgz\n',
  'vendor/express/package.json': '{ "name": "express", "version": "5.1.0", "main": "index.js" }\n',
  'vendor/express/index.js': 'module.exports = { Router: () => ({}) };\n',
  'src/lib/ledger-client.ts':
    'export class LedgerClient {\n  async list(): Promise<string[]> {\n    return [];\n  }\n}\n',
  'src/api/a.ts': handler('get'),
  'src/api/b.ts': handler('post'),
};

let team: InstalledPackage;
beforeAll(async () => {
  team = await installPackage(TREE, { type: 'module', dependencies: { express: 'file:vendor/express' } });
});
afterAll(() => team.tree.remove());

/** A command as somebody types it in a folder of the team's repository. */
function type(
  command: string,
  { folder = '.', env = {} }: { folder?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const quiet = { npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false', CI: '' };
  return runCommand('sh', ['-c', command], {
    cwd: team.tree.path(folder),
    env: { ...team.env, ...quiet, ...env },
  });
}

const commands: Record<string, () => string[]> = {
  'github-actions.yml': () =>
    parse(readFileSync(path.join(CI, 'github-actions.yml'), 'utf8')).jobs.checklist.steps.flatMap(
      ({ run }: { run?: string }) => run ?? [],
    ),
  'gitlab-ci.yml': () => parse(readFileSync(path.join(CI, 'gitlab-ci.yml'), 'utf8')).checklist.script,
  Jenkinsfile: () =>
    [...readFileSync(path.join(CI, 'Jenkinsfile'), 'utf8').matchAll(/^\s*sh '(.*)'$/gm)].map(
      ([, line = '']) => line,
    ),
};

const SHOWN: Record<string, (ended: Ended) => string> = {
  'github-actions.yml': ({ stdout }) => stdout,
  'gitlab-ci.yml': () => team.tree.read('checklist.xml'),
  Jenkinsfile: () => team.tree.read('checklist.xml'),
};

/** Runs the steps of a job one by one, as its runner does, and gives the last one. */
async function runJob(name: string): Promise<Ended> {
  const lines = commands[name]?.() ?? [];
  expect(lines[0]).toBe('npm ci');
  let ended: Ended | undefined;
  for (const line of lines) {
    expect(ended?.code ?? 0).toBe(0);
    ended = await type(line, { env: { CI: 'true' } });
  }
  if (ended === undefined) throw new Error(`${name} runs nothing`);
  return ended;
}

test('a team installs the tools, prepares its tree, migrates it and proves it, each command as it is printed', async () => {
  const shown = await type('npx agent-cache init --dry-run');
  expect(shown.stdout).toContain('+++ b/src/utils/agent-cache.ts');
  expect(shown.stdout).toContain('+++ b/MIGRATION.md');
  await commitAll(team.tree.root);
  expect((await type('git status --porcelain')).stdout).toBe('');

  const init = await type('npx agent-cache init --health --ci github src');
  expect(init).toMatchObject({ code: 0, stderr: '' });
  expect(team.tree.list('src/utils')).toEqual(['agent-cache-health.ts', 'agent-cache.ts']);
  const branch = (await type('git branch --show-current')).stdout.trim();
  expect(team.tree.read('.github/workflows/checklist.yml')).toBe(
    readFileSync(path.join(CI, 'github-actions.yml'), 'utf8')
      .replace('[main]', `[${branch}]`)
      .replace('Copy to .github/workflows/checklist.yml, after `npm', 'Needs `npm'),
  );
  expect(team.tree.read('MIGRATION.md')).toContain('- [ ] `src/api/a.ts`\n- [ ] `src/api/b.ts`\n');
  const next = [...init.stdout.matchAll(/^ {2}(npx .*?)(?: {4}|$)/gm)].map(([, line = '']) => line);
  expect(next).toEqual([
    'npx agent-cache codemod --dry-run src',
    'npx agent-cache codemod src',
    'npx agent-cache checklist',
  ]);

  for (const name of Object.keys(commands)) {
    const ended = await runJob(name);
    expect({ name, code: ended.code }).toEqual({ name, code: 1 });
    expect(SHOWN[name]?.(ended)).toContain('builds its own LedgerClient');
  }

  const red = await type('npx agent-cache checklist');
  const [fix = ''] = /fix: {2}(npx .*src\/api\/a\.ts)$/m.exec(red.stdout)?.slice(1) ?? [];
  await type(
    'git add --all && git -c user.name=Test -c user.email=test@example.invalid commit --quiet -m Prepare',
  );
  expect(await type(fix)).toMatchObject({ code: 0, stderr: '' });
  expect(team.tree.read('src/api/a.ts')).toContain('await getLedgerClient()');

  // The diff of a dry run in a folder applies in another, as the run itself would have written.
  const diff = await type('npx agent-cache codemod --dry-run --force .', { folder: 'src/api' });
  team.tree.write('b.diff', diff.stdout);
  expect(await type('git apply b.diff')).toMatchObject({ code: 0, stderr: '' });
  rmSync(team.tree.path('b.diff'));
  const applied = team.tree.read('src/api/b.ts');
  await type('git checkout --quiet src/api/b.ts');
  expect(await type('npx agent-cache codemod --force src')).toMatchObject({ code: 0, stderr: '' });
  expect(team.tree.read('src/api/b.ts')).toBe(applied);

  for (const name of Object.keys(commands))
    expect({ name, code: (await runJob(name)).code }).toEqual({ name, code: 0 });
});

test('the hook stops a commit, and says why', async () => {
  team.tree.write('.git/hooks/pre-commit', readFileSync(path.join(CI, 'pre-commit')));
  await type('chmod +x .git/hooks/pre-commit');
  team.tree.write('src/api/c.ts', handler('put'));
  const commit = 'git add --all && git -c user.name=Test -c user.email=test@example.invalid commit -m More';
  const stopped = await type(commit);
  expect(stopped.code).toBe(1);
  expect(stopped.stdout + stopped.stderr).toContain('src/api/c.ts:7:18  builds its own LedgerClient');
  await type('npx agent-cache codemod --force src');
  team.tree.write('MIGRATION.md', `${team.tree.read('MIGRATION.md')}- [ ] \`src/api/c.ts\`\n`);
  expect((await type(commit)).code).toBe(0);
});
