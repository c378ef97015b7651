import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { toPosix, withoutExtension } from '../analysis/module-paths.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import type { FileResult } from '../result.ts';
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
  return new TreeRun(findSourceFiles(paths), options);
}

class TreeRun implements TreeMigration {
  readonly total: number;
  scanned = 0;
  readonly #files: readonly string[];
  readonly #options: CodemodOptions;
  readonly #project: Project;

  constructor(files: readonly string[], options: CodemodOptions) {
    this.#files = files;
    this.#options = options;
    this.#project = fileProject(options);
    this.total = files.length;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<FileResult> {
    this.scanned = 0;
    for (const file of this.#files) {
      const result = await this.#migrate(file);
      this.scanned++;
      if (result) yield result;
    }
  }

  async #migrate(path: string): Promise<FileResult | undefined> {
    let content: Buffer;
    try {
      content = readFileSync(path);
    } catch (error) {
      return { path, status: 'error', occurrences: [], error: `Cannot read the file: ${String(error)}` };
    }
    if (!mentionsAgent(content, this.#options) || isPartOfTheCache(path, this.#options, this.#project))
      return undefined;
    if (!isUtf8(content)) return { path, status: 'error', occurrences: [], error: 'It is not text in UTF-8' };
    // The parser is loaded only for a file that needs it: most trees have few.
    const { migrateSource } = await import('../migrate-source.ts');
    const source = content.toString('utf8');
    const result = migrateSource({ path, source }, this.#options, this.#project);
    return result.output === undefined ? result : { ...result, source };
  }
}

/** Whether the bytes name the class or the module of the agent: a file without either cannot build one. */
export function mentionsAgent(
  content: Buffer | string,
  { agentClass, agentModule }: CodemodOptions,
): boolean {
  const module = agentModule.slice(agentModule.lastIndexOf('/') + 1);
  return content.includes(agentClass) || content.includes(module);
}

/** Whether the file is the agent's own module, or part of the cache: both have to build agents. */
export function isPartOfTheCache(path: string, options: CodemodOptions, project: Project): boolean {
  const bare = withoutExtension(toPosix(path));
  const { agentModule } = options;
  return bare === agentModule || bare.endsWith(`/${agentModule}`) || project.isCacheFile(path);
}
