import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { Migration, Problem } from '../../migration.ts';
import { lineOf } from '../../flow/fates/flow-problems.ts';

const WHY = {
  callback: 'is a callback that gives it on to what does not await it',
  early: 'can end, answer or fail before it first uses the agent',
  gathered: 'starts several promises at once',
  kept: 'keeps it for the whole process',
  returned: 'gives it on to callers of its own',
  sync: 'is not async, and cannot become so',
  unawaited: 'does not await it',
} as const;

/** Why a function that returns something with the agent in it cannot await the agent: one of its callers. */
export function builtProblem(call: NodePath, why: keyof typeof WHY, migration: Migration): Problem {
  return {
    reason: `The function returns something that has the agent in it, and its caller on line ${lineOf(call, migration)} ${WHY[why]}.`,
    hint:
      why === 'kept'
        ? 'Build it for each request, or await the cached agent where it is used.'
        : 'Await the cached agent in it by hand, and await it at its callers, right before they use the agent.',
  };
}

/** Why such a function is left that does more once it has the agent: that would run, or fail, after the agent connected. */
export function builtFirstProblem(place: NodePath, migration: Migration): Problem {
  return {
    reason: `The function returns something that has the agent in it, and what it does on line ${lineOf(place, migration)} after getting that can fail or be seen before the agent is used.`,
    hint: 'Move that above the agent, then run the codemod again, or await the cached agent in it by hand.',
  };
}

/** Why such a function is left when not every call of it can be found. */
export function builtAwayProblem(place: NodePath, migration: Migration): Problem {
  return {
    reason: `The function returns something that has the agent in it, and not every caller of it can be found (line ${lineOf(place, migration)}).`,
    hint: 'Await the cached agent in it by hand, if its callers await it and never treat the agent as their own.',
  };
}

/** Why such a function is left that a file uses which is not among those that can be changed with it. */
export function builtUnseenProblem(file: string, { project }: Migration): Problem {
  const name = path.posix.relative(project?.packageRootOf(file) ?? path.posix.dirname(file), file);
  return {
    reason: `The function returns something that has the agent in it, and is also used in ${name}, which stays as it is.`,
    hint: 'Make the function async by hand and await it there too, then run the codemod again.',
  };
}
