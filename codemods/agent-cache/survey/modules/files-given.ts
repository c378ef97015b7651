import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Exports } from '../code/exported-paths.ts';
import { sourceAt } from '../code/opened-files.ts';
import type { Source } from '../../migration.ts';
import { asImportedByDefault, handedOn, isCommonJs } from './re-exports.ts';

/** A file that imports an export, or a part of what holds it. */
export interface FileGiven {
  /** Undefined where it does not parse. */
  there: Source | undefined;
  /** What it has of the export by a module that it names. */
  exportsOf: (specifier: string) => Exports<boolean>;
}

/** The paths by which others get at what a file exports at some. */
export function asImported(paths: readonly string[], program: NodePath<t.Program>): Exports<boolean> {
  const own = new Map(paths.map((each) => [each, true]));
  return isCommonJs(program.node) ? asImportedByDefault(own) : own;
}

/** The files that import exports from a file, and those that import them from one which hands them on; tests are none. */
export function* filesGiven(
  file: string,
  exports: Exports<boolean>,
  source: Source,
  seen = new Set<string>(),
): Iterable<FileGiven> {
  const { project } = source;
  const key = `${file} ${[...exports.keys()].join()}`;
  if (!project || exports.size === 0 || seen.has(key)) return;
  seen.add(key);
  const importers = new Set(project.importersOf(file));
  for (const other of project.dependentsOf(file)) {
    if (!importers.has(other)) continue;
    const there = sourceAt(other, source);
    const exportsOf = (specifier: string) =>
      project.resolve(other, specifier) === file ? exports : new Map<string, boolean>();
    yield { there, exportsOf };
    if (there) yield* filesGiven(other, handedOn(there, exportsOf), source, seen);
  }
}
