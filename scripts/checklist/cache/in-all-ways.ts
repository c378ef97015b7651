import { isData, isUntold } from './data.ts';
import { following } from './following.ts';
import type { Change, Place } from './journal.ts';
import type { Mark } from './marks.ts';
import type { Run } from './run.ts';
import { Thrown } from './thrown.ts';
import { isOfCaller, isPromiseOfData, settledValue, textOf, type Value } from './values.ts';

/** More ways than that through a part of the code, and each goes on by itself. */
const MOST_WAYS = 16;
/** Parts that begin behind one that was gone in all ways are numbered from so much further on. */
const PARTS_WITHIN = 1_000_000;

/** What the results of some ways have to do with each other. */
export interface Joint<Result> {
  /** The kind of each result, undefined for one that is like no other: what is of one kind can be united. */
  kindsOf: (results: readonly Result[], mark: Mark) => (string | undefined)[];
  /** One result that stands for some of a kind. */
  unite: (results: readonly Result[], isOfCaller: boolean, run: Run) => Result;
}

type Outcome<Result> = { result: Result } | { thrown: Thrown };

interface Way<Result> {
  outcome: Outcome<Result>;
  decisions: boolean[];
  places: readonly Place[];
  values: readonly unknown[];
  answers: ReadonlyMap<string, boolean>;
  isOfCaller: boolean;
  isUnclear: boolean;
  blindCalls: number;
  givenAway: readonly Value[];
}

/**
 * Runs a part of the code in every way that it could go, and goes on with those as one that differ in nothing but
 * numbers, texts and what is not known: that is not known then. Where they differ in more, such as in what is kept or
 * made, each goes on by itself.
 *
 * @throws what the code throws
 */
export function inAllWays<Result>(run: Run, go: () => Result, joint: Joint<Result>): Result {
  // Samples tell what is made of what is given: nothing of that may be lost.
  if (run.hasSamples) return go();
  const mark = run.mark();
  try {
    return run.isApart(mark) ? go() : goFrom(mark, { run, go, joint, mark });
  } finally {
    run.close(mark);
  }
}

function goFrom<Result>(mark: Mark, part: Part<Result>): Result {
  const { run, go, joint } = part;
  const isTold = mark.told > mark.asked;
  if (isTold) run.decisions = mark.decisions.slice(0, mark.asked);
  let outcome = attempt(go);
  if (run.asked === mark.asked) {
    if (isTold) run.decisions = mark.decisions.slice(0, mark.told);
    return resultOf(outcome);
  }
  const alone = () => {
    run.backTo(mark);
    run.keepApart(mark);
    return go();
  };
  if ('gaveUp' in outcome || !isQuiet(run, mark)) {
    if (isTold) return alone();
    run.keepApart(mark);
    return resultOf(outcome);
  }
  const ways: Way<Result>[] = [];
  for (let next: boolean[] | undefined = []; next !== undefined; ) {
    if (ways.length > 0) {
      run.decisions = [...mark.decisions.slice(0, mark.asked), ...next];
      outcome = attempt(go);
    }
    if (ways.length >= MOST_WAYS || 'gaveUp' in outcome || !isQuiet(run, mark)) return alone();
    ways.push(wayGone(run, mark, outcome));
    next = following(run.decisions.slice(mark.asked));
    run.backTo(mark);
  }
  const groups = grouped(ways, joint, mark);
  return groups.length === ways.length ? alone() : goOnWith(groups, part);
}

function attempt<Result>(go: () => Result): Outcome<Result> | { gaveUp: unknown } {
  try {
    return { result: go() };
  } catch (error) {
    return error instanceof Thrown ? { thrown: error } : { gaveUp: error };
  }
}

function resultOf<Result>(outcome: Outcome<Result> | { gaveUp: unknown }): Result {
  if ('gaveUp' in outcome) throw outcome.gaveUp;
  if ('thrown' in outcome) throw outcome.thrown;
  return outcome.result;
}

/** Whether nothing but numbers, texts and what is not known differs from what was there at a mark. */
function isQuiet(run: Run, mark: Mark): boolean {
  if (run.later !== mark.later || run.made.length !== mark.made) return false;
  const isPlain = (value: unknown) => value === undefined || isData(value as Value);
  for (const change of changesSince(run, mark)) {
    if (!('map' in change)) return false;
    if (!isPlain(change.before) || !isPlain(change.map.get(change.key))) return false;
  }
  return true;
}

/** What was changed of that which was there at a mark. */
function* changesSince({ journal: { changes } }: Run, mark: Mark): Iterable<Change | Place> {
  for (let index = mark.changes; index < changes.length; index += 1) {
    const change = changes[index];
    if (change && ('map' in change ? change.map.born : change.born) <= mark.births) yield change;
  }
}

function wayGone<Result>(run: Run, mark: Mark, outcome: Outcome<Result>): Way<Result> {
  const changed = [...changesSince(run, mark)].filter((each) => 'map' in each);
  const places = changed.filter(
    (each, index) => changed.findIndex((one) => isSamePlace(one, each)) === index,
  );
  return {
    outcome,
    decisions: run.decisions.slice(mark.asked),
    places,
    values: places.map(({ map, key }) => (map.has(key) ? map.get(key) : ABSENT)),
    answers: run.answers,
    isOfCaller: run.choices === mark.choices,
    isUnclear: run.isUnclear,
    blindCalls: run.blindCalls,
    givenAway: run.givenAway.slice(mark.givenAway),
  };
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.map === other.map && one.key === other.key;
}

const ABSENT = Symbol('absent');

/** Ways that can be one, by their results; each by itself where they differ in what is there at all. */
function grouped<Result>(ways: readonly Way<Result>[], joint: Joint<Result>, mark: Mark): Way<Result>[][] {
  const results = ways.flatMap(({ outcome }) => ('result' in outcome ? [outcome.result] : []));
  const kinds = joint.kindsOf(results, mark);
  const groups = new Map<string, Way<Result>[]>();
  const all = placesOf(ways);
  for (const [index, way] of ways.entries()) {
    const kind = 'result' in way.outcome ? (kinds.shift() ?? `alone ${index}`) : 'thrown';
    const there = all.map((place) => (valueIn(way, place) === ABSENT ? '-' : '+')).join('');
    const key = `${there} ${kind}`;
    groups.set(key, [...(groups.get(key) ?? []), way]);
  }
  return [...groups.values()];
}

function placesOf<Result>(ways: readonly Way<Result>[]): Place[] {
  const found: Place[] = [];
  for (const place of ways.flatMap(({ places }) => places))
    if (!found.some((each) => isSamePlace(each, place))) found.push(place);
  return found;
}

function valueIn<Result>(way: Way<Result>, place: Place): unknown {
  const index = way.places.findIndex((each) => isSamePlace(each, place));
  if (index !== -1) return way.values[index];
  return place.isThere ? place.before : ABSENT;
}

interface Part<Result> {
  run: Run;
  go: () => Result;
  joint: Joint<Result>;
  mark: Mark;
}

/** Chooses one of some groups of ways, and leaves what all ways of it have in common. */
function goOnWith<Result>(groups: readonly Way<Result>[][], { run, go, joint, mark }: Part<Result>): Result {
  const hangsOnCaller = groups.every((group) => group.every(({ isOfCaller: each }) => each));
  let chosen = 0;
  while (chosen < groups.length - 1 && !run.decide(hangsOnCaller)) chosen += 1;
  const group = groups[chosen] ?? [];
  const decided = {
    asked: run.asked,
    path: `${mark.path}${'0'.repeat(chosen)}${chosen < groups.length - 1 ? '1' : ''}`,
    parts: mark.parts + PARTS_WITHIN,
    choices: run.choices,
    callerChoices: run.callerChoices,
  };
  const { decisions } = run;
  run.decideAs(mark, [...mark.decisions.slice(0, mark.asked), ...(group[0]?.decisions ?? [])]);
  const outcome = attempt(go);
  run.decideAs(decided, decisions);
  if (groups.length === 1) run.isByChance = mark.isByChance;
  run.isUnclear = group.some(({ isUnclear }) => isUnclear);
  run.blindCalls = Math.max(...group.map(({ blindCalls }) => blindCalls));
  run.givenAway.push(...group.flatMap(({ givenAway }) => givenAway));
  for (const place of placesOf(group)) {
    const values = group.map((way) => valueIn(way, place));
    if (values.some((value) => value !== ABSENT && !isSame(value, values[0])))
      place.map.set(place.key, unitedValue(values as Value[], hangsOnCaller, run));
  }
  const [first, ...others] = group.map(({ answers }) => [...answers]);
  run.answers = new Map(
    first?.filter(([question, answer]) => others.every((each) => new Map(each).get(question) === answer)),
  );
  if ('thrown' in outcome || group.length === 1) return resultOf(outcome);
  const results = group.flatMap((way) => ('result' in way.outcome ? [way.outcome.result] : []));
  return joint.unite(results, hangsOnCaller, run);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === ABSENT || other === ABSENT ? one === other : isSameValue(one as Value, other as Value);
}

function isSameValue(a: Value, b: Value): boolean {
  if (a.is === 'primitive') return b.is === 'primitive' && Object.is(a.value, b.value);
  return b.is !== 'primitive' && a.id === b.id;
}

/** What stands for any of some numbers, texts and things that are not known. */
function unitedValue(values: readonly Value[], hangsOnCaller: boolean, run: Run): Value {
  const [first] = values;
  if (first !== undefined && values.every((each) => isSame(each, first))) return first;
  // Of one kind, they are of the same.
  if (first !== undefined && values.every(isPromiseOfData)) return first;
  const isOfThem = hangsOnCaller && values.every((each) => each.is === 'primitive' || isOfCaller(each));
  const isAge = values.every((each) => (each.is === 'primitive' ? each.value === 0 : each.isDifference));
  return run.thing('unknown', {
    ...(isOfThem && { fromCaller: true }),
    ...(isAge && { isDifference: true }),
  });
}

/** Results of which it does not matter what they are. */
export const ALIKE: Joint<unknown> = {
  kindsOf: (results) => results.map(() => 'any'),
  unite: ([first]) => first,
};

/** Values of expressions. */
export const VALUES: Joint<Value> = {
  kindsOf: (values, mark) => {
    const told = new Set(values.flatMap((each) => (each.is === 'primitive' ? [each.value] : [])));
    const areTold = told.size <= 2 && !values.some((each) => isUntold(each));
    return values.map((each) => {
      if (isPromiseOfData(each)) return `promise of ${textOf(settledValue(each))}`;
      if (each.is === 'primitive') return areTold ? `told ${typeof each.value} ${each.value}` : 'data';
      const own = each.id <= mark.ids ? `#${each.id}` : undefined;
      return isUntold(each) ? 'data' : own;
    });
  },
  unite: unitedValue,
};
