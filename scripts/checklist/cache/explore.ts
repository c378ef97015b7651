import { following } from './following.ts';
import { GaveUp, Run } from './run.ts';
import { Thrown } from './thrown.ts';

/** As many steps for each way that is taken at the most, or nothing is said. */
const MOST_STEPS_OF_A_WAY = 2000;
/** Ways that end in a failure are no outcomes; so many of them for each that is one, and nothing is said. */
const MOST_FAILURES = 4;

/** How much is done before nothing is said. */
export interface Bounds {
  ways: number;
  /** Over all ways. */
  steps?: number;
}

/** The same, and what tells so much that no other way matters. */
interface Question<Outcome> extends Bounds {
  isEnough?: (outcome: Outcome | undefined) => boolean;
  /** Told how many steps it took. */
  onEnd?: ((steps: number) => void) | undefined;
}

/** Code that runs in one go, from what the one before it came to. */
type Stage<From, To> = (run: Run, from: From) => To;

/**
 * Runs some code in every way that it could go, up to a number of ways, stage by stage: each way through one is gone
 * once, and from there every way through the next. Undefined stands for one that gave up.
 */
export function explore<Outcome, First = undefined, Second = undefined>(
  { ways: most, steps: mostSteps = most * MOST_STEPS_OF_A_WAY, isEnough, onEnd }: Question<Outcome>,
  ...stages:
    | [Stage<undefined, Outcome>]
    | [Stage<undefined, First>, Stage<First, Outcome>]
    | [Stage<undefined, First>, Stage<First, Second>, Stage<Second, Outcome>]
): (Outcome | undefined)[] {
  const run = new Run();
  const outcomes: (Outcome | undefined)[] = [];
  let ends = 0;
  const isTold = () => outcomes.length > 0 && isEnough?.(outcomes.at(-1)) === true;
  const isTooMuch = () => outcomes.length >= most || ends >= most * MOST_FAILURES || run.steps >= mostSteps;
  const goFrom = (number: number, from: unknown): boolean => {
    const mark = run.mark();
    for (let next: boolean[] | undefined = []; next !== undefined; ) {
      if (isTooMuch() || isTold()) return false;
      run.decideAs(mark, [...mark.decisions.slice(0, mark.asked), ...next]);
      run.beginWay();
      const stage = stages[number] as Stage<unknown, unknown>;
      const isLast = number === stages.length - 1;
      let to: { value: unknown } | undefined;
      try {
        to = { value: stage(run, from) };
        if (isLast) outcomes.push(to.value as Outcome);
      } catch (error) {
        if (!(error instanceof Thrown)) {
          if (!(error instanceof GaveUp) && !(error instanceof RangeError)) throw error;
          outcomes.push(undefined);
        }
      }
      if (isLast || to === undefined) ends += 1;
      const decisions = run.decisions.slice(mark.asked);
      if (!isLast && to !== undefined && !goFrom(number + 1, to.value)) return false;
      next = following(decisions);
      run.backTo(mark);
    }
    run.close(mark);
    return true;
  };
  const isWhole = goFrom(0, undefined);
  onEnd?.(run.steps);
  return isWhole ? outcomes : [...outcomes, undefined];
}
