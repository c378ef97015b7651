import { timeText } from './clock.ts';
import { madeOfFresh } from './fresh.ts';
import type { Machine } from './machine.ts';
import { elementsOf } from './lists.ts';
import { jsonText, objectText, textOfParts } from './object-text.ts';
import { derived, stableText } from './telling.ts';
import { isPlainObject, primitive, textOf, type Thing, UNDEFINED, type Value } from './values.ts';

/** What makes a text of one value: another one wherever the value is. */
export function textMaker(how: 'json' | 'text', machine: Machine): Thing {
  const { run } = machine;
  return run.thing('unknown', {
    isPure: true,
    tells: ([value, only]) => {
      if (how === 'json' && value && only !== undefined && run.holdsSample(value))
        return shownBy(only, value, machine);
      if (value?.is === 'primitive' && value.value !== undefined && typeof value.value !== 'bigint')
        return primitive(how === 'json' ? JSON.stringify(value.value) : String(value.value));
      const plain = value && (how === 'text' ? objectText : jsonText)(value, machine);
      if (plain !== undefined) return plain;
      const parts = value && how === 'json' ? leavesOf(value) : undefined;
      return value && (timeText(value) ?? madeOfFresh(how, parts ?? [value], run));
    },
  });
}

/** What JSON shows of what callers give where it is told what to show; undefined where that is all of it. */
function shownBy(only: Value, value: Value, machine: Machine): Value | undefined {
  const names = elementsOf(only);
  if (names !== undefined && value.is !== 'primitive')
    return textOfParts(
      names.flatMap((each) => {
        const name = each.is === 'primitive' ? String(each.value) : '';
        return [',', value.properties.get(name) ?? value.part?.(name) ?? UNDEFINED];
      }),
      machine.run,
    );
  if (only.is === 'primitive') return undefined;
  return derived(machine.run, `json(${textOf(value)},${stableText(only)})`, [
    'untold',
    'JSON of what a function lets through',
  ]);
}

/** All that a list or a plain object has in it; undefined for others. */
function leavesOf(value: Value): Value[] | undefined {
  if (value.is !== 'primitive' && value.isList !== true && !isPlainObject(value)) return undefined;
  if (value.is === 'primitive') return [value];
  return [...value.properties.values()].flatMap((each) => leavesOf(each) ?? [timeText(each) ?? each]);
}
