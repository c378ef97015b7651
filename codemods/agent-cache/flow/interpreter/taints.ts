import { namesUsedBy } from './names-used.ts';
import { type Frame, FROM, type Reach, type Thing, type Value } from './values.ts';

/** What outlives the run that goes on, whose values are not its caller's. */
interface Lasting {
  outlives(thing: Thing, reach: Reach): boolean;
  isKept(frame: Frame): boolean;
}

/** How many objects are looked through for one. */
const MAX_OBJECTS = 300;

/**
 * What differs by the caller in a value, and in all that was made for it. Asked at every call of code that cannot be
 * read, so what was found is kept until an object or a variable holds something new.
 */
export class Taints {
  readonly #lasting: Lasting;
  readonly #known = new Map<Thing, number>();

  constructor(lasting: Lasting) {
    this.#lasting = lasting;
  }

  /** An object or a variable holds something new, or another run goes on. */
  forget(): void {
    if (this.#known.size > 0) this.#known.clear();
  }

  of(value: Value): number {
    return this.#ofValue(value, undefined) & ~FROM.plain;
  }

  #ofValue({ from, things }: Value, seen: Set<Thing> | undefined): number {
    let found = from;
    for (const [thing, reach] of things)
      if (!this.#lasting.outlives(thing, reach)) found |= this.#ofThing(thing, seen);
    return found;
  }

  #ofThing(thing: Thing, seen: Set<Thing> | undefined): number {
    const known = this.#known.get(thing);
    if (known !== undefined) return known;
    const within = seen ?? new Set<Thing>();
    if (within.has(thing) || within.size > MAX_OBJECTS) return 0;
    within.add(thing);
    let from = 0;
    for (const prop of thing.props.values()) from |= this.#ofValue(prop, within);
    if (thing.code) from |= this.#captured(thing, within);
    // Within a circle only the object that was asked for has been seen to its end.
    if (!seen) this.#known.set(thing, from);
    return from;
  }

  /** What a function has of the run that made it: whoever keeps the function keeps that. */
  #captured({ code }: Thing, seen: Set<Thing>): number {
    let from = 0;
    for (const arg of code?.bound?.args ?? []) from |= this.#ofValue(arg, seen);
    for (let frame = code?.frame; frame && !this.#lasting.isKept(frame); frame = frame.parent) {
      const used = code ? namesUsedBy(code.node) : undefined;
      for (const [name, { value }] of frame.vars) {
        if (used?.has(name)) from |= this.#ofValue(value, seen);
      }
    }
    return from;
  }
}
