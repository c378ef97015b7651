import type { NodePath } from '@babel/traverse';
import type { Plan, Problem } from '../../migration.ts';
import type { FailureHandler } from '../../survey/functions/failure-handlers.ts';

/** The plan of a place that is left. */
export function manual(problem: Problem): Extract<Plan, { form: 'manual' }> {
  return { form: 'manual', problem };
}

export function escapesProblem(use: NodePath, [handler]: readonly FailureHandler[]): Problem {
  return {
    reason: `A failure of the agent's first call is handled on line ${lineOf(handler ?? use)}, and the acquisition would escape that.`,
    hint: 'Get the agent where its calls are handled, then run the codemod again.',
  };
}

export function earlyProblem(place: NodePath): Problem {
  return {
    reason: `The function can answer before it first uses the agent on line ${lineOf(place)}, and would need one for that.`,
    hint: 'Declare the agent where it is first needed, then run the codemod again.',
  };
}

export function unseenProblem(use: NodePath): Problem {
  return {
    reason: `The agent is first used in a callback on line ${lineOf(use)} that nothing waits for, and nobody would see its acquisition fail there.`,
    hint: 'Handle the failure in the callback with a try or .catch, or use the agent before, then run the codemod again.',
  };
}

function lineOf({ node }: NodePath): number {
  return node.loc?.start.line ?? 1;
}
