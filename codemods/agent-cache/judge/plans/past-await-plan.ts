import type { NodePath } from '@babel/traverse';
import type { Migration, Plan } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { planInAsync } from './async-plan.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { ownDeclarator } from '../../survey/code/declarations.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';

/**
 * How to get an agent whose factory was awaited already, and which connects now while it is created: where the failure
 * of its first call was handled. Undefined where it can be awaited as it was.
 */
export function planPastAwait(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Plan | undefined {
  if (!expression.parentPath?.isAwaitExpression() || !ownDeclarator(expression)) return undefined;
  if (!fn.node.async || flow.returned || creationOnlyBuilds(migration)) return undefined;
  const plan = planInAsync(expression, fn, flow, migration);
  return plan.form === 'move' || plan.form === 'chain' ? plan : undefined;
}
