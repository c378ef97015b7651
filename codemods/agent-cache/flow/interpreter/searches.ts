import type { Machine, Site } from './machine.ts';
import { FROM, plain, type Reach, type Thing, type Value } from './values.ts';

/** Whether a method searches by a regular expression that goes on where the search before it ended: one with `g` or `y`. */
export function isSearch({ label }: Thing, name: string): boolean {
  return label === 'RegExp' && /^(exec|test)$/.test(name);
}

/** Such a search: where it ended is kept in the expression. */
export function searched(
  thing: Thing,
  reach: Reach,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): Value {
  const from = machine.taintOf(...args);
  if (machine.outlives(thing, reach)) {
    const cell = machine.cellOf(thing, 'lastIndex');
    machine.noteRead(cell, site, false);
    machine.noteWrite(cell, plain(from), site, 'change');
  }
  return plain(from & ~FROM.plain);
}
