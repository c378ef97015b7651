import { elementsOf } from './lists.ts';
import type { Machine } from './machine.ts';
import { constructed, read } from './objects.ts';
import { type Thing, UNDEFINED, type Value } from './values.ts';

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
        'get',
        run.function(([of = UNDEFINED, key]) =>
          read(of, key?.is === 'primitive' ? String(key.value) : undefined, machine),
        ),
      ],
    ],
  });
}
