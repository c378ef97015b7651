import type { NodePath } from '@babel/traverse';
import type { Problem } from '../migration.ts';

/** Why an `await` cannot stand where the expression is; undefined when it can, the function being async already. */
export function contextProblem(expression: NodePath): Problem | undefined {
  const fn = expression.getFunctionParent();
  if (!fn)
    return {
      reason: 'The agent is kept for the whole process.',
      hint: 'Await the cached agent where it is used.',
    };
  if (fn.node.async) return undefined;
  return {
    reason: 'The function is not async.',
    hint: 'Make the function async, and await it where it is called.',
  };
}
