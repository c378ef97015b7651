import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { withoutOverflow } from './agent-effects.ts';
import { inRun } from './class-runs.ts';
import type { At, Events } from './events.ts';
import { interpret } from './interpreter.ts';
import { readWhileBuilding, type Read } from './judge-construction.ts';

type Construction = NodePath<t.NewExpression | t.CallExpression>;

/**
 * What building an instance reads, of what it is given, that is shown to differ by request: `new Client(settings)`, whose
 * constructor takes `settings.token`, behind which a getter looks up the request around it. What the code around it reads
 * by itself, such as a key, is not meant.
 * @param file the file in which it is built
 */
export function readOfGiven(
  file: string,
  construction: Construction,
  agentClass: string,
  project: Project,
): Read | undefined {
  return withoutOverflow(() => {
    const { node } = construction;
    const built = eventsOf(withItsVariables(construction, node), file, project);
    if (!built || !readWhileBuilding(built, agentClass, project)) return undefined;
    const { start, end, loc } = node;
    const given = { type: 'ArrayExpression', elements: node.arguments, start, end, loc };
    const before = eventsOf(withItsVariables(construction, given as t.ArrayExpression), file, project);
    return readWhileBuilding(withoutThose(built, before), agentClass, project);
  });
}

/** What is read at other places than those of another run. */
function withoutThose(events: Events, other: Events | undefined): Events {
  const placeOf = ({ file, offset }: At) => `${file}:${offset}`;
  const seen = new Set([...(other?.reads.values() ?? []), ...(other?.ambient.values() ?? [])].map(placeOf));
  const remaining = <Read extends At>(reads: ReadonlyMap<string, Read>) =>
    new Map([...reads].filter(([, each]) => !seen.has(placeOf(each))));
  return { ...events, reads: remaining(events.reads), ambient: remaining(events.ambient) };
}

function eventsOf(code: t.Expression, file: string, project: Project): Events | undefined {
  const { machine, modules } = interpret(project);
  const frame = modules.frameOf(file);
  return frame && inRun({ machine }, 'new', () => machine.run.evaluate(code, frame)).events;
}

/** What is done in the place of a construction, with the variables of the function around it: a call of that there. */
function withItsVariables(construction: Construction, done: t.Expression): t.Expression {
  const around = construction.getFunctionParent();
  if (!around) return done;
  const fn = replacedIn(around, construction, done) as t.Function;
  const { body, params, async = false, generator = false, start, end, loc } = fn;
  const type = fn.type === 'ArrowFunctionExpression' ? fn.type : 'FunctionExpression';
  const callee = { type, params, body, async, generator, start, end, loc } as t.FunctionExpression;
  return { type: 'CallExpression', callee, arguments: [], start, end, loc } as unknown as t.CallExpression;
}

/** A copy of the code around a place, with other code in that. */
function replacedIn(outer: NodePath, place: NodePath, by: t.Node): t.Node {
  let node = by;
  for (let at = place; at.node !== outer.node && at.parentPath; at = at.parentPath) {
    const { listKey, key, parent } = at;
    const siblings = at.container;
    const own = Array.isArray(siblings)
      ? { [String(listKey)]: siblings.with(Number(key), node) }
      : { [String(key)]: node };
    node = { ...parent, ...own } as t.Node;
  }
  return node;
}
