import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../cli/usage-error.ts';
import type { Report } from '../codemod/report.ts';
import { childRun } from './child-run.ts';

/** This project. */
const HERE = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The tools of a checkout of this project, as npm starts them.
 *
 * @throws UsageError when the folder holds none
 */
export function toolsOf(checkout = HERE): string {
  const tools = path.resolve(checkout, 'scripts/run.mjs');
  if (!existsSync(tools)) throw new UsageError(`--tools ${checkout}: that is no checkout of this project`);
  return tools;
}

/** A run of the codemod, in a process of its own. */
export interface CodemodRun {
  exitCode: number;
  output: string;
  /** Undefined where it ended before it had one. */
  report: Report | undefined;
}

/** Runs the codemod in the copy, with a report beside it. */
export async function codemodRun(
  tools: string,
  root: string,
  args: readonly string[],
  name: string,
): Promise<CodemodRun> {
  const file = path.join(path.dirname(root), `${name}.json`);
  const run = await started(tools, root, ['--force', '--report', file, ...args]);
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined;
  return { ...run, report };
}

/** Writes a cache module for a folder of the copy; where there is one already, nothing happens. */
export async function initRun(
  tools: string,
  root: string,
  folder: string,
  options: readonly string[],
): Promise<Omit<CodemodRun, 'report'>> {
  return await started(tools, root, ['--init', folder, ...options]);
}

async function started(
  tools: string,
  root: string,
  args: readonly string[],
): Promise<Omit<CodemodRun, 'report'>> {
  // Whoever started us may be npm, which says where: the codemod is to be in the copy.
  const { INIT_CWD: _, npm_package_json: __, ...env } = process.env;
  const { exitCode, stdout, stderr } = await childRun(process.execPath, [tools, 'codemod', ...args], {
    cwd: root,
    env: { ...env, NO_COLOR: '1' },
  });
  return { exitCode, output: `${stdout}${stderr}` };
}
