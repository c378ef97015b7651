import type { Machine, Site } from './machine.ts';
import { join, NOTHING, only, PLAIN, plain, type Reach, type Thing, type Value } from './values.ts';

const GENERATOR = 'generator';
/** What `list.values()` and its like give. */
export const ITERATOR = 'iterator';

/** What a call of a generator gives: it yields some values, one after the other. */
export function generatorOf(yielded: Value, site: Site, machine: Machine): Value {
  const thing = machine.make(site.node, 'collection', GENERATOR, site.file, machine.epoch, 4);
  machine.put(thing, '*', yielded);
  return join(yielded, only(thing));
}

/** Whether something is used up by who goes through it: what a generator gives, or a list its `values()`. */
export function isUsedUp({ kind, label }: Thing): boolean {
  return (kind === 'collection' && label === GENERATOR) || (kind === 'array' && label === ITERATOR);
}

/** Whether a method asks an iterator for what comes next. */
export function isStep({ kind }: Thing, name: string): boolean {
  return (kind === 'array' || kind === 'collection') && /^(next|return|throw)$/.test(name);
}

/** Such a step: who comes later is given what follows. */
export function stepped(
  thing: Thing,
  reach: Reach,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): Value {
  const element = machine.get(only(thing, reach), '*', site);
  if (machine.outlives(thing, reach))
    machine.noteWrite(machine.cellOf(thing, '*'), plain(machine.taintOf(...args)), site, 'change');
  const made = machine.make(site.node, 'object', '', site.file, machine.epoch, 5);
  machine.put(made, 'value', element);
  machine.put(made, 'done', PLAIN);
  return only(made);
}

/** A loop over a generator, or an iterator, that is kept takes what it yields from those who come later. */
export function consumed(of: Value, site: Site, machine: Machine): void {
  for (const [thing, reach] of of.things) {
    if (isUsedUp(thing) && machine.outlives(thing, reach))
      machine.noteWrite(machine.cellOf(thing, '*'), NOTHING, site, 'change');
  }
}
