import { freePort } from './free-port.ts';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';

const HOW_TO_INSTALL = 'sudo apt-get install redis-server (Debian, Ubuntu) or brew install redis (macOS)';
const START_TIMEOUT_MS = 10_000;

export interface RedisServer {
  url: string;
  port: number;
  /** A connection for the test itself, closed by `stop()`. */
  client: Redis;
  /** Ends the process and starts another on the same port, without what it held. */
  restart(): Promise<void>;
  /** Ends the process; `start()` begins another on the same port. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGSTOP: takes connections, answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/**
 * `describe` for suites that need a redis-server on the PATH. Without one they are skipped, with one
 * line that says how to get it; under CI that is a failure.
 */
export function describeWithRedis(name: string, body: () => void): void {
  if (hasRedis()) {
    describe(name, body);
    return;
  }
  if (process.env.CI) {
    test(`${name}: needs redis-server`, () => {
      throw new Error(`redis-server is not on the PATH: ${HOW_TO_INSTALL}`);
    });
    return;
  }
  process.stderr.write(`Skipped for want of redis-server: ${name}. To run it: ${HOW_TO_INSTALL}\n`);
  describe.skip(name, body);
}

/** A redis-server on a free port of loopback, in memory only, with a folder of its own. */
export async function startRedis(args: string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => 10 });
  client.on('error', () => undefined);
  const start = async () => {
    child = spawn('redis-server', [...settingsFor(port, folder), ...args], { stdio: 'ignore' });
    await untilAnswering(port, child);
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    client,
    start,
    kill,
    async restart() {
      await kill();
      await start();
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async stop() {
      client.disconnect();
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settingsFor(port: number, folder: string): string[] {
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', daemonize: 'no' };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

async function untilAnswering(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const probe = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 10, maxRetriesPerRequest: null });
  // Refused until it listens.
  probe.on('error', () => undefined);
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
  failed.catch(() => undefined);
  const late = new AbortController();
  try {
    await Promise.race([
      probe.ping(),
      failed,
      delay(deadline - Date.now(), undefined, { signal: late.signal }).then(() => {
        throw new Error('redis-server does not answer');
      }),
    ]);
  } finally {
    late.abort();
    probe.disconnect();
  }
}

function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}
