import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { findSourceFiles } from '../../codemods/agent-cache/files/find-source-files.ts';
import { isTaskFile } from '../../codemods/agent-cache/source/task-files.ts';
import { fileProject } from '../../codemods/agent-cache/files/file-project.ts';
import type { Arguments } from './arguments.ts';

/** A line about `--tasks`, where it is given and takes no file of the paths for a task. */
export function tasksWarning({ paths, flags }: Arguments, options: CodemodOptions): string | undefined {
  const project = fileProject(options);
  const files = findSourceFiles(paths, options.exclude);
  if (files.some((file) => isTaskFile(file, options, project))) return undefined;
  return `--tasks ${flags.tasks}: it matches no file of ${paths.join(', ')}, so none is taken for a task; it is matched against paths from the package's root`;
}
