import type { Run } from './run.ts';
import { keyText } from './key-text.ts';
import type { Fresh, Thing, Value } from './values.ts';

/** Of as many numbers, no two calls get the same. */
const ENOUGH = 1_000_000;

/** Something that is another one each time that it is made. */
export function freshValue(run: Run, among = Infinity): Thing {
  const made = run.thing('unknown', among === Infinity ? { truth: true } : {});
  made.fresh = { text: `~${made.id}`, among };
  return made;
}

/** A function that gives another value at each call. */
export function freshGiver(run: Run, among?: number): Thing {
  return run.function(() => freshValue(run, among));
}

export function freshIn(value: Value | undefined): Fresh | undefined {
  return value === undefined || value.is === 'primitive' ? undefined : value.fresh;
}

/** What some code makes of values of which one is another each time, and of which it keeps all; undefined where none is. */
export function madeOfFresh(
  how: string,
  values: readonly Value[],
  run: Run,
  among = Infinity,
): Thing | undefined {
  if (!values.some(freshIn)) return undefined;
  const text = `${how}(${values.map(keyText).join()})`;
  return run.thing('unknown', { fresh: { text, among }, ...(among === Infinity && { truth: true }) });
}

/** What an operator makes of numbers of which one is another each time; undefined for what may be the same again. */
export function freshResult(operator: string, left: Value, right: Value, run: Run): Thing | undefined {
  const [one, other] = [freshIn(left), freshIn(right)];
  if (one === undefined && other === undefined) return undefined;
  const [number] = [left, right].filter((each) => each.is === 'primitive');
  const isText = typeof number?.value === 'string';
  const widest = Math.max(one?.among ?? 0, other?.among ?? 0);
  if (operator === '+' || operator === '-')
    return madeOfFresh(operator, [left, right], run, isText ? Infinity : widest);
  if (operator !== '*' || typeof number?.value !== 'number') return undefined;
  return madeOfFresh(operator, [left, right], run, widest * Math.abs(number.value));
}

/** A whole number of one that is another each time; undefined where there are so few that it may be the same again. */
export function wholeOfFresh(value: Value | undefined, run: Run): Value | undefined {
  const fresh = freshIn(value);
  if (value === undefined || fresh === undefined) return undefined;
  if (fresh.among < ENOUGH) return run.thing('unknown', { isChance: true });
  return madeOfFresh('whole', [value], run);
}

const KEEPING =
  /^(?:toString|slice|substring|substr|replace|replaceAll|toLowerCase|toUpperCase|padStart|padEnd|concat|trim|valueOf|toFixed)$/;

/** A method of a text that is another one each time, where what it gives is, too. */
export function freshMethod(value: Thing, name: string, run: Run): Thing | undefined {
  if (value.fresh === undefined || !KEEPING.test(name)) return undefined;
  return run.function((args) => madeOfFresh(name, [value, ...args], run) ?? run.unknown());
}
