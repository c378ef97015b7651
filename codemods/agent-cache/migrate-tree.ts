import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { absolutePath, toPosix, withoutExtension } from './source/specifiers.ts';
import type { CodemodOptions } from './options.ts';
import type { Project } from './project.ts';
import { type FileResult, MARK } from './result.ts';
import { FilesOnce } from './files/files-once.ts';
import { fileProject } from './files/file-project.ts';
import { foldersAbove } from './files/files.ts';
import { findSourceFiles } from './files/find-source-files.ts';
import { declaresOrImports } from './source/names-class.ts';
import { importedModules } from './source/imported-modules.ts';

/** What stands in a text for bytes that are none of UTF-8. */
const REPLACED = '\uFFFD';

/** A run over a tree. Iterating it does the work, file by file, and keeps no file in memory. */
export interface TreeMigration extends AsyncIterable<FileResult> {
  /** How many files the tree has; known from the start. */
  readonly total: number;
  /** Those files, as they were found. */
  readonly files: readonly string[];
  /** How many files have been looked at so far. */
  readonly scanned: number;
  /** Whether any file that has been looked at declares the agent's class, or takes it from a module. */
  readonly namesClass: boolean;
  /** The files whose text names the class, its module or a mark; known once the first result is. */
  readonly naming: ReadonlySet<string>;
  /** The files whose text names a function of the cache; known with those. */
  readonly namingCache: ReadonlySet<string>;
  /** What the run knows of the files around, each of which it looks at once. */
  readonly project: Project;
}

/** What a run is busy with, in this order. */
export type Phase = 'reading' | 'migrating' | 'following imports of';

/**
 * Is told before each file how far a phase is. What it gives is waited for, so that others get their turn; what it
 * throws ends the run.
 */
export type Watch = (phase: Phase, done: number, total: number) => Promise<void> | undefined;

const UNWATCHED: Watch = () => undefined;

/**
 * Migrates every source file under `paths`, writing nothing. Yields, in the order of their paths, only the files
 * that hold or mention the agent and those that could not be read as source.
 * @param seen what was looked at before, where something was
 * @throws UnreadablePathError at once, when one of the paths does not exist
 */
export function migrateTree(
  paths: readonly string[],
  options: CodemodOptions,
  watch: Watch = UNWATCHED,
  seen = new FilesOnce(),
): TreeMigration {
  return new TreeRun(paths, findSourceFiles(paths, options.exclude), options, watch, seen);
}

/** Migrates source files in the order in which they are given, of which none has another result in another order. */
export function migrateFiles(
  files: readonly string[],
  paths: readonly string[],
  options: CodemodOptions,
): TreeMigration {
  return new TreeRun(paths, files, options, UNWATCHED, new FilesOnce());
}

class TreeRun implements TreeMigration {
  readonly total: number;
  scanned = 0;
  namesClass = false;
  naming: ReadonlySet<string> = new Set();
  readonly namingCache = new Set<string>();
  readonly files: readonly string[];
  readonly #options: CodemodOptions;
  readonly #watch: Watch;
  readonly project: Project;
  readonly #read: FilesOnce;
  readonly #paths: readonly string[];
  /** Files that have to follow what was migrated. */
  readonly #followers = new Set<string>();

  constructor(
    paths: readonly string[],
    files: readonly string[],
    options: CodemodOptions,
    watch: Watch,
    seen: FilesOnce,
  ) {
    const absolute = files.map((file) => absolutePath(file));
    const inScope = new Set(absolute);
    let folders: ReadonlySet<string> | undefined;
    this.#paths = paths.map((each) => absolutePath(each));
    this.files = files;
    this.#read = seen;
    this.#options = options;
    this.#watch = watch;
    this.project = fileProject(options, {
      files: this.#read,
      root: commonFolder(absolute),
      isToMigrate: (file) => inScope.has(absolutePath(file)),
      reaches(folder) {
        folders ??= new Set(absolute.flatMap((file) => [...foldersAbove(file)]));
        return folders.has(folder);
      },
    });
    this.total = files.length;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<FileResult> {
    this.scanned = 0;
    this.#followers.clear();
    const { relevant, exporting } = await this.#look();
    this.naming = relevant;
    let looked = 0;
    for (const [index, file] of this.files.entries()) {
      if (!relevant.has(file)) continue;
      await this.#watch('migrating', looked++, relevant.size);
      const result = await this.#migrate(file);
      this.scanned = index + 1;
      if (result) yield result;
    }
    if (relevant.size + exporting.size > 0) yield* this.#migrateImporters(relevant, exporting);
    this.scanned = this.total;
  }

  /** The files that name the agent, and others that may give one to files which do not. */
  async #look(): Promise<{ relevant: Set<string>; exporting: Set<string> }> {
    const { agentClass, factory, provider } = this.#options;
    const relevant = new Set<string>();
    const exporting = new Set<string>();
    for (const [index, file] of this.files.entries()) {
      const turn = this.#watch('reading', index, this.total);
      if (turn) await turn;
      const text = this.#read.read(absolutePath(file));
      const namesFactory = text?.includes(factory) === true;
      if (namesFactory || text?.includes(provider)) this.namingCache.add(file);
      // A file of 16 bits a character names nothing that could be found: it is not text to the codemod, which says so.
      if (text === undefined || text.includes('\0') || mentionsAgent(text, this.#options)) {
        relevant.add(file);
        this.#read.keep(absolutePath(file), text);
        this.namesClass ||= declaresOrImports(text ?? '', agentClass);
      } else {
        if (mayLoadTheFolder(text, this.#options)) relevant.add(file);
        if (namesFactory && mayReExport(text, factory)) exporting.add(file);
        for (const each of this.#leftOut(file, text)) exporting.add(each);
      }
    }
    return { relevant, exporting };
  }

  /** The files that a file imports from beside the given paths. */
  #leftOut(file: string, text: string): string[] {
    const absolute = absolutePath(file);
    const above = this.#paths.find((each) => absolute.startsWith(`${each}/`));
    const depth = above === undefined ? 0 : absolute.slice(above.length + 1).split('/').length;
    if (!text.includes(depth === 0 ? './' : '../'.repeat(depth))) return [];
    const targets = importedModules(text).flatMap((specifier) =>
      specifier.startsWith('.') ? (this.project.resolve(absolute, specifier) ?? []) : [],
    );
    return targets.filter((target) => !this.project.isToMigrate(target));
  }

  /** Migrates the files that do not name the agent but get an agent from one that does, or from one that hands it on. */
  async *#migrateImporters(
    migrated: ReadonlySet<string>,
    exporting: ReadonlySet<string>,
  ): AsyncIterable<FileResult> {
    const { exportsTheClass, namesOfAgents } = await import('./survey/factories/gives-agents.ts');
    const { mayImport, mayTakeUnnamed } = await import('./survey/modules/may-import.ts');
    const given = new Map(this.files.map((file) => [absolutePath(file), file]));
    const done = new Set([...migrated].map(absolutePath));
    const asked = new Set<string>();
    let pending = [...migrated, ...exporting].map(absolutePath);
    while (pending.length > 0 || [...this.#followers].some((file) => !done.has(file))) {
      for (const file of pending) asked.add(file);
      const importers = new Set<string>();
      const taking = new Set<string>();
      for (const exporter of pending) {
        const names = namesOfAgents(exporter, this.project, this.#options);
        const isClass = exportsTheClass(exporter, this.project, this.#options);
        if (names.size === 0 && !isClass) continue;
        for (const importer of this.project.importersOf(exporter)) {
          const text = this.project.read(importer) ?? '';
          if (names.size > 0) importers.add(importer);
          const takes = names.size > 0 ? mayImport(text, names) : mayTakeUnnamed(text);
          if (takes) taking.add(importer);
        }
      }
      // One that is not among the given files may hand a factory on to one that is.
      pending = [...importers].filter((file) => !asked.has(file));
      for (const importer of new Set([...taking, ...this.#followers])) {
        const file = given.get(importer);
        if (done.has(importer)) continue;
        done.add(importer);
        if (file === undefined) continue;
        await this.#watch('following imports of', done.size - migrated.size, taking.size);
        const result = await this.#migrate(file);
        if (result) yield result;
      }
    }
  }

  async #migrate(file: string): Promise<FileResult | undefined> {
    const source = this.project.read(absolutePath(file));
    if (source === undefined)
      return { path: file, status: 'error', occurrences: [], error: 'The file cannot be read.' };
    if (source.includes(REPLACED) && !isUtf8(readFileSync(file)))
      return { path: file, status: 'error', occurrences: [], error: 'It is not text in UTF-8' };
    if (isPartOfTheCache(file, this.#options, this.project)) return await this.#ownModule(file, source);
    // The parser is loaded only for a file that needs it: most trees have few.
    const { migrateSource } = await import('./run.ts');
    const { givesAgents } = await import('./survey/factories/gives-agents.ts');
    // What a file exports is asked while its syntax tree is at hand.
    givesAgents(absolutePath(file), this.project, this.#options);
    const result = migrateSource({ path: file, source }, this.#options, this.project);
    for (const each of result.dependsOn ?? []) this.#followers.add(each);
    if (result.status === 'unchanged' && !mentionsAgent(source, this.#options)) return undefined;
    // With the text that was read, so that a writer can tell a file that changed since.
    return result.output === undefined ? result : { ...result, source };
  }

  /** What the module of the class builds for itself; the cache module, and what it builds with, have to build agents. */
  async #ownModule(file: string, source: string): Promise<FileResult | undefined> {
    const { agentClass } = this.#options;
    const absolute = absolutePath(file);
    if (!source.includes(`class ${agentClass}`) || !source.includes(`new ${agentClass}`)) return undefined;
    if (this.project.cacheModuleOf(absolute) === absolute) return undefined;
    const { placesOfOwnModule } = await import('./judge/own-module.ts');
    try {
      return placesOfOwnModule(file, source.replace(/^\uFEFF/, ''), this.#options, this.project);
    } catch {
      // What does not parse cannot be asked; a compiler tells of it.
      return undefined;
    }
  }
}

/** Whether the text names the class or the module of the agent, without which none is built, or marks a place. */
export function mentionsAgent(text: string, { agentClass, agentModule }: CodemodOptions): boolean {
  const module = agentModule.slice(agentModule.lastIndexOf('/') + 1);
  return text.includes(agentClass) || text.includes(module) || text.includes(MARK);
}

const LOADS_BY_VALUE = /(?<![\w$.#])(?:require|import)\s*\(\s*(?:[^'"\s)]|(?:'[^']*'|"[^"]*")\s*\+)/;

/** Whether the text names the folder of the agent's module, and loads modules by names that it does not write. */
function mayLoadTheFolder(text: string, { agentModule }: CodemodOptions): boolean {
  const folder = agentModule.split('/').at(-2);
  return folder !== undefined && text.includes(folder) && LOADS_BY_VALUE.test(text);
}

/** Whether a text that names the cache's own function looks as if it handed that on, under whatever name. */
function mayReExport(text: string, factory: string): boolean {
  return new RegExp(
    `\\bexports?\\b[^;]*\\b${factory}\\b|(?:=>|\\breturn)\\s*(?:await\\s+)?${factory}\\(`,
  ).test(text);
}

/** Whether the file is the agent's own module, or part of the cache: both have to build agents. */
export function isPartOfTheCache(file: string, options: CodemodOptions, project: Project): boolean {
  const bare = withoutExtension(toPosix(file));
  const { agentModule } = options;
  return bare === agentModule || bare.endsWith(`/${agentModule}`) || project.isCacheFile(file);
}

function commonFolder(files: readonly string[]): string | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  let folder = path.posix.dirname(first);
  for (const file of files) {
    while (!file.startsWith(`${folder}/`) && folder !== path.posix.dirname(folder))
      folder = path.posix.dirname(folder);
  }
  return folder;
}
