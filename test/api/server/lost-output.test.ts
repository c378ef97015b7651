import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGraphServer } from '../../support/graph/index.ts';
import { SERVER_ENV, serve } from '../../support/server-process.ts';

test('goes on serving when what reads its output has ended, and counts the lines', async () => {
  const graph = await startGraphServer();
  const cwd = await mkdtemp(join(tmpdir(), 'output-'));
  const child = spawn(process.execPath, serve('server'), {
    cwd,
    env: { PATH: process.env.PATH, ...SERVER_ENV, ...graph.env, LOG_LEVEL: 'http', TASKS_ENABLED: 'false' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  while (!/Listening on \S+/.test(output)) output += String((await once(child.stdout, 'data'))[0]);
  const [, url] = /Listening on (\S+)/.exec(output) ?? [];
  child.stdout.destroy();
  for (let request = 0; request < 5; request++) expect((await fetch(`${url}/livez`)).status).toBe(200);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/log_lines_lost_total [1-9]/);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  await graph.close();
  await rm(cwd, { recursive: true });
});
