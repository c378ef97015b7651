import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { $ZodIssue } from 'zod/v4/core';
import type { CodemodFlags } from './arguments.ts';
import { reasonOf } from '../cli/system-error.ts';
import { UsageError } from '../cli/usage-error.ts';

/** What the configuration of a tree is called. */
export const CONFIG_FILE = 'agent-cache.config.json';

/**
 * The configuration file that counts for some paths: the nearest `agent-cache.config.json` above them inside of
 * their repository, or else that of the working folder.
 *
 * @throws UsageError when the paths have different ones
 */
export function configFileFor(paths: readonly string[]): string | undefined {
  const ofWorkingFolder = existsSync(CONFIG_FILE) ? path.resolve(CONFIG_FILE) : undefined;
  const [first, second] = new Set(paths.map((each) => nearestConfigFile(each) ?? ofWorkingFolder));
  if (second === undefined) return first;
  throw new UsageError(
    `the paths have configurations of their own (such as ${second}): run them one by one, or name one with --config`,
  );
}

/** The `agent-cache.config.json` of a folder, or of the nearest one above it, up to the root of its repository. */
export function nearestConfigFile(folder: string): string | undefined {
  const file = path.resolve(folder, CONFIG_FILE);
  if (existsSync(file)) return file;
  const parent = path.dirname(path.resolve(folder));
  const isEnd = parent === path.resolve(folder) || existsSync(path.resolve(folder, '.git'));
  return isEnd ? undefined : nearestConfigFile(parent);
}

/** What a configuration file says: options of the codemod, and what the checklist alone asks for. */
export interface Configuration {
  options: CodemodFlags;
  /** As it is written: relative to the root of the tree. */
  baseline?: string;
}

/** The options of the codemod in a configuration file; throws as `readConfig` does. */
export async function readConfigFile(file: string): Promise<CodemodFlags> {
  return (await readConfig(file)).options;
}

/**
 * Reads a configuration file.
 *
 * @throws UsageError when the file is missing, or not what its schema says
 */
export async function readConfig(file: string): Promise<Configuration> {
  const text = readText(file);
  // The schema library takes longer to load than a file takes to migrate: only who configures pays for it.
  const { configSchema } = await import('./config-schema.ts');
  const result = configSchema.safeParse(parseJson(file, text));
  if (result.success) {
    const { $schema: _forEditors, exclude, baseline, ...flags } = result.data;
    return {
      options: exclude ? { ...flags, exclude: exclude.map((glob) => besideFile(file, glob)) } : flags,
      ...(baseline === undefined ? {} : { baseline }),
    };
  }
  throw new UsageError(`${file}: ${[...new Set(result.error.issues.map(faultOf))].join('; ')}`);
}

/** One line, whatever the keys of the file are. */
function faultOf(issue: $ZodIssue): string {
  const names = (keys: readonly PropertyKey[]) => keys.map((key) => JSON.stringify(String(key))).join(', ');
  if (issue.code === 'unrecognized_keys') return `there is no option ${names(issue.keys)}`;
  if (issue.path.length === 0) return 'it has to be an object of options';
  return `${issue.path.map(String).join('.')} ${issue.message}`;
}

/** A glob is meant from the configuration's folder on, unless it says that it is meant anywhere. */
function besideFile(file: string, glob: string): string {
  if (glob.startsWith('**') || path.isAbsolute(glob)) return glob;
  const folder = path.resolve(path.dirname(file)).split(path.sep).join('/');
  return path.posix.join(folder.replace(/[\\!()[\]{}*?+@|]/g, '\\$&'), glob);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${reasonOf(error)}`);
  }
}
