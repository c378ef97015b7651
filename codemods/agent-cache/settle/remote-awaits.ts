import type { Judged } from '../migration.ts';
import type { Project } from '../project.ts';
import { rangeOf } from '../source/edit.ts';
import { absolutePath } from '../source/specifiers.ts';
import { OncePerProject } from '../survey/code/once-per-project.ts';
import { fileOf } from '../survey/code/opened-files.ts';

/** Where a node begins and ends: calls of a chain all begin at the same offset. */
export interface Range {
  start: number;
  end: number;
}

/** A call of another file's builder that has to be awaited, by the offsets of its nodes. */
export interface RemoteAwait {
  /** The file with the call. */
  file: string;
  /** The file with the builder. */
  builder: string;
  call: Range;
  /** The function around it, where that has to become async. */
  promote: number | undefined;
  /** The files that call that function, and have to be written before. */
  before: string[];
}

const known = new OncePerProject<readonly RemoteAwait[]>();

/** The calls in other files that a settled file wants awaited. `find` tells them, and is asked once. */
export function remoteAwaitsOf(
  file: string,
  project: Project,
  find: () => readonly RemoteAwait[],
): readonly RemoteAwait[] {
  return known.of(project, file, find);
}

/** The calls in other files that the plans of a file's sites want awaited. */
export function awaitsPlannedBy(migration: Judged): RemoteAwait[] {
  const own = absolute(migration.path);
  return migration.sites.flatMap(({ plan }) => {
    const awaits = plan && 'awaits' in plan ? (plan.awaits ?? []) : [];
    return awaits.flatMap(({ call, promote, outer = [] }) => {
      const file = absolute(fileOf(call, migration));
      if (file === own) return [];
      const before = outer
        .map((each) => absolute(fileOf(each.call, migration)))
        .filter((each) => each !== file);
      return [
        { file, builder: own, call: rangeOf(call.node), promote: promote?.node.start ?? undefined, before },
      ];
    });
  });
}

function absolute(file: string): string {
  return absolutePath(file);
}
