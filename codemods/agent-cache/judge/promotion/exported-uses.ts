import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { type Exports, partAt } from '../../survey/code/exported-paths.ts';
import { asImportedByDefault, handedOn, isCommonJs } from '../../survey/modules/re-exports.ts';
import { moduleHolders } from '../../survey/modules/module-holders.ts';
import { usesOf } from '../../survey/modules/module-uses.ts';
import { fileOf, programOfFile } from '../../survey/code/opened-files.ts';
import { usesOfOwnExport } from '../../survey/modules/own-exports.ts';
import { toPosix } from '../../source/specifiers.ts';
import { programAround } from '../../survey/code/program-around.ts';

/**
 * What stands for the value at `at`, which its file exports as `exported`, in that file and in those that it is handed
 * to. Undefined when something is done with the export that cannot be followed.
 */
export function usesOfExported(
  exported: string,
  at: NodePath,
  source: Source,
): readonly NodePath[] | undefined {
  const search = new Search(source);
  return search.inOwnFile(exported, at) ? search.found : undefined;
}

class Search {
  readonly found: NodePath[] = [];
  readonly #migration: Source;
  readonly #seen = new Set<string>();

  constructor(source: Source) {
    this.#migration = source;
  }

  inOwnFile(exported: string, at: NodePath): boolean {
    const file = toPosix(path.resolve(fileOf(at, this.#migration)));
    const program = programAround(at);
    const text = textOf(file, this.#migration);
    const { references, blocking } = usesOfOwnExport(exported, [at], { program, text }, true);
    if (blocking) return false;
    this.found.push(...references);
    const own = new Map([[exported, true]]);
    return this.#inImportersOf(file, isCommonJs(program.node) ? asImportedByDefault(own) : own);
  }

  /** In the files that import it from `file`, and on in those that they hand it to. */
  #inImportersOf(file: string, exports: Exports<boolean>): boolean {
    const { project } = this.#migration;
    const key = `${file} ${[...exports.keys()].join()}`;
    if (!project || this.#seen.has(key)) return project !== undefined;
    this.#seen.add(key);
    const importers = new Set(project.importersOf(file));
    // Tests are among those that import the file, and register nothing.
    return project.dependentsOf(file).every((other) => {
      if (!importers.has(other)) return true;
      const program = programOfFile(other, this.#migration);
      if (!program) return false;
      const text = textOf(other, this.#migration);
      const there: Source = { ...this.#migration, path: other, text, program };
      const exportsOf = (specifier: string) =>
        project.resolve(other, specifier) === file ? exports : new Map<string, boolean>();
      const on = handedOn(there, exportsOf);
      return this.#inFile(there, exportsOf) && (on.size === 0 || this.#inImportersOf(other, on));
    });
  }

  #inFile(there: Source, exportsOf: (specifier: string) => Exports<boolean>): boolean {
    return moduleHolders(there).every(({ specifier, path: at, expressions, opaque }) => {
      const part = partAt(exportsOf(specifier), at);
      if (part.size === 0) return true;
      if (opaque) return false;
      return expressions
        .flatMap((each) => usesOf(each, part))
        .every((use) => use.form === 'export' || (use.form === 'value' && this.#add(use.at)));
    });
  }

  /** `table.forEach` is a use of the table before it. */
  #add(at: NodePath): boolean {
    const isCalled = at.isMemberExpression() && at.key === 'callee';
    this.found.push(isCalled ? at.get('object') : at);
    return true;
  }
}

function textOf(file: string, { project }: Source): string {
  return (project?.read(file) ?? '').replace(/^\uFEFF/, '');
}
