import { namesUsedBy } from './names-used.ts';
import { changesReach, type Frame, FROM, type Reach, type Thing, type Value } from './values.ts';

/** What outlives the run that goes on, whose values are not its caller's. */
interface Lasting {
  outlives(thing: Thing, reach: Reach): boolean;
  isKept(frame: Frame): boolean;
  /** Counts how many objects were looked at: where each holds all others, that is most of the work. */
  spend(looks: number): void;
}

/** One search through objects that hold one another: by Tarjan's way, all of a circle come to the same. */
interface Search {
  /** In the order in which they were met. */
  met: Map<Thing, number>;
  /** Those whose circle has not been seen to its end, and what was found of each so far. */
  open: Map<Thing, number>;
  /** The same in the order in which they were met. */
  stack: Thing[];
  looks: number;
}

/**
 * What differs by the caller in a value, and in all that was made for it. Asked at every call of code that cannot be
 * read, so what was found is kept until something is held that adds to it: nearly all that code stores does not.
 */
export class Taints {
  readonly #lasting: Lasting;
  readonly #known = new Map<Thing, number>();

  constructor(lasting: Lasting) {
    this.#lasting = lasting;
  }

  /** Another run goes on, or it is not known what changed. */
  forget(): void {
    if (this.#known.size > 0) this.#known.clear();
  }

  /** An object is about to hold something more. What nobody asked about is below nothing that was. */
  adds(thing: Thing, before: Value, value: Value): void {
    const own = this.#known.get(thing);
    if (own === undefined) return;
    if (changesReach(before, value) || (this.of(value) & ~own) !== 0) this.forget();
  }

  /** A variable is about to be something more: who holds it has what it was already. */
  widens(before: Value, value: Value): void {
    if (this.#known.size === 0) return;
    if (changesReach(before, value) || (this.of(value) & ~this.of(before)) !== 0) this.forget();
  }

  of({ from, things }: Value): number {
    let found = from;
    for (const [thing, reach] of things) {
      if (this.#lasting.outlives(thing, reach)) continue;
      const known = this.#known.get(thing);
      found |= known ?? this.#found(thing);
    }
    return found & ~FROM.plain;
  }

  #found(thing: Thing): number {
    const search: Search = { met: new Map(), open: new Map(), stack: [], looks: 0 };
    const { from } = this.#visit(thing, search);
    this.#known.set(thing, from);
    this.#lasting.spend(search.looks);
    return from;
  }

  /** @returns what was found below a thing, and the first met of those that it leads back to */
  #visit(thing: Thing, search: Search): { from: number; first: number } {
    const { met, open, stack } = search;
    const own = met.size;
    met.set(thing, own);
    open.set(thing, 0);
    stack.push(thing);
    let from = 0;
    let first = own;
    for (const value of this.#heldBy(thing)) {
      from |= value.from;
      for (const [inner, reach] of value.things) {
        search.looks += 1;
        if (this.#lasting.outlives(inner, reach)) continue;
        const known = this.#known.get(inner);
        if (known !== undefined) from |= known;
        else if (open.has(inner)) first = Math.min(first, met.get(inner) ?? own);
        else if (met.has(inner)) continue;
        else {
          const below = this.#visit(inner, search);
          from |= below.from;
          first = Math.min(first, below.first);
        }
      }
    }
    open.set(thing, from);
    if (first === own) this.#close(own, search);
    return { from, first };
  }

  /** All that were met since a thing that leads to no earlier one form circles with it, and hold the same. */
  #close(since: number, { met, open, stack }: Search): void {
    const start = stack.findLastIndex((thing) => met.get(thing) === since);
    const circle = stack.splice(start);
    let from = 0;
    for (const thing of circle) from |= open.get(thing) ?? 0;
    for (const thing of circle) {
      open.delete(thing);
      this.#known.set(thing, from);
    }
  }

  *#heldBy(thing: Thing): Iterable<Value> {
    yield* thing.props.values();
    if (thing.code) yield* this.#captured(thing);
  }

  /** What a function has of the run that made it: whoever keeps the function keeps that. */
  *#captured({ code }: Thing): Iterable<Value> {
    yield* code?.bound?.args ?? [];
    for (let frame = code?.frame; frame && !this.#lasting.isKept(frame); frame = frame.parent) {
      const used = code ? namesUsedBy(code.node) : undefined;
      for (const [name, { value }] of frame.vars) if (used?.has(name)) yield value;
    }
  }
}
