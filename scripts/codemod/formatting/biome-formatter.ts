import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import type { Formatter } from './formatter.ts';
import type { NearestFile } from './nearest-file.ts';

/** Biome as the tree around the folder has it, or ours where it has settings alone; undefined where it has none. */
export function biomeFormatter(folder: string, nearestFile: NearestFile): Formatter | undefined {
  const settings = nearestFile(folder, ['biome.json', 'biome.jsonc']);
  if (settings === undefined) return undefined;
  const command = biomeOf(folder);
  return {
    format: (file, text) =>
      run(
        command,
        ['format', '--no-errors-on-unmatched', `--stdin-file-path=${file}`],
        path.dirname(settings),
        text,
      ),
  };
}

/** How to start Biome: its program for this platform, or the script that looks for others (such as musl's). */
function biomeOf(folder: string): readonly [string, ...string[]] {
  const { require, script } = packageAround(folder);
  try {
    const program = process.platform === 'win32' ? 'biome.exe' : 'biome';
    return [require.resolve(`@biomejs/cli-${process.platform}-${process.arch}/${program}`)];
  } catch {
    return [process.execPath, script];
  }
}

function packageAround(folder: string): { require: NodeJS.Require; script: string } {
  const resolveFrom = (base: string) => createRequire(base).resolve('@biomejs/biome/bin/biome');
  let script: string;
  try {
    script = resolveFrom(path.join(folder, 'package.json'));
  } catch {
    script = resolveFrom(import.meta.url);
  }
  return { require: createRequire(script), script };
}

async function run(
  [program, ...first]: readonly [string, ...string[]],
  args: readonly string[],
  cwd: string,
  input: string,
): Promise<string> {
  const child = spawn(program, [...first, ...args], { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {}); // It ended early: its exit code says so.
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  const [output, code] = await Promise.all([textOf(child.stdout), ended]);
  if (code !== 0) throw new Error(`biome format ended with ${code}`);
  return output;
}
