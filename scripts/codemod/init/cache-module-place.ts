import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { findCacheModule } from '../../../codemods/agent-cache/files/cache-module.ts';
import { isListed } from '../../../codemods/agent-cache/files/explained-specifiers.ts';
import { filesNow } from '../../../codemods/agent-cache/files/files-once.ts';
import { manifestOf } from '../../../codemods/agent-cache/files/packages.ts';
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
  /** All code of the folder. */
  sources: readonly string[];
}

/**
 * Beside the agent: `src/agents/…` gets `src/utils/agent-cache`, where every file of `src` finds it. Where others build it
 * too, as far up as all of them find it, within the folder and the source of its package.
 */
export function targetFile(
  folder: string,
  { options: { cacheModule }, agent: { file, name }, extension, builders, sources }: Placing,
): string {
  if (cacheModule !== undefined) {
    return namedTarget(path.resolve(folder), `${withoutExtension(cacheModule)}${extension}`);
  }
  const root = path.resolve(folder);
  const beside = file === undefined ? undefined : path.resolve(pathOf(file).slice(0, -name.length));
  const isOfTree = file !== undefined && beside !== undefined && isInside(path.join(beside, 'x'), root);
  const own = isOfTree ? packageOf(path.resolve(file), root) : packageOfMost(builders, root);
  // The name of a module may begin above the package that has it.
  let base = isOfTree && isWithin(beside, own) ? beside : own;
  while (base !== root && !builders.every((each) => isInside(each, base)) && !isPackage(base))
    base = path.dirname(base);
  const concerned = [...(isOfTree ? [path.resolve(file)] : []), ...builders];
  const source = sourceFolder(base, { concerned, sources, beside: isOfTree ? beside : undefined });
  return path.join(source, `${DEFAULT_CACHE_MODULE}${extension}`);
}

/**
 * The package below a folder from which most of what builds an agent can import, where the agent's class is of no package
 * there: the folder itself, where it is no workspace.
 */
function packageOfMost(builders: readonly string[], root: string): string {
  const owners = builders.map((each) => packageOf(each, root));
  const reach = (own: string) => owners.filter((each) => each === own || lists(each, own)).length;
  const [first] = [...new Set(owners)].sort((a, b) => reach(b) - reach(a));
  return first ?? root;
}

/** Whether the package of a folder lists that of another one. */
function lists(folder: string, other: string): boolean {
  const { name } = manifestOf(toPosix(other));
  return typeof name === 'string' && isListed(name, toPosix(folder), filesNow);
}

/** The folder of the package that a file is of, at most a folder above all of them. */
export function packageOf(file: string, root: string): string {
  let own = path.dirname(file);
  while (isInside(own, root) && !isPackage(own)) own = path.dirname(own);
  return isInside(own, root) ? own : root;
}

function isPackage(folder: string): boolean {
  return existsSync(path.join(folder, 'package.json'));
}

/** Where packages have their source. */
const SOURCE_FOLDERS = /^(src|source|lib|app|server)$/;

/** The one folder of a package that has all that is concerned, where that is its source: compilers look at no other. */
function sourceFolder(
  base: string,
  {
    concerned,
    sources,
    beside,
  }: { concerned: readonly string[]; sources: readonly string[]; beside: string | undefined },
): string {
  if (!isPackage(base)) return base;
  const topOf = (file: string) => path.relative(base, path.resolve(file)).split(path.sep)[0] ?? '';
  const own = (files: readonly string[]) =>
    files.filter(
      (each) => packageOf(path.resolve(each), base) === base && isInside(path.resolve(each), base),
    );
  const tops = new Set(own(concerned).map(topOf));
  const [only] = tops;
  if (only === undefined || tops.size > 1 || !isFolder(path.join(base, only))) return base;
  const source = path.join(base, only);
  if (SOURCE_FOLDERS.test(only)) return source;
  const others = own(sources).filter((each) => !/\.config\.[cm]?[jt]s$/.test(each));
  const isAll = others.every((each) => topOf(each) === only);
  return isAll && beside !== undefined && isWithin(beside, source) ? source : base;
}

/** The files that would not find the cache module by themselves, where it is looked for by its place. */
export function outOfReach(
  target: string,
  builders: readonly string[],
  { cacheModule }: CodemodOptions,
): string[] {
  const base = target.slice(0, -DEFAULT_CACHE_MODULE.length - path.extname(target).length);
  return cacheModule === undefined ? builders.filter((each) => !isInside(each, base)) : [];
}

/** What is told of such files. */
export function aboutReach(target: string, outside: readonly string[]): string | undefined {
  const [first] = outside;
  if (first === undefined) return undefined;
  const base = target.slice(0, -DEFAULT_CACHE_MODULE.length - path.extname(target).length);
  const more = outside.length > 1 ? ` and ${outside.length - 1} more` : '';
  const [lies, finds] = outside.length > 1 ? ['lie', 'find'] : ['lies', 'finds'];
  return `${shownPath(first)}${more} ${lies} outside of ${shownPath(base)}, and ${finds} it only where you name it with --cache-module ${shownPath(withoutExtension(target))}`;
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

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a folder is another one, or lies in it. */
function isWithin(folder: string, around: string): boolean {
  return folder === around || isInside(folder, around);
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}
