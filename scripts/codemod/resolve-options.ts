import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS, moduleEnd } from '../../codemods/agent-cache/options.ts';
import type { Arguments } from './arguments.ts';
import { configFileFor, readConfigFile } from './config-file.ts';

/** Flags win over the configuration file, and that over the defaults. */
export async function resolveOptions({ config, flags, init, paths }: Arguments): Promise<CodemodOptions> {
  const file = config ?? configFileFor(init === undefined ? paths : [init]);
  const configured = file === undefined ? {} : await readConfigFile(shown(file));
  const options = { ...DEFAULT_OPTIONS, ...configured, ...flags };
  return { ...options, agentModule: moduleEnd(options.agentModule) };
}

function shown(file: string): string {
  const relative = path.relative('', file);
  return relative.startsWith('..') ? file : relative;
}
