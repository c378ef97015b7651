import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodemodFlags } from './arguments.ts';
import { errorCode, reasonOf } from './system-error.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_FILE = 'agent-cache.config.json';

/**
 * Reads the options of the configuration file: the named one, or `agent-cache.config.json` of the working
 * folder if there is one.
 *
 * @throws UsageError when the named file is missing, or a file is not what its schema says
 */
export async function readConfigFile(named?: string): Promise<CodemodFlags> {
  const file = named ?? DEFAULT_FILE;
  const text = readText(file, named === undefined);
  if (text === undefined) return {};
  // The schema library takes longer to load than a file takes to migrate: only who configures pays for it.
  const { configSchema } = await import('./config-schema.ts');
  const result = configSchema.safeParse(parseJson(file, text));
  if (result.success) {
    const { $schema: _forEditors, exclude, ...flags } = result.data;
    return exclude ? { ...flags, exclude: exclude.map((glob) => besideFile(file, glob)) } : flags;
  }
  const faults = result.error.issues.map((issue) => [...issue.path, issue.message].join(': '));
  throw new UsageError(`${file}: ${faults.join('; ')}`);
}

/** A glob is meant from the configuration's folder on, unless it says that it is meant anywhere. */
function besideFile(file: string, glob: string): string {
  if (glob.startsWith('**') || path.isAbsolute(glob)) return glob;
  const folder = path.resolve(path.dirname(file)).split(path.sep).join('/');
  return path.posix.join(folder.replace(/[\\!()[\]{}*?+@|]/g, '\\$&'), glob);
}

function readText(file: string, optional: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (optional && errorCode(error) === 'ENOENT') return undefined;
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
