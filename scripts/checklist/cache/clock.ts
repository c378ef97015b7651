import type { Run } from './run.ts';
import { freshGiver, wholeOfFresh } from './fresh.ts';
import { elementsOf, listOf } from './lists.ts';
import { isOfCaller, primitive, type Reckoned, type Thing, type Value } from './values.ts';

/** Milliseconds since 1970 at the first of two calls, and since whatever other clocks count from. */
const NOW = 1_800_000_000_000;
const UPTIME = 10_000_000;
const NANOSECONDS = 1_000_000_000;
/** Milliseconds between two calls in a row. */
export const BETWEEN_CALLS = 5;
/** The same for the calls after those. */
export const BETWEEN_MORE_CALLS = 1;
/** What is over before the next call. */
const OVER_AT_ONCE = 10;
/** No lifetime that nobody knows is as short as a few calls, or longer than the time since 1970, in whatever unit. */
const SHORTEST_LIFE = 100;
const LONGEST_LIFE = 100_000_000;

/** Whether a lifetime in milliseconds, as stores take it, is over before the next call. */
export function isOverAtOnce(lifetime: Value | undefined): boolean {
  if (lifetime?.is !== 'primitive' || typeof lifetime.value !== 'number') return false;
  // None at all is no limit.
  return lifetime.value > 0 && lifetime.value < OVER_AT_ONCE;
}

/** What `Date` and `performance` are where the clock is known; undefined for other names, and where it is not. */
export function clockOf(name: string, run: Run): Thing | undefined {
  if (run.clock === undefined) return undefined;
  const reading = (since: number, scale = 1) =>
    run.function(() => reckoned('time', (since + (run.clock ?? 0)) / scale, run));
  if (name === 'process')
    return run.thing('unknown', {
      properties: [
        ['hrtime', hrtime(run)],
        ['uptime', reading(UPTIME, 1000)],
      ],
    });
  if (name === 'Number' || name === 'BigInt') return numbers(name, run);
  if (name === 'performance') return run.thing('unknown', { properties: [['now', reading(UPTIME)]] });
  if (name === 'Math') return roundings(run);
  if (name !== 'Date') return undefined;
  const now = reading(NOW);
  return run.thing('unknown', {
    properties: [['now', now]],
    call: (args) =>
      args.length > 0
        ? run.unknown()
        : run.thing('unknown', {
            reckoned: { kind: 'time', value: NOW + (run.clock ?? 0) },
            properties: [
              ['getTime', now],
              ['valueOf', now],
              ...WRITTEN.map((name): [string, Thing] => [name, dateText(NOW + (run.clock ?? 0), run)]),
            ],
          }),
  });
}

/** What shows a date to the millisecond. */
const WRITTEN = ['toISOString', 'toJSON'] as const;

function dateText(time: number, run: Run): Thing {
  return run.function(() => primitive(new Date(time).toISOString()));
}

/** A time as it is written; undefined for what is none, or is not known. */
export function timeText(value: Value): Value | undefined {
  const time = value.is === 'primitive' ? undefined : value.reckoned?.value;
  return time !== undefined && Number.isFinite(time) ? primitive(String(time)) : undefined;
}

/** `process.hrtime()`: seconds and nanoseconds, also since another one, and `hrtime.bigint()`. */
function hrtime(run: Run): Thing {
  const passed = () => (UPTIME + (run.clock ?? 0)) / 1000;
  const bigint = run.function(() => reckoned('time', passed() * NANOSECONDS, run));
  return run.function(
    ([since]) => {
      const [seconds, rest] = (since === undefined ? undefined : elementsOf(since)) ?? [];
      const [from, more] = [seconds, rest].map((each) => (each === undefined ? undefined : asReckoned(each)));
      if (since !== undefined && (from === undefined || more === undefined)) return run.unknown();
      const time = passed() - (from?.value ?? 0) - (more?.value ?? 0) / NANOSECONDS;
      const kind = since === undefined ? 'time' : 'age';
      const whole = Math.floor(time);
      return listOf([reckoned(kind, whole, run), reckoned(kind, (time - whole) * NANOSECONDS, run)], run);
    },
    { properties: [['bigint', bigint]] },
  );
}

/** Conversions leave a time what it is. */
function numbers(name: string, run: Run): Thing {
  const convert = name === 'Number' ? Number : BigInt;
  return run.thing('unknown', {
    isPure: true,
    call: ([value]) => {
      if (value !== undefined && value.is !== 'primitive' && value.reckoned !== undefined) return value;
      return value?.is === 'primitive' && typeof value.value === 'number'
        ? primitive(convert(value.value))
        : run.thing('unknown', value && isOfCaller(value) ? { fromCaller: true } : { isPure: true });
    },
  });
}

/** What makes whole numbers of what a clock shows. */
export const ROUNDINGS = ['floor', 'ceil', 'round', 'trunc', 'abs'] as const;

function roundings(run: Run): Thing {
  const round = (name: (typeof ROUNDINGS)[number]) =>
    run.function(([value]) => {
      if (value === undefined || value.is === 'primitive' || value.reckoned === undefined)
        return wholeOfFresh(value, run) ?? run.unknown();
      return reckoned(value.reckoned.kind, Math[name](value.reckoned.value), run);
    });
  return run.thing('unknown', {
    properties: [
      ['random', freshGiver(run, 1)],
      ...ROUNDINGS.map((name): [string, Thing] => [name, round(name)]),
    ],
  });
}

/** What an operator makes of times and ages; undefined where it has to do with none, or nothing is known of it. */
export function reckon(operator: string, left: Value, right: Value, run: Run): Value | undefined {
  const [one, other] = [asReckoned(left), asReckoned(right)];
  if (one?.kind === undefined && other?.kind === undefined) return undefined;
  if (/^[<>]=?$/.test(operator)) {
    // Nothing is more or less than what was made of nothing.
    if (Number.isNaN(one?.value) || Number.isNaN(other?.value)) return primitive(false);
    const isLess = one && other ? lessThan(one.value, other.value) : lessThanUntold(one, other);
    if (isLess === undefined) return undefined;
    return primitive(operator.startsWith('<') ? isLess : !isLess);
  }
  if (operator === '+' && one?.kind === 'time' && !other && right.is === 'unknown')
    return reckoned('time', Infinity, run);
  if (operator === '+' && other?.kind === 'time' && !one && left.is === 'unknown')
    return reckoned('time', Infinity, run);
  if (!one || !other || [one, other].every(({ value }) => Math.abs(value) === Infinity)) return undefined;
  const isAge = operator === '-' && one.kind === 'time';
  const kind = isAge ? 'age' : (one.kind ?? other.kind ?? 'age');
  const value = arithmetic(operator, one.value, other.value);
  return value === undefined ? undefined : reckoned(kind, value, run);
}

function reckoned(kind: Reckoned['kind'], value: number, run: Run): Thing {
  return run.thing('unknown', { reckoned: { kind, value }, truth: value !== 0 && !Number.isNaN(value) });
}

function asReckoned(value: Value): { kind?: Reckoned['kind']; value: number } | undefined {
  if (value.is !== 'primitive') return value.reckoned;
  const isNumber = typeof value.value === 'number' || typeof value.value === 'bigint';
  return isNumber || value.value == null ? { value: Number(value.value) } : undefined;
}

function lessThan(one: number, other: number): boolean | undefined {
  return Number.isFinite(one) || Number.isFinite(other) ? one < other : undefined;
}

/** Whether one is less than the other, of which one is a lifetime that nobody knows. */
function lessThanUntold(one?: Partial<Reckoned>, other?: Partial<Reckoned>): boolean | undefined {
  const known = one ?? other;
  if (known?.kind !== 'age' || known.value === undefined || !Number.isFinite(known.value)) return undefined;
  if (known.value >= 0 && known.value < SHORTEST_LIFE) return one !== undefined;
  return known.value > LONGEST_LIFE ? one === undefined : undefined;
}

/** What one of the four operations makes of two numbers; undefined for other operators. */
export function arithmetic(operator: string, one: number, other: number): number | undefined {
  switch (operator) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    case '/':
      return one / other;
    default:
      return undefined;
  }
}
