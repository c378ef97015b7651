import { guardProblem } from '../judge/plans/failure-told-apart.ts';
import { cacheProblem } from '../judge/rules/cache-problem.ts';
import type { Factory, Judged, Problem } from '../migration.ts';

/** Why a factory stays as it is, whoever calls it: for the cache, or for what it does where it fails. */
export function ownProblem({ guard }: Factory, judged: Judged): Problem | undefined {
  return cacheProblem(judged) ?? (guard && guardProblem(guard, judged));
}
