import { deeply } from '../../support/depth.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { killScripts, runScript, SERVER_ENV, startServerProcess } from '../../support/server-process.ts';

/** What a library may do behind our back, once it is told to. */
const UNRULY = `
process.on('SIGUSR2', () => {
  console.error('library: %s', 'cannot\\nread', { access_token: 'test-token-not-real-in-an-object' });
  console.log('library: hello');
  process.emitWarning('library: old ways', 'DeprecationWarning');
  setTimeout(() => Promise.reject(new Error('nobody catches this')), 50);
});
`;

let graph: GraphServer;
let folder: string;

beforeAll(async () => {
  graph = await startGraphServer();
  folder = await mkdtemp(join(tmpdir(), 'unruly-'));
  await writeFile(join(folder, 'unruly.mjs'), UNRULY);
});
afterAll(async () => {
  await killScripts();
  await graph.close();
  await rm(folder, { recursive: true });
});

test('every line is JSON, also those of libraries, of Node and of the end', async () => {
  const server = await startServerProcess({
    env: {
      ...SERVER_ENV,
      ...graph.env,
      STATE_FILE: ':memory:',
      LOG_FORMAT: 'json',
      NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'unruly.mjs')).href}`,
    },
  });
  server.kill('SIGUSR2');
  const { stdout, stderr, code } = await server.ended;
  expect(code).toBe(1);
  const lines = `${stdout}${stderr}`
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const told = (part: object) => expect(lines).toContainEqual(expect.objectContaining(part));
  told({ level: 'info', message: 'library: hello', source: 'console' });
  told({ level: 'warn', message: 'library: old ways', warning: 'DeprecationWarning' });
  const error = lines.find(({ message }) => message.startsWith('library: cannot\nread'));
  expect(error).toMatchObject({ level: 'error', source: 'console' });
  told({ level: 'error', message: 'Uncaught exception, ending' });
  for (const { time, level } of lines)
    expect({ time: Date.parse(time) > 0, level }).toEqual({ time: true, level: expect.any(String) });
});

deeply('why it cannot start is JSON, too', async () => {
  const { ended } = await runScript('api/src/server.ts', { env: { ...graph.env, LOG_FORMAT: 'json' } });
  const { stdout, stderr, code } = await ended;
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    level: 'error',
    message: expect.stringContaining('API_KEY: is missing'),
  });
});
