import type { NodePath } from '@babel/traverse';
import type { Migration, Problem } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { planInAsync } from '../plans/async-plan.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { handlersAround } from '../../survey/functions/failure-handlers.ts';
import { placementOf } from '../../survey/code/placement.ts';
import { reasonAt } from '../../survey/code/place-at.ts';

/** Where the failure to get an agent would be handled by others than the failure of its first call. */
export function earlyProblem(call: NodePath, flow: AgentFlow, migration: Migration): Problem | undefined {
  const placement = placementOf(call);
  if ('problem' in placement) return placement.problem;
  if (creationOnlyBuilds(migration)) return undefined;
  const plan = flow.returned ? undefined : planInAsync(call, placement.fn, flow, migration);
  if (plan?.form === 'manual') return plan.problem;
  if (plan ? plan.form === 'await' : handlersAround(call, placement.fn).length === 0) return undefined;
  return reasonAt('passed-awaited-early', call, migration);
}
