import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { Migration, Problem } from '../../migration.ts';
import type { ClassLine } from '../effects/agent-class.ts';
import { toPosix } from '../../source/specifiers.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { otherWorkIn } from '../../survey/code/work-beside-building.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { ownMethods } from '../effects/own-methods.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

/** What ends in exit code 0 for an agent that is rightly its place's own. */
export const KEEP_OWN =
  "To keep it as it is, exclude the file in agent-cache.config.json, or accept it in the checklist's --baseline.";

/** Where the code treats the agent as its own. */
export function changedProblem(place: NodePath, migration: Migration): Problem {
  return {
    reason: `The agent is changed on line ${lineOf(place, migration)}, which would change it for every other user of it.`,
    hint: `Pass what changes as an argument of the call. ${KEEP_OWN}`,
  };
}

/** Where a method of the agent changes it: by the line of its class, where that can be read. */
export function changedByProblem(call: NodePath, method: string, migration: Migration): Problem {
  const facts = ownMethods(migration).get(method);
  const changing = facts?.keepsArgument ?? facts?.writes;
  if (!changing) return changedProblem(call, migration);
  const called = `${method}, called on line ${lineOf(call, migration)}`;
  const place = `on line ${changing.line} of ${shownPath(changing.file, migration)}`;
  if (facts?.keepsArgument === undefined)
    return {
      reason: `${called}, changes the agent, ${place}, which would change it for every other user of it.`,
      hint: `Pass what changes as an argument of the calls that need it. ${KEEP_OWN}`,
    };
  return {
    reason: `${called}, keeps what it is given, ${place}, so every other user of the agent would meet it.`,
    hint: `Where all of them may share that, keep it in a variable beside the class, otherwise pass it to the calls that need it. ${KEEP_OWN}`,
  };
}

/** Where the code reads what earlier calls of the agent left in it. */
export function stateProblem(
  place: NodePath,
  { name, written: { file, line } }: { name: string; written: ClassLine },
  migration: Migration,
): Problem {
  return {
    reason: `The agent's ${name} is read on line ${lineOf(place, migration)}, and its own calls write it (line ${line} of ${shownPath(file, migration)}), so it would show those of every other user.`,
    hint: `Have the call give back what is read. ${KEEP_OWN}`,
  };
}

export function closedProblem(place: NodePath, migration: Migration): Problem {
  return {
    reason: `The agent is closed on line ${lineOf(place, migration)}, which would close it for every other user of it.`,
    hint: `Leave the closing to the cache. ${KEEP_OWN}`,
  };
}

export function keptProblem(place: NodePath, migration: Migration): Problem {
  return {
    reason: `The agent is kept beyond the call on line ${lineOf(place, migration)}, so it would outlive its place in the cache.`,
    hint: 'Await the cached agent at each use instead of keeping one.',
  };
}

export function comparedProblem(place: NodePath, migration: Migration): Problem {
  return {
    reason: `The agent is told from another one on line ${lineOf(place, migration)}, and all would be the same.`,
    hint: `Compare what the agents stand for instead. ${KEEP_OWN}`,
  };
}

/** Why a member that builds the agent stays as it is: the place that uses or declares it beyond what can be followed. */
export function memberProblem(blocking: NodePath, migration: Migration): Problem {
  return {
    reason: `The agent is returned from a member that is not async, and on line ${lineOf(blocking, migration)} its name stands where that cannot be changed for sure.`,
    hint: 'Make the member async, and await it wherever it is called.',
  };
}

/** Why an agent that `fn` gives to its callers is left. */
export function returnedProblem(fn: FunctionPath, expression: NodePath): Problem {
  const work = otherWorkIn(fn, expression);
  const place = work ? `, on line ${work.loc?.start.line ?? 1}` : '';
  const reason = `The function returns the agent and does more than build it${place}.`;
  if (fn.node.async)
    return {
      reason,
      hint: 'Await the cached agent in it, if its callers never treat the agent as their own.',
    };
  return work && isGivenAName(fn)
    ? {
        reason,
        hint: 'Move that to its callers, so that the function only builds the agent, then run the codemod again.',
      }
    : {
        reason: 'The agent is returned from a function that is not async, and its callers use it at once.',
        hint: 'Make the function async, and await it at its callers.',
      };
}

/** Whether the function is one that would be a factory, if it did nothing else. */
function isGivenAName(fn: FunctionPath): boolean {
  return (
    fn.isFunctionDeclaration() || /Declarator|Assignment|ExportDefault/.test(outermostSame(fn).parent.type)
  );
}

/** The line of a place, and its file where that is another one. */
export function lineOf(place: NodePath, migration: Migration): string {
  const line = String(place.node.loc?.start.line ?? 1);
  const file = fileOf(place, migration);
  if (file === migration.path) return line;
  return `${line} of ${shownPath(file, migration)}`;
}

/** A file as messages name it: from its package's root on. */
export function shownPath(file: string, { project, path: own }: Migration): string {
  const root = project?.packageRootOf(file) ?? path.posix.dirname(toPosix(path.resolve(own)));
  return path.posix.relative(root, file);
}
