import type { NodePath } from '@babel/traverse';
import type { Plan, Problem, Source } from '../../migration.ts';
import type { FailureHandler } from '../../survey/functions/failure-handlers.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt } from '../../survey/code/place-at.ts';

/** The plan of a place that is left. */
export function manual(problem: Problem): Extract<Plan, { form: 'manual' }> {
  return { form: 'manual', problem };
}

export function escapesProblem(use: NodePath, [handler]: readonly FailureHandler[], source: Source): Problem {
  return reason('failure-escapes', [placeAt(handler ?? use, source)]);
}

export function earlyProblem(place: NodePath, source: Source): Problem {
  return reason('exit-before-agent', [placeAt(place, source)]);
}

export function unseenProblem(use: NodePath, source: Source): Problem {
  return reason('failure-unseen', [placeAt(use, source)]);
}

export function deferredProblem(use: NodePath, source: Source): Problem {
  return reason('failure-deferred', [placeAt(use, source)]);
}
