import { readFileSync, statSync } from 'node:fs';
import { findSourceFiles } from '../../codemods/agent-cache/files/find-source-files.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { parseSource } from '../../codemods/agent-cache/source/parse.ts';

/**
 * Parses the files that were named one by one and that the run had nothing to do with. In a folder, a file that
 * names no agent is not worth parsing; who names a file wants to hear that it is broken.
 *
 * @param seen the files that the run has told of
 * @param exclude globs of files to leave alone
 * @returns a result for each file that does not parse
 */
export function brokenNamedFiles(
  paths: readonly string[],
  seen: ReadonlySet<string>,
  exclude: readonly string[],
): FileResult[] {
  const named = paths.filter((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
  return findSourceFiles(named, exclude)
    .filter((file) => !seen.has(file))
    .flatMap((file) => {
      const error = syntaxErrorOf(file);
      return error === undefined ? [] : [{ path: file, status: 'error', occurrences: [], error }];
    });
}

function syntaxErrorOf(file: string): string | undefined {
  try {
    parseSource(file, readFileSync(file, 'utf8'));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
