import type { Machine, Site } from './machine.ts';
import { only, type Value } from './values.ts';

/** How deep in objects it is read what a text of them shows. */
const MAX_DEPTH = 4;
/** Methods by which an object says of itself what it is as a text, or as a number. */
export const CONVERTS: readonly string[] = ['toString', 'valueOf', 'toPrimitive', 'toJSON'];

/** Reads all that a text or a deep copy of a value shows: `JSON.stringify(this)`, `structuredClone(this)`. */
export function writtenOut(value: Value, site: Site, machine: Machine, depth = MAX_DEPTH): void {
  for (const [thing, reach] of value.things) {
    if (depth === 0 || thing.code || !/^(instance|object|array)$/.test(thing.kind)) continue;
    const self = only(thing, reach);
    if (converted(self, ['toJSON'], site, machine)) continue;
    for (const name of thing.props.keys())
      if (!/^[.#]/.test(name)) writtenOut(machine.get(self, name, site), site, machine, depth - 1);
  }
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
