import { judgedFile } from '../judge/judged-file.ts';
import type { Migration } from '../migration.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { forgetKept, keptWith } from '../source/kept-with.ts';
import { absolutePath } from '../source/specifiers.ts';
import { recordOf } from './file-record.ts';
import { awaitsPlannedBy, remoteAwaitsOf } from './remote-awaits.ts';
import { settleFactories } from './settle-factories.ts';

/**
 * A file whose places are judged and whose factories are settled, as far as that is known without writing anything.
 * What others have to know of it is recorded, so that it may then be edited.
 * @throws SyntaxError when the text does not parse
 */
export function settledFile(
  path: string,
  text: string,
  options: CodemodOptions,
  project: Project | undefined,
): Migration {
  const file = project ? absolutePath(path) : path;
  const judged = judgedFile(file, text, options, project);
  return keptWith(judged.program, 'settled', () => {
    const { factories, remoteFactories, factoryValues } = judged;
    const isLinked =
      remoteFactories.length + factoryValues.length > 0 || factories.some((each) => each.exported);
    // Before anything is settled: that changes plans.
    if (project && isLinked) recordOf(file, project, options);
    settleFactories(judged);
    if (project?.settlesInOrder) remoteAwaitsOf(file, project, () => awaitsPlannedBy(judged));
    return judged;
  });
}

/** Lets go of what was found out about a file that is edited now: its plans have been carried out. */
export function forgetSettled({ program }: Migration): void {
  // What was reached from it are nodes of others, whose trees would stay as long as its own.
  for (const name of ['settled', 'judged', 'state reached', 'calls by name', 'calls unseen'])
    forgetKept(program, name);
}
