import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** What one command cost: CPU seconds of the process and its children, and seconds on the clock. */
export interface Cost {
  cpuS: number;
  wallS: number;
}

/**
 * Runs a command to its end, its output thrown away, and tells what it cost. Node does not tell a child's CPU
 * time; the shell's `times` does, with that of the child's own children.
 *
 * @param accepted exit codes that are no fault
 * @throws Error when the command ends with any other code
 */
export async function measuredCommand(
  command: string,
  args: readonly string[],
  { accepted = [0], env = process.env }: { accepted?: readonly number[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Cost> {
  const started = performance.now();
  const shell = spawn(
    'sh',
    ['-c', '"$@" >/dev/null 2>/dev/null; code=$?; times; exit $code', 'sh', command, ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
    },
  );
  let output = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    shell.once('error', reject).once('close', resolve);
  });
  const wallS = (performance.now() - started) / 1000;
  if (code === null || !accepted.includes(code)) {
    throw new Error(`${[command, ...args].join(' ')} ended with ${code}`);
  }
  return { cpuS: childSeconds(output), wallS };
}

/** The second line of `times` is that of the children: `0m1.250s 0m0.080s`, user and system. */
function childSeconds(times: string): number {
  const line = times.trim().split('\n').at(-1) ?? '';
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`the shell told no times: ${times}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
