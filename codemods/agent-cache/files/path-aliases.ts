import path from 'node:path';
import { foldersAbove, isFile, readText } from './files.ts';
import type { Resolved } from '../project.ts';
import { objectOf, parseJsonWithComments } from './json-with-comments.ts';

interface CompilerPaths {
  base: string;
  paths: Readonly<Record<string, readonly string[]>>;
  /** The base is one that specifiers are resolved from. */
  isBaseUrl?: boolean;
}

/** The module paths that a non-relative specifier may mean by the nearest tsconfig or package.json `imports`. */
export function aliasTargets(file: string, specifier: string): string[] {
  if (specifier.startsWith('#')) {
    const manifest = nearest(file, ['package.json']);
    const imports = manifest && objectOf(parseJsonWithComments(readText(manifest) ?? '')).imports;
    if (imports) return matches(specifier, path.posix.dirname(manifest), patternsOf(imports));
  }
  const compiler = compilerPathsOf(file);
  if (!compiler) return [];
  return [...matches(specifier, compiler.base, compiler.paths), path.posix.join(compiler.base, specifier)];
}

/**
 * The specifiers that aliases give a source file, the most specific first. They end as the file does, or where the
 * alias's own pattern leaves its extension out.
 */
export function aliasesTo(file: string, target: string, like: Resolved): string[] {
  const manifest = nearest(file, ['package.json']);
  const imports = manifest && objectOf(parseJsonWithComments(readText(manifest) ?? '')).imports;
  const compiler = compilerPathsOf(file);
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

function compilerPathsOf(file: string): CompilerPaths | undefined {
  const config = nearest(file, ['tsconfig.json', 'jsconfig.json']);
  return config === undefined ? undefined : compilerPaths(config, 8);
}

function nearest(file: string, names: readonly string[]): string | undefined {
  for (const folder of foldersAbove(file)) {
    const found = names.map((name) => path.posix.join(folder, name)).find(isFile);
    if (found) return found;
  }
  return undefined;
}

function compilerPaths(config: string, depth: number): CompilerPaths | undefined {
  const parsed = objectOf(parseJsonWithComments(readText(config) ?? ''));
  const options = objectOf(parsed.compilerOptions);
  const folder = path.posix.dirname(config);
  const base = typeof options.baseUrl === 'string' ? path.posix.join(folder, options.baseUrl) : folder;
  const isBaseUrl = typeof options.baseUrl === 'string';
  if (options.paths) return { base, paths: patternsOf(options.paths), isBaseUrl };
  for (const parent of [parsed.extends].flat()) {
    if (typeof parent !== 'string' || !parent.startsWith('.') || depth === 0) continue;
    const file = [parent, `${parent}.json`].map((name) => path.posix.join(folder, name)).find(isFile);
    const inherited = file && compilerPaths(file, depth - 1);
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
export function compilerSetting(file: string, name: string): unknown {
  const config = nearest(file, ['tsconfig.json', 'jsconfig.json']);
  return config === undefined ? undefined : settingIn(config, name, 8);
}

function settingIn(config: string, name: string, depth: number): unknown {
  const parsed = objectOf(parseJsonWithComments(readText(config) ?? ''));
  const own = objectOf(parsed.compilerOptions)[name];
  if (own !== undefined || depth === 0) return own;
  const folder = path.posix.dirname(config);
  // The last of several that are extended counts.
  for (const parent of [parsed.extends].flat().reverse()) {
    if (typeof parent !== 'string' || !parent.startsWith('.')) continue;
    const file = [parent, `${parent}.json`].map((each) => path.posix.join(folder, each)).find(isFile);
    const inherited = file && settingIn(file, name, depth - 1);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}
