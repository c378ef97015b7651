import { ALIKE, inAllWays } from './in-all-ways.ts';
import type { Run } from './run.ts';

/** Runs what was put off, as far as it is run before somebody calls again. */
export function settle(run: Run): void {
  const { later } = run;
  run.later = later.filter(({ repeats, isCancelled }) => repeats === true && isCancelled !== true);
  for (const { isSure, call, isCancelled } of later) {
    if (isCancelled === true) continue;
    const callOrNot = () => {
      if (isSure || run.choose()) call();
    };
    inAllWays(run, callOrNot, ALIKE);
  }
  run.forgetAnswers();
}
