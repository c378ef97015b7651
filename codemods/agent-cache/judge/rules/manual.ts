import type { Plan, Problem } from '../../migration.ts';

/** The plan of a place that is left. */
export function manual(problem: Problem): Extract<Plan, { form: 'manual' }> {
  return { form: 'manual', problem };
}
