import type { NodePath } from '@babel/traverse';
import type { Migration, Problem } from '../../migration.ts';
import type { ClassLine } from '../effects/agent-class.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { otherWorkIn } from '../../survey/code/work-beside-building.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { ownMethods } from '../effects/own-methods.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { reason } from '../../reasons/reason.ts';
import { lineAt, placeAt } from '../../survey/code/place-at.ts';

/** Where the code treats the agent as its own. */
export function changedProblem(place: NodePath, migration: Migration): Problem {
  return reason('agent-changed', [placeAt(place, migration)]);
}

/** Where a method of the agent changes it: by the line of its class, where that can be read. */
export function changedByProblem(call: NodePath, method: string, migration: Migration): Problem {
  const facts = ownMethods(migration).get(method);
  const changing = facts?.keepsArgument ?? facts?.writes;
  if (!changing) return changedProblem(call, migration);
  const at = [placeAt(call, migration), lineAt(changing.file, changing.line, migration)];
  return reason(facts?.keepsArgument ? 'agent-keeps-argument' : 'agent-changed-by-method', at, { method });
}

/** Where the code reads what earlier calls of the agent left in it. */
export function stateProblem(
  place: NodePath,
  { name, written: { file, line } }: { name: string; written: ClassLine },
  migration: Migration,
): Problem {
  return reason('agent-state-read', [placeAt(place, migration), lineAt(file, line, migration)], { name });
}

export function closedProblem(place: NodePath, migration: Migration): Problem {
  return reason('agent-closed', [placeAt(place, migration)]);
}

export function keptProblem(place: NodePath, migration: Migration): Problem {
  return reason('agent-kept', [placeAt(place, migration)]);
}

export function comparedProblem(place: NodePath, migration: Migration): Problem {
  return reason('agent-compared', [placeAt(place, migration)]);
}

/** Why a member that builds the agent stays as it is: the place that uses or declares it beyond what can be followed. */
export function memberProblem(blocking: NodePath, migration: Migration): Problem {
  return reason('member-used-elsewhere', [placeAt(blocking, migration)]);
}

/** Why an agent that `fn` gives to its callers is left. */
export function returnedProblem(fn: FunctionPath, expression: NodePath, migration: Migration): Problem {
  const work = otherWorkIn(fn, expression);
  const { line = 1, column = 0 } = work?.loc?.start ?? {};
  const at = work ? [lineAt(fileOf(fn, migration), line, migration, column + 1)] : [];
  if (fn.node.async) return reason('returned-from-async', at);
  return work && isGivenAName(fn) ? reason('returned-with-work', at) : reason('returned');
}

/** Whether the function is one that would be a factory, if it did nothing else. */
function isGivenAName(fn: FunctionPath): boolean {
  return (
    fn.isFunctionDeclaration() || /Declarator|Assignment|ExportDefault/.test(outermostSame(fn).parent.type)
  );
}
