import { creationOnlyBuilds } from '../flow/effects/creation-only-builds.ts';
import { isCalled } from '../flow/failures/chaining.ts';
import { failurePathOf } from '../flow/failures/failure-path.ts';
import { followAgent } from '../flow/fates/agent-flow.ts';
import { versionIgnoringPromises } from '../judge/promotion/express.ts';
import type { Migration, Plan, Site } from '../migration.ts';
import { isHandler } from '../survey/functions/handlers.ts';

/**
 * Notes a handler that drops the promise of its first call. While no agent could be had, nobody answered; where the agent
 * is awaited there, Express answers with the error.
 */
export function noteDropped({ expression }: Site, plan: Plan, migration: Migration): void {
  if (plan.form !== 'await' && plan.form !== 'move') return;
  const fn = expression.getFunctionParent();
  if (!fn || !isHandler(fn) || creationOnlyBuilds(migration)) return;
  if (versionIgnoringPromises(migration) !== undefined) return;
  const { uses } = followAgent(expression, migration);
  const [first] = (uses.length > 0 ? uses : [expression]).filter(isCalled);
  if (!first || failurePathOf(first, fn, migration).unseen === undefined) return;
  const line = first.node.loc?.start.line ?? 1;
  migration.notes.push({
    line,
    text: 'nobody waits for this call, so its failure was never answered: that of getting the agent is now, by Express',
  });
}
