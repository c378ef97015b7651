import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import type { CodemodFlags } from '../codemod/arguments.ts';
import { readConfigFile } from '../codemod/config-file.ts';

const CONFIG_FILE = 'agent-cache.config.json';

/**
 * The codemod's options for a tree: flags win over the root's configuration file, and that over the defaults.
 *
 * @throws UsageError when the configuration file is not what its schema says
 */
export async function detectionOptions(root: string, flags: CodemodFlags): Promise<CodemodOptions> {
  const file = path.join(root, CONFIG_FILE);
  const configured = existsSync(file) ? await readConfigFile(file) : {};
  const options: CodemodOptions = { ...DEFAULT_OPTIONS, ...defined(configured), ...defined(flags) };
  const { cacheModule } = options;
  return cacheModule === undefined ? options : { ...options, cacheModule: inTree(root, cacheModule) };
}

function defined(flags: CodemodFlags): Partial<CodemodOptions> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

/** The codemod resolves a path in its working folder, the gate in its tree; a bare specifier is neither. */
function inTree(root: string, cacheModule: string): string {
  if (root === process.cwd()) return cacheModule;
  const absolute = path.resolve(root, cacheModule);
  return existsSync(path.dirname(absolute)) ? absolute : cacheModule;
}
