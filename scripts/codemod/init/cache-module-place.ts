import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { findCacheModule } from '../../../codemods/agent-cache/files/cache-module.ts';
import { foldersAbove } from '../../../codemods/agent-cache/files/files.ts';
import { toPosix } from '../../../codemods/agent-cache/source/specifiers.ts';
import { shownPath } from '../../cli/shown-path.ts';
import type { AgentModule } from './agent-import.ts';
import { pathOf } from './find-agent.ts';

const DEFAULT_CACHE_MODULE = 'utils/agent-cache';

/** What says where a cache module lies. */
interface Placing {
  options: CodemodOptions;
  agent: AgentModule;
  extension: string;
  /** The files that build the agent, absolute. */
  builders: readonly string[];
}

/**
 * Beside the agent: `src/agents/…` gets `src/utils/agent-cache`, where every file of `src` finds it. Where others build it
 * too, as far up as all of them find it, within the folder and the package.
 */
export function targetFile(
  folder: string,
  { options: { cacheModule }, agent: { file, name }, extension, builders }: Placing,
): string {
  if (cacheModule !== undefined) {
    return namedTarget(path.resolve(folder), `${withoutExtension(cacheModule)}${extension}`);
  }
  const beside = file === undefined ? undefined : pathOf(file).slice(0, -name.length);
  const root = path.resolve(folder);
  let base = beside !== undefined && isInside(path.join(beside, 'x'), root) ? path.resolve(beside) : root;
  while (base !== root && !builders.every((each) => isInside(each, base)) && !isPackage(base))
    base = path.dirname(base);
  return path.join(base, `${DEFAULT_CACHE_MODULE}${extension}`);
}

function isPackage(folder: string): boolean {
  return existsSync(path.join(folder, 'package.json'));
}

/** Which files would not find the cache module by themselves, where it is looked for by its place. */
export function outOfReach(
  target: string,
  builders: readonly string[],
  { cacheModule }: CodemodOptions,
): string | undefined {
  const base = target.slice(0, -DEFAULT_CACHE_MODULE.length - path.extname(target).length);
  const outside = cacheModule === undefined ? builders.filter((each) => !isInside(each, base)) : [];
  const [first] = outside;
  if (first === undefined) return undefined;
  const more = outside.length > 1 ? ` and ${outside.length - 1} more` : '';
  return `${shownPath(first)}${more} lies outside of ${shownPath(base)}, and finds it only where you name it with --cache-module`;
}

/**
 * Where a path lies that may be seen from the working directory, from a folder above `folder`, whose own name it then
 * repeats (`src/lib/cache` for `…/src`), or from `folder` itself.
 */
function namedTarget(folder: string, named: string): string {
  const places = [
    path.resolve(named),
    ...Array.from(foldersAbove(folder), (above) => path.resolve(above, named)),
  ];
  return places.find((place) => isInside(place, folder)) ?? path.resolve(folder, named);
}

/** The cache module that the tree has: where it is looked for, or where the new one would come to lie. */
export function presentModule(
  target: string,
  folder: string,
  sources: readonly string[],
  options: CodemodOptions,
): string | undefined {
  const known = withoutExtension(target);
  const present = findCacheModule(toPosix(path.join(folder, 'index.ts')), options);
  if (present !== undefined) return present;
  const { cacheModule } = options;
  const there = sources.find((file) => {
    const bare = withoutExtension(path.resolve(file));
    return (
      bare === known || (cacheModule === undefined && toPosix(bare).endsWith(`/${DEFAULT_CACHE_MODULE}`))
    );
  });
  return there === undefined ? (existsSync(target) ? target : undefined) : path.resolve(there);
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}
