import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { runTool } from '../support/run-tool.ts';
import { createTree, type Tree } from '../support/trees.ts';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const LIBRARY = fileURLToPath(new URL('../../api/src/utils/cached-provider.ts', import.meta.url));
const CLIENT = 'export class LedgerClient {\n  async list() {\n    return [];\n  }\n}\n';
const ROUTE = `import { Router } from 'express';
import { LedgerClient } from '../lib/ledger-client.js';

export const ledgers = Router();

ledgers.get('/api/v1/ledgers', async (_req, res) => {
  const client = new LedgerClient();
  res.json(await client.list());
});
`;
const SERVER = `import express from 'express';
import { ledgers } from './api/ledgers.js';
import { agentCacheHealth } from './utils/agent-cache-health.js';

const app = express();
app.use(ledgers);
app.use(agentCacheHealth);
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

let tree: Tree;
let server: ChildProcess | undefined;
afterEach(async () => {
  if (server?.exitCode === null && server.kill()) await once(server, 'exit');
  tree.remove();
});

async function prove(): Promise<{ code: number; stdout: string }> {
  server = spawn(process.execPath, ['src/server.js'], {
    cwd: tree.root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const started = [once(server.stdout ?? server, 'data'), once(server, 'exit')];
  const [port] = (await Promise.race(started)) as [Buffer];
  const url = `http://127.0.0.1:${String(port).trim()}`;
  return runTool('checklist', ['--url', url, '--path', '/api/v1/ledgers', '--requests', '8'], tree.root);
}

/** The packages of this repository, with the library as a team gets it. */
async function install(): Promise<void> {
  mkdirSync(tree.path('node_modules'));
  for (const each of readdirSync(MODULES))
    if (each !== 'agent-cache-tools')
      symlinkSync(path.join(MODULES, each), tree.path(`node_modules/${each}`));
  tree.write(
    'node_modules/agent-cache-tools/package.json',
    '{ "name": "agent-cache-tools", "type": "module", "exports": "./index.js" }\n',
  );
  const outfile = tree.path('node_modules/agent-cache-tools/index.js');
  await build({ entryPoints: [LIBRARY], outfile, bundle: true, platform: 'node', format: 'esm' });
}

test.each([[[]], [['--sync']], [['--library']]])(
  'the health route that init writes with %j proves a deployment alone, and no legacy one',
  async (flags) => {
    tree = createTree({
      'package.json': '{ "type": "module", "dependencies": { "express": "^5.0.0" } }\n',
      'src/lib/ledger-client.js': CLIENT,
      'src/api/ledgers.js': ROUTE,
    });
    await install();
    expect(await runTool('init', ['--health', ...flags, 'src'], tree.root)).toMatchObject({ code: 0 });
    tree.write('src/server.js', SERVER);
    expect((await prove()).stdout).toContain('the deployment is not proven');
    server?.kill();
    expect(await runTool('codemod', ['--force', 'src'], tree.root)).toMatchObject({ code: 0 });
    const proven = await prove();
    expect(proven.stdout).toContain('the deployment is proven for /api/v1/ledgers');
    expect(proven.code).toBe(0);
  },
);
