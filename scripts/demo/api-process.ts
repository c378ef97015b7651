import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SERVE = fileURLToPath(new URL('../serve.mjs', import.meta.url));
/** With the build of the tree. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const READY_POLL_MS = 50;

export interface ApiProcess {
  url: string;
  pid: number;
  stop(): Promise<void>;
  /** Ends it as a crash would: without a chance to finish anything. */
  kill(): void;
}

/**
 * Starts the service of a tree, built if need be, as a process of its own and waits until `/readyz` says so.
 * @param root folder that holds `api/`, `package.json` and `node_modules`
 * @param env the environment besides PATH
 * @param signal ends the process, if it aborts before that is ready
 * @throws when the process ends, or is not ready in a minute; the message holds its last output
 */
export async function startApi(
  root: string,
  env: Record<string, string>,
  signal?: AbortSignal,
): Promise<ApiProcess> {
  const child = spawn(process.execPath, [SERVE, 'server', root], {
    cwd: root,
    env: { PATH: process.env.PATH, STATE_FILE: ':memory:', ...env, HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => stopProcess(child);
  const late = AbortSignal.timeout(START_TIMEOUT_MS);
  const deadline = signal ? AbortSignal.any([late, signal]) : late;
  try {
    const url = await listeningUrl(child, deadline);
    await untilReady(url, deadline);
    return { url, pid: child.pid ?? 0, stop, kill: () => void child.kill('SIGKILL') };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads both outputs to their end (a full pipe would block the API), and answers the address in them. */
function listeningUrl(child: ChildProcess, deadline: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const tail: string[] = [];
    const fail = (reason: string) => reject(new Error(`The API ${reason}:\n${tail.join('\n')}`));
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        if (tail.push(line) > 20) tail.shift();
        const url = /Listening on (http:\/\/\S+)/.exec(line)?.[1];
        if (url) resolve(url);
      });
    }
    child.once('error', (error) => fail(`did not start (${error.message})`));
    child.once('exit', (code) => fail(`ended with code ${code} before it listened`));
    deadline.addEventListener('abort', () => fail('did not listen in time'), { once: true });
  });
}

async function untilReady(url: string, deadline: AbortSignal): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/readyz`, { signal: deadline });
    await response.arrayBuffer();
    if (response.ok) return;
    await delay(READY_POLL_MS, undefined, { signal: deadline });
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
