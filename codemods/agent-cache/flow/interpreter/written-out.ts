import type { Machine, Site } from './machine.ts';
import { only, type Reach, type Thing, type Value } from './values.ts';

/** How deep in objects it is read what a text of them shows. */
const MAX_DEPTH = 4;
/** Methods by which an object says of itself what it is as a text, or as a number. */
export const CONVERTS: readonly string[] = ['toString', 'valueOf', 'toPrimitive', 'toJSON'];

/** Reads all that a text or a deep copy of a value shows: `JSON.stringify(this)`, `structuredClone(this)`. */
export function writtenOut(value: Value, site: Site, machine: Machine): void {
  // By levels, so that what many objects hold is read once, and from as near as it can be reached.
  const seen = new Map<Thing, Set<Reach>>();
  let level: readonly Value[] = [value];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++)
    level = fresh(level, seen).flatMap(([thing, reach]) => partsOf(thing, reach, site, machine));
}

/** Objects that are reached in a way in which they were not before. */
function fresh(values: readonly Value[], seen: Map<Thing, Set<Reach>>): [Thing, Reach][] {
  return values
    .flatMap(({ things }) => [...things])
    .filter(([thing, reach]) => {
      const known = seen.get(thing) ?? new Set();
      seen.set(thing, known);
      return !known.has(reach) && known.add(reach);
    });
}

/** What is read of one object. */
function partsOf(thing: Thing, reach: Reach, site: Site, machine: Machine): Value[] {
  if (thing.code || !/^(instance|object|array)$/.test(thing.kind)) return [];
  const self = only(thing, reach);
  if (converted(self, ['toJSON'], site, machine)) return [];
  const names = [...thing.props.keys()].filter((name) => !/^[.#]/.test(name));
  machine.spend(names.length);
  return names.map((name) => machine.get(self, name, site));
}

/** Asks objects for their text: `${this}`, `String(this)`, `this + 1`. */
export function asText(value: Value, site: Site, machine: Machine): void {
  for (const [thing, reach] of value.things)
    if (/^(instance|object)$/.test(thing.kind)) converted(only(thing, reach), CONVERTS, site, machine);
}

function converted(self: Value, names: readonly string[], site: Site, machine: Machine): boolean {
  const [thing] = self.things.keys();
  const own = thing ? names.filter((name) => machine.holderOf(thing, name)) : [];
  for (const name of own) machine.run.call(machine.get(self, name, site), self, [], site);
  return own.length > 0;
}
