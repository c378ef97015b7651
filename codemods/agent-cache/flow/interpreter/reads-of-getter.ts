import type { Project } from '../../project.ts';
import { GIVEN, inRun, siteOf } from './class-runs.ts';
import { interpret } from './interpreter.ts';
import { partOfRequestsIn, type Read } from './judge-construction.ts';
import { NOTHING } from './values.ts';

/** What a function of a module reads, by itself or by what it calls, that requests set for themselves: `state.user`. */
export function readOfRequests(
  file: string,
  name: string,
  agentClass: string,
  project: Project,
): Read | undefined {
  const running = interpret(project);
  const { modules, functions } = running;
  const module = modules.load(file);
  const given = module && modules.exported(module, name);
  for (const fn of given?.things.keys() ?? []) {
    if (fn.kind !== 'function' || !fn.code) continue;
    const { events } = inRun(running, 'new', () => functions.invoke(fn, NOTHING, GIVEN, siteOf(fn)));
    const read = partOfRequestsIn(events, agentClass, project);
    if (read) return read;
  }
  return undefined;
}
