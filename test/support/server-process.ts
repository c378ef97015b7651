import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TEST_API_KEY, TEST_JWT_SECRET } from './access-tokens.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SERVE = join(ROOT, 'scripts/serve.mjs');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What the service needs beside FACEBOOK_* to start for a test. */
export const SERVER_ENV = {
  PORT: '0',
  JWT_SECRET: TEST_JWT_SECRET,
  API_KEY: TEST_API_KEY,
  RATE_LIMITS: 'false',
  MAX_EVENT_LOOP_DELAY_SECONDS: '0',
};

const running = new Map<ChildProcess, Promise<unknown>>();

/** Ends what a failed test has left running, and removes its working folder. */
export async function killScripts(): Promise<void> {
  for (const child of running.keys()) child.kill('SIGKILL');
  await Promise.allSettled(running.values());
}

export interface ScriptProcess {
  /** Resolves with the first line of either output that matches; rejects when the process ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it, and all that it wrote. */
  ended: Promise<{ code: number | NodeJS.Signals | null; stdout: string; stderr: string }>;
}

export interface ScriptOptions {
  args?: string[];
  env?: Record<string, string>;
  /** Content of the `.env` file of its working folder, which is otherwise empty. */
  dotenv?: string;
}

/** Runs a TypeScript file of the project in an empty folder, with nothing of this environment. */
export function runScript(
  path: string,
  { args = [], ...options }: ScriptOptions = {},
): Promise<ScriptProcess> {
  return runNode(['--import', TSX, resolvePath(ROOT, path), ...args], options);
}

/** What `npm start` and `npm run worker` run, for this project or another tree that holds `api/`. */
export const serve = (program: 'server' | 'worker', root = ROOT) => [SERVE, program, root];

/** Runs Node with arguments in an empty folder, with nothing of this environment. */
export async function runNode(
  args: string[],
  { env = {}, dotenv }: ScriptOptions = {},
): Promise<ScriptProcess> {
  const cwd = await mkdtemp(join(tmpdir(), 'script-'));
  if (dotenv !== undefined) await writeFile(join(cwd, '.env'), dotenv);
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Awaited<ScriptProcess['ended']>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      void rm(cwd, { recursive: true })
        .then(() => resolve({ code: code ?? signal, ...output }), reject)
        .finally(() => running.delete(child));
    });
  });
  running.set(child, ended);
  return {
    ended,
    kill: (signal) => void child.kill(signal),
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then(
          ({ code }) => reject(new Error(`Ended with ${code}:\n${output.stdout}${output.stderr}`)),
          reject,
        );
      }),
  };
}

/** The service as a process that listens; `url` is where. @param program the arguments for Node */
export async function startServerProcess(
  options: ScriptOptions,
  program: string[] = serve('server'),
): Promise<ScriptProcess & { url: string }> {
  const script = await runNode(program, options);
  const [, url = ''] = await script.line(/Listening on (http:\/\/[\w.:]+)/);
  return { ...script, url };
}
