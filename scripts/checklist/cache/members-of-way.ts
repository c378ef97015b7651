import type { ModuleGraph } from '../source/module-graph.ts';
import { Interpreter } from './interpreter.ts';
import { go } from './judge-way.ts';
import type { AgentName } from './machine.ts';
import { explore } from './explore.ts';
import type { Thing, Value } from './values.ts';
import { type Step, UNTOLD, type Way } from './way.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';

/** Objects within objects, and no deeper. */
const DEEPEST = 3;
const MOST_MEMBERS = 40;

/**
 * What whoever is given the value of a way can call: the members of an object or of a namespace, the statics and the
 * methods of a class, at some depth; each as the way that calls it. Nothing for a function, an agent or the unknown.
 */
export function callsWithin(graph: ModuleGraph, agent: AgentName, way: Way): Way[] {
  const found: Way[] = [];
  const enter = (at: Way, depth: number): void => {
    if (depth > DEEPEST) return;
    for (const next of nextOf(graph, agent, at)) {
      if (found.length >= MOST_MEMBERS) return;
      if (next.isFunction) found.push({ ...next.way, steps: [...next.way.steps, CALL] });
      else enter(next.way, depth + 1);
    }
  };
  enter(way, 0);
  return found;
}

const CALL: Step = { kind: 'call', args: UNTOLD };

interface Next {
  way: Way;
  isFunction: boolean;
}

function nextOf(graph: ModuleGraph, agent: AgentName, way: Way): Next[] {
  if (way.name === '*' && way.steps.length === 0)
    return namesOf(graph, way.file).map((name) => asNext(graph, agent, { ...way, name }));
  const [value] = explore({ ways: 1 }, (run) => go(new Interpreter(run, graph, agent), way));
  if (value === undefined || value.is === 'primitive' || value.is === 'unknown' || value.agent) return [];
  const members = memberNames(value).map((name) =>
    asNext(graph, agent, { ...way, steps: [...way.steps, { kind: 'member', name }] }),
  );
  if (value.is !== 'class') return members;
  return [
    ...members,
    { way: { ...way, steps: [...way.steps, { kind: 'new', args: UNTOLD }] }, isFunction: false },
  ];
}

function asNext(graph: ModuleGraph, agent: AgentName, way: Way): Next {
  const [value] = explore({ ways: 1 }, (run): Value => go(new Interpreter(run, graph, agent), way));
  return { way, isFunction: value?.is === 'function' };
}

/** The names that a module exports, also those that it hands on. */
function namesOf(graph: ModuleGraph, file: string, seen = new Set<string>()): string[] {
  const model = seen.has(file) ? undefined : graph.model(file);
  seen.add(file);
  if (model === undefined) return [];
  const handedOn = model.handsOn.flatMap((specifier) => {
    const target = graph.resolve(file, specifier);
    return target === undefined ? [] : namesOf(graph, target, seen).filter((name) => name !== 'default');
  });
  return [...new Set([...model.exports.keys(), ...handedOn])];
}

function memberNames(value: Thing): string[] {
  const names = new Set([...value.properties.keys(), ...(value.getters?.keys() ?? [])]);
  const isStatic = value.is === 'class';
  for (let type = isStatic ? value : value.parent; type !== undefined; type = type.parent)
    for (const member of type.class?.body.body ?? []) {
      if (member.type !== 'ClassMethod' || (member.static ?? false) !== isStatic) continue;
      const name = member.kind === 'method' ? writtenName(member.key, member.computed) : undefined;
      if (name !== undefined) names.add(name);
    }
  return [...names].filter((name) => !/^[#=]/.test(name));
}
