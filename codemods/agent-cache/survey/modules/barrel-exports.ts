import type { Migration } from '../../migration.ts';
import { openFile } from '../../source/open-file.ts';
import type { Project } from '../../project.ts';
import { parsedSource } from '../../source/parse.ts';
import type { Exports } from '../code/exported-paths.ts';
import { handedOn } from './re-exports.ts';
import { KnownExports } from './known-exports.ts';
import { HANDS_ON, mayHandOn } from './may-re-export.ts';

/** What modules export of what others have: each file is read once for a project. */
export class BarrelExports<Value> {
  readonly #known = new WeakMap<Project, KnownExports<Value>>();

  /** What a file exports again, where `exportsOf` says what each module has that it exports from. */
  of(
    file: string,
    { project, options }: Pick<Migration, 'options' | 'project'>,
    exportsOf: (specifier: string, from: Migration) => Exports<Value>,
  ): Exports<Value> {
    if (!project || file.includes('/node_modules/')) return new Map();
    const files = this.#known.get(project) ?? new KnownExports<Value>();
    this.#known.set(project, files);
    return files.of(file, () => {
      const text = project.read(file)?.replace(/^\uFEFF/, '');
      if (text === undefined || !HANDS_ON.test(text)) return new Map();
      try {
        if (!mayHandOn(parsedSource(file, text).program)) return new Map();
        const barrel = openFile(file, text, options, project);
        return handedOn(barrel, (specifier) => exportsOf(specifier, barrel));
      } catch {
        return new Map();
      }
    });
  }
}
