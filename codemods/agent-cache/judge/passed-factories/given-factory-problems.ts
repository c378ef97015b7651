import type { NodePath } from '@babel/traverse';
import type { Problem, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt } from '../../survey/code/place-at.ts';

export function awaitedEarlyProblem(call: NodePath, source: Source): Problem {
  return reason('passed-awaited-early', [placeAt(call, source)]);
}

export function unawaitedProblem(call: NodePath, source: Source): Problem {
  return reason('passed-not-awaited', [placeAt(call, source)]);
}

export function typedProblem(receiver: NodePath, source: Source): Problem {
  return reason('passed-typed', [placeAt(receiver, source)]);
}

export function defaultTypedProblem(receiver: NodePath, source: Source): Problem {
  return reason('passed-default-untyped', [placeAt(receiver, source)]);
}

export function givenOnProblem(call: NodePath, source: Source): Problem {
  return reason('passed-given-on', [placeAt(call, source)]);
}

/** Why a function that gives the agent is left where nobody can see what is done with it. */
export function unseenValueProblem(async: boolean): Problem {
  return reason(async ? 'passed-unseen-async' : 'passed-unseen');
}
