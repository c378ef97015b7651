import type { NodePath } from '@babel/traverse';
import type { Problem, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt, shownPath } from '../../survey/code/place-at.ts';

const REASON_OF = {
  callback: 'wrapper-in-callback',
  early: 'wrapper-used-early',
  gathered: 'wrapper-among-promises',
  kept: 'wrapper-kept',
  returned: 'wrapper-given-on',
  sync: 'wrapper-in-sync',
  unawaited: 'wrapper-not-awaited',
} as const;

/** Why a function that returns something with the agent in it cannot await the agent: one of its callers. */
export function builtProblem(call: NodePath, why: keyof typeof REASON_OF, source: Source): Problem {
  return reason(REASON_OF[why], [placeAt(call, source)]);
}

/** Why such a function is left that does more once it has the agent: that would run, or fail, after the agent connected. */
export function builtFirstProblem(place: NodePath, source: Source): Problem {
  return reason('wrapper-works-after', [placeAt(place, source)]);
}

/** Why such a function is left when not every call of it can be found. */
export function builtAwayProblem(place: NodePath, source: Source): Problem {
  return reason('wrapper-callers-unknown', [placeAt(place, source)]);
}

/** Why such a function is left that a file uses which is not among those that can be changed with it. */
export function builtUnseenProblem(file: string, source: Source): Problem {
  return reason('wrapper-used-in-left-file', [], { file: shownPath(file, source) });
}
