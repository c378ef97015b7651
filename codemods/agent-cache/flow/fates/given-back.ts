import type { NodePath } from '@babel/traverse';
import { ownerlessNames } from './unnamed-calls.ts';
import type { Flow, Holding } from './flow.ts';
import { changedByProblem } from './flow-problems.ts';
import { keptUnseen } from './kept-unseen.ts';
import { effectOf } from '../effects/agent-verbs.ts';
import { ownMethods } from '../effects/own-methods.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { bindingNamed } from '../../survey/code/bindings.ts';

/**
 * What code that cannot be read gives for an agent may be the agent itself, or stand for it: `instrument(agent)`, `new
 * Proxy(agent, …)`. A method of the class that is called on it, and would change or close the agent, does so.
 */
export function followGivenBack(flow: Flow, call: NodePath, holding: Holding): void {
  if (holding.part || holding.path.length > 0) return;
  for (const value of valuesOf(call)) judgeCallOn(flow, value);
}

/** The expressions that stand for what a call gives: itself, and the uses of the variable that it is put into. */
function valuesOf(call: NodePath): NodePath[] {
  const value = outermostSame(call);
  const { parentPath: parent } = value;
  const id = parent?.isVariableDeclarator() && value.key === 'init' ? parent.node.id : undefined;
  const target = parent?.isAssignmentExpression() && value.key === 'right' ? parent.node.left : id;
  const binding = bindingNamed(target, value.scope);
  return [value, ...(binding?.referencePaths.map(outermostSame) ?? [])];
}

function judgeCallOn(flow: Flow, value: NodePath): void {
  const { migration } = flow;
  const { parentPath: member } = value;
  if (!isMember(member) || value.key !== 'object' || member.key !== 'callee') return;
  const { parentPath: call } = member;
  if (!call || (!call.isCallExpression() && !call.isOptionalCallExpression())) return;
  const methods = ownMethods(migration);
  const name = propertyName(member.node);
  const names = name === undefined ? ownerlessNames(member, migration) : [name];
  for (const each of names) {
    if (methods.size > 0 && !methods.has(each)) continue;
    const effect = effectOf(each, migration);
    const kept = effect ? undefined : keptUnseen(call, { name: each, isPart: false }, migration);
    if (kept) flow.fail(kept);
    // Of a class that cannot be read, what code gives that cannot either is more likely something else to be closed.
    else if (effect === 'close' && methods.size === 0) continue;
    else if (effect === 'close') flow.fail(reasonAt('agent-closed', call, migration));
    else if (effect) flow.fail(changedByProblem(call, each, migration));
  }
}
