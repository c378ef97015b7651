import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from '../../../support/fast-check.ts';
import { FakeTime } from './fake-time.ts';
import { ModelWorld, type ProviderClass } from './model-world.ts';
import { step } from './provider-step.ts';

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
