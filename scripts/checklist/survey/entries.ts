import { type CodemodOptions, keyedGetter } from '../../../codemods/agent-cache/options.ts';
import type { AgentName } from '../cache/machine.ts';
import { conductOfEntries, mixesArguments } from '../cache/judge-way.ts';
import { mixedParts, type Part } from '../cache/mixed-arguments.ts';
import { UNTOLD } from '../cache/way.ts';
import type { ModuleGraph } from '../source/module-graph.ts';

/** What is asked of a getter with an entry for each set of arguments. */
interface Scene {
  graph: ModuleGraph;
  agent: AgentName;
  options: CodemodOptions;
}

/** What a getter with an entry for each set of arguments does. */
export interface Entries {
  /** It `keeps` them, `builds` at each call, `mixes` what belongs to different arguments, or does what nobody sees. */
  conduct: 'keeps' | 'builds' | 'mixes' | 'unknown';
  /** What it mixes, where it does not mix everything. */
  parts: readonly Part[];
  /** What is made of those, of which nobody knows whether it keeps them apart. */
  doubts?: readonly string[];
}

/** What the getter of a cache module with an entry for each set of arguments does; undefined where there is none. */
export function entriesOf(file: string, { graph, agent, options }: Scene): Entries | undefined {
  const name = keyedGetter(options);
  if (!options.keyed || graph.origin(file, name) === undefined) return undefined;
  const way = { file, name, steps: [{ kind: 'call' as const, args: UNTOLD }] };
  if (mixesArguments(graph, agent, file, name)) return { conduct: 'mixes', parts: [] };
  const { parts, doubtful, doubts } = mixedParts(graph, agent, { way: { file, name, steps: [] } });
  if (parts.length > 0) return { conduct: 'mixes', parts };
  const conduct = conductOfEntries(graph, agent, way);
  if (conduct !== 'builds' && doubtful.length > 0) return { conduct: 'unknown', parts: doubtful, doubts };
  return {
    conduct: conduct === 'nothing' ? 'keeps' : conduct === 'builds' ? 'builds' : 'unknown',
    parts: [],
  };
}
