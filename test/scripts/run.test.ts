import { deeply } from '../support/depth.ts';
import { statSync, utimesSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerFor } from '../../scripts/agent-cache/runner.ts';
import { createTree, runCommand, type Tree } from '../support/trees.ts';

const at = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const start = (args: string[], cwd: string, env: Record<string, string> = {}) =>
  runCommand(process.execPath, [at('scripts/run.mjs'), ...args], { cwd, env });

let tree: Tree;
beforeEach(() => {
  tree = createTree({
    'package.json': '{ "private": true, "scripts": { "tool": "x" } }\n',
    'MIGRATION.md': '- [ ] `svc/a.ts`\n',
    'svc/a.ts': 'export const a = 1;\n',
  });
});
afterEach(() => tree.remove());

test('the tools are built anew when a source has changed, and only then', async () => {
  const builtAt = () => statSync(at('codemods/dist/inputs.json')).mtimeMs;
  expect((await start(['--version'], tree.root)).code).toBe(0);
  const first = builtAt();
  expect((await start(['--version'], tree.root)).code).toBe(0);
  expect(builtAt()).toBe(first);

  const now = new Date();
  utimesSync(at('scripts/agent-cache.ts'), now, now);
  expect((await start(['--version'], tree.root)).code).toBe(0);
  expect(builtAt()).toBeGreaterThan(first);
});

const CACHE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
let shared: Promise<FacebookAdsAgent> | undefined;
const create = async () => new FacebookAdsAgent();
export const getFacebookAgent = () => (shared ??= create());
`;

describe('where npm started a script for a user in another folder', () => {
  const asNpm = () => ({ INIT_CWD: tree.path('svc'), npm_package_json: tree.path('package.json') });

  deeply('paths are meant from there', async () => {
    const { code, stderr } = await start(['codemod', '--dry-run', 'no-such.ts'], tree.root, asNpm());
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'codemod: no-such.ts: there is no such file or folder\n',
    });
    const found = await start(['codemod', '--dry-run', 'a.ts'], tree.root, asNpm());
    expect(found.stderr).not.toContain('there is no such file');
  });

  test('the gate is about the package, or about the folder that is named from there', async () => {
    tree.write('svc/agents/facebook-ads-agent.ts', 'export class FacebookAdsAgent {}\n');
    tree.write('svc/utils/agent-cache.ts', CACHE);
    const { stdout } = await start(['checklist', '--format', 'json'], tree.root, asNpm());
    expect(JSON.parse(stdout).items).toMatchObject([{ path: 'svc/a.ts' }]);
    const { stderr } = await start(['checklist', '--root', 'x'], tree.root, asNpm());
    expect(stderr).toBe('checklist: --root x does not exist\n');
  });

  deeply('what is started further down stays where it is', async () => {
    const env = { INIT_CWD: tree.root, npm_package_json: tree.path('package.json') };
    const { stderr } = await start(['codemod', '--dry-run', 'svc/a.ts'], tree.path('svc'), env);
    expect(stderr).toContain('svc/a.ts: there is no such file or folder');
  });
});

test.each([
  [{}, '/app/node_modules/.bin/agent-cache', 'npx agent-cache codemod'],
  [{}, '/home/me/.npm/_npx/1f/node_modules/.bin/agent-cache', 'npx agent-cache-tools codemod'],
  [{ npm_config_user_agent: 'npm/11.19.1 node/v24' }, '/app/x', 'npx agent-cache codemod'],
  [{ npm_config_user_agent: 'pnpm/10.1.0 npm/? node/v24' }, '/app/x', 'pnpm exec agent-cache codemod'],
  [{ npm_config_user_agent: 'yarn/4.9.0 npm/? node/v24' }, '/app/x', 'yarn agent-cache codemod'],
  [{ AGENT_CACHE_REPOSITORY: process.cwd() }, '/app/x', 'npm run codemod --'],
  [
    { AGENT_CACHE_REPOSITORY: '/elsewhere/it is' },
    '/app/x',
    "npm --prefix '/elsewhere/it is' run codemod --",
  ],
])('with %j and %s the tools are started as %s', (env, program, start) => {
  expect(runnerFor(env, program)('codemod')).toBe(start);
});
