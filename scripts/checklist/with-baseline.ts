import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../cli/usage-error.ts';
import { CONFIG_FILE, readConfig } from '../codemod/config-file.ts';
import type { ChecklistOptions } from './options.ts';

/** Where accepted places are kept when nobody says where. */
const DEFAULT_BASELINE = 'checklist-baseline.json';

/**
 * The options with the baseline that counts: that of the command line, that of the configuration in the root, or the one
 * that is there by the usual name, so that hooks, jobs and what people run by hand agree.
 *
 * @throws UsageError when something is asked of a baseline that nobody named
 */
export async function withBaseline(options: ChecklistOptions): Promise<ChecklistOptions> {
  const { updateBaseline, mergeBaseline, accept } = options;
  const baseline =
    options.baseline ??
    (await configuredBaseline(options)) ??
    // What was accepted without naming a file, later runs accept without it.
    (accept === undefined && !existsSync(path.resolve(options.root, DEFAULT_BASELINE))
      ? undefined
      : DEFAULT_BASELINE);
  const flag = updateBaseline ? '--update-baseline' : mergeBaseline ? '--merge-baseline' : undefined;
  if (flag !== undefined && baseline === undefined)
    throw new UsageError(`${flag} needs --baseline FILE, or a "baseline" in ${CONFIG_FILE}`);
  return baseline === undefined ? options : { ...options, baseline };
}

async function configuredBaseline(options: ChecklistOptions): Promise<string | undefined> {
  const { root, initGuide, updateBaseline } = options;
  const file = path.join(root, CONFIG_FILE);
  const { baseline } = existsSync(file) ? await readConfig(file) : {};
  // The first guide comes before the first baseline.
  const isToCome =
    baseline !== undefined && initGuide && !updateBaseline && !existsSync(path.resolve(root, baseline));
  return isToCome ? undefined : baseline;
}
