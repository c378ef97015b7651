import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGraphServer } from '../support/graph/index.ts';
import { killScripts, runNode, SERVER_ENV, serve, startServerProcess } from '../support/server-process.ts';
import { runCommand } from '../support/trees.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const build = (...args: string[]) =>
  runCommand(process.execPath, [path.join(ROOT, 'scripts/build.mjs'), ...args], { cwd: ROOT });

let folder: string;
let tree: string;
let alone: string;

// One tree with copied sources and this project's packages, built once, and what it is made of elsewhere.
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'build-'));
  [tree, alone] = [path.join(folder, 'tree'), path.join(folder, 'alone')];
  mkdirSync(tree);
  cpSync(path.join(ROOT, 'api'), path.join(tree, 'api'), { recursive: true });
  cpSync(path.join(ROOT, 'package.json'), path.join(tree, 'package.json'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'), 'dir');
  expect(await build('--standalone', '--root', tree)).toMatchObject({ code: 0, stderr: '' });
  cpSync(path.join(tree, 'dist/server'), path.join(alone, 'dist/server'), { recursive: true });
  cpSync(path.join(ROOT, 'package.json'), path.join(alone, 'package.json'));
});
afterEach(killScripts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what --standalone builds needs its folder and package.json, and no sources or packages', async () => {
  const graph = await startGraphServer();
  const env = { ...SERVER_ENV, ...graph.env, STATE_FILE: path.join(folder, 'state.db') };
  const server = await startServerProcess({ env }, [path.join(alone, 'dist/server/server.js')]);
  await server.line(/created successfully/);
  expect((await fetch(`${server.url}/docs/assets/swagger-ui-bundle.js`)).status).toBe(200);
  expect(existsSync(env.STATE_FILE)).toBe(true);
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  const worker = await runNode([path.join(alone, 'dist/server/worker.js')], { env });
  const { code, stderr } = await worker.ended;
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('A worker needs REDIS_URL') });
  await graph.close();
});

test.each(['server.js', 'worker.js'])('%s is held with one byte a character', (name) => {
  const bytes = readFileSync(path.join(alone, 'dist/server', name));
  expect(bytes.findIndex((byte) => byte > 0x7f)).toBe(-1);
});

test('a start builds anew what has changed, and only that; stack traces name the lines of sources', async () => {
  const builtAt = () => statSync(path.join(tree, 'dist/server/inputs.json')).mtimeMs;
  const start = async () => (await runNode(serve('worker', tree))).ended;
  const first = builtAt();
  expect((await start()).stderr).toContain('See .env.example');
  expect(builtAt()).toBe(first);
  const changed = path.join(tree, 'api/src/errors.ts');
  const lines = readFileSync(changed, 'utf8').split('\n').length;
  appendFileSync(changed, "throw new Error('changed');\n");
  expect((await start()).stderr).toMatch(new RegExp(`Error: changed\\n +at .*api/src/errors\\.ts:${lines}:`));
  expect(builtAt()).toBeGreaterThan(first);
});

test('what it does not know is refused with the usage', async () => {
  const { code, stderr, stdout } = await build('--standalon');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: npm run build');
});
