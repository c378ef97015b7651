import type { Machine, Site } from '../../codemods/agent-cache/flow/interpreter/machine.ts';
import { only, type Thing, type Value } from '../../codemods/agent-cache/flow/interpreter/values.ts';
import { writtenOut } from '../../codemods/agent-cache/flow/interpreter/written-out.ts';

/** Objects, each of which holds those that a list names, and what a text of the first reads of them. */
function readOf(held: readonly (readonly number[])[]): string[] {
  const things = held.map(
    (_, id) => ({ id, kind: 'object', props: new Map<string, Value>() }) as unknown as Thing,
  );
  for (const [id, others] of held.entries())
    for (const other of others) things[id]?.props.set(String(other), only(things[other] as Thing));
  const reads: string[] = [];
  const machine = {
    holderOf: () => undefined,
    spend: () => undefined,
    get(value: Value, name: string) {
      const [thing] = value.things.keys();
      reads.push(`${thing?.id}.${name}`);
      return thing?.props.get(name);
    },
  } as unknown as Machine;
  writtenOut(only(things[0] as Thing), {} as Site, machine);
  return reads;
}

test('a text shows what lies four deep, and no more of a chain', () => {
  expect(readOf([[1], [2], [3], [4], [5], []])).toEqual(['0.1', '1.2', '2.3', '3.4']);
});

test('what is near by one way and far by another is read as deep as the near one leads', () => {
  // The first holds the fourth at once, and once more behind two others.
  expect(readOf([[1, 3], [2], [3], [4], [5], [6], []])).toContain('5.6');
});

test('objects that all hold one another are read once each', () => {
  const all = Array.from({ length: 40 }, (_, id) => id);
  expect(readOf(all.map(() => all))).toHaveLength(40 * 40);
});
