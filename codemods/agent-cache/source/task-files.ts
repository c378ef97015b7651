import { posix } from 'node:path';
import picomatch from 'picomatch';
import { absolutePath, toPosix } from './specifiers.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';

/** Whether a file is a task, by its path from the root of its package, so that folders above do not count. */
export function isTaskFile(
  file: string,
  { tasks }: Pick<CodemodOptions, 'tasks'>,
  project: Pick<Project, 'packageRootOf'> | undefined,
): boolean {
  if (!project) return picomatch.isMatch(toPosix(file), tasks, { dot: true });
  const root = project.packageRootOf(file) ?? toPosix(process.cwd());
  const inside = posix.relative(root, absolutePath(file));
  const path = inside.startsWith('../') ? absolutePath(file) : inside;
  return picomatch.isMatch(path, tasks, { dot: true });
}
