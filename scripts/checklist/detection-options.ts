import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS, moduleEnd } from '../../codemods/agent-cache/options.ts';
import type { CodemodFlags } from '../codemod/arguments.ts';
import { nearestConfigFile, readConfigFile } from '../codemod/config-file.ts';

/**
 * The codemod's options for a tree: flags win over the nearest configuration file from the root up, and that over the defaults.
 *
 * @throws UsageError when the configuration file is not what its schema says
 */
export async function detectionOptions(root: string, flags: CodemodFlags): Promise<CodemodOptions> {
  const file = nearestConfigFile(root);
  const configured = file === undefined ? {} : await readConfigFile(file);
  const options: CodemodOptions = { ...DEFAULT_OPTIONS, ...defined(configured), ...defined(flags) };
  const agentModule = moduleEnd(options.agentModule);
  const { cacheModule } = options;
  return {
    ...options,
    agentModule,
    ...(cacheModule === undefined ? {} : { cacheModule: inTree(root, cacheModule) }),
  };
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
