import { following } from './following.ts';
import type { Interpreter } from './interpreter.ts';
import type { Run } from './run.ts';
import { Thrown } from './thrown.ts';
import { reachableFrom, UNDEFINED, type Value } from './values.ts';

const DEEPEST = 3;
/** More ways through one function than that, and it may build. */
const MOST_WAYS = 64;

/** What is known of functions by their code, whatever they were made with. */
export type KnownToBuild = Map<string, boolean>;

/**
 * Whether functions among some values, or in them, may construct an agent when they are called, as code that nobody sees
 * may do that was given those, and not only to be kept. It leaves them called once.
 */
export function buildWhenCalled(
  values: readonly Value[],
  interpreter: Interpreter,
  known: KnownToBuild = new Map(),
): boolean {
  const { calls, key } = callsWithin(values, interpreter);
  const before = key === undefined ? undefined : known.get(key);
  if (before !== undefined) return before;
  const isBuilding = anyBuilds(calls, interpreter);
  if (key !== undefined) known.set(key, isBuilding);
  return isBuilding;
}

function anyBuilds(calls: readonly (() => Value)[], interpreter: Interpreter): boolean {
  const { run } = interpreter;
  const isBuilding = (call: () => Value): boolean => {
    const made = run.made.length;
    const given = attempt(call);
    if (!areKept(run.made.slice(made), interpreter)) return true;
    return given.is === 'function' && isBuilding(() => interpreter.call(given, [], UNDEFINED));
  };
  // What they make the first time may be kept, and asked for by the others, from then on.
  const mark = run.mark();
  run.decideAs(mark, mark.decisions.slice(0, mark.asked));
  for (const each of calls) attempt(each);
  run.decideAs(mark, mark.decisions.slice(0, mark.told));
  run.close(mark);
  return calls.some((each) => isSoInSomeWay(run, () => isBuilding(each)));
}

/** What code can call that is given some values, and what all of that is written as, where that is known. */
function callsWithin(
  values: readonly Value[],
  interpreter: Interpreter,
): { calls: (() => Value)[]; key: string | undefined } {
  const seen = new Set<number>();
  const found: (() => Value)[] = [];
  const codes: string[] = [];
  let isWritten = true;
  const enter = (value: Value, depth: number): void => {
    if (value.is === 'primitive' || value.agent || depth > DEEPEST || seen.has(value.id)) return;
    seen.add(value.id);
    if (value.is === 'function') {
      found.push(() => interpreter.call(value, [], UNDEFINED));
      const file = value.scope === undefined ? '' : interpreter.fileOf(value.scope);
      codes.push(`${file}:${value.code?.start}`);
      isWritten &&= value.code !== undefined;
    }
    if (value.is !== 'object') return;
    for (const each of value.properties.values()) enter(each, depth + 1);
    for (const [name, getter] of value.getters ?? []) {
      found.push(() => getter(value));
      codes.push(`get ${name}`);
    }
  };
  for (const each of values) enter(each, 0);
  return { calls: found, key: isWritten ? codes.sort().join() : undefined };
}

/** Asks in each way that the code could go, and goes back; true where there are too many. */
function isSoInSomeWay(run: Run, ask: () => boolean): boolean {
  const mark = run.mark();
  const before = mark.decisions.slice(0, mark.asked);
  let isSo = false;
  let ways = 0;
  for (let next: boolean[] | undefined = []; next !== undefined && !isSo; ways += 1) {
    run.decideAs(mark, [...before, ...next]);
    isSo = ways >= MOST_WAYS || ask();
    next = following(run.decisions.slice(mark.asked));
    run.backTo(mark);
  }
  run.close(mark);
  return isSo;
}

/** Whether agents can be reached from what outlives a call. */
export function areKept(agents: readonly number[], interpreter: Interpreter): boolean {
  if (agents.length === 0) return true;
  const kept = reachableFrom(interpreter.modules);
  return agents.every((id) => kept.has(id));
}

function attempt(call: () => Value): Value {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    return UNDEFINED;
  }
}
