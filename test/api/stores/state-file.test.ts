import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import Database from 'libsql';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { openStateFile } from '../../../api/src/stores/sqlite/sqlite-stores.ts';
import { StateFileError, StateUnavailableError } from '../../../api/src/stores/sqlite/state-errors.ts';
import { startApp } from '../../support/app.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { killScripts, runNode, SERVER_ENV, serve } from '../../support/server-process.ts';
import { deeply } from '../../support/depth.ts';

const RECORD = { at: new Date().toISOString(), message: 'Oi', type: 'help' };

let folder: string;
let logs: LogCapture;
let count = 0;
const path = () => join(folder, `${count}.db`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-'));
});
beforeEach(() => {
  count++;
  logs = captureLogs();
});
afterEach(() => logs.stop());
afterAll(async () => {
  await killScripts();
  await rm(folder, { recursive: true });
});

const fault = () => {
  try {
    openStateFile(path()).close();
  } catch (error) {
    if (error instanceof StateFileError) return error.message;
    throw error;
  }
  return 'opened';
};

async function filled(): Promise<void> {
  const stores = openStateFile(path());
  for (let n = 0; n < 300; n++)
    await stores.chat.append(`user-${n}`, { ...RECORD, message: 'x'.repeat(900) });
  stores.close();
  // What is in the log alone would survive a torn file.
  new Database(path()).exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

describe('a state file', () => {
  test('is made with its folder, for its owner alone, and keeps what was written', async () => {
    const nested = join(folder, 'new', 'state.db');
    const stores = openStateFile(nested);
    await stores.chat.append('user-1', RECORD);
    stores.close();
    const again = openStateFile(nested);
    expect(await again.chat.latest('user-1', 9)).toEqual([RECORD]);
    again.close();
    expect((await stat(nested)).mode & 0o777).toBe(0o600);
  });

  test.each([
    [
      'a text',
      (file: string) => writeFile(file, 'Nothing of ours. '.repeat(500)),
      /is a file of something else/,
    ],
    [
      'a database of something else',
      async (file: string) => new Database(file).exec('CREATE TABLE notes (text)'),
      /is a file of something else/,
    ],
    [
      'of a newer version',
      async (file: string) => {
        openStateFile(file).close();
        new Database(file).exec('PRAGMA user_version = 99');
      },
      /is of a newer version of this service \(99, this one knows \d+\)/,
    ],
    [
      'torn',
      async (file: string) => {
        await filled();
        await truncate(file, Math.floor((await stat(file)).size / 8192) * 4096);
      },
      /is damaged: put back a copy of it, or move it away/,
    ],
    [
      'torn within its first page',
      async (file: string) => {
        await filled();
        await truncate(file, 1000);
      },
      /is damaged|is a file of something else/,
    ],
    [
      'with a page of rubbish',
      async (file: string) => {
        await filled();
        const bytes = await readFile(file);
        bytes.fill(0x5a, 4096 * 4, 4096 * 6);
        await writeFile(file, bytes);
      },
      /is damaged/,
    ],
  ])('%s, is not used, and left as it is', async (_name, make, message) => {
    await make(path());
    const before = await readFile(path());
    expect(fault()).toMatch(message);
    expect(fault()).not.toContain('\n');
    expect((await readFile(path())).equals(before)).toBe(true);
  });

  test('cannot be in a folder that cannot be made', async () => {
    await writeFile(path(), '');
    expect(() => openStateFile(join(path(), 'state.db'))).toThrow(
      /cannot be opened: make its folder writable/,
    );
  });

  test('that is empty is taken, as a file that is to be', async () => {
    await writeFile(path(), '');
    expect(fault()).toBe('opened');
  });

  test('that is full answers 503, is counted, and is used again when there is room', async () => {
    const stores = openStateFile(path(), { maxPages: 40 });
    const app = await startApp({ overrides: { stores } });
    const ask = (message: string) =>
      app.request('POST', '/api/v1/chat', { as: 'user', body: { message: `help ${message}` } });
    let status = 200;
    for (let n = 0; n < 200 && status === 200; n++) ({ status } = await ask('x'.repeat(900)));
    expect(status).toBe(503);
    expect((await ask('y'.repeat(900))).body).toMatchObject({
      detail: 'What this service remembers cannot be reached now',
    });
    expect((await app.request('GET', '/health')).body).toMatchObject({ state: { writable: false } });
    const metrics = await registry.metrics();
    expect(metrics).toMatch(/state_errors_total\{reason="full"\} [1-9]/);
    expect(metrics).toContain('state_writable 0\n');
    expect((await app.request('GET', '/api/v1/chat/history', { as: 'user' })).status).toBe(200);
    expect(app.logs.filter((line) => line.includes(' ERROR The state file cannot be used'))).toHaveLength(1);
    await stores.chat.removeBefore(new Date(Date.now() + 1000));
    expect((await ask('better')).status).toBe(200);
    expect(await registry.metrics()).toContain('state_writable 1\n');
    await app.stop();
  });

  deeply('that another process holds makes one writer wait for it, and the next ones hardly', async () => {
    const stores = openStateFile(path());
    const write = () => stores.chat.append('user-1', RECORD);
    await write();
    const holder = new Database(path());
    holder.exec('BEGIN IMMEDIATE');
    const refusedAfter = async () => {
      const startedAt = performance.now();
      await expect(write()).rejects.toThrow(StateUnavailableError);
      return performance.now() - startedAt;
    };
    const first = await refusedAfter();
    const next = Math.min(await refusedAfter(), await refusedAfter(), await refusedAfter());
    expect(next).toBeLessThan(first / 4);
    holder.exec('ROLLBACK');
    await write();
    holder.exec('BEGIN IMMEDIATE');
    expect(await refusedAfter()).toBeGreaterThan(4 * next);
    holder.close();
    stores.close();
  });
});

describe('the service', () => {
  test('remembers across a restart, and says in one line that it cannot', async () => {
    const ask = async (method: string, route: string, body?: unknown) => {
      const app = await startApp({ env: { STATE_FILE: path() } });
      const answer = await app.request(method, route, { as: 'user', body });
      await app.stop();
      return answer.body;
    };
    await ask('POST', '/api/v1/chat', { message: 'help' });
    await ask('POST', '/api/v1/automation/optimize-budgets', {});
    expect((await ask('GET', '/api/v1/chat/history')).history).toMatchObject([{ message: 'help' }]);
    expect((await ask('GET', '/api/v1/automation/suggestions')).suggestions).toMatchObject([
      { kind: 'budget' },
    ]);

    await writeFile(path(), 'Nothing of ours. '.repeat(500));
    const facebook = {
      FACEBOOK_ACCESS_TOKEN: 'test-token-not-real',
      FACEBOOK_AD_ACCOUNT_ID: '1',
      FACEBOOK_APP_ID: '1',
      FACEBOOK_APP_SECRET: 'test-secret-not-real',
    };
    const env = { ...SERVER_ENV, ...facebook, STATE_FILE: path() };
    const { code, stdout, stderr } = await (await runNode(serve('server'), { env })).ended;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `STATE_FILE ${path()} is a file of something else: set STATE_FILE to another one\n`,
    });
  });

  deeply(
    'loses nothing that it acknowledged when it is killed, a hundred times',
    async () => {
      const writer = join(folder, 'writer.cjs');
      await build({
        entryPoints: [resolve('test/api/stores/killed-writer.ts')],
        outfile: writer,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        external: ['libsql'],
        minify: true,
        logLevel: 'silent',
      });
      let acknowledged = -1;
      for (let kill = 0; kill < 100; kill++) {
        acknowledged = await killWriter(writer, acknowledged + 1, Math.random());
      }
      const stores = openStateFile(path());
      const kept = new Set<string>();
      for (let user = 0; user <= acknowledged / 100; user++) {
        for (const { message } of await stores.chat.latest(`user-${user}`, 999)) kept.add(message);
      }
      stores.close();
      const lost = Array.from({ length: acknowledged + 1 }, (_, n) => String(n)).filter((n) => !kept.has(n));
      expect(acknowledged).toBeGreaterThan(100);
      expect(lost).toEqual([]);
    },
    1_800_000,
  );
});

/** Lets one write for a moment. @returns the last that it was told is kept */
async function killWriter(writer: string, first: number, chance: number): Promise<number> {
  const child = spawn(process.execPath, [writer, path(), String(first)], {
    env: { NODE_PATH: resolve('node_modules') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = first - 1;
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    last = Number(lines.at(-1) ?? last);
    if (!child.killed && last >= first + chance * 20) {
      // At any moment of what it does next, not only as it tells.
      setTimeout(() => child.kill('SIGKILL'), chance * 3);
    }
  });
  await once(child, 'close');
  return last;
}
