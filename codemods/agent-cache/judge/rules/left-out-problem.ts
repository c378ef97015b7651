import type { Problem, RemoteFactory, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';

/** Why calls of an imported factory stay: they have to go on to it, and the run leaves its file as it is. */
export function leftOutProblem(remote: RemoteFactory | undefined, { project }: Source): Problem | undefined {
  if (!remote || !project) return undefined;
  const { file, declared, guarded, async, cached } = remote.exported;
  if (!guarded || async || cached || project.isToMigrate(file)) return undefined;
  return reason('factory-left-out', [], { factory: declared });
}
