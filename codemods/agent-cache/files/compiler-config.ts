import path from 'node:path';
import { parseTsconfig } from 'get-tsconfig';
import { foldersAbove } from './files.ts';
import { objectOf } from './json-with-comments.ts';

/** What a tsconfig or jsconfig says, with what it extends. Paths are absolute, with forward slashes. */
export interface CompilerConfig {
  /** The folder that it lies in. */
  folder: string;
  /** The `compilerOptions`, as they are written, but for paths. */
  options: Readonly<Record<string, unknown>>;
  /** Where the settings say so: the folder that bare specifiers are looked for in. */
  baseUrl: string | undefined;
  paths: Readonly<Record<string, readonly string[]>>;
  /** The folder that the targets of `paths` are relative to. */
  pathsBase: string;
  outDir: string | undefined;
  rootDir: string | undefined;
  /** The configs of the projects that this one only refers to; empty where it has files of its own. */
  references: readonly string[];
}

type Read = (file: string) => Readonly<Record<string, unknown>>;

/** The tsconfig or jsconfig that a file lies below, the nearest one. */
export function nearestConfig(file: string, isFile: (file: string) => boolean): string | undefined {
  for (const folder of foldersAbove(file)) {
    const found = ['tsconfig.json', 'jsconfig.json']
      .map((name) => path.posix.join(folder, name))
      .find((each) => isFile(each));
    if (found) return found;
  }
  return undefined;
}

/** Reads a config with all that it extends; what is extended and not there says nothing. */
export function compilerConfig(file: string, read: Read): CompilerConfig {
  const folder = path.posix.dirname(file);
  const { parsed, pathsBase } = parsedConfig(file, read);
  const options = objectOf(parsed.compilerOptions);
  const located = (name: string) => {
    const value = options[name];
    return typeof value === 'string' ? path.posix.resolve(folder, value) : undefined;
  };
  const baseUrl = located('baseUrl');
  const ownFiles = parsed.include ?? parsed.files;
  const isSolution = Array.isArray(ownFiles) && ownFiles.length === 0;
  return {
    folder,
    options,
    baseUrl,
    paths: patternsOf(options.paths),
    pathsBase: pathsBase ?? baseUrl ?? folder,
    outDir: located('outDir'),
    rootDir: located('rootDir'),
    references: isSolution ? referencesOf(parsed.references, folder) : [],
  };
}

function parsedConfig(file: string, read: Read): { parsed: Record<string, unknown>; pathsBase?: string } {
  try {
    const parsed = parseTsconfig(file) as Record<string, unknown>;
    const options = objectOf(parsed.compilerOptions);
    // Where `paths` were written in another config, the library keeps that one's folder under a symbol.
    const [base] = Object.getOwnPropertySymbols(options).map((key) => (options as never)[key] as unknown);
    return { parsed, ...(typeof base === 'string' && options.baseUrl === undefined && { pathsBase: base }) };
  } catch {
    // Packages that are extended and not installed: what the tree itself says still counts.
    return { parsed: ownSettings(file, read, 8) };
  }
}

/** A config with what it extends by paths, the last of several first. */
function ownSettings(file: string, read: Read, depth: number): Record<string, unknown> {
  const own = read(file);
  const folder = path.posix.dirname(file);
  const parents = [own.extends]
    .flat()
    .filter((parent): parent is string => typeof parent === 'string' && parent.startsWith('.'));
  const inherited = (depth === 0 ? [] : parents).map((parent) => {
    const config = path.posix.join(folder, parent.endsWith('.json') ? parent : `${parent}.json`);
    return located(objectOf(ownSettings(config, read, depth - 1).compilerOptions), config, folder);
  });
  const compilerOptions = Object.assign({}, ...inherited, objectOf(own.compilerOptions));
  return { ...own, compilerOptions };
}

/** The settings of another config, seen from a folder. */
function located(options: Record<string, unknown>, config: string, folder: string): Record<string, unknown> {
  const from = path.posix.dirname(config);
  const seen = (value: unknown) =>
    typeof value === 'string' ? path.posix.relative(folder, path.posix.resolve(from, value)) || '.' : value;
  const paths = Object.entries(patternsOf(options.paths)).map(([pattern, targets]) => [
    pattern,
    targets.map((target) => (options.baseUrl === undefined ? seen(target) : target)),
  ]);
  return {
    ...options,
    ...Object.fromEntries(
      ['baseUrl', 'outDir', 'rootDir']
        .filter((name) => options[name] !== undefined)
        .map((name) => [name, seen(options[name])]),
    ),
    ...(paths.length > 0 && { paths: Object.fromEntries(paths) }),
  };
}

function referencesOf(value: unknown, folder: string): string[] {
  return [value].flat().flatMap((each) => {
    const target = objectOf(each).path;
    if (typeof target !== 'string') return [];
    const full = path.posix.join(folder, target);
    return [full.endsWith('.json') ? full : path.posix.join(full, 'tsconfig.json')];
  });
}

/** A table of patterns and what they may stand for, as `paths` and the `imports` of a package.json have it. */
export function patternsOf(value: unknown): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(objectOf(value)).map(([pattern, targets]) => [pattern, stringsIn(targets)]),
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(stringsIn) : Object.values(objectOf(value)).flatMap(stringsIn);
}
