import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toPosix, withoutExtension } from '../analysis/module-paths.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { type FileResult, MARK } from '../result.ts';
import { FileReader } from './file-reader.ts';
import { fileProject } from './file-project.ts';
import { findSourceFiles } from './find-source-files.ts';

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
  return new TreeRun(findSourceFiles(paths, options.exclude), options);
}

class TreeRun implements TreeMigration {
  readonly total: number;
  scanned = 0;
  readonly #files: readonly string[];
  readonly #options: CodemodOptions;
  readonly #project: Project;

  constructor(files: readonly string[], options: CodemodOptions) {
    const absolute = files.map((file) => toPosix(path.resolve(file)));
    const inScope = new Set(absolute);
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
    if (relevant.size + handingOn.length > 0) yield* this.#migrateImporters(relevant, handingOn);
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
      else if (content.includes(this.#options.factory)) {
        if (mayReExport(content.toString('utf8'), this.#options)) handingOn.push(file);
      }
    }
    return { relevant, handingOn };
  }

  /** Migrates the files that do not name the agent but import a factory of one, or of one that hands it on. */
  async *#migrateImporters(done: Set<string>, handingOn: readonly string[]): AsyncIterable<FileResult> {
    const { exportedFactories } = await import('../analysis/exported-factories.ts');
    const given = new Map(this.#files.map((file) => [toPosix(path.resolve(file)), file]));
    let pending = [...done, ...handingOn];
    while (pending.length > 0) {
      const exporting = pending.filter(
        (file) => exportedFactories(toPosix(path.resolve(file)), this.#project, this.#options).size > 0,
      );
      const importers = exporting.flatMap((file) => this.#project.importersOf(file));
      pending = [...new Set(importers.flatMap((importer) => given.get(importer) ?? []))];
      pending = pending.filter((file) => !done.has(file));
      for (const file of pending) {
        done.add(file);
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
    const { exportedFactories } = await import('../analysis/exported-factories.ts');
    // What a file exports is asked before it may be rewritten, and while its syntax tree is at hand.
    exportedFactories(toPosix(path.resolve(file)), this.#project, this.#options);
    const result = migrateSource({ path: file, source }, this.#options, this.#project);
    if (result.status === 'unchanged' && !mentionsAgent(source, this.#options)) return undefined;
    // With the text that was read, so that a writer can tell a file that changed since.
    return result.output === undefined ? result : { ...result, source };
  }
}

/** Whether the text names the class or the module of the agent, without which none is built, or marks a place. */
export function mentionsAgent(
  content: Buffer | string,
  { agentClass, agentModule }: CodemodOptions,
): boolean {
  const module = agentModule.slice(agentModule.lastIndexOf('/') + 1);
  return content.includes(agentClass) || content.includes(module) || content.includes(MARK);
}

/** Whether the text looks as if it handed the cache's own function on, under whatever name. */
function mayReExport(text: string, { factory }: CodemodOptions): boolean {
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
