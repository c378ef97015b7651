import type { NodePath } from '@babel/traverse';
import type { Problem } from '../migration.ts';

/** Where the code treats the agent as its own. */
export function changedProblem(place: NodePath): Problem {
  return {
    reason: `The agent is changed on line ${lineOf(place)}, which would change it for every other user of it.`,
    hint: 'Keep an agent of its own here, or pass what changes as an argument of the call.',
  };
}

export function closedProblem(place: NodePath): Problem {
  return {
    reason: `The agent is closed on line ${lineOf(place)}, which would close it for every other user of it.`,
    hint: 'Leave the closing to the cache, or keep an agent of its own here.',
  };
}

export function keptProblem(place: NodePath): Problem {
  return {
    reason: `The agent is kept beyond the call on line ${lineOf(place)}, so it would outlive its place in the cache.`,
    hint: 'Await the cached agent at each use instead of keeping one.',
  };
}

export function returnedProblem(async: boolean): Problem {
  return async
    ? {
        reason: 'The function returns the agent and does more than build it.',
        hint: 'Await the cached agent in it, if its callers never treat the agent as their own.',
      }
    : {
        reason: 'The agent is returned from a function that is not async, and its callers use it at once.',
        hint: 'Make the function async, and await it at its callers.',
      };
}

function lineOf({ node }: NodePath): number {
  return node.loc?.start.line ?? 1;
}
