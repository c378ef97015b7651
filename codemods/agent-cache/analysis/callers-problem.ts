import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Problem } from '../migration.ts';
import { type AgentFlow, followAgent, followHeld } from './agent-flow.ts';
import { definitionOf } from './definitions.ts';
import { isForeign } from './foreign-values.ts';
import { calledName } from './later-callbacks.ts';
import { keyName } from './members.ts';
import { isSameNode, programsMentioning } from './opened-files.ts';
import { type FunctionPath, placementOf } from './placement.ts';

/**
 * How a caller of an async method treats the agent that it is given as its own. A call whose receiver nobody knows may
 * be one of the method.
 */
export function callersProblem(fn: FunctionPath, flow: AgentFlow, migration: Migration): Problem | undefined {
  const name = fn.isMethod() ? keyName(fn.node) : undefined;
  if (name === undefined) return undefined;
  let problem: Problem | undefined;
  for (const program of programsMentioning(name, migration)) {
    program.traverse({
      CallExpression(call) {
        if (problem || calledName(call) !== name || !mayCall(call, fn, migration)) return;
        problem = problemAt(call, flow, migration);
      },
    });
  }
  return problem;
}

function mayCall(call: NodePath<t.CallExpression>, fn: FunctionPath, migration: Migration): boolean {
  const callee = call.get('callee');
  if (!callee.isMemberExpression()) return false;
  const known = definitionOf(callee, migration);
  if (known) return known.kind === 'function' && isSameNode(known.path, fn, migration);
  return !isForeign(callee.get('object'), migration);
}

function problemAt(
  call: NodePath<t.CallExpression>,
  { given }: AgentFlow,
  migration: Migration,
): Problem | undefined {
  const caller = call.getFunctionParent();
  // A getter may give the promise on.
  if (caller?.isMethod({ kind: 'get' })) return undefined;
  if (given.length === 0) return followAgent(call, migration).problem;
  const placement = placementOf(call);
  if ('problem' in placement) return placement.problem;
  return followHeld(call, given, placement.fn, migration).problem;
}
