import { timeText } from './clock.ts';
import { madeOfFresh } from './fresh.ts';
import type { Machine } from './machine.ts';
import { jsonText, objectText } from './object-text.ts';
import { isPlainObject, primitive, type Thing, type Value } from './values.ts';

/** What makes a text of one value: another one wherever the value is. */
export function textMaker(how: 'json' | 'text', machine: Machine): Thing {
  const { run } = machine;
  return run.thing('unknown', {
    isPure: true,
    tells: ([value]) => {
      if (value?.is === 'primitive' && value.value !== undefined && typeof value.value !== 'bigint')
        return primitive(how === 'json' ? JSON.stringify(value.value) : String(value.value));
      const plain = value && (how === 'text' ? objectText : jsonText)(value, machine);
      if (plain !== undefined) return plain;
      const parts = value && how === 'json' ? leavesOf(value) : undefined;
      return value && (timeText(value) ?? madeOfFresh(how, parts ?? [value], run));
    },
  });
}

/** All that a list or a plain object has in it; undefined for others. */
function leavesOf(value: Value): Value[] | undefined {
  if (value.is !== 'primitive' && value.isList !== true && !isPlainObject(value)) return undefined;
  if (value.is === 'primitive') return [value];
  return [...value.properties.values()].flatMap((each) => leavesOf(each) ?? [timeText(each) ?? each]);
}
