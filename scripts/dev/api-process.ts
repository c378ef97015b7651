import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../api/src/server.ts', import.meta.url));

export interface ApiProcess {
  /** Resolves when the API listens; never if it ends before. */
  listening: Promise<string>;
  /** Its exit code; 128 and more when a signal ended it. */
  ended: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the API as its own process; its lines go to this process's output. */
export function startApiProcess(env: Record<string, string | undefined>): ApiProcess {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), SERVER], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    listening: listeningUrl(child),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 128));
    }),
    kill: (signal) => void child.kill(signal),
  };
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      const url = /Listening on (http:\/\/\S+)/.exec(chunk.toString())?.[1];
      if (url) resolve(url);
    });
  });
}
