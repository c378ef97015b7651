import path from 'node:path';
import type { Resolved } from '../project.ts';
import { foldersAbove } from './files.ts';
import type { Files } from './files-once.ts';
import { objectOf } from './json-with-comments.ts';

interface CompilerPaths {
  base: string;
  paths: Readonly<Record<string, readonly string[]>>;
  /** The base is one that specifiers are resolved from. */
  isBaseUrl?: boolean;
}

/** The module paths that a non-relative specifier may mean by the nearest tsconfig or package.json `imports`. */
export function aliasTargets(file: string, specifier: string, files: Files): string[] {
  if (specifier.startsWith('#')) {
    const manifest = nearest(file, ['package.json'], files);
    const imports = manifest && files.objectAt(manifest).imports;
    if (imports) return matches(specifier, path.posix.dirname(manifest), patternsOf(imports));
  }
  const compiler = compilerPathsOf(file, files);
  if (!compiler) return [];
  return [...matches(specifier, compiler.base, compiler.paths), path.posix.join(compiler.base, specifier)];
}

/**
 * The specifiers that aliases give a source file, the most specific first. They end as the file does, or where the
 * alias's own pattern leaves its extension out.
 */
export function aliasesTo(
  file: string,
  target: string,
  { like, files }: { like: Resolved; files: Files },
): string[] {
  const manifest = nearest(file, ['package.json'], files);
  const imports = manifest && files.objectAt(manifest).imports;
  const compiler = compilerPathsOf(file, files);
  const tables: CompilerPaths[] = [
    ...(manifest && imports ? [{ base: path.posix.dirname(manifest), paths: patternsOf(imports) }] : []),
    ...(compiler ? [compiler] : []),
    ...(compiler?.isBaseUrl && isFromBase(like, compiler.base)
      ? [{ base: compiler.base, paths: { '*': ['*'] } }]
      : []),
  ];
  return tables.flatMap(({ base, paths }) => {
    const found = Object.entries(paths).flatMap(([pattern, targets]) =>
      targets.flatMap((each) => reversed(pattern, path.posix.join(base, each), target) ?? []),
    );
    return found.sort((a, b) => a.length - b.length);
  });
}

/** Whether a specifier is the path of its file from a folder. */
function isFromBase({ specifier, file }: Resolved, base: string): boolean {
  const target = withoutSource(file);
  return [target, target.replace(/\/index$/, '')].includes(path.posix.join(base, withoutSource(specifier)));
}

/** What `pattern` becomes when the pattern that it stands for is the target itself. */
function reversed(pattern: string, targetPattern: string, target: string): string | undefined {
  const [before = '', after] = targetPattern.split('*');
  if (after === undefined)
    return withoutSource(targetPattern) === withoutSource(target) ? pattern : undefined;
  const end = target.endsWith(after) ? target.length - after.length : -1;
  if (!target.startsWith(before) || end < before.length) return undefined;
  return pattern.replace('*', () => target.slice(before.length, end));
}

function withoutSource(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}

function compilerPathsOf(file: string, files: Files): CompilerPaths | undefined {
  const config = nearest(file, ['tsconfig.json', 'jsconfig.json'], files);
  return config === undefined ? undefined : compilerPaths(config, 8, files);
}

function nearest(file: string, names: readonly string[], files: Files): string | undefined {
  for (const folder of foldersAbove(file)) {
    const found = names.map((name) => path.posix.join(folder, name)).find((each) => files.isFile(each));
    if (found) return found;
  }
  return undefined;
}

function compilerPaths(config: string, depth: number, files: Files): CompilerPaths | undefined {
  const parsed = files.objectAt(config);
  const options = objectOf(parsed.compilerOptions);
  const folder = path.posix.dirname(config);
  const base = typeof options.baseUrl === 'string' ? path.posix.join(folder, options.baseUrl) : folder;
  const isBaseUrl = typeof options.baseUrl === 'string';
  if (options.paths) return { base, paths: patternsOf(options.paths), isBaseUrl };
  for (const parent of [parsed.extends].flat()) {
    if (typeof parent !== 'string' || !parent.startsWith('.') || depth === 0) continue;
    const file = [parent, `${parent}.json`]
      .map((name) => path.posix.join(folder, name))
      .find((each) => files.isFile(each));
    const inherited = file && compilerPaths(file, depth - 1, files);
    if (inherited) return inherited;
  }
  return isBaseUrl ? { base, paths: {}, isBaseUrl } : undefined;
}

function matches(specifier: string, base: string, patterns: CompilerPaths['paths']): string[] {
  return Object.entries(patterns).flatMap(([pattern, targets]) => {
    const [before = '', after] = pattern.split('*');
    const isMatch =
      after === undefined
        ? specifier === pattern
        : specifier.startsWith(before) &&
          specifier.endsWith(after) &&
          specifier.length >= before.length + after.length;
    if (!isMatch) return [];
    const middle = specifier.slice(before.length, specifier.length - (after?.length ?? 0));
    return targets.map((target) =>
      path.posix.join(
        base,
        target.replace('*', () => middle),
      ),
    );
  });
}

function patternsOf(value: unknown): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(objectOf(value)).map(([pattern, targets]) => [pattern, stringsIn(targets)]),
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(stringsIn) : Object.values(objectOf(value)).flatMap(stringsIn);
}

/** What the nearest tsconfig or jsconfig of a file, or one that it extends, says of one setting of the compiler. */
export function compilerSetting(file: string, name: string, files: Files): unknown {
  const config = nearest(file, ['tsconfig.json', 'jsconfig.json'], files);
  return config === undefined ? undefined : settingIn(config, name, { files, depth: 8 });
}

function settingIn(config: string, name: string, { files, depth }: { files: Files; depth: number }): unknown {
  const parsed = files.objectAt(config);
  const own = objectOf(parsed.compilerOptions)[name];
  if (own !== undefined || depth === 0) return own;
  const folder = path.posix.dirname(config);
  // The last of several that are extended counts.
  for (const parent of [parsed.extends].flat().reverse()) {
    if (typeof parent !== 'string' || !parent.startsWith('.')) continue;
    const file = [parent, `${parent}.json`]
      .map((each) => path.posix.join(folder, each))
      .find((each) => files.isFile(each));
    const inherited = file && settingIn(file, name, { files, depth: depth - 1 });
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}
