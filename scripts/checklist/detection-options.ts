import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS, moduleEnd } from '../../codemods/agent-cache/options.ts';
import { filesNow } from '../../codemods/agent-cache/files/files-once.ts';
import { aliasTargets } from '../../codemods/agent-cache/files/path-aliases.ts';
import type { CodemodFlags } from '../codemod/arguments.ts';
import { fileIn } from '../codemod/check-request.ts';
import { CONFIG_FILE, readConfigFile } from '../codemod/config-file.ts';
import { defaultGetter } from '../codemod/default-getter.ts';
import { withoutOtherGetter } from '../codemod/resolve-options.ts';
import { UsageError } from '../cli/usage-error.ts';

/**
 * The codemod's options for a tree: flags win over the configuration file in the root, and that over the defaults.
 *
 * @throws UsageError when the configuration file is not what its schema says
 */
export async function detectionOptions(root: string, flags: CodemodFlags): Promise<CodemodOptions> {
  const file = path.join(root, CONFIG_FILE);
  const configured = existsSync(file) ? await readConfigFile(file) : {};
  const asked = { ...withoutOtherGetter(defined(configured), defined(flags)), ...defined(flags) };
  const inRoot = asked.cacheModule === undefined ? {} : { cacheModule: inTree(root, asked.cacheModule) };
  const factory = defaultGetter(root, { ...asked, ...inRoot });
  const options: CodemodOptions = { ...DEFAULT_OPTIONS, factory, ...asked };
  const agentModule = moduleEnd(options.agentModule);
  const { cacheModule } = options;
  return {
    ...options,
    agentModule,
    ...(cacheModule === undefined ? {} : { cacheModule: inTree(root, cacheModule) }),
  };
}

/** The configuration file in a folder above the root, inside of its repository, which is not read. */
export function configAbove(root: string): string | undefined {
  if (existsSync(path.join(root, '.git'))) return undefined;
  for (let folder = path.dirname(root); ; folder = path.dirname(folder)) {
    const file = path.join(folder, CONFIG_FILE);
    if (existsSync(file)) return file;
    if (existsSync(path.join(folder, '.git')) || folder === path.dirname(folder)) return undefined;
  }
}

/** What must be the same in a folder's own configuration, or its files are judged by words that are not theirs. */
const WORDS = ['agentClass', 'agentModule', 'cacheModule', 'factory', 'provider'] as const;

/**
 * Refuses a tree whose parts have configurations of their own that say something else.
 *
 * @param files paths of the tree, as the list writes them
 * @throws UsageError that names the folder
 */
export async function refuseOtherConfigs(
  root: string,
  options: CodemodOptions,
  files: Iterable<string>,
): Promise<void> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = path.posix.dirname(file); folder !== '.' && !folders.has(folder); ) {
      if (folder === '/' || folder.startsWith('..')) break;
      folders.add(folder);
      folder = path.posix.dirname(folder);
    }
  }
  for (const folder of folders) {
    const file = path.join(root, folder, CONFIG_FILE);
    if (!existsSync(file)) continue;
    const configured = await readConfigFile(file);
    const own = { ...DEFAULT_OPTIONS, ...defined(configured) };
    const differs = WORDS.filter((word) => moduleEnd(String(own[word])) !== moduleEnd(String(options[word])));
    if (differs.length === 0) continue;
    throw new UsageError(
      `cannot tell: ${folder} has a configuration of its own with another ${differs.join(', ')}: run with --root ${folder}`,
    );
  }
}

function defined(flags: CodemodFlags): Partial<CodemodOptions> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

/**
 * The codemod resolves a path in its working folder, the gate in its tree. A bare specifier is neither, unless it is an
 * alias of a file of the tree.
 */
function inTree(root: string, cacheModule: string): string {
  for (const target of aliasTargets(fileIn(root), cacheModule, filesNow)) {
    const file = filesNow.probeModule(target);
    if (file !== undefined) return file;
  }
  if (root === process.cwd()) return cacheModule;
  const absolute = path.resolve(root, cacheModule);
  return existsSync(path.dirname(absolute)) ? absolute : cacheModule;
}
