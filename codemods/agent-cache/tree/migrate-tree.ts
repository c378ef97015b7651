import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toPosix, withoutExtension } from '../analysis/module-paths.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import type { FileResult } from '../result.ts';
import { FileReader } from './file-reader.ts';
import { fileProject } from './file-project.ts';
import { isMigratableFile } from './excluded.ts';
import { findSourceFiles } from './find-source-files.ts';
import { sourcesBelow } from './importers.ts';

/** A run over a tree. Iterating it does the work, file by file, and keeps no file in memory. */
export interface TreeMigration extends AsyncIterable<FileResult> {
  /** How many files the tree has; known from the start. */
  readonly total: number;
  /** How many files have been looked at so far. */
  readonly scanned: number;
}

/**
 * Migrates every source file under `paths`, writing nothing. Yields, in the order of their paths, only the files
 * that hold or mention the agent and those that could not be read as source.
 * @throws UnreadablePathError at once, when one of the paths does not exist
 */
export function migrateTree(paths: readonly string[], options: CodemodOptions): TreeMigration {
  return new TreeRun(paths, findSourceFiles(paths, options.exclude), options);
}

class TreeRun implements TreeMigration {
  readonly total: number;
  scanned = 0;
  readonly #files: readonly string[];
  readonly #options: CodemodOptions;
  readonly #project: Project;
  readonly #paths: readonly string[];

  constructor(paths: readonly string[], files: readonly string[], options: CodemodOptions) {
    const absolute = files.map((file) => toPosix(path.resolve(file)));
    const inScope = new Set(absolute);
    this.#paths = paths.map((each) => toPosix(path.resolve(each)));
    this.#files = files;
    this.#options = options;
    this.#project = fileProject(options, {
      root: commonFolder(absolute),
      isToMigrate: (file) => inScope.has(toPosix(path.resolve(file))),
    });
    this.total = files.length;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<FileResult> {
    this.scanned = 0;
    const { relevant, handingOn } = this.#look();
    for (const [index, file] of this.#files.entries()) {
      if (!relevant.has(file)) continue;
      const result = await this.#migrate(file);
      this.scanned = index + 1;
      if (result) yield result;
    }
    const exporting = [...handingOn, ...this.#leftOut()];
    if (relevant.size + exporting.length > 0) yield* this.#migrateImporters(relevant, exporting);
    this.scanned = this.total;
  }

  /** The files that name the agent, and others that may hand the cache's own function on. */
  #look(): { relevant: Set<string>; handingOn: string[] } {
    const reader = new FileReader();
    const relevant = new Set<string>();
    const handingOn: string[] = [];
    for (const file of this.#files) {
      const content = reader.read(file);
      if (content === undefined || mentionsAgent(content, this.#options)) relevant.add(file);
      else if (mayReExport(content, this.#options)) handingOn.push(file);
    }
    return { relevant, handingOn };
  }

  /** Files beside the given paths, in the same packages, that may export a factory to the given ones. */
  #leftOut(): string[] {
    const given = new Set(this.#files.map((file) => toPosix(path.resolve(file))));
    const roots = new Set([...given].flatMap((file) => this.#project.packageRootOf(file) ?? []));
    const parts = [...roots].filter(
      (root) => !this.#paths.some((each) => each === root || root.startsWith(`${each}/`)),
    );
    const reader = new FileReader();
    return parts.flatMap((root) =>
      [...sourcesBelow(root)].filter((file) => {
        if (given.has(file) || !isMigratableFile(path.posix.basename(file))) return false;
        const content = reader.read(file);
        return (
          content !== undefined &&
          (mentionsAgent(content, this.#options) || mayReExport(content, this.#options))
        );
      }),
    );
  }

  /** Migrates the files that do not name the agent but get an agent from one that does, or from one that hands it on. */
  async *#migrateImporters(
    migrated: ReadonlySet<string>,
    exporting: readonly string[],
  ): AsyncIterable<FileResult> {
    const { givesAgents } = await import('../analysis/gives-agents.ts');
    const absolute = (file: string) => toPosix(path.resolve(file));
    const given = new Map(this.#files.map((file) => [absolute(file), file]));
    const done = new Set([...migrated].map(absolute));
    const asked = new Set<string>();
    let pending = [...migrated, ...exporting].map(absolute);
    while (pending.length > 0) {
      for (const file of pending) asked.add(file);
      const exporters = pending.filter((file) => givesAgents(file, this.#project, this.#options));
      const importers = new Set(exporters.flatMap((file) => this.#project.importersOf(file)));
      // One that is not among the given files may hand a factory on to one that is.
      pending = [...importers].filter((file) => !asked.has(file));
      for (const importer of importers) {
        const file = given.get(importer);
        if (file === undefined || done.has(importer)) continue;
        done.add(importer);
        const result = await this.#migrate(file);
        if (result) yield result;
      }
    }
  }

  async #migrate(file: string): Promise<FileResult | undefined> {
    const content = readBytes(file);
    if (content === undefined)
      return { path: file, status: 'error', occurrences: [], error: 'The file cannot be read.' };
    if (!isUtf8(content))
      return { path: file, status: 'error', occurrences: [], error: 'It is not text in UTF-8' };
    const source = content.toString('utf8');
    if (isPartOfTheCache(file, this.#options, this.#project)) return undefined;
    // The parser is loaded only for a file that needs it: most trees have few.
    const { migrateSource } = await import('../migrate-source.ts');
    const { givesAgents } = await import('../analysis/gives-agents.ts');
    // What a file exports is asked before it may be rewritten, and while its syntax tree is at hand.
    givesAgents(toPosix(path.resolve(file)), this.#project, this.#options);
    const result = migrateSource({ path: file, source }, this.#options, this.#project);
    if (result.status === 'unchanged' && !mentionsAgent(source, this.#options)) return undefined;
    // With the text that was read, so that a writer can tell a file that changed since.
    return result.output === undefined ? result : { ...result, source };
  }
}

/** Whether the text names the class or the module of the agent: a file without either cannot build one. */
export function mentionsAgent(
  content: Buffer | string,
  { agentClass, agentModule }: CodemodOptions,
): boolean {
  const module = agentModule.slice(agentModule.lastIndexOf('/') + 1);
  return content.includes(agentClass) || content.includes(module);
}

/** Whether the text looks as if it handed the cache's own function on, under whatever name. */
function mayReExport(content: Buffer, { factory }: CodemodOptions): boolean {
  if (!content.includes(factory)) return false;
  return new RegExp(
    `\\bexports?\\b[^;]*\\b${factory}\\b|(?:=>|\\breturn)\\s*(?:await\\s+)?${factory}\\(`,
  ).test(content.toString('utf8'));
}

/** Whether the file is the agent's own module, or part of the cache: both have to build agents. */
export function isPartOfTheCache(file: string, options: CodemodOptions, project: Project): boolean {
  const bare = withoutExtension(toPosix(file));
  const { agentModule } = options;
  return bare === agentModule || bare.endsWith(`/${agentModule}`) || project.isCacheFile(file);
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function commonFolder(files: readonly string[]): string | undefined {
  const [first, ...rest] = files.map((file) => path.posix.dirname(file).split('/'));
  if (!first) return undefined;
  let length = first.length;
  for (const other of rest) {
    while (first.slice(0, length).join('/') !== other.slice(0, length).join('/')) length--;
  }
  return first.slice(0, length).join('/') || '/';
}
