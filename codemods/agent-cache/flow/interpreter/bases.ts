import type { Thing, Value } from './values.ts';

/** What an object extends that cannot be read. */
export function baseOf(thing: Thing): string | undefined {
  for (let each: Thing | undefined = thing; each; each = each.proto)
    if (each.base !== undefined) return each.base;
  return undefined;
}

/** Whether that is Node's own, whose methods are known. */
export function isNative(thing: Thing): boolean {
  return baseOf(thing)?.startsWith('native ') === true;
}

export function isCode(value: Value): boolean {
  return [...value.things.keys()].every(({ kind }) => kind === 'function' || kind === 'class');
}
