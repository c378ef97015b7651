import type { ModuleGraph } from '../source/module-graph.ts';
import { Interpreter } from './interpreter.ts';
import { areKept, buildWhenCalled, type KnownToBuild } from './build-when-called.ts';
import { BETWEEN_CALLS } from './clock.ts';
import { argumentText } from './key-text.ts';
import type { AgentName } from './machine.ts';
import { constructed, read } from './objects.ts';
import { write } from './property-writes.ts';
import { type Bounds, explore } from './explore.ts';
import type { Run } from './run.ts';
import { settle } from './settle.ts';
import { primitive, reachableFrom, settledValue, type Thing, UNDEFINED, type Value } from './values.ts';
import { type Given, type Way, wayKey } from './way.ts';

/** More ways than that, or more steps on them, and nothing is said. */
const BOUNDS = { ways: 1024, steps: 100_000 };
/** So many more steps for one way, as far as a budget for all of them has as many. */
const MOST_STEPS = 3_000_000;
/** A key is made of arguments in more ways than an agent is kept. */
const BOUNDS_OF_ENTRIES = { ways: 1024, isSameCaller: true };
const MOST_ARGUMENTS = 6;

/**
 * What going a way does each time: constructs an agent for whoever goes it (`builds`) or in place of the shared one
 * (`renews`), constructs none (`nothing`), or what the source does not tell.
 */
export type WayConduct = 'builds' | 'renews' | 'nothing' | 'unknown';

interface Outcome {
  conduct: WayConduct;
  /** Whether nothing but what the caller gives decided about it. */
  isSure: boolean;
  /** Whether the second time comes to an agent, or to nothing. */
  isKnown: boolean;
  /** Whether an agent was looked up by a key that may be another one each time. */
  isUnclear: boolean;
}

/** Steps that are left for ways which take many. */
export interface Budget {
  steps: number;
}

/** Goes a way twice, in every way that the code could take, and says what is constructed the second time. */
export function conductOfWay(
  graph: ModuleGraph,
  agent: AgentName,
  way: Way,
  budget: Budget = { steps: 0 },
): WayConduct {
  const more = Math.min(budget.steps, MOST_STEPS);
  const bounds = { ...BOUNDS, steps: BOUNDS.steps + more };
  const outcomes = goTwice(bounds, graph, agent, way, (steps) => {
    budget.steps -= Math.min(Math.max(0, steps - BOUNDS.steps), more);
  });
  const known = outcomes.filter((outcome) => outcome !== undefined);
  if (known.some(({ conduct, isSure }) => conduct === 'builds' && isSure)) return 'builds';
  const all = (conduct: WayConduct) => known.length > 0 && known.every((each) => each.conduct === conduct);
  if (known.length < outcomes.length) return 'unknown';
  if (all('builds')) return 'builds';
  if (all('renews')) return 'renews';
  return known.length > 0 && known.every(({ conduct }) => conduct === 'nothing' || conduct === 'renews')
    ? 'nothing'
    : 'unknown';
}

/**
 * What asking twice for the agent of the same arguments does. What the arguments alone decide is no fault of a cache that
 * has an entry for each: of some there can be no key, and theirs is built for the caller alone.
 */
export function conductOfEntries(graph: ModuleGraph, agent: AgentName, way: Way): WayConduct {
  const outcomes = goTwice(BOUNDS_OF_ENTRIES, graph, agent, way);
  const known = outcomes.filter((outcome) => outcome !== undefined);
  const rest = known.filter(({ conduct, isSure }) => !(conduct === 'builds' && isSure));
  const all = (...conducts: WayConduct[]) => rest.every(({ conduct }) => conducts.includes(conduct));
  if (known.length < outcomes.length || known.length === 0) return 'unknown';
  if (all('builds')) return 'builds';
  // What comes from code that nobody sees may be another one each time.
  const isKnown = rest.every((each) => each.isKnown);
  if (!isKnown || !all('nothing', 'renews')) return 'unknown';
  const inRow = goTwice({ ...BOUNDS_OF_ENTRIES, isInRow: true }, graph, agent, way);
  const isBuilt = inRow.every((each) => each?.conduct === 'renews' || each?.conduct === 'builds');
  if (inRow.length > 0 && isBuilt) return 'builds';
  return all('renews') || rest.some((each) => each.isUnclear) ? 'unknown' : 'nothing';
}

/** Whether a function gives one agent to all, whatever it is given: that of one user would be another's. */
export function mixesArguments(graph: ModuleGraph, agent: AgentName, file: string, name: string): boolean {
  const outcomes = explore({ ...BOUNDS, isEnough: (outcome) => outcome !== true }, (run) => {
    const interpreter = new Interpreter(run, graph, agent);
    const get = (): Value => {
      // Of these nothing is known, not even that they are the same: a choice between some agents may go either way.
      const args = Array.from({ length: MOST_ARGUMENTS }, () => run.unknown());
      return interpreter.call(interpreter.exported(file, name), args, UNDEFINED);
    };
    const [one, other] = [get(), get()];
    return one.is !== 'primitive' && other.is !== 'primitive' && one.agent && one.id === other.id;
  });
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === true);
}

interface Twice extends Bounds {
  /** The second time at once, rather than some time later. */
  isInRow?: boolean;
  /** Whether both times the same is given. */
  isSameCaller?: boolean;
}

/** The first time is gone in every way, and the second time from each of them. */
function goTwice(
  { isInRow = false, isSameCaller = false, ...bounds }: Twice,
  graph: ModuleGraph,
  agent: AgentName,
  way: Way,
  onEnd?: (steps: number) => void,
): (Outcome | undefined)[] {
  const once = (run: Run): Interpreter => {
    run.isSameCaller = isSameCaller;
    run.clock = isInRow ? 0 : undefined;
    const interpreter = new Interpreter(run, graph, agent);
    go(interpreter, way);
    settle(run);
    return interpreter;
  };
  const known: KnownToBuild = new Map();
  return explore({ ...bounds, onEnd }, once, (run: Run, interpreter: Interpreter) => {
    run.clock = isInRow ? BETWEEN_CALLS : undefined;
    return goAgain(run, interpreter, way, known);
  });
}

function goAgain(run: Run, interpreter: Interpreter, way: Way, known: KnownToBuild): Outcome {
  const made = run.made.length;
  const blind = run.blindCalls;
  const choices = run.choices;
  const last = go(interpreter, way);
  const given = settledValue(last);
  const isKnown = given.is === 'primitive' || given.agent;
  const isSure = run.choices === choices;
  const told = { isSure, isKnown, isUnclear: run.isUnclear };
  const own = run.made.slice(made);
  if (own.length === 0) {
    const isOutside = last.is === 'unknown' && last.isMadeOutside === true;
    const isBlind = run.blindCalls > blind && buildWhenCalled(run.givenAway, interpreter, known);
    return { conduct: isBlind || isOutside ? 'unknown' : 'nothing', ...told };
  }
  if (areKept(own, interpreter)) return { conduct: run.isByChance ? 'unknown' : 'renews', ...told };
  const kept = reachableFrom(interpreter.modules);
  // A store that nobody sees may be what keeps it.
  const away = reachableFrom([], run.givenAway);
  return { conduct: own.every((id) => kept.has(id) || away.has(id)) ? 'unknown' : 'builds', ...told };
}

/** Whether the shared agent is another one after a way was gone. */
export function dropsShared(graph: ModuleGraph, agent: AgentName, shared: Way, way: Way): boolean {
  const outcomes = explore(
    { ...BOUNDS, isEnough: (outcome) => outcome !== true },
    (run) => new Interpreter(run, graph, agent),
    (run: Run, interpreter: Interpreter) => {
      const before = go(interpreter, shared);
      go(interpreter, way);
      settle(run);
      const after = go(interpreter, shared);
      return before.is !== 'primitive' && after.is !== 'primitive' && before.agent && after.agent
        ? before.id !== after.id
        : undefined;
    },
  );
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === true);
}

/** Whether a way comes to one agent each time, which is not the shared one. */
export function keepsOwn(graph: ModuleGraph, agent: AgentName, shared: Way, way: Way): boolean {
  const outcomes = explore(
    { ...BOUNDS, isEnough: (outcome) => outcome !== true },
    (run) => new Interpreter(run, graph, agent),
    (_run: Run, interpreter: Interpreter) => {
      const [first, own, again] = [shared, way, way].map((each) => settledValue(go(interpreter, each)));
      const ids = [first, own, again].map((each) =>
        each && each.is !== 'primitive' && each.agent ? each.id : undefined,
      );
      return ids.every((id) => id !== undefined) && ids[0] !== ids[1] && ids[1] === ids[2];
    },
  );
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === true);
}

/** Goes a way once. @throws Thrown or GaveUp, as the code on it does */
export function go(interpreter: Interpreter, way: Way): Value {
  return goTo(interpreter, way).value;
}

/** Goes a way once, with what `this` is for a function at its end. @throws as `go` does */
export function goTo(interpreter: Interpreter, way: Way): { value: Value; self: Value } {
  const { file, name, steps } = way;
  const once = 1 + steps.findLastIndex((each) => 'isOnce' in each && each.isOnce === true);
  // What is taken once and is the whole way is what is asked about.
  if (once === 0 || once === steps.length) return goOn(interpreter, interpreter.exported(file, name), steps);
  const before = { ...way, steps: steps.slice(0, once) };
  const from = interpreter.keptBy(
    wayKey(before),
    () => goOn(interpreter, interpreter.exported(file, name), before.steps).value,
  );
  return goOn(interpreter, from, steps.slice(once));
}

/** Takes steps from a value. @throws as `go` does */
export function goOn(
  interpreter: Interpreter,
  from: Value,
  steps: Way['steps'],
): { value: Value; self: Value } {
  let self: Value = UNDEFINED;
  let value = from;
  for (const each of steps) {
    const before = value;
    if (each.kind === 'member') value = read(value, each.name, interpreter);
    else if (each.kind === 'write') write(value, each.name, UNDEFINED, interpreter);
    else if (each.kind === 'new') value = constructed(value, given(each.args, interpreter), interpreter);
    else if (each.kind === 'bind') value = bound(interpreter, value, given(each.args, interpreter));
    else if (each.kind === 'call') value = interpreter.call(value, given(each.args, interpreter), self);
    self = each.kind === 'member' ? before : UNDEFINED;
  }
  return { value, self };
}

function bound(interpreter: Interpreter, callee: Value, first: readonly Value[]): Value {
  return interpreter.run.function((rest, self) => interpreter.call(callee, [...first, ...rest], self));
}

function given(args: readonly Given[], interpreter: Interpreter): Value[] {
  return args.slice(0, MOST_ARGUMENTS).map((each, index) => asValue(each, argumentText(index), interpreter));
}

/** @param told what stands for it in texts that are made of it */
function asValue(given: Given, told: string, interpreter: Interpreter): Value {
  const { run } = interpreter;
  const { way } = given;
  if (way !== undefined)
    return given.isFunction ? run.function(() => go(interpreter, way)) : go(interpreter, way);
  if (given.isNew === true) return run.thing('object');
  if (given.isOfRequest === true) return run.thing('unknown', { fromCaller: true, isOfRequest: true });
  if ('value' in given) return primitive(given.value);
  if (given.properties === undefined) return run.thing('unknown', { fromCaller: true, told });
  const entries = Object.entries(given.properties);
  return run.thing('object', {
    properties: new Map(
      entries.map(([name, each]): [string, Value] => [name, asValue(each, `${told}.${name}`, interpreter)]),
    ),
  });
}

/** What a way comes to when it is gone once, with the agent told from all else; undefined where that is not known. */
export function kindOfWay(
  graph: ModuleGraph,
  agent: AgentName,
  way: Way,
): Thing['is'] | 'agent' | 'primitive' | undefined {
  const kinds = explore({ ways: 4 }, (run) => {
    const value = go(new Interpreter(run, graph, agent), way);
    return value.is === 'object' && value.agent ? 'agent' : value.is;
  });
  const [first] = kinds;
  return kinds.every((kind) => kind === first)
    ? first
    : kinds.find((kind) => kind !== undefined && kind !== 'unknown');
}
