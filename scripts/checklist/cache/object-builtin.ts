import { madeAgent } from './agents.ts';
import { listOf } from './lists.ts';
import type { Machine } from './machine.ts';
import { holds } from './operators.ts';
import { closed, define } from './property-writes.ts';
import type { Run } from './run.ts';
import { spread } from './spread.ts';
import { isOfCaller, isPlainObject, primitive, type Thing, UNDEFINED, type Value } from './values.ts';

/** `Object`, as far as it makes, fills, closes and lists objects. */
export function objectBuiltin(machine: Machine): Thing {
  const { run } = machine;
  return run.thing('unknown', {
    isPure: true,
    properties: new Map<string, Value>([
      [
        'defineProperty',
        run.function(([of = UNDEFINED, key, described = UNDEFINED]) => {
          define(of, key?.is === 'primitive' ? String(key.value) : undefined, described, machine);
          return of;
        }),
      ],
      ['freeze', run.function(([value = UNDEFINED]) => closed(value, 'frozen', run))],
      ['seal', run.function(([value = UNDEFINED]) => closed(value, 'sealed', run))],
      ['preventExtensions', run.function(([value = UNDEFINED]) => closed(value, 'sealed', run))],
      ['assign', run.function(([target = UNDEFINED, ...sources]) => assign(target, sources))],
      [
        'hasOwn',
        run.function(([of = UNDEFINED, key = UNDEFINED]) => {
          const isThere = holds(key, of);
          return isThere === undefined ? run.unknown() : primitive(isThere);
        }),
      ],
      [
        'keys',
        // What they are called is the same for all that callers give, if what is in them is not.
        run.function(([of]) =>
          of !== undefined && of.is !== 'primitive' && of.sample !== undefined && of.isList !== true
            ? listOf([primitive('key')], run)
            : listed(of, ([name]) => primitive(name), run),
        ),
      ],
      ['values', run.function(([of]) => listed(of, ([, value]) => value, run))],
      [
        'entries',
        run.function(([of]) => listed(of, ([name, value]) => listOf([primitive(name), value], run), run)),
      ],
      ['fromEntries', run.function(([list]) => fromEntries(list, run))],
      ['create', ofPrototype(run)],
    ]),
  });
}

/** An object of no class, or another instance of the agent's, though nobody calls the constructor. */
function ofPrototype(run: Run): Thing {
  return run.thing('unknown', {
    isPure: true,
    tells: ([parent]) => {
      if (parent?.is === 'primitive') return parent.value === null ? run.thing('object') : undefined;
      const type = parent?.prototypeOf;
      return type?.agent === true ? madeAgent(run, type, []) : undefined;
    },
  });
}

/** What a plain object has, as a list; something that is not known for all else. */
function listed(of: Value | undefined, show: (entry: [string, Value]) => Value, run: Run): Value {
  if (of !== undefined && of.is !== 'primitive' && of.sample !== undefined)
    return run.sample(`listed(${of.sample})`, 'unknown');
  if (of === undefined || !isPlainObject(of))
    return run.thing('unknown', of && isOfCaller(of) ? { fromCaller: true } : {});
  return listOf([...of.properties].map(show), run);
}

function fromEntries(list: Value | undefined, run: Run): Value {
  const made = run.thing('object');
  if (list === undefined || list.is === 'primitive' || list.isList !== true)
    return run.thing('unknown', list && isOfCaller(list) ? { fromCaller: true } : {});
  for (const entry of list.properties.values()) {
    const name = entry.is === 'primitive' ? undefined : entry.properties.get('0');
    if (entry.is === 'primitive' || name?.is !== 'primitive') return run.unknown();
    made.properties.set(String(name.value), entry.properties.get('1') ?? UNDEFINED);
  }
  return made;
}

function assign(target: Value, sources: readonly Value[]): Value {
  if (target.is === 'primitive') return target;
  for (const source of sources) {
    spread(target, source);
  }
  return target;
}
