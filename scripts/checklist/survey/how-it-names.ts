import { readFileSync } from 'node:fs';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { loadedModules } from '../../../codemods/agent-cache/source/imported-modules.ts';
import { endsWithPath, withoutExtension } from '../../../codemods/agent-cache/source/specifiers.ts';

/**
 * How a file that was not read speaks of the agent's class, in whatever encoding it is; undefined where it does not.
 *
 * @param isFound it was found to build one: then it has the class, by whatever name
 */
export function howItNames(
  file: string,
  isFound: boolean,
  { agentClass, agentModule }: Pick<CodemodOptions, 'agentClass' | 'agentModule'>,
): string | undefined {
  const named = `names ${agentClass}`;
  const loaded = `has ${agentClass} by another name`;
  const bytes = bytesOf(file);
  if (bytes === undefined || bytes.includes(agentClass) || bytes.includes(Buffer.from(agentClass, 'utf16le')))
    return named;
  if (isFound) return loaded;
  const isOfAgent = (specifier: string) =>
    endsWithPath(withoutExtension(specifier), withoutExtension(agentModule));
  return [...loadedModules(bytes.toString('utf8'))].some(isOfAgent) ? loaded : undefined;
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
