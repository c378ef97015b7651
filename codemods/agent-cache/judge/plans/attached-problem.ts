import type { NodePath } from '@babel/traverse';
import type { Problem, Source } from '../../migration.ts';
import { isWaitedFor } from '../promotion/dropped-calls.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { handlerUses } from '../promotion/handler-uses.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

/**
 * Why an agent that an async function attaches to something is left: a call that does not wait finds it there, since
 * the function ran up to its first `await` at once.
 */
export function attachedProblem(
  expression: NodePath,
  { fn, uses, migration }: { fn: FunctionPath; uses: readonly NodePath[]; migration: Source },
): Problem | undefined {
  if (!fn.node.async || ![expression, ...uses].some(isAttached)) return undefined;
  const call = handlerUses(fn, migration).find(({ form, at }) => form === 'call' && !isContinued(at))?.at;
  if (!call) return undefined;
  return reasonAt('attached-not-awaited', call, migration);
}

/** Whether a value is put into something that others have: `req.agent = agent`. */
export function isAttached(value: NodePath): boolean {
  const { parentPath: parent, key } = outermostSame(value);
  return (
    parent?.isAssignmentExpression() === true && key === 'right' && isMember(parent.get('left') as NodePath)
  );
}

/** Whether what follows a call comes after what it gives back: a `.catch` alone waits for nothing. */
function isContinued(call: NodePath): boolean {
  const { parentPath: member } = call;
  const chained = isMember(member) && call.key === 'object' ? member.parentPath : undefined;
  if (!isMember(member) || !chained?.isCallExpression()) return isWaitedFor(call);
  return propertyName(member.node) === 'then' || isContinued(chained);
}
