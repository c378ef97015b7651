import { toldText } from './key-text.ts';
import type { Run } from './run.ts';
import { derived, stableText } from './telling.ts';
import { areOfCaller, isOfCaller, type Thing, type Value } from './values.ts';

/** What code that nobody sees gives; it may keep what it gets, and call the functions among it. */
export function callUnseen(callee: Thing, args: readonly Value[], run: Run): Value {
  if (callee.sample !== undefined || args.some((each) => run.holdsSample(each)))
    return callSampled(callee, args, run);
  const given = toldText(['(', ...args, ')']);
  if (callee.fromCaller === true)
    return run.thing('unknown', {
      fromCaller: true,
      ...(callee.told !== undefined && { told: `${callee.told}${given}` }),
    });
  if (callee.isPure === true)
    return run.thing(
      'unknown',
      args.some(isOfCaller) || areOfCaller(args)
        ? { fromCaller: true, ...(args.length > 0 && { told: `${callee.label ?? ''}${given}` }) }
        : { isPure: true },
    );
  run.givenAway.push(...args);
  const getsFunctions = args.some(holdsFunctions);
  if (getsFunctions || callee.isMadeOutside === true) run.blindCalls += 1;
  return run.thing(
    'unknown',
    getsFunctions || callee.isMadeOutside
      ? { isMadeOutside: true, madeOf: [...(callee.madeOf ?? []), ...args] }
      : {},
  );
}

/** What is given the same is taken to give the same; whether it is true, only pure code tells. */
function callSampled(callee: Thing, args: readonly Value[], run: Run): Value {
  run.givenAway.push(...args);
  const isTold = callee.isPure === true || (callee.sample !== undefined && callee.is === 'object');
  const telling = callee.isPure === true || callee.sample !== undefined ? 'all' : 'untold';
  const called = callee.sample ?? callee.label ?? '';
  const text = `${called}(${args.map(stableText).join()})`;
  return derived(
    run,
    text,
    [telling, `${callee.label ?? 'code that is not seen'}()`],
    isTold ? 'object' : 'unknown',
  );
}

function holdsFunctions(value: Value): boolean {
  if (value.is === 'function' || value.is === 'class') return true;
  if (value.is !== 'object' || value.agent) return false;
  return [...value.properties.values()].some(({ is }) => is === 'function' || is === 'class');
}
