import { existsSync, readFileSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { findSourceFiles } from '../../codemods/agent-cache/files/find-source-files.ts';
import { findCacheModule } from '../../codemods/agent-cache/files/cache-module.ts';
import { filesNow } from '../../codemods/agent-cache/files/files-once.ts';
import { isExplained } from '../../codemods/agent-cache/files/explained-specifiers.ts';
import { aliasTargets } from '../../codemods/agent-cache/files/path-aliases.ts';
import type { Arguments } from './arguments.ts';
import { HTML_GENERATOR } from './reports/html-report.ts';
import { MARKDOWN_GENERATOR } from './reports/markdown-report.ts';
import { UsageError } from '../cli/usage-error.ts';

const SOURCE = /\.[cm]?[jt]sx?$/;

/**
 * Refuses what is sure to go wrong before any file is looked at.
 *
 * @throws UsageError for a path that is not there, a report that would replace something else, and a cache module
 * that nobody would find
 */
export function checkRequest({ paths, report }: Arguments, options: CodemodOptions): void {
  for (const each of paths) {
    const stats = statOf(each);
    if (stats === undefined) throw new UsageError(`${each}: there is no such file or folder`);
    if (!stats.isFile() && !stats.isDirectory())
      throw new UsageError(`${each}: it is neither a file nor a folder`);
  }
  if (report !== undefined) checkReport(report);
  if (options.cacheModule !== undefined) checkCacheModule(options.cacheModule, paths, options);
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

/** A forgotten file name makes the next argument, a source file, the report. */
function checkReport(report: string): void {
  const stats = statOf(report);
  if (stats?.isDirectory()) throw new UsageError(`--report ${report}: it is a folder, name a file`);
  if (!existsSync(path.dirname(report))) {
    throw new UsageError(`--report ${report}: there is no folder ${path.dirname(report)}, create it first`);
  }
  if (stats?.isFile() && stats.size > 0 && !isReport(report)) {
    throw new UsageError(`--report ${report}: it is there and no report, name a file that may be replaced`);
  }
}

function isReport(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.startsWith(MARKDOWN_GENERATOR) || text.includes(HTML_GENERATOR)) return true;
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null && 'version' in content && 'summary' in content;
  } catch {
    return false;
  }
}

function checkCacheModule(cacheModule: string, paths: readonly string[], options: CodemodOptions): void {
  if (hasCacheModule(paths, options)) return;
  throw new UsageError(
    `--cache-module ${cacheModule}: there is no such module from here or from a folder above the files, and no such package: write one with --init, or correct the path`,
  );
}

/** A file that a path leads to: itself, or one that its folder could have. Absolute, with forward slashes. */
export function fileIn(place: string): string {
  const file = statOf(place)?.isFile() ? path.resolve(place) : path.resolve(place, 'index.ts');
  return file.split(path.sep).join('/');
}

/** Whether there is a cache module for files of the paths: above them, below them, or a package. */
export function hasCacheModule(paths: readonly string[], options: CodemodOptions): boolean {
  const { cacheModule } = options;
  const places = paths.map(fileIn);
  if (places.some((place) => findCacheModule(place, options) !== undefined)) return true;
  return (cacheModule !== undefined && isPackage(cacheModule, places)) || isBelow(paths, options);
}

/** Whether the name can only be that of a package or of an alias; `src/cache` could be a path with a mistake in it. */
function isPackage(name: string, places: readonly string[]): boolean {
  if (name.startsWith('.') || path.isAbsolute(name) || SOURCE.test(name)) return false;
  if (/^[@#~]/.test(name) || !name.includes('/')) return true;
  return places.some((place) => isExplained(name, place, filesNow) || isAlias(name, place));
}

function isAlias(name: string, place: string): boolean {
  return aliasTargets(place, name, filesNow).some(
    (target) => existsSync(target) || existsSync(`${target}.ts`),
  );
}

/** Each package of a monorepo may have one of its own. */
function isBelow(paths: readonly string[], options: CodemodOptions): boolean {
  const folders = new Set(
    findSourceFiles(paths, options.exclude).map((file) => path.dirname(path.resolve(file))),
  );
  return [...folders].some(
    (folder) => findCacheModule(`${folder.split(path.sep).join('/')}/index.ts`, options) !== undefined,
  );
}
