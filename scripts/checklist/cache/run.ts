import { Journal, JournaledMap } from './journal.ts';
import type { Decided, Later, Mark } from './marks.ts';
import { differs, newTellings } from './tellings.ts';
import { SAMPLE, textOf, type Thing, type Value } from './values.ts';

/** How many steps one way takes before nothing is said of it. */
const MOST_STEPS = 100_000;
const MOST_DEPTH = 120;

/** The code does something that is not understood: nothing is known from there on. */
export class GaveUp extends Error {
  override readonly name = 'GaveUp';
}

/** What a thing is made with, its maps in any form. */
type Made = Partial<Omit<Thing, 'properties' | 'entries'>> & {
  properties?: Iterable<readonly [string, Value]>;
  entries?: Iterable<readonly [string, Value]>;
};

/** Marks questions about what stays as it is. */
export const CONSTANT = '!';
const OTHER_QUESTION = { true: 'nothing', nothing: 'true' } as const;

/**
 * A run of some code: where it depends on what is not known, it takes the way that it was told to, and the first one
 * beyond that. It can go back to where it stood, and from there another way.
 */
export class Run {
  decisions: boolean[] = [];
  readonly journal = new Journal();
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
  /** What stands for that which the request around a call has, while samples are given. */
  ofRequest: Thing | undefined;
  tellings = newTellings();
  /** How many ways were taken that do. */
  callerChoices = 0;
  /** How often functions were given to code that nobody sees, or such code was called that got some before. */
  blindCalls = 0;
  /** How many loops it is in, of which it goes through each once. */
  loops = 0;
  /** Milliseconds since the first of two calls, where it is asked what a clock decides; undefined where it may decide all. */
  clock: number | undefined;
  /** Whether all calls give the same. */
  isSameCaller = false;
  /** Whether chance decided which way was gone. */
  isByChance = false;
  /** Whether something was looked up by a key that may be another one each time. */
  isUnclear = false;
  /** Callbacks that run after the code that gave them away: for sure before the next call, or some time. Never changed, but replaced. */
  later: readonly Later[] = [];
  /** What timers put off, by what stands for them. */
  readonly timers = new Map<number, Later>();
  /** Never changed, but replaced, so that a run can go back to what was answered. */
  #answers: ReadonlyMap<string, boolean> = new Map();
  #asked = 0;
  /** What was decided, as a text. */
  #path = '';
  /** How many parts of the code were begun that may be gone in all ways at once. */
  #parts = 0;
  #steps = 0;
  #mostSteps = MOST_STEPS;
  #depth = 0;
  #ids = 0;
  /** Parts that are not, by the path to where they begin. */
  readonly #apart = new Map<string, Set<number>>();
  #apartHere: ReadonlySet<number> | undefined;

  /** Where it stands, at the beginning of a part of the code. To be closed when nobody goes back to it any more. */
  mark(): Mark {
    this.#parts += 1;
    const { journal } = this;
    const { since } = journal;
    journal.since = journal.births;
    return {
      decisions: this.decisions,
      told: this.decisions.length,
      asked: this.#asked,
      path: this.#path,
      parts: this.#parts,
      choices: this.choices,
      callerChoices: this.callerChoices,
      answers: this.#answers,
      hasSamples: this.hasSamples,
      isUnclear: this.isUnclear,
      isByChance: this.isByChance,
      blindCalls: this.blindCalls,
      givenAway: this.givenAway.length,
      changes: journal.changes.length,
      births: journal.births,
      ids: this.#ids,
      later: this.later,
      made: this.made.length,
      since,
    };
  }

  close({ since }: Mark): void {
    this.journal.since = since;
  }

  /** Goes back to where it stood, all that changed since taken back. */
  backTo(mark: Mark): void {
    this.journal.backTo(mark.changes);
    this.later = mark.later;
    this.made.length = mark.made;
    this.#answers = mark.answers;
    this.hasSamples = mark.hasSamples;
    this.isUnclear = mark.isUnclear;
    this.isByChance = mark.isByChance;
    this.blindCalls = mark.blindCalls;
    this.givenAway.length = mark.givenAway;
    this.decideAs(mark, mark.decisions.slice(0, mark.told));
  }

  /** Stands where it was decided to go, with what is decided beyond that. */
  decideAs({ asked, path, parts, choices, callerChoices }: Decided, decisions: boolean[]): void {
    this.decisions = decisions;
    this.#asked = asked;
    this.#path = path;
    this.#parts = parts;
    this.choices = choices;
    this.callerChoices = callerChoices;
    this.#apartHere = this.#apart.get(path);
  }

  get asked(): number {
    return this.#asked;
  }

  get answers(): ReadonlyMap<string, boolean> {
    return this.#answers;
  }

  /** Somebody calls again: what was not known then may be otherwise now, but for what stays as it is. */
  forgetAnswers(): void {
    this.#answers = new Map([...this.#answers].filter(([question]) => question.endsWith(CONSTANT)));
  }

  set answers(answers: ReadonlyMap<string, boolean>) {
    this.#answers = answers;
  }

  /** Whether the ways of a part of the code are known to be no fewer when they are gone at once. */
  isApart({ parts }: Mark): boolean {
    return this.#apartHere?.has(parts) === true;
  }

  keepApart({ path, parts }: Mark): void {
    this.#apart.set(path, (this.#apart.get(path) ?? new Set()).add(parts));
    this.#apartHere = this.#apart.get(this.#path);
  }

  /** Whether something of which nothing is known is true, or is there: the same until somebody calls again. */
  chooseOf(question: 'true' | 'nothing', cause: Thing): boolean {
    const { sample } = cause;
    if (sample !== undefined && !differs(sample)) return this.ask(`${question} ${sample}`);
    const same = this.isSameCaller && cause.fromCaller === true ? cause.told : undefined;
    const of = `${same ?? cause.id}${same !== undefined || cause.isConstant === true ? CONSTANT : ''}`;
    const known = this.#answers.get(`${question} ${of}`);
    if (known !== undefined) return known;
    // What is nothing is not true, and what is true is something.
    if (this.#answers.get(`${OTHER_QUESTION[question]} ${of}`) === true) return false;
    const answer = this.choose(cause);
    this.#answers = new Map(this.#answers).set(`${question} ${of}`, answer);
    return answer;
  }

  /** Whether something holds that is the same for all who call, whatever else they give. */
  ask(question: string): boolean {
    return this.answer(question, this.answerTo(question) ?? this.decide(false));
  }

  answer(question: string, answer: boolean): boolean {
    this.#answers = new Map(this.#answers).set(`${question}${CONSTANT}`, answer);
    return answer;
  }

  answerTo(question: string): boolean | undefined {
    return this.#answers.get(`${question}${CONSTANT}`);
  }

  /** Goes one way at a place where the code could go both; the caller decides where it hangs on what they gave. */
  choose(cause?: Value): boolean {
    return this.decide(cause !== undefined && cause.is !== 'primitive' && cause.fromCaller === true);
  }

  /** The same, where it is known whether that hangs on what they gave. */
  decide(isOfCaller: boolean): boolean {
    if (isOfCaller) this.callerChoices += 1;
    else this.choices += 1;
    const decision = this.decisions[this.#asked] ?? true;
    this.decisions[this.#asked] = decision;
    this.#asked += 1;
    this.#path += decision ? '1' : '0';
    this.#apartHere = this.#apart.get(this.#path);
    return decision;
  }

  get steps(): number {
    return this.#steps;
  }

  step(): void {
    this.#steps += 1;
    if (this.#steps > this.#mostSteps) throw new GaveUp('too many steps');
  }

  /** Counts the steps of another way. */
  beginWay(): void {
    this.#mostSteps = this.#steps + MOST_STEPS;
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

  thing(is: Thing['is'], { properties, entries, ...more }: Made = {}): Thing {
    this.#ids += 1;
    return {
      is,
      id: this.#ids,
      agent: false,
      properties: this.map(properties),
      ...(entries && { entries: this.map(entries) }),
      ...more,
    };
  }

  /** Puts a call off. */
  putOff(later: Later): void {
    this.later = [...this.later, later];
  }

  /** Notes what would be made whenever somebody looked first, so that nothing changes by it. */
  remember(map: JournaledMap<Value>, key: string, value: Value): void {
    map.remember(key, value);
    const settle = (each: Value): void => {
      if (each.is === 'primitive' || each.properties.born === 0) return;
      each.properties.born = 0;
      if (each.entries) each.entries.born = 0;
      for (const inner of each.properties.values()) settle(inner);
    };
    settle(value);
  }

  /** Notes a change that matters, unless that is as new which it changes. */
  change(undo: () => void, born = 0): void {
    this.journal.note({ undo, born });
  }

  /** A map that can be taken back to what it was. */
  map<Item>(entries?: Iterable<readonly [string, Item]>): JournaledMap<Item> {
    return new JournaledMap(this.journal, entries);
  }

  unknown = (): Thing => this.thing('unknown');

  /** What an asynchronous function gives: a promise is there, also of nothing. */
  promise(of: Value): Value {
    return of.is === 'primitive' ? this.thing('unknown', { deferred: { value: of } }) : of;
  }

  function(call: (args: Value[], self: Value) => Value, more: Made = {}): Thing {
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
}
