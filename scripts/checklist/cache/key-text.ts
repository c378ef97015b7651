import { areOfCaller, isOfCaller, type Value } from './values.ts';

/** What the caller gives is one key: a cache is asked for the same thing twice. All else that is not known is its own. */
export function keyText(key: Value | undefined): string {
  if (key === undefined) return String(undefined);
  if (key.is === 'primitive') return String(key.value);
  if (key.sample !== undefined) return key.sample;
  if (key.fresh !== undefined) return `#${key.fresh.text}`;
  if (key.reckoned !== undefined && Number.isFinite(key.reckoned.value)) return `@${key.reckoned.value}`;
  if (key.is !== 'unknown' || key.isOfRequest === true) return `#${key.id}`;
  return key.fromCaller === true ? `?${key.told ?? ''}` : `?${key.id}`;
}

const OPEN = '⟨';
const CALLERS = `${OPEN}⟩`;

/** What stands for an argument that whoever calls gives, by its number from 0. */
export function argumentText(index: number): string {
  return `${OPEN}${String.fromCodePoint(97 + index)}⟩`;
}

/** What a text is made of, some of which whoever calls gave: what they give is the same whenever they ask for the same. */
export function toldText(parts: readonly (Value | string)[]): string {
  const text = (part: Value | string): string => {
    if (typeof part === 'string') return part;
    if (part.is === 'primitive') return String(part.value);
    if (part.fromCaller === true) return part.told ?? CALLERS;
    // A function is written once, and made at each call.
    if (part.is === 'function' && part.code !== undefined) return `ƒ${part.code.start}`;
    return part.is === 'object' ? `{${[...part.properties.values()].map(text).join()}}` : keyText(part);
  };
  return parts.map(text).join('');
}

/** What is made of what whoever calls gave, and of nothing else, with a text that tells it; undefined for all else. */
export function toldOf(parts: readonly (Value | string)[]): { fromCaller: true; told: string } | undefined {
  const values = parts.filter((each) => typeof each !== 'string');
  const isTold = (value: Value): boolean =>
    value.is === 'primitive' ||
    (isOfCaller(value) ? value.told !== undefined : [...value.properties.values()].every(isTold));
  return areOfCaller(values) && values.every(isTold)
    ? { fromCaller: true, told: toldText(parts) }
    : undefined;
}

/** Whether two keys, both made of what the caller gives, differ in what is counted or timed alone: they are two for sure. */
export function differInNumbers(one: string, other: string): boolean {
  const shape = (text: string) => text.replaceAll(/\d+(?:\.\d+)?/g, '0');
  return one !== other && one.includes(OPEN) && shape(one) === shape(other);
}
