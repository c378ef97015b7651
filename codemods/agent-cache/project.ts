import type { CodemodOptions } from './options.ts';
import type { FileResult } from './result.ts';

/** What one file needs to know of the tree around it. */
export interface Project {
  /** The text of a file, or undefined when it does not exist. */
  read(path: string): string | undefined;
}

/** A path to migrate does not exist or cannot be read. */
export class UnreadablePathError extends Error {
  override readonly name = 'UnreadablePathError';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`No such file or folder: ${path}`, options);
    this.path = path;
  }
}

/**
 * The source files under `paths`, sorted, each once; without dependencies, build output, declarations and tests.
 * @throws UnreadablePathError when one of the paths does not exist
 */
export function findSourceFiles(_paths: readonly string[]): string[] {
  return [];
}

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
export function migrateTree(_paths: readonly string[], _options: CodemodOptions): TreeMigration {
  return { total: 0, scanned: 0, async *[Symbol.asyncIterator]() {} };
}
