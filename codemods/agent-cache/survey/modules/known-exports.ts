import type { Exports } from '../code/exported-paths.ts';

/**
 * What files export, each read once. Files may import from each other in a circle: one that is asked for while it is
 * being read answers with what it has announced, and what was read in the circle is kept only until its end.
 */
export class KnownExports<Value> {
  readonly #whole = new Map<string, Exports<Value>>();
  readonly #partial = new Map<string, Exports<Value>>();
  readonly #begun = new Map<string, Exports<Value>>();
  #isPartial = false;

  of(file: string, read: (announce: (own: Exports<Value>) => void) => Exports<Value>): Exports<Value> {
    const present = this.#whole.get(file);
    if (present) return present;
    const part = this.#begun.get(file) ?? this.#partial.get(file);
    if (part) {
      this.#isPartial = true;
      return part;
    }
    const before = this.#isPartial;
    this.#isPartial = false;
    this.#begun.set(file, new Map());
    const found = read((own) => this.#begun.set(file, own));
    this.#begun.delete(file);
    const isFirst = this.#begun.size === 0;
    (this.#isPartial && !isFirst ? this.#partial : this.#whole).set(file, found);
    if (isFirst) this.#partial.clear();
    this.#isPartial = !isFirst && (before || this.#isPartial);
    return found;
  }
}
