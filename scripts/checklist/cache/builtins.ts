import { clockOf, isOverAtOnce, ROUNDINGS } from './clock.ts';
import { conversion } from './conversions.ts';
import type { JournaledMap } from './journal.ts';
import type { Machine } from './machine.ts';
import { objectBuiltin } from './object-builtin.ts';
import { objectText } from './object-text.ts';
import { textMaker } from './text-makers.ts';
import { differInNumbers, keyText } from './key-text.ts';
import { freshGiver, freshValue, wholeOfFresh } from './fresh.ts';
import type { Run } from './run.ts';
import { elementsOf, listOf } from './lists.ts';
import { isRejection, primitive, SAMPLE, settledValue, type Thing, UNDEFINED, type Value } from './values.ts';

/** What the language brings along and a cache is likely to use; undefined for a name that is none of these. */
export function builtin(name: string, machine: Machine, globals: JournaledMap<Value>): Value | undefined {
  const present = globals.get(name);
  if (present !== undefined) return present;
  const made = make(name, machine);
  if (made !== undefined) machine.run.remember(globals, name, made);
  return made;
}

function make(name: string, machine: Machine): Value | undefined {
  const { run } = machine;
  const clock = clockOf(name, run);
  if (clock !== undefined && name !== 'process') return clock;
  switch (name) {
    case 'undefined':
      return UNDEFINED;
    case 'Infinity':
      return primitive(Infinity);
    case 'globalThis':
    case 'global':
      return run.thing('object');
    case 'Promise':
      return promise(run);
    case 'Object':
      return objectBuiltin(machine);
    case 'Map':
    case 'WeakMap':
    case 'Set':
    case 'WeakSet':
      return run.thing('class', { properties: new Map([['#collection', UNDEFINED]]) });
    case 'WeakRef':
      return weakReferences(run);
    case 'JSON':
      return run.thing('unknown', { isPure: true, properties: [['stringify', textMaker('json', machine)]] });
    case 'String':
      return textMaker('text', machine);
    case 'btoa':
    case 'encodeURI':
    case 'encodeURIComponent':
      return run.thing('unknown', { isPure: true, tells: ([value]) => value && objectText(value, machine) });
    case 'structuredClone':
      return run.thing('unknown', { isPure: true });
    case 'Math':
      return run.thing('unknown', {
        properties: [
          ['random', freshGiver(run, 1)],
          ...ROUNDINGS.map((each): [string, Value] => [
            each,
            run.thing('unknown', { tells: ([value]) => wholeOfFresh(value, run) }),
          ]),
        ],
      });
    case 'crypto':
      return run.thing('unknown', { properties: [['randomUUID', freshGiver(run)]] });
    case 'Error':
      return run.thing('unknown', { tells: () => freshValue(run) });
    case 'setImmediate':
    case 'queueMicrotask':
    case 'setTimeout':
      return timer(name, run);
    // Whether it runs before the next call, nobody knows; how often does not matter.
    case 'setInterval':
      return timer('setInterval', run);
    case 'clearTimeout':
    case 'clearInterval':
    case 'clearImmediate':
      return run.function(([of]) => {
        const later = of === undefined || of.is === 'primitive' ? undefined : run.timers.get(of.id);
        if (later !== undefined && later.isCancelled !== true) {
          run.change(() => (later.isCancelled = false));
          later.isCancelled = true;
        }
        return UNDEFINED;
      });
    case 'process': {
      const made = clock ?? run.unknown();
      made.properties.set('env', run.thing('unknown', { isConstant: true }));
      made.properties.set('nextTick', timer('nextTick', run));
      return made;
    }
    case 'Symbol':
      return run.thing('object', {
        properties: [
          ['for', run.function(([key]) => primitive(`@@${keyText(key)}`))],
          ...WELL_KNOWN.map((name): [string, Value] => [name, primitive(`@@@${name}`)]),
        ],
        call: () => freshValue(run),
      });
    default:
      return conversion(name, run);
  }
}

const WELL_KNOWN = ['dispose', 'asyncDispose', 'iterator', 'asyncIterator', 'toPrimitive', 'toStringTag'];

type TimerName = 'setImmediate' | 'queueMicrotask' | 'nextTick' | 'setTimeout' | 'setInterval';

/** What puts a call off: for sure until the code that runs has ended, or for some time. */
export function timer(name: TimerName, run: Run): Thing {
  return run.function(([callback, ...given]) => {
    const [delay] = given;
    const isTimed = name === 'setTimeout' || name === 'setInterval';
    const isSoon =
      !isTimed ||
      delay === undefined ||
      (delay.is === 'primitive' &&
        (!(Number(delay.value ?? 0) > 0) || (run.clock !== undefined && isOverAtOnce(delay))));
    const args = isTimed ? given.slice(1) : given;
    const later = {
      isSure: isSoon,
      repeats: name === 'setInterval',
      call: () =>
        callback === undefined || callback.is === 'primitive' ? UNDEFINED : callback.call?.(args, UNDEFINED),
    };
    run.putOff(later);
    const made = run.thing('object');
    for (const method of ['ref', 'unref'])
      made.properties.set(
        method,
        run.function(() => made),
      );
    run.timers.set(made.id, later);
    return made;
  });
}

/** References that are there as long as somebody else has what they are of. */
function weakReferences(run: Run): Thing {
  const refer = run.function(([of = UNDEFINED]) => {
    const deref = run.function(() => (run.choose() ? of : UNDEFINED));
    return run.thing('object', {
      properties: [
        ['deref', deref],
        ['#of', of],
      ],
    });
  });
  return run.thing('class', { properties: [['#construct', refer]] });
}

/** Promises are what they are fulfilled with: an agent that is awaited is the same agent. */
function promise(run: Run): Thing {
  const all = run.function(([list = UNDEFINED]) => {
    const each = elementsOf(list);
    return each === undefined ? list : (each.find(isRejection) ?? listOf(each.map(settledValue), run));
  });
  return run.thing('class', {
    properties: new Map<string, Value>([
      ['#promise', UNDEFINED],
      ['resolve', run.function(([value = UNDEFINED]) => run.promise(value))],
      ['reject', run.function(() => run.thing('unknown', { isRejection: true }))],
      ['all', all],
      ['allSettled', run.function(() => run.unknown())],
      ['race', run.function(() => run.unknown())],
    ]),
  });
}

/** The methods of a Map or a Set; undefined for others. */
export function collectionMethod(self: Thing, name: string, run: Run): Value | undefined {
  const { entries } = self;
  if (entries === undefined) return undefined;
  if (run.loops > 0) self.properties.delete('#counted');
  switch (name) {
    case 'get':
    case 'peek':
      return run.function(([key]) => entries.get(keyIn(entries, key, run)) ?? UNDEFINED);
    case 'has':
      return run.function(([key]) => primitive(entries.has(keyIn(entries, key, run))));
    case 'set':
      return run.function(([key, value = UNDEFINED, options]) => {
        const told = options?.is === 'object' ? options.properties : undefined;
        const isKept = !isOverAtOnce(told?.get('ttl') ?? told?.get('maxAge') ?? self.properties.get('#life'));
        if (isKept) entries.set(keyText(key), value);
        return self;
      });
    case 'add':
      return run.function(([value = UNDEFINED]) => {
        entries.set(keyText(value), value);
        return self;
      });
    case 'delete':
      return run.function(([key]) => primitive(entries.delete(keyText(key))));
    case 'keys':
    case 'values':
    case 'entries':
      return run.function(() => run.unknown());
    case 'size':
      return sizeOf(self, run);
    case 'clear':
      return run.function(() => {
        entries.clear();
        return UNDEFINED;
      });
    default:
      return undefined;
  }
}

/** Calls a method of a Map or a Set. */
export function callMethod(self: Thing, name: string, args: Value[], run: Run): Value {
  const method = collectionMethod(self, name, run);
  return (method?.is === 'function' ? method.call?.(args, self) : undefined) ?? UNDEFINED;
}

/** How many entries there are, where all of their keys are known and no loop changes them. */
function sizeOf({ entries, properties }: Thing, run: Run): Value {
  const isKnown =
    entries !== undefined &&
    properties.has('#counted') &&
    [...entries.keys()].every((key) => !key.startsWith('?') && !key.includes(SAMPLE));
  return isKnown ? primitive(entries.size) : run.unknown();
}

/** The key under which a collection has something; one that is not known may be any other that is not known. */
function keyIn(entries: ReadonlyMap<string, Value>, key: Value | undefined, run: Run): string {
  const text = keyText(key);
  if (!text.startsWith('?') || entries.has(text)) return text;
  const other = [...entries.keys()].find((each) => each.startsWith('?') && !differInNumbers(each, text));
  if (other === undefined) return text;
  run.isUnclear = true;
  return run.choose(key) ? other : text;
}
