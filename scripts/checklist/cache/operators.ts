import { reckon, arithmetic } from './clock.ts';
import { freshResult } from './fresh.ts';
import { toldOf, toldText } from './key-text.ts';
import { isOfNumbers } from './declared-type.ts';
import type { Machine } from './machine.ts';
import { RUN_TOGETHER, runIntoEachOther } from './joined-texts.ts';
import { objectText } from './object-text.ts';
import type { Run } from './run.ts';
import { derived, isConstant, isMissing, oneOfFew, stableText, type Telling } from './telling.ts';
import {
  areOfCaller,
  isOfCaller,
  isPlainObject,
  type Primitive,
  primitive,
  textOf,
  type Thing,
  type Value,
} from './values.ts';

/** Something that is not known, of the caller where what it was made of is. */
export function unknownOf(operator: string, { run }: Machine, ...of: readonly Value[]): Thing {
  if (of.some((each) => run.holdsSample(each)))
    return derived(
      run,
      `(${operator})(${of.map(stableText).join()})`,
      [tellingOf(operator, of), operator],
      'unknown',
    );
  if (areOfChance(of)) return run.thing('unknown', { isChance: true });
  return run.thing(
    'unknown',
    toldOf([`(${operator})`, ...of]) ?? (of.some(isOfCaller) ? { fromCaller: true } : {}),
  );
}

/** Whether there are a number by chance, and else only numbers that the code says. */
function areOfChance(values: readonly Value[]): boolean {
  const isByChance = (value: Value) =>
    value.is !== 'primitive' && (value.isChance === true || Number.isFinite(value.fresh?.among ?? Infinity));
  return values.some(isByChance) && values.every((each) => each.is === 'primitive' || isByChance(each));
}

/** Operators of which so few results are, that different callers come to the same. */
const FEW_RESULTS = /^(?:[<>]=?|[=!]==?|in|instanceof|%|&|>>>?)$/;
/** Operators that have another result for another number, where the other one stays the same. */
const TELLING = /^[-+*/]$/;

function tellingOf(operator: string, of: readonly Value[]): Telling {
  const isOne = of.some(({ is }) => is === 'primitive');
  const isNumber =
    of.length === 1 && of.every((each) => each.is !== 'primitive' && isOfNumbers(each.declared));
  return (isOne && TELLING.test(operator)) || isNumber ? 'all' : 'untold';
}

/** What an operator makes of two values. */
export function binary(operator: string, left: Value, right: Value, machine: Machine): Value {
  if (operator === '+') {
    const [one, other] = [objectText(left, machine), objectText(right, machine)];
    if (one !== undefined || other !== undefined) return binary('+', one ?? left, other ?? right, machine);
  }
  const told = /^[=!]==?$/.test(operator) ? sampledEqual(left, right, machine.run) : undefined;
  if (told !== undefined) return primitive(operator.startsWith('=') ? told : !told);
  if (operator === '+' && (machine.run.holdsSample(left) || machine.run.holdsSample(right))) {
    const text = `${textOf(left)}+${textOf(right)}`;
    return runIntoEachOther([left, right], machine.run)
      ? derived(machine.run, text, RUN_TOGETHER)
      : machine.run.sample(text);
  }
  const known = (value: Value) => value.is !== 'unknown' || value.agent;
  const result =
    left.is === 'primitive' && right.is === 'primitive'
      ? computed(operator, left.value, right.value)
      : undefined;
  if (result !== undefined) return primitive(result);
  const isThere = operator === 'in' ? holds(left, right) : undefined;
  if (isThere !== undefined) return primitive(isThere);
  const fresh = freshResult(operator, left, right, machine.run);
  if (fresh !== undefined) return fresh;
  const onClock = reckon(operator, left, right, machine.run);
  if (onClock !== undefined) return onClock;
  if (operator === '+' && areOfCaller([left, right]))
    return machine.run.thing('unknown', { fromCaller: true, told: toldText([left, right]) });
  if (operator === '-') return { ...unknownOf(operator, machine, left, right), isDifference: true };
  const expired =
    right.is === 'primitive' && left.is === 'unknown' && left.isDifference && Number(right.value) <= 0;
  // Nothing is younger than 0 seconds.
  if (expired && /^[<>]=?$/.test(operator)) return primitive(operator.startsWith('>'));
  // Nothing is less than itself.
  if (/^[<>]$/.test(operator) && left.is !== 'primitive' && right.is !== 'primitive' && left.id === right.id)
    return primitive(false);
  const lossy = FEW_RESULTS.test(operator) ? oneOfFew(operator, [left, right], machine.run) : undefined;
  if (lossy !== undefined) return lossy;
  const isEqual = /^[=!]==?$/.test(operator);
  const compared = comparedConstant(operator, left, right, machine.run);
  if (compared !== undefined) return compared;
  if (!isEqual || !known(left) || !known(right)) return unknownOf(operator, machine, left, right);
  const loose = operator.length === 2;
  const same =
    left.is === 'primitive' && right.is === 'primitive'
      ? loose
        ? (left.value ?? null) === (right.value ?? null)
        : left.value === right.value
      : left.is !== 'primitive' && right.is !== 'primitive' && left.id === right.id;
  return primitive(operator.startsWith('=') ? same : !same);
}

/** Whether a thing of which all is known has a property; undefined for others. */
export function holds(key: Value, owner: Value): boolean | undefined {
  if (key.is !== 'primitive' || !isPlainObject(owner)) return undefined;
  return owner.properties.has(String(key.value)) || String(key.value) in {};
}

/** What two numbers come to, or a text and what is put to it; undefined for all else. */
function computed(operator: string, left: unknown, right: unknown): Primitive['value'] {
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    const result = computed(operator, Number(left), Number(right));
    return typeof result === 'number' && Number.isFinite(result) ? BigInt(Math.trunc(result)) : result;
  }
  if (typeof left === 'string' || typeof right === 'string')
    return operator === '+' ? `${left as string}${right as string}` : undefined;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '**':
      return left ** right;
    case '%':
      return left % right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return arithmetic(operator, left, right);
  }
}

/** What a comparison of something that stays as it is comes to: the same each time. */
function comparedConstant(operator: string, left: Value, right: Value, run: Run): Value | undefined {
  const [constant, other] = left.is === 'primitive' ? [right, left] : [left, right];
  if (constant.is === 'primitive' || constant.isConstant !== true || other.is !== 'primitive')
    return undefined;
  const key = `${left === constant ? '' : 'on '}${operator} ${typeof other.value} ${other.value}`;
  const known = constant.joins?.get(key);
  if (known !== undefined) return known;
  const made = run.thing('unknown', { isConstant: true });
  constant.joins = new Map(constant.joins).set(key, made);
  return made;
}

/** Whether something is equal to a sample, where that is told: what is made of the same is the same, and none is nothing. */
function sampledEqual(left: Value, right: Value, run: Run): boolean | undefined {
  const [one, other] = run.holdsSample(left) ? [left, right] : [right, left];
  if (!run.holdsSample(one)) return undefined;
  if (other.is === 'primitive' && !other.value && typeof other.value !== 'number')
    return one.is !== 'primitive' && isMissing(one, run);
  if (other.is === 'primitive' || other.isConstant === true) return isConstant(stableText(one), other, run);
  if (!run.holdsSample(other)) return other.is === 'unknown' ? undefined : false;
  return stableText(one) === stableText(other);
}
