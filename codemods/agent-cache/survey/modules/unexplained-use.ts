import type { Problem, Source } from '../../migration.ts';
import type { Project } from '../../project.ts';
import { reason } from '../../reasons/reason.ts';
import { lineAt } from '../code/place-at.ts';
import { mayImport } from './may-import.ts';
import { unseenLoadOf } from './unseen-loads.ts';

/** A place that may import a file, and of which nothing in the tree tells whether it does. */
export interface UnexplainedUse {
  file: string;
  /** Both 1-based, the column in UTF-16 units. */
  line: number;
  column: number;
  /** The module that it names; none where the name is made when the code runs. */
  specifier?: string;
}

/** The first place in the tree that may get at a file's exports so, by the first names of their paths. */
export function unexplainedUseOf(
  file: string,
  exported: ReadonlySet<string>,
  project: Project,
): UnexplainedUse | undefined {
  const naming = project
    .unexplainedImportersOf(file)
    .find((each) => mayImport(project.read(each.file) ?? '', exported));
  if (naming) return { ...naming, ...positionOf(naming.specifier, project.read(naming.file) ?? '') };
  return unseenLoadOf(file, exported, project);
}

/** Why what a file exports has to stay, because of such a place. */
export function unexplainedProblem(
  name: string,
  { file, line, column, specifier }: UnexplainedUse,
  source: Source,
): Problem {
  const at = [lineAt(file, line, source, column)];
  return specifier === undefined
    ? reason('loaded-unseen', at, { name })
    : reason('importer-unresolved', at, { specifier, name });
}

function positionOf(specifier: string, text: string): { line: number; column: number } {
  const found = ["'", '"', '`'].map((quote) => text.indexOf(quote + specifier + quote));
  const before = text.slice(0, Math.max(0, ...found)).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
