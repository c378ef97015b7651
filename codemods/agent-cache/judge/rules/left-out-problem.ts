import type { Migration, Problem, RemoteFactory } from '../../migration.ts';

/** Why calls of an imported factory stay: they have to go on to it, and the run leaves its file as it is. */
export function leftOutProblem(
  remote: RemoteFactory | undefined,
  { project }: Migration,
): Problem | undefined {
  if (!remote || !project) return undefined;
  const { file, declared, guarded, async, cached } = remote.exported;
  if (!guarded || async || cached || project.isToMigrate(file)) return undefined;
  return {
    reason: `The factory ${declared} handles its own failure, and this run leaves its file as it is.`,
    hint: "Run the codemod over the factory's file too.",
  };
}
