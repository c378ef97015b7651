import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

/** What a program came to that was waited for. */
interface ChildRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Ends a proof that a signal ended. */
export class SignalledError extends Error {
  override readonly name = 'SignalledError';
  /** As a shell tells of a program that a signal ended. */
  readonly exitCode: number;

  constructor(signal: Signal) {
    super(signal);
    this.exitCode = 128 + constants.signals[signal];
  }
}

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end. It works in a copy that nobody needs any more when this process is told to end, so that it
 * ends at once then, with all that it started.
 *
 * @throws SignalledError once that was so
 */
export async function childRun(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<ChildRun> {
  // A group of its own: what a shell started ends with it.
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { stdout, stderr } = child;
  const said = { stdout: '', stderr: '' };
  stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  let ended: Signal | undefined;
  const end = (signal: Signal) => {
    ended = signal;
    endGroup(child);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (ended) throw new SignalledError(ended);
    return { exitCode: code ?? -1, ...said };
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
