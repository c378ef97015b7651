import { elementsOf } from './lists.ts';
import type { Machine } from './machine.ts';
import { constructed, read } from './objects.ts';
import { define, deleteFrom, write } from './property-writes.ts';
import { primitive, type Thing, UNDEFINED, type Value } from './values.ts';

/** `Reflect`, as far as it calls and constructs. */
export function reflection(machine: Machine): Thing {
  const { run } = machine;
  const given = (list: Value | undefined) =>
    list === undefined ? [] : (elementsOf(list) ?? [run.unknown()]);
  return run.thing('unknown', {
    properties: [
      [
        'construct',
        run.function(([type = UNDEFINED, list, target = type]) => constructed(target, given(list), machine)),
      ],
      [
        'apply',
        run.function(([callee = UNDEFINED, self = UNDEFINED, list]) =>
          machine.call(callee, given(list), self),
        ),
      ],
      [
        'deleteProperty',
        run.function(([of = UNDEFINED, key]) => {
          deleteFrom(of, nameIn(key), machine);
          return primitive(true);
        }),
      ],
      [
        'set',
        run.function(([of = UNDEFINED, key, value = UNDEFINED]) => {
          write(of, nameIn(key), value, machine);
          return primitive(true);
        }),
      ],
      [
        'defineProperty',
        run.function(([of = UNDEFINED, key, described = UNDEFINED]) => {
          define(of, nameIn(key), described, machine);
          return primitive(true);
        }),
      ],
      ['get', run.function(([of = UNDEFINED, key]) => read(of, nameIn(key), machine))],
    ],
  });
}

function nameIn(key: Value | undefined): string | undefined {
  return key?.is === 'primitive' ? String(key.value) : undefined;
}
