import path from 'node:path';
import type { Resolved } from '../project.ts';
import { bundlerAliases } from './bundler-aliases.ts';
import { compilerConfig, nearestConfig, patternsOf } from './compiler-config.ts';
import { denoImports } from './deno-imports.ts';
import { foldersAbove } from './files.ts';
import type { Files } from './files-once.ts';
import { objectOf } from './json-with-comments.ts';

/** Patterns with at most one `*`, and the paths from `base` that they may stand for. */
interface AliasTable {
  base: string;
  patterns: Readonly<Record<string, readonly string[]>>;
}

/**
 * The module paths that a specifier without a path may mean: by `imports` or `_moduleAliases` of the nearest
 * package.json, by `paths` and `baseUrl` of the nearest tsconfig or of those that it refers to, by the `alias` of a
 * bundler's config, by `imports` of Deno, and below the folders of NODE_PATH in a script.
 */
export function aliasTargets(file: string, specifier: string, files: Files): string[] {
  const manifest = nearestManifest(file, files);
  if (specifier.startsWith('#') && manifest !== undefined) {
    const { imports } = files.objectAt(manifest);
    if (imports) return matches(specifier, importsTable(manifest, imports));
  }
  const compilers = compilersOf(file, files);
  return [
    ...compilers.flatMap(({ paths, pathsBase }) => matches(specifier, { base: pathsBase, patterns: paths })),
    ...tablesOfLoaders(manifest, files).flatMap((table) => matches(specifier, table)),
    ...tablesOfDeno(file, files).flatMap((table) => matches(specifier, table)),
    ...[...compilers.flatMap(({ baseUrl }) => baseUrl ?? []), ...searchedFolders(manifest, files)].map(
      (folder) => path.posix.join(folder, specifier),
    ),
  ];
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
  const manifest = nearestManifest(file, files);
  const imports = manifest && files.objectAt(manifest).imports;
  const compilers = compilersOf(file, files);
  const tables: AliasTable[] = [
    ...(manifest && imports ? [importsTable(manifest, imports)] : []),
    ...compilers.map(({ paths, pathsBase }) => ({ base: pathsBase, patterns: paths })),
    ...tablesOfLoaders(manifest, files),
    ...tablesOfDeno(file, files),
    ...compilers.flatMap(({ baseUrl }) =>
      baseUrl !== undefined && isFromBase(like, baseUrl) ? [{ base: baseUrl, patterns: { '*': ['*'] } }] : [],
    ),
  ];
  return tables.flatMap(({ base, patterns }) => {
    const found = Object.entries(patterns).flatMap(([pattern, targets]) =>
      targets.flatMap((each) => reversed(pattern, path.posix.resolve(base, each), target) ?? []),
    );
    return found.sort((a, b) => a.length - b.length);
  });
}

/** What the nearest tsconfig or jsconfig of a file, or one that it extends, says of one setting of the compiler. */
export function compilerSetting(file: string, name: string, files: Files): unknown {
  return compilersOf(file, files)[0]?.options[name];
}

/** The configs that say how the imports of a file are resolved: the nearest, or those of the projects that it lists. */
export function compilersOf(file: string, files: Files) {
  const nearest = nearestConfig(file, files.isFile.bind(files));
  if (nearest === undefined) return [];
  const at = (config: string) =>
    files.once(`compiler ${config}`, () => compilerConfig(config, files.objectAt.bind(files)));
  const config = at(nearest);
  return [config, ...config.references.filter((each) => files.isFile(each)).map(at)];
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

function nearestManifest(file: string, files: Files): string | undefined {
  for (const folder of foldersAbove(file)) {
    const manifest = path.posix.join(folder, 'package.json');
    if (files.isFile(manifest)) return manifest;
  }
  return undefined;
}

function importsTable(manifest: string, imports: unknown): AliasTable {
  return { base: path.posix.dirname(manifest), patterns: patternsOf(imports) };
}

/** The aliases that something else than Node.js and TypeScript follows. */
function tablesOfLoaders(manifest: string | undefined, files: Files): AliasTable[] {
  if (manifest === undefined) return [];
  const base = path.posix.dirname(manifest);
  const registered = objectOf(files.objectAt(manifest)._moduleAliases);
  const bundled = files.once(`bundlers ${base}`, () => bundlerAliases(base, files));
  return [registered, bundled].map((aliases) => ({
    base,
    patterns: Object.fromEntries(Object.entries(aliases).flatMap(ofPrefix)),
  }));
}

/** What Deno is told of specifiers: those that end in a slash stand for all below it. */
function tablesOfDeno(file: string, files: Files): AliasTable[] {
  const folder = path.posix.dirname(file);
  return files.once(`deno ${folder}`, () =>
    denoImports(file, files).map(({ base, imports }) => ({
      base,
      patterns: Object.fromEntries(
        imports.map(([name, target]) =>
          name.endsWith('/') ? [`${name}*`, [`${target}*`]] : [name, [target]],
        ),
      ),
    })),
  );
}

/** An alias that stands for a whole name, or for its beginning up to a slash. */
function ofPrefix([name, target]: [string, unknown]): [string, string[]][] {
  if (typeof target !== 'string') return [];
  if (name.includes('*')) return [[name, [target]]];
  const prefix = name.replace(/\/$/, '');
  return [
    [prefix, [target]],
    [`${prefix}/*`, [path.posix.join(target, '*')]],
  ];
}

/** The folders that NODE_PATH names in the scripts of a package.json. */
function searchedFolders(manifest: string | undefined, files: Files): string[] {
  if (manifest === undefined) return [];
  const scripts = Object.values(objectOf(files.objectAt(manifest).scripts)).join('\n');
  return [...scripts.matchAll(/\bNODE_PATH=(['"]?)([^\s'"&;]+)\1/g)].flatMap(([, , folders = '']) =>
    folders.split(':').map((each) => path.posix.resolve(path.posix.dirname(manifest), each)),
  );
}

/** The targets of the patterns that a specifier fits, that with the longest beginning first, as compilers choose. */
function matches(specifier: string, { base, patterns }: AliasTable): string[] {
  return Object.entries(patterns)
    .flatMap(([pattern, targets]) => {
      const [before = '', after] = pattern.split('*');
      const isMatch =
        after === undefined
          ? specifier === pattern
          : specifier.startsWith(before) &&
            specifier.endsWith(after) &&
            specifier.length >= before.length + after.length;
      if (!isMatch) return [];
      const middle = specifier.slice(before.length, specifier.length - (after?.length ?? 0));
      const found = targets.map((target) =>
        path.posix.resolve(
          base,
          target.replace('*', () => middle),
        ),
      );
      return [{ length: after === undefined ? Number.POSITIVE_INFINITY : before.length, found }];
    })
    .sort((a, b) => b.length - a.length)
    .flatMap(({ found }) => found);
}
