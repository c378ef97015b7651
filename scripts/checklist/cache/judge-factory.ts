import type { ModuleGraph } from '../source/module-graph.ts';
import { Interpreter } from './interpreter.ts';
import type { AgentName } from './machine.ts';
import { explore, type Run, Thrown } from './run.ts';
import { read } from './objects.ts';
import { isRejection, reachableFrom, settledValue, UNDEFINED, type Value } from './values.ts';

/** More ways than that, and nothing is said. */
const MOST_WAYS = 48;

/**
 * What two calls of a function in a row give: the same agent (`shares`), a new one each time (`builds`) that also
 * takes the place of the one before (`renews`), something that is no agent (`other`), or what the source does not
 * tell.
 */
export type Conduct = 'shares' | 'builds' | 'renews' | 'other' | 'unknown';

/** What is called: an exported function, or a method of what it gives. */
export interface Subject {
  file: string;
  /** The exported name. */
  name: string;
  /** A static member of the class that is exported under that name, called in place of it. */
  member?: string;
  /** Called on what the function gives. */
  method?: string;
}

/** Calls a function twice, in every way that its code could go, and says what it does. */
export function conductOf(graph: ModuleGraph, agent: AgentName, subject: Subject): Conduct {
  const outcomes = explore(MOST_WAYS, (run) => callTwice(run, graph, agent, subject));
  const known = outcomes.filter((outcome) => outcome !== undefined);
  if (known.length === 0) return 'unknown';
  if (known.length === outcomes.length && known.every((outcome) => outcome === 'builds')) return 'builds';
  if (known.length === outcomes.length && known.every((outcome) => outcome === 'renews')) return 'renews';
  if (known.every((outcome) => outcome === 'other')) return 'other';
  const sound = outcomes.every((outcome) => outcome === 'shares' || outcome === 'renews');
  return sound && known.includes('shares') ? 'shares' : 'unknown';
}

function callTwice(run: Run, graph: ModuleGraph, agent: AgentName, subject: Subject): Conduct {
  const interpreter = new Interpreter(run, graph, agent);
  const exported = interpreter.exported(subject.file, subject.name);
  if (subject.member !== undefined)
    return compare(interpreter, memberCalls(interpreter, exported, subject.member));
  const called = exported;
  if (called.is === 'primitive') return 'other';
  if (called.is === 'class') return 'other';
  if (called.is !== 'function') return called.is === 'object' && !called.agent ? 'other' : 'unknown';
  const get = (): Value => {
    const given = interpreter.call(called, [], UNDEFINED);
    if (subject.method === undefined) return given;
    return interpreter.call(read(given, subject.method, interpreter), [], given);
  };
  const first = get();
  if (isRejection(first)) throw new Thrown('rejected');
  run.settle();
  const second = get();
  // A failure gives nobody an agent.
  if (isRejection(second)) throw new Thrown('rejected');
  const conduct = compare(interpreter, [settledValue(first), settledValue(second)]);
  return run.isUnclear || (conduct === 'shares' && mayBuildBehind(first, interpreter)) ? 'unknown' : conduct;
}

/** Whether something of code that nobody sees is shared, which got functions that construct an agent each time: a proxy. */
function mayBuildBehind(shared: Value, interpreter: Interpreter): boolean {
  const { run } = interpreter;
  if (shared.is !== 'unknown' || shared.isMadeOutside !== true) return false;
  const look = (value: Value, depth: number): void => {
    if (value.is === 'function') interpreter.call(value, [], UNDEFINED);
    else if (value.is === 'object' && !value.agent && depth < 3)
      for (const each of value.properties.values()) look(each, depth + 1);
  };
  const given = shared.madeOf ?? [];
  for (const each of given) look(each, 0);
  const made = run.made.length;
  for (const each of given) look(each, 0);
  return run.made.length > made;
}

/** What two calls of a static method give, or two looks at a static getter. */
function memberCalls(interpreter: Interpreter, owner: Value, name: string): [Value, Value] {
  const once = (): Value => {
    const member = read(owner, name, interpreter);
    return member.is === 'function' ? interpreter.call(member, [], owner) : member;
  };
  return [once(), once()];
}

function compare(interpreter: Interpreter, [first, second]: [Value, Value]): Conduct {
  if (first.is === 'primitive' || second.is === 'primitive')
    return first.is === second.is ? 'other' : 'unknown';
  if (first.id === second.id) return first.agent || first.is === 'unknown' ? 'shares' : 'other';
  if (!first.agent || !second.agent)
    return first.is === 'unknown' || second.is === 'unknown' ? 'unknown' : 'other';
  // One that takes the place of the other where it is kept: the cache let go of what was too old.
  return reachableFrom(interpreter.modules).has(second.id) ? 'renews' : 'builds';
}
