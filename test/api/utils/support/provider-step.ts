import fc from '../../../support/fast-check.ts';

const readerTtl = fc.constantFrom(undefined, 4, 10, 25);
const pick = fc.nat({ max: 3 });

/** One thing that can happen to a provider; times in milliseconds, `which` chooses among open creations. */
export const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ op: fc.constant('call' as const), maxAge: readerTtl }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('callAndGiveUp' as const), maxAge: readerTtl }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('callAndForget' as const) }) },
  { weight: 5, arbitrary: fc.record({ op: fc.constant('advance' as const), ms: fc.nat({ max: 6000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('jumpWall' as const),
      ms: fc.integer({ min: -20_000, max: 20_000 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ op: fc.constant('succeed' as const), which: pick }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('fail' as const), which: pick, fatal: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('invalidate' as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('discard' as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('keepWarm' as const) }) },
);

export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
