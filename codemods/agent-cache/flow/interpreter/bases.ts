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

/** Whether what it shows is of the request that goes on. */
export function isAsyncContext(thing: Thing): boolean {
  return /^(async context|native node:async_hooks\.AsyncLocalStorage)$/.test(baseOf(thing) ?? '');
}

export function isCode({ things }: Value): boolean {
  return things.size > 0 && [...things.keys()].every(({ kind }) => kind === 'function' || kind === 'class');
}
