import { fileProject } from '../../../codemods/agent-cache/files/file-project.ts';
import { type CodemodOptions, keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { shownPath } from '../../cli/shown-path.ts';
import { UsageError } from '../../cli/usage-error.ts';

/**
 * Refuses to write a module that files already take the getter from and that is gone: what it built nobody knows any
 * more, and the places that are left would tell something else.
 *
 * @throws UsageError
 */
export function requireNeverThere(target: string, options: CodemodOptions): void {
  const project = fileProject(options);
  const getters = [options.factory, keyedGetter(options)];
  const user = project
    .unexplainedImportersOf(target)
    .find(({ file }) => getters.some((each) => project.read(file)?.includes(each)));
  if (user === undefined) return;
  throw new UsageError(
    `${shownPath(user.file)} takes its client from ${user.specifier}, and ${shownPath(target)} is gone, so nobody can tell what it built: bring it back from version control`,
  );
}
