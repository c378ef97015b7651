import type { NodePath } from '@babel/traverse';
import { ANY, type Flow, type Holding } from './flow.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { referencesTo } from '../../survey/functions/handlers.ts';
import { calledName, callGiven } from '../../survey/functions/later-callbacks.ts';
import { withTypes } from '../../survey/code/wrappers.ts';

/** Follows what a function within the one that got the agent returns, to the calls that give that to somebody. */
export function followOutOf(flow: Flow, fn: FunctionPath, holding: Holding): void {
  const key = ['returned', fn.node.start, ...holding.path, holding.part].join(' ');
  if (flow.properties.has(key)) return;
  flow.properties.add(key);
  const given = { ...holding, indirect: true };
  const value = withTypes(fn);
  const around = callGiven(fn);
  const name = around ? calledName(around) : '';
  if (around && /^(then|catch)$/.test(name)) flow.follow(around, given);
  else if (around && /^(map|flatMap)$/.test(name))
    flow.follow(around, { ...given, path: [ANY, ...given.path] });
  for (const each of [value, ...referencesTo(fn)]) followCallOf(flow, each, given);
}

function followCallOf(flow: Flow, callee: NodePath, holding: Holding): void {
  const { parentPath: call } = callee;
  if (call?.isCallExpression() && callee.key === 'callee') flow.follow(call, holding);
}
