import type { Migration } from '../migration.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { absolutePath } from '../source/specifiers.ts';
import { buildersReached } from '../survey/factories/builders-reached.ts';
import { awaitsPlannedBy, type RemoteAwait, remoteAwaitsOf } from './remote-awaits.ts';
import { settledFile } from './settled-file.ts';
import { codeOf } from '../source/code-of.ts';

/** The calls in a file that have to be awaited since the builders of others become async. */
export function remoteAwaitsIn(migration: Migration): RemoteAwait[] {
  const { project, options, path: file } = migration;
  if (!project?.settlesInOrder) return [];
  const own = absolutePath(file);
  const found: RemoteAwait[] = [];
  for (const builder of buildersReached(own, project, options)) {
    const awaits = remoteAwaitsOf(builder, project, () => settledAwaits(builder, project, options));
    found.push(...awaits.filter((each) => each.file === own));
  }
  return found;
}

function settledAwaits(file: string, project: Project, options: CodemodOptions): RemoteAwait[] {
  // What the run leaves as it is becomes nothing else.
  if (!project.isToMigrate(file)) return [];
  try {
    return awaitsPlannedBy(settledFile(file, codeOf(file, project), options, project));
  } catch {
    return [];
  }
}
