import path from 'node:path';
import { findCacheModule } from '../../codemods/agent-cache/files/cache-module.ts';
import { isFile, readText } from '../../codemods/agent-cache/files/files.ts';
import { type CodemodOptions, DEFAULT_OPTIONS, getterOf } from '../../codemods/agent-cache/options.ts';
import { toPosix } from '../../codemods/agent-cache/source/specifiers.ts';

/**
 * The getter that is meant where nobody names one: `get<Class>`, or `getFacebookAgent` where the tree's cache module
 * has that alone, as caches have that were written before getters were called by their class.
 * @param place a file or a folder of the tree
 */
export function defaultGetter(
  place: string,
  asked: Partial<Pick<CodemodOptions, 'agentClass' | 'cacheModule'>>,
): string {
  const getter = getterOf(asked.agentClass ?? DEFAULT_OPTIONS.agentClass);
  const within = toPosix(path.resolve(isFile(place) ? place : path.join(place, 'any.ts')));
  const found = findCacheModule(within, { ...DEFAULT_OPTIONS, ...asked });
  const text = found === undefined ? undefined : readText(found);
  if (text === undefined || hasWord(text, getter)) return getter;
  return hasWord(text, DEFAULT_OPTIONS.factory) ? DEFAULT_OPTIONS.factory : getter;
}

function hasWord(text: string, name: string): boolean {
  return text.split(/[^\w$]+/).includes(name);
}
