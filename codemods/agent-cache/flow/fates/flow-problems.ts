import type { NodePath } from '@babel/traverse';
import type { Judged, Problem, Source } from '../../migration.ts';
import type { Effect, Line } from '../interpreter/agent-effects.ts';
import { foundEffect } from '../effects/agent-verbs.ts';
import { howToAssume, METHOD_KEEPS_NOTHING } from '../effects/assumed.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { otherWorkIn } from '../../survey/code/work-beside-building.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { type Place, reason } from '../../reasons/reason.ts';
import { lineAt, placeAt, reasonAt } from '../../survey/code/place-at.ts';

/** Where a method of the agent changes it: by the line of its class, where that can be read. */
export function changedByProblem(call: NodePath, method: string, migration: Judged): Problem {
  const effect = foundEffect(method, migration);
  return effect ? effectProblem(call, method, effect, migration) : reasonAt('agent-changed', call, migration);
}

/** What a method of the agent's class does, by the lines of its source. */
export function effectProblem(call: NodePath, method: string, effect: Effect, source: Source): Problem {
  // What an interpreter calls by any name has none that a person could look for.
  const name = effect.name === '*' ? 'a collection or a property by a computed name' : effect.name;
  const at = [call, effect.at, effect.again].flatMap((each) => (each ? [placeOf(each, source)] : []));
  const assume = howToAssume(METHOD_KEEPS_NOTHING, method, source);
  switch (effect.is) {
    case 'keeps':
      return reason('agent-keeps-argument', at, { method });
    case 'may-keep':
      return reason('agent-keeps-answer', at, { method, name, assume });
    case 'unread':
      return reason('agent-unread', at, { method, assume });
    case 'unknown':
      return reason('agent-gives-unseen', at, { method, name, assume });
    case 'made':
      return reason('agent-made-alike', at, { name, assume });
    case 'reads':
      return reason('agent-reads-others', at, { method, name, assume });
    case 'changes':
      return effect.again
        ? reason('agent-is-cursor', at, { method, name, assume })
        : reason('agent-changed-by-method', at, { method });
  }
}

/** A call of which nobody uses the result, where the source of the method is not known. */
export function keptUnseenProblem(call: NodePath, method: string, source: Source): Problem {
  const assume = howToAssume(METHOD_KEEPS_NOTHING, method, source);
  return reasonAt('call-may-keep', call, source, { method, assume });
}

function placeOf(each: NodePath | Line, source: Source): Place {
  return 'node' in each ? placeAt(each, source) : lineAt(each.file, each.line, source);
}

/** Where the code reads what earlier calls of the agent left in it. */
export function stateProblem(
  place: NodePath,
  { name, written: { file, line } }: { name: string; written: Line },
  source: Source,
): Problem {
  return reason('agent-state-read', [placeAt(place, source), lineAt(file, line, source)], { name });
}

/** Where the code reads what is made new with each agent. */
export function madeProblem(place: NodePath, name: string, source: Source): Problem {
  const assume = howToAssume(METHOD_KEEPS_NOTHING, name, source);
  return reason('agent-made-alike', [placeAt(place, source)], { name, assume });
}

/** Why an agent that `fn` gives to its callers is left. */
export function returnedProblem(fn: FunctionPath, expression: NodePath, source: Source): Problem {
  const work = otherWorkIn(fn, expression);
  const { line = 1, column = 0 } = work?.loc?.start ?? {};
  const at = work ? [lineAt(fileOf(fn, source), line, source, column + 1)] : [];
  if (fn.node.async) return reason('returned-from-async', at);
  return work && isGivenAName(fn) ? reason('returned-with-work', at) : reason('returned');
}

/** Whether the function is one that would be a factory, if it did nothing else. */
function isGivenAName(fn: FunctionPath): boolean {
  return (
    fn.isFunctionDeclaration() || /Declarator|Assignment|ExportDefault/.test(outermostSame(fn).parent.type)
  );
}
