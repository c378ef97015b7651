import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { findSourceFiles } from '../../codemods/agent-cache/files/find-source-files.ts';

/** The source files of a tree as they are at one moment, by their absolute paths. */
export type Texts = ReadonlyMap<string, string>;

/** Reads every source file below the paths; tests, dependencies and build output are none. */
export function textsOf(paths: readonly string[]): Texts {
  return new Map(findSourceFiles(paths).map((file) => [file, readFileSync(file, 'utf8')]));
}

/** The files that are new or have another text. */
export function changedFiles(before: Texts, after: Texts): string[] {
  return [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
}

/** Puts files into the state of one moment: one that was not there then is removed. */
export function putBack(files: readonly string[], texts: Texts): void {
  for (const file of files) {
    const text = texts.get(file);
    if (text !== undefined) writeFileSync(file, text);
    else if (existsSync(file)) rmSync(file);
  }
}
