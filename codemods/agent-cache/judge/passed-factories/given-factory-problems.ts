import type { NodePath } from '@babel/traverse';
import type { Problem, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt } from '../../survey/code/place-at.ts';

export function awaitedEarlyProblem(call: NodePath, migration: Source): Problem {
  return reason('passed-awaited-early', [placeAt(call, migration)]);
}

export function unawaitedProblem(call: NodePath, migration: Source): Problem {
  return reason('passed-not-awaited', [placeAt(call, migration)]);
}

export function typedProblem(receiver: NodePath, migration: Source): Problem {
  return reason('passed-typed', [placeAt(receiver, migration)]);
}

export function defaultTypedProblem(receiver: NodePath, migration: Source): Problem {
  return reason('passed-default-untyped', [placeAt(receiver, migration)]);
}

export function givenOnProblem(call: NodePath, migration: Source): Problem {
  return reason('passed-given-on', [placeAt(call, migration)]);
}

/** Why a function that gives the agent is left where nobody can see what is done with it. */
export function unseenValueProblem(async: boolean): Problem {
  return reason(async ? 'passed-unseen-async' : 'passed-unseen');
}
