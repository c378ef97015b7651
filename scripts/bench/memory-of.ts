import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The memory of one process, in megabytes. */
export interface Memory {
  /** The most that was resident: what the run made, and what the garbage collector had not yet taken. */
  peakMb: number;
  /** What the heap holds at the end, after a full garbage collection: what the run keeps. */
  heldMb: number;
}

/**
 * Runs a Node process that tells its memory as it ends.
 *
 * @param run starts the process with the environment that it is given, and waits for its end
 * @param folder where the process can leave a file
 */
export async function memoryOf(
  run: (env: NodeJS.ProcessEnv) => Promise<unknown>,
  folder: string,
): Promise<Memory> {
  const file = path.join(folder, 'memory.json');
  const hook = `import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  writeFileSync(${JSON.stringify(file)}, JSON.stringify([maxRSS / 1024, process.memoryUsage().heapUsed / 2 ** 20]));
});`;
  const NODE_OPTIONS = `--import=data:text/javascript;base64,${Buffer.from(hook).toString('base64')}`;
  await run({ ...process.env, NODE_OPTIONS });
  const [peakMb = 0, heldMb = 0]: number[] = JSON.parse(readFileSync(file, 'utf8'));
  return { peakMb: Math.round(peakMb), heldMb: Math.round(heldMb * 10) / 10 };
}

/** A line that compares the memory of a run over a small tree with that over a large one. */
export function memoryLine({ at1000, at5000 }: { at1000: Memory; at5000: Memory }): string {
  return `  memory at 1000 and 5000 files: peak ${at1000.peakMb} and ${at5000.peakMb} MB, held at the end ${at1000.heldMb} and ${at5000.heldMb} MB\n`;
}
