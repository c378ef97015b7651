import type { Function as FunctionNode } from '@babel/types';
import type { ModuleGraph } from '../source/module-graph.ts';
import { buildWhenCalled } from './build-when-called.ts';
import { explore } from './explore.ts';
import { Interpreter } from './interpreter.ts';
import type { AgentName } from './machine.ts';
import { settle } from './settle.ts';

/** In fewer ways a module is made ready. */
const MOST_WAYS = 64;

/** Functions that a module gives to code that nobody sees while it loads, and that build an agent which nobody keeps. */
export function givenBuilders(graph: ModuleGraph, agent: AgentName, file: string): Set<FunctionNode> {
  const found = new Set<FunctionNode>();
  const [exported] = graph.model(file)?.exports.keys() ?? [];
  if (exported === undefined) return found;
  explore({ ways: MOST_WAYS }, (run) => {
    const interpreter = new Interpreter(run, graph, agent);
    interpreter.exported(file, exported);
    settle(run);
    for (const each of run.givenAway) {
      if (each.is !== 'function' || each.code === undefined || each.scope === undefined) continue;
      if (interpreter.fileOf(each.scope) !== file || found.has(each.code)) continue;
      if (buildWhenCalled([each], interpreter)) found.add(each.code);
    }
  });
  return found;
}
