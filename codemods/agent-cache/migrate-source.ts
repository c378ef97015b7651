import type { CodemodOptions } from './options.ts';
import type { Project } from './project.ts';
import type { FileResult } from './result.ts';

/** One file as text. `path` picks the parser by its extension and says whether the file is a task. */
export interface SourceFile {
  path: string;
  source: string;
}

/**
 * Analyses one file and computes its migrated text. Reads nothing but what `project` gives and writes nothing.
 * Never throws on bad syntax: the result's status is then `error` and the file stays as it is.
 */
export function migrateSource(
  { path }: SourceFile,
  _options: CodemodOptions,
  _project?: Project,
): FileResult {
  return { path, status: 'unchanged', occurrences: [] };
}
