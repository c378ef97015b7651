import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from '../../../support/fast-check.ts';
import { FakeTime } from './fake-time.ts';
import { ModelWorld, type ProviderClass } from './model-world.ts';

const readerTtl = fc.constantFrom(undefined, 4, 10, 25);
const pick = fc.nat({ max: 3 });

/** One thing that can happen to a provider; times in milliseconds, `which` chooses among open creations. */
const step = fc.oneof(
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

const setup = fc.record({
  staleFor: fc.constantFrom(0, 5),
  refreshAhead: fc.constantFrom(1, 0.5),
  lifetime: fc.constantFrom(undefined, 7),
});

/** Any sequence of steps keeps the invariants; see {@link ModelWorld} for what they are. */
export function invariantsHold(Provider: ProviderClass) {
  return fc.asyncProperty(setup, fc.array(step, { maxLength: 60, size: 'max' }), async (options, steps) => {
    const time = new FakeTime();
    const world = new ModelWorld(Provider, time, options);
    process.on('unhandledRejection', world.onUnhandledRejection);
    time.install();
    try {
      for (const one of steps) {
        await world.take(one);
        world.check();
      }
      await world.finish();
    } finally {
      time.uninstall();
      // Rejections are known to be unhandled only when the turn ends.
      await nextTurn();
      process.off('unhandledRejection', world.onUnhandledRejection);
    }
  });
}

export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
