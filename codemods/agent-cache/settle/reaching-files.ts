import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { OncePerProject } from '../survey/code/once-per-project.ts';
import { exportedFactories } from '../survey/factories/exported-factories.ts';
import { firstName, mayImport } from '../survey/modules/may-import.ts';
import { keyOf } from './file-record.ts';

const names = new OncePerProject<ReadonlyMap<string, ReadonlySet<string>>>();

/** The files that may use a factory, and those that export it. */
export interface FilesAround {
  /**
   * Those that import from its file, and from one which hands it on. Of these, only such that have the name by which they
   * could import it in their text, or take all that there is.
   */
  reaching: readonly string[];
  /** Its own file, and those that hand it on, with the first names of the exports that are it, or that hold it. */
  exporting: ReadonlyMap<string, ReadonlySet<string>>;
}

export function filesAround(
  file: string,
  key: string,
  project: Project,
  options: CodemodOptions,
): FilesAround {
  const found = new Set<string>();
  const exporting = new Map([[file, exportedNames(file, project, options).get(key) ?? ANY]]);
  const pending = [file];
  for (let target = pending.pop(); target !== undefined; target = pending.pop()) {
    const exported = exporting.get(target) ?? ANY;
    for (const importer of project.importersOf(target)) {
      if (importer === file) continue;
      if (!found.has(importer) && mayImport(project.read(importer) ?? '', exported)) found.add(importer);
      if (exporting.has(importer)) continue;
      const names = exportedNames(importer, project, options).get(key);
      if (!names) continue;
      exporting.set(importer, names);
      pending.push(importer);
    }
  }
  return { reaching: [...found].sort(), exporting };
}

const ANY: ReadonlySet<string> = new Set(['default']);

/** By each factory that a file exports, the names of the exports that are it, or that hold it. */
function exportedNames(
  file: string,
  project: Project,
  options: CodemodOptions,
): ReadonlyMap<string, ReadonlySet<string>> {
  return names.of(project, file, () => {
    const found = new Map<string, Set<string>>();
    for (const [path, { file: declaring, declared }] of exportedFactories(file, project, options)) {
      const key = keyOf(declaring, declared);
      const own = found.get(key) ?? new Set<string>();
      found.set(key, own.add(firstName(path)));
    }
    return found;
  });
}
