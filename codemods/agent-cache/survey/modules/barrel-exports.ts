import type { Migration, Source } from '../../migration.ts';
import type { Project } from '../../project.ts';
import { openFile } from '../../source/open-file.ts';
import { sourcesOf } from '../../source/sources.ts';
import type { Exports } from '../code/exported-paths.ts';
import { KnownExports, type ReadExports } from './known-exports.ts';
import { HANDS_ON, mayHandOn } from './may-re-export.ts';
import { handedOn } from './re-exports.ts';

type ExportsOf<Value> = (specifier: string, from: Source) => Exports<Value>;

/** What modules export of what others have: each file is read once for a project. */
export class BarrelExports<Value> {
  readonly #known = new WeakMap<Project, KnownExports<Value>>();
  readonly #values: boolean;

  /** @param values whether only what code can call counts, and not what a module hands on as a type alone */
  constructor({ values = false }: { values?: boolean } = {}) {
    this.#values = values;
  }

  /** What a file exports again, where `exportsOf` says what each module has that it exports from. */
  of(
    file: string,
    { project, options }: Pick<Migration, 'options' | 'project'>,
    exportsOf: ExportsOf<Value>,
  ): Exports<Value> {
    if (!project) return new Map();
    const files =
      this.#known.get(project) ??
      new KnownExports<Value>((each) =>
        readerOf(each, { project, options, exportsOf, values: this.#values }),
      );
    this.#known.set(project, files);
    return files.of(file);
  }
}

function readerOf<Value>(
  file: string,
  {
    project,
    options,
    exportsOf,
    values,
  }: { project: Project; options: Migration['options']; exportsOf: ExportsOf<Value>; values: boolean },
): ReadExports<Value> {
  const text = file.includes('/node_modules/') ? undefined : project.read(file)?.replace(/^\uFEFF/, '');
  if (text === undefined || !HANDS_ON.test(text)) return nothing;
  try {
    if (!mayHandOn(sourcesOf(project).tree(file, text).program)) return nothing;
    const barrel = openFile(file, text, options, project);
    return () => handedOn(barrel, (specifier) => exportsOf(specifier, barrel), { values });
  } catch {
    return nothing;
  }
}

function nothing<Value>(): Exports<Value> {
  return new Map();
}
