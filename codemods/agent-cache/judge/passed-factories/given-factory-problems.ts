import type { NodePath } from '@babel/traverse';
import type { Migration, Problem } from '../../migration.ts';
import { lineOf } from '../../flow/fates/flow-problems.ts';

export function awaitedEarlyProblem(call: NodePath, migration: Migration): Problem {
  return {
    reason: `The factory is passed on, and what awaits its agent on line ${lineOf(call, migration)} can end, answer or fail before it first uses it.`,
    hint: 'Call the factory there right before the agent is first used, then run the codemod again.',
  };
}

export function unawaitedProblem(call: NodePath, migration: Migration): Problem {
  return {
    reason: `The factory is passed on as a value, and what receives it does not await the agent on line ${lineOf(call, migration)}.`,
    hint: 'Await the agent there, then run the codemod again.',
  };
}

export function typedProblem(receiver: NodePath, migration: Migration): Problem {
  return {
    reason: `The factory is passed on as a value, and what receives it, on line ${lineOf(receiver, migration)}, is declared to take no promise of the agent.`,
    hint: 'Let the type of that parameter give a promise too, then run the codemod again.',
  };
}

export function defaultTypedProblem(receiver: NodePath, migration: Migration): Problem {
  return {
    reason: `The factory is the default of a parameter on line ${lineOf(receiver, migration)} that has no type of its own, and would take only promises then.`,
    hint: 'Declare that parameter to take a function that gives the agent or a promise of it, then run the codemod again.',
  };
}

export function givenOnProblem(call: NodePath, migration: Migration): Problem {
  return {
    reason: `The factory is passed on as a value, and the agent is given on from line ${lineOf(call, migration)} to where nobody can see what is done with it.`,
    hint: 'Pass on the cached agent by hand, if nothing treats it as its own.',
  };
}

/** Why a function that gives the agent is left where nobody can see what is done with it. */
export function unseenValueProblem(async: boolean): Problem {
  return {
    reason: 'The factory is passed on as a value, and what receives it may not await the agent.',
    hint: async
      ? 'Pass on a function that gives the cached agent by hand, if what receives it never treats the agent as its own.'
      : 'Pass an async function, and await its result where it is called.',
  };
}
