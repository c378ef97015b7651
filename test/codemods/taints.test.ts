import { parseExpression } from '@babel/parser';
import type * as t from '@babel/types';
import fc from 'fast-check';
import { Heap } from '../../codemods/agent-cache/flow/interpreter/heap.ts';
import { Taints } from '../../codemods/agent-cache/flow/interpreter/taints.ts';
import {
  NOTHING,
  type Reach,
  type Thing,
  type Value,
} from '../../codemods/agent-cache/flow/interpreter/values.ts';

/** Objects that hold one another as a list of edges says, and what differs by the caller in some of them. */
function objects(
  count: number,
  edges: readonly (readonly [number, number])[],
  own: ReadonlyMap<number, number> = new Map(),
): Thing[] {
  const things = Array.from(
    { length: count },
    (_, id): Thing => ({
      id,
      kind: 'object',
      label: `thing ${id}`,
      epoch: 'a call',
      file: 'a.ts',
      region: 'call',
      props: new Map([['own', { things: new Map(), from: own.get(id) ?? 0 }]]),
      accessors: new Map(),
      proto: undefined,
    }),
  );
  for (const [from, to] of edges) {
    const [holder, held] = [things[from], things[to]];
    if (holder && held) holder.props.set(`to ${to}`, valueWith(held));
  }
  return things;
}

const valueWith = (thing: Thing): Value => ({ things: new Map([[thing, 0]]), from: 0 });

function taintsThatCount(): { taints: Taints; looks: () => number } {
  let looks = 0;
  const spend = (more: number) => {
    looks += more;
  };
  return {
    taints: new Taints({ outlives: () => false, isKept: () => false, spend }),
    looks: () => looks,
  };
}

/** What can be reached, the plain way. */
function reached(from: number, edges: readonly (readonly [number, number])[]): Set<number> {
  const found = new Set([from]);
  for (const at of found) for (const [holder, held] of edges) if (holder === at) found.add(held);
  return found;
}

const index = fc.nat(11);

test('what differs in an object is what differs in all that it leads to, whatever was asked for before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(index, index), { maxLength: 30, size: 'max' }),
      fc.array(fc.tuple(index, fc.constantFrom(1, 2, 4, 8)), { maxLength: 4 }),
      fc.shuffledSubarray(Array.from({ length: 12 }, (_, id) => id)),
      (edges, given, asked) => {
        const own = new Map(given);
        const things = objects(12, edges, own);
        const { taints } = taintsThatCount();
        for (const id of asked) {
          const thing = things[id];
          if (!thing) continue;
          let expected = 0;
          for (const each of reached(id, edges)) expected |= own.get(each) ?? 0;
          expect([id, taints.of(valueWith(thing))]).toEqual([id, expected]);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('what differs is found however many objects lie before it', () => {
  const ids = Array.from({ length: 1000 }, (_, id) => id);
  const edges = ids.slice(1).map((id): [number, number] => [id - 1, id]);
  const { taints, looks } = taintsThatCount();
  const [first] = objects(1000, edges, new Map([[999, 1]]));
  expect(first && taints.of(valueWith(first))).toBe(1);
  expect(looks()).toBe(edges.length);
});

test('objects that all hold one another are looked through once, whichever are asked for', () => {
  const ids = Array.from({ length: 100 }, (_, id) => id);
  const edges = ids.flatMap((from) => ids.map((to): [number, number] => [from, to]));
  const { taints, looks } = taintsThatCount();
  for (const thing of objects(100, edges, new Map([[99, 1]]))) expect(taints.of(valueWith(thing))).toBe(1);
  expect(looks()).toBe(edges.length);
});

/** What code does to objects and to variables that functions see, and what is asked in between: of few, so that they meet. */
const few = fc.nat(4);
const step = fc.oneof(
  fc.record({
    does: fc.constant('hold' as const),
    by: few,
    thing: few,
    reach: fc.constantFrom<Reach>(0, 0, 0, 1, 2),
  }),
  fc.record({ does: fc.constant('differ' as const), by: few, from: fc.constantFrom(1, 2, 4, 8) }),
  fc.record({ does: fc.constant('set' as const), by: fc.nat(1), thing: few }),
  fc.record({ does: fc.constant('ask' as const), by: few }),
);

test('what is kept of earlier questions is what a search from nothing finds, whatever was stored since', () => {
  const node = parseExpression('() => [v0, v1]') as t.ArrowFunctionExpression;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
      const heap = new Heap();
      const variables = Array.from({ length: 2 }, () => ({ value: NOTHING }));
      const vars = new Map(variables.map((variable, at) => [`v${at}`, variable]));
      const frame = { epoch: heap.epoch, vars, parent: undefined };
      const things = Array.from({ length: 5 }, (_, at) => {
        const thing = heap.make(`thing ${at}`, at < 4 ? 'object' : 'function', `thing ${at}`, 'a.ts');
        // The last one is a function that sees the variables.
        return at < 4 ? thing : Object.assign(thing, { code: { node, frame } });
      });
      for (const [at, each] of steps.entries()) {
        const by = things[each.by] as Thing;
        if (each.does === 'differ') heap.put(by, 'own', { things: new Map(), from: each.from });
        else if (each.does === 'hold') {
          const held = { things: new Map([[things[each.thing] as Thing, each.reach]]), from: 0 };
          heap.put(by, `to ${each.thing}`, held);
        } else if (each.does === 'set')
          heap.widen(variables[each.by] as { value: Value }, valueWith(things[each.thing] as Thing));
        else expect([at, heap.taintOf(valueWith(by))]).toEqual([at, new Taints(heap).of(valueWith(by))]);
      }
    }),
    { numRuns: 2000 },
  );
});

test('what adds nothing to what is known costs no new search', () => {
  const heap = new Heap();
  const things = Array.from({ length: 100 }, (_, at) => heap.make(`thing ${at}`, 'object', '', 'a.ts'));
  for (const one of things) for (const other of things) heap.put(one, `to ${other.id}`, valueWith(other));
  const [first] = things as [Thing];
  heap.taintOf(valueWith(first));
  const { steps } = heap;
  for (const thing of things) {
    heap.put(thing, 'more', valueWith(first));
    heap.taintOf(valueWith(thing));
  }
  expect(heap.steps).toBe(steps);
});
