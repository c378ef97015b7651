import type { Project } from '../../project.ts';
import { type Line, lineIn, withoutOverflow } from './agent-effects.ts';
import { ALIKE, type EntryRun, runClass } from './class-runs.ts';
import type { WriteEvent } from './events.ts';
import { isGuarded, isOf, judgeState } from './judge-runs.ts';
import { CALLERS } from './values.ts';

/** What a method leaves in its instance of the request around a call. */
export interface KeptOfRequest extends Line {
  method: string;
  /** The field, and what of the request the method reads. */
  name: string;
  what: string;
  /** Later calls are sure to have it, and the code shows that it is of the request. */
  isShown: boolean;
}

/**
 * What the methods of a class keep of the request around a call, whatever they are given: `this.token ??=
 * context.getStore().token`. What they keep by a key that is of the request, too, each request has for itself.
 */
export function keptOfRequests(file: string, name: string, project: Project): KeptOfRequest[] {
  const runs = withoutOverflow(() => runClass(file, name, project, judgeState, undefined, ALIKE));
  if (runs === undefined) return [];
  const line = lineIn(project);
  const reads = runs.entries.flatMap(({ events }) => [...events.reads.values()]);
  const isMet = ({ cell }: WriteEvent) => reads.some((each) => isOf(each.cell, cell));
  return runs.entries.flatMap((run) => {
    const ambient = [...run.events.ambient.values()];
    return keptIn(run).flatMap((write): KeptOfRequest[] => {
      const stays = isGuarded(write) || write.keyFrom !== undefined;
      const [read] = ambient;
      if (read === undefined || (!stays && !isMet(write))) return [];
      const isShown = stays && ambient.some((each) => each.isShown);
      return [{ method: run.entry.path, name: write.cell.name, what: read.what, isShown, ...line(write) }];
    });
  });
}

function keptIn({ events }: EntryRun): WriteEvent[] {
  return [...events.writes.values()].filter(
    ({ cell, empty, from, keyFrom = 0 }) =>
      cell.region === 'instance' && !empty && (from & CALLERS) !== 0 && (keyFrom & CALLERS) === 0,
  );
}
