import { type Primitive, primitive, SAMPLE, textOf, type Thing, type Value } from './values.ts';

/** How many steps one run takes before nothing is said of it. */
const MOST_STEPS = 20_000;
const MOST_DEPTH = 120;
/** As many steps for each way that is taken at the most, or nothing is said. */
const MOST_STEPS_OF_A_WAY = 2000;
/** Ways that end in a failure are no outcomes; so many of them for each that is one, and nothing is said. */
const MOST_FAILURES = 4;

/** The code does something that is not understood: nothing is known from there on. */
export class GaveUp extends Error {
  override readonly name = 'GaveUp';
}

/** What the code throws. */
export class Thrown extends Error {
  override readonly name = 'Thrown';
}

/** What is put off. */
export interface Later {
  isSure: boolean;
  call: () => unknown;
  isCancelled?: boolean;
}

const OTHER_QUESTION = { true: 'nothing', nothing: 'true' } as const;

/**
 * One run of some code: where it depends on what is not known, it takes the way that it was told to, and the
 * first one beyond that.
 */
export class Run {
  readonly decisions: boolean[];
  /** The agents that were constructed, in order. */
  readonly made: number[] = [];
  /** What an agent was given, when it was made and later, by its id. */
  readonly builtOf = new Map<number, Value[]>();
  /** What code that nobody sees was given, and may keep. */
  readonly givenAway: Value[] = [];
  /** How many ways were taken that do not hang on what the caller gives. */
  choices = 0;
  /** Whether it is run with samples of what callers give. */
  hasSamples = false;
  /** How many ways were taken that do. */
  callerChoices = 0;
  /** How often functions were given to code that nobody sees, or such code was called that got some before. */
  blindCalls = 0;
  /** Whether something was looked up by a key that may be another one each time. */
  isUnclear = false;
  /** Callbacks that run after the code that gave them away: for sure before the next call, or some time. */
  later: Later[] = [];
  /** What timers put off, by what stands for them. */
  readonly timers = new Map<number, Later>();
  readonly #answers = new Map<string, boolean>();
  #asked = 0;
  #steps = 0;
  #depth = 0;
  #ids = 0;

  constructor(decisions: readonly boolean[]) {
    this.decisions = [...decisions];
  }

  /** Whether something of which nothing is known is true, or is there: the same until somebody calls again. */
  chooseOf(question: 'true' | 'nothing', cause: Thing): boolean {
    const known = this.#answers.get(`${question} ${cause.id}`);
    if (known !== undefined) return known;
    // What is nothing is not true, and what is true is something.
    if (this.#answers.get(`${OTHER_QUESTION[question]} ${cause.id}`) === true) return false;
    const answer = this.choose(cause);
    this.#answers.set(`${question} ${cause.id}`, answer);
    return answer;
  }

  /** Goes one way at a place where the code could go both; the caller decides where it hangs on what they gave. */
  choose(cause?: Value): boolean {
    if (cause === undefined || cause.is === 'primitive' || cause.fromCaller !== true) this.choices += 1;
    else this.callerChoices += 1;
    const decision = this.decisions[this.#asked] ?? true;
    this.decisions[this.#asked] = decision;
    this.#asked += 1;
    return decision;
  }

  /** Runs what was put off, as far as it is run before somebody calls again. */
  settle(): void {
    for (const { isSure, call, isCancelled } of this.later.splice(0))
      if (isCancelled !== true && (isSure || this.choose())) call();
    this.#answers.clear();
  }

  get steps(): number {
    return this.#steps;
  }

  step(): void {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new GaveUp('too many steps');
  }

  enter<Result>(call: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > MOST_DEPTH) throw new GaveUp('too deep');
    try {
      return call();
    } finally {
      this.#depth -= 1;
    }
  }

  thing(is: Thing['is'], more: Partial<Thing> = {}): Thing {
    this.#ids += 1;
    return { is, id: this.#ids, agent: false, properties: new Map(), ...more };
  }

  unknown(): Thing {
    return this.thing('unknown');
  }

  function(call: (args: Value[], self: Value) => Value, more: Partial<Thing> = {}): Thing {
    return this.thing('function', { call, ...more });
  }

  /** What is made of samples by code that gives the same for the same. */
  sample(text: string, is: Thing['is'] = 'object'): Thing {
    this.hasSamples = true;
    return this.thing(is, { sample: text, fromCaller: true });
  }

  /** Whether a value is a sample, or has one in it. */
  holdsSample(value: Value): boolean {
    return this.hasSamples && textOf(value).includes(SAMPLE);
  }

  /** Notes what an agent gets. */
  give(agent: Value, values: readonly Value[]): void {
    if (agent.is !== 'primitive' && agent.agent)
      this.builtOf.set(agent.id, [...(this.builtOf.get(agent.id) ?? []), ...values]);
  }

  text(value: Primitive['value']): Primitive {
    return primitive(value);
  }
}

/** Runs some code in every way that it could go, up to a number of ways. Undefined stands for one that gave up. */
export function explore<Outcome>(most: number, simulate: (run: Run) => Outcome): (Outcome | undefined)[] {
  const outcomes: (Outcome | undefined)[] = [];
  let next: boolean[] | undefined = [];
  for (let runs = 0, steps = 0; next !== undefined; runs += 1) {
    const isTooMuch = runs >= most * MOST_FAILURES || steps >= most * MOST_STEPS_OF_A_WAY;
    if (outcomes.length >= most || isTooMuch) return [...outcomes, undefined];
    const run: Run = new Run(next);
    try {
      outcomes.push(simulate(run));
    } catch (error) {
      if (!(error instanceof Thrown)) {
        if (!(error instanceof GaveUp) && !(error instanceof RangeError)) throw error;
        outcomes.push(undefined);
      }
    }
    steps += run.steps;
    next = following(run.decisions);
  }
  return outcomes;
}

/** The next way in order: each decision is tried as true first. */
function following(decisions: readonly boolean[]): boolean[] | undefined {
  const last = decisions.lastIndexOf(true);
  return last === -1 ? undefined : [...decisions.slice(0, last), false];
}
