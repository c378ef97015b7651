import { type CodemodOptions, DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import type { Arguments } from './arguments.ts';
import { readConfigFile } from './config-file.ts';

/** Flags win over the configuration file, and that over the defaults. */
export async function resolveOptions({ config, flags }: Arguments): Promise<CodemodOptions> {
  return { ...DEFAULT_OPTIONS, ...(await readConfigFile(config)), ...flags };
}
