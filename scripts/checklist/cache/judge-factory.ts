import type { ModuleGraph } from '../source/module-graph.ts';
import { Interpreter } from './interpreter.ts';
import { BETWEEN_CALLS, BETWEEN_MORE_CALLS } from './clock.ts';
import type { AgentName } from './machine.ts';
import { explore } from './explore.ts';
import { CONSTANT, GaveUp, type Run } from './run.ts';
import { Thrown } from './thrown.ts';
import { areKept, buildWhenCalled } from './build-when-called.ts';
import { read } from './objects.ts';
import { settle } from './settle.ts';
import { isRejection, reachableFrom, settledValue, UNDEFINED, type Value } from './values.ts';

/** More ways than that, or more steps on them, and nothing is said. */
const BOUNDS = { ways: 512, steps: 2_000_000 };

/**
 * What two calls of a function in a row give: the same agent (`shares`), also beside another one that nobody keeps
 * (`wastes`), a new one each time (`builds`) that also takes the place of the one before (`renews`), something that is no
 * agent (`other`), or what the source does not tell.
 */
export type Conduct = 'shares' | 'wastes' | 'builds' | 'renews' | 'other' | 'unknown';

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
  const conduct = conductOnClock(graph, agent, subject);
  if (conduct !== 'shares' && conduct !== 'unknown') return conduct;
  // What is kept for a lifetime that never is, or under the time of the call, is not kept.
  const inRow = conductOnClock(graph, agent, subject, true);
  return inRow === 'builds' || inRow === 'renews' ? inRow : conduct;
}

/** Whether two calls give two agents in some environment that the process may have, whatever else is known. */
export function buildsInSomeEnvironment(graph: ModuleGraph, agent: AgentName, subject: Subject): boolean {
  const byEnvironment = new Map<string, boolean>();
  explore(
    BOUNDS,
    (run: Run) => asked(new Interpreter(run, graph, agent), subject),
    callOnce,
    (run: Run, called: Called) => {
      const conduct = callAgain(run, called);
      const environment = [...run.answers].filter(([question]) => question.endsWith(CONSTANT)).join();
      const isSame = byEnvironment.get(environment) ?? environment !== '';
      byEnvironment.set(environment, isSame && (isBuilding(conduct) || conduct === 'wastes'));
      return conduct;
    },
  );
  return [...byEnvironment.values()].includes(true);
}

/** What it says where a clock may show anything, or as little time between the calls as there is. */
function conductOnClock(graph: ModuleGraph, agent: AgentName, subject: Subject, isKnown = false): Conduct {
  const clock = (after: number) => (isKnown ? after : undefined);
  const outcomes = explore(
    BOUNDS,
    (run: Run): Asked => {
      run.clock = clock(0);
      return asked(new Interpreter(run, graph, agent), subject);
    },
    (run: Run, called: Asked) => {
      run.clock = clock(0);
      return callOnce(run, called);
    },
    (run: Run, called: Called) => {
      run.clock = clock(BETWEEN_CALLS);
      return callMore(run, called, callAgain(run, called));
    },
  );
  const known = outcomes.filter((outcome) => outcome !== undefined);
  if (known.length === 0) return 'unknown';
  if (known.length === outcomes.length && known.every((outcome) => outcome === 'builds')) return 'builds';
  if (known.length === outcomes.length && known.every((outcome) => outcome === 'renews')) return 'renews';
  if (known.length === outcomes.length && known.every((outcome) => outcome === 'wastes')) return 'wastes';
  if (known.every((outcome) => outcome === 'other')) return 'other';
  const sound = outcomes.every((outcome) => outcome === 'shares' || outcome === 'renews');
  return sound && known.includes('shares') ? 'shares' : 'unknown';
}

/** A function to be called, or what is said without calling it. */
type Asked = { interpreter: Interpreter; get: () => Value } | { conduct: Conduct };

function asked(interpreter: Interpreter, { file, name, member, method }: Subject): Asked {
  const exported = interpreter.exported(file, name);
  if (member !== undefined)
    return { conduct: compare(interpreter, memberCalls(interpreter, exported, member)) };
  if (exported.is === 'primitive' || exported.is === 'class') return { conduct: 'other' };
  if (exported.is !== 'function')
    return { conduct: exported.is === 'object' && !exported.agent ? 'other' : 'unknown' };
  const get = (): Value => {
    // What a module exports may be another function by then.
    const given = interpreter.call(interpreter.exported(file, name), [], UNDEFINED);
    return method === undefined ? given : interpreter.call(read(given, method, interpreter), [], given);
  };
  return { interpreter, get };
}

/** So many more calls show what a cache comes to that lets go now and then, and so many whether one fills first. */
const MORE_CALLS = 5;
const CALLS_TO_FILL = 70;

/** What a second call did, or the last of more calls in a row, as long as nothing but the code decides what they do. */
function callMore(run: Run, called: Called, second: Conduct): Conduct {
  if ('conduct' in called || called.second === undefined || run.isUnclear) return second;
  let lately: readonly Conduct[] = [second];
  let before = called.second;
  let calls = MORE_CALLS;
  for (let more = 0; more < calls; more += 1) {
    const mark = run.mark();
    const made = run.made.length;
    settle(run);
    if (run.clock !== undefined) run.clock += BETWEEN_MORE_CALLS;
    const given = attempted(called.get);
    const isSure = run.asked === mark.asked && given !== undefined && !run.isUnclear;
    if (isSure) {
      const conduct = compare(called.interpreter, [before, given], run.made.slice(made));
      const isWaste = conduct === 'shares' && run.made.length > made;
      lately = [...lately, isWaste ? 'wastes' : conduct].slice(-2);
      before = given;
      if (lately.every(isBuilding)) calls = Math.min(Math.max(MORE_CALLS, more + 3), CALLS_TO_FILL);
    } else run.backTo(mark);
    run.close(mark);
    if (!isSure) return lately.find(isBuilding) ?? second;
  }
  // What is built whatever is asked, and kept beside the shared one, is built for nobody.
  if (lately.every((each) => each === 'wastes')) return 'wastes';
  const building = lately.find(isBuilding);
  // Nothing that changes from call to call decided that: so it is at every call.
  if (building !== undefined) return lately.every(isBuilding) ? 'builds' : building;
  return isBuilding(second) ? 'shares' : second;
}

function isBuilding(conduct: Conduct): boolean {
  return conduct === 'builds' || conduct === 'renews';
}

function attempted(get: () => Value): Value | undefined {
  try {
    const given = settledValue(get());
    return isRejection(given) ? undefined : given;
  } catch (error) {
    if (error instanceof Thrown || error instanceof GaveUp) return undefined;
    throw error;
  }
}

type Called =
  | { interpreter: Interpreter; get: () => Value; first: Value; second?: Value; made: number }
  | { conduct: Conduct };

function callOnce(run: Run, called: Asked): Called {
  if ('conduct' in called) return called;
  const first = called.get();
  if (isRejection(first)) throw new Thrown('rejected');
  const made = run.made.length;
  settle(run);
  return { ...called, first, made };
}

function callAgain(run: Run, called: Called): Conduct {
  if ('conduct' in called) return called.conduct;
  const { interpreter, get, first } = called;
  const made = run.made.length;
  const second = get();
  // A failure gives nobody an agent.
  if (isRejection(second)) throw new Thrown('rejected');
  called.second = settledValue(second);
  const conduct = compare(interpreter, [settledValue(first), called.second], run.made.slice(called.made));
  if (run.isUnclear || (conduct === 'shares' && mayBuildBehind(first, interpreter))) return 'unknown';
  // No time that has passed made it old.
  if (run.isByChance && isBuilding(conduct)) return 'unknown';
  return conduct === 'shares' && !areKept(run.made.slice(made), interpreter) ? 'wastes' : conduct;
}

/** Whether something of code that nobody sees is shared, which got what constructs an agent each time: a proxy, a container. */
function mayBuildBehind(shared: Value, interpreter: Interpreter): boolean {
  if (shared.is !== 'unknown') return false;
  if (shared.isMadeOutside === true) return buildWhenCalled(shared.madeOf ?? [], interpreter);
  const { givenAway } = interpreter.run;
  return (
    shared.isLookedUp === true && (givenAway.some(isAgentClass) || buildWhenCalled(givenAway, interpreter))
  );
}

function isAgentClass(value: Value): boolean {
  return value.is === 'class' && value.agent;
}

/** What two calls of a static method give, or two looks at a static getter. */
function memberCalls(interpreter: Interpreter, owner: Value, name: string): [Value, Value] {
  const once = (): Value => {
    const member = read(owner, name, interpreter);
    return member.is === 'function' ? interpreter.call(member, [], owner) : member;
  };
  return [once(), once()];
}

/** @param made what the second call constructed, where it is known */
function compare(
  interpreter: Interpreter,
  [first, second]: [Value, Value],
  made?: readonly number[],
): Conduct {
  if (first.is === 'primitive' || second.is === 'primitive')
    return first.is === second.is ? 'other' : 'unknown';
  if (first.id === second.id) return first.agent || first.is === 'unknown' ? 'shares' : 'other';
  if (!first.agent || !second.agent)
    return first.is === 'unknown' || second.is === 'unknown' ? 'unknown' : 'other';
  // One of several that are kept.
  if (made?.length === 0) return 'shares';
  // One that takes the place of the other where it is kept: the cache let go of what was too old.
  return reachableFrom(interpreter.modules).has(second.id) ? 'renews' : 'builds';
}
