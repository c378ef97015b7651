import { type CodemodOptions, keyedGetter } from '../../../codemods/agent-cache/options.ts';
import type { AgentName } from '../cache/machine.ts';
import { conductOfEntries, mixesArguments } from '../cache/judge-way.ts';
import type { ModuleGraph } from '../source/module-graph.ts';

/** What is asked of a getter with an entry for each set of arguments. */
interface Scene {
  graph: ModuleGraph;
  agent: AgentName;
  options: CodemodOptions;
}

/** As much as any client takes: what the caller gives, whatever that is. */
const ARGUMENTS = [{}, {}, {}, {}];

/**
 * What the getter of a cache module with an entry for each set of arguments does: it `keeps` them, `builds` at each call,
 * `mixes` what belongs to different arguments, or does what its source does not tell. Undefined where there is none.
 */
export function entriesOf(
  file: string,
  { graph, agent, options }: Scene,
): 'keeps' | 'builds' | 'mixes' | 'unknown' | undefined {
  const name = keyedGetter(options);
  if (!options.keyed || graph.origin(file, name) === undefined) return undefined;
  const way = { file, name, steps: [{ kind: 'call' as const, args: ARGUMENTS }] };
  if (mixesArguments(graph, agent, file, name)) return 'mixes';
  const conduct = conductOfEntries(graph, agent, way);
  return conduct === 'nothing' ? 'keeps' : conduct === 'builds' ? 'builds' : 'unknown';
}
