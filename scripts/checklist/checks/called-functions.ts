import type { ModuleFacts } from './facts.ts';
import type { SourceIndex } from './source-index.ts';
import { isMethod, nameOf } from './used-functions.ts';

const byIndex = new WeakMap<SourceIndex, CalledFunctions>();

/** Whether somebody calls all of some functions of a file: what one that nobody calls would register answers nothing. */
export function areCalled(index: SourceIndex, file: string, names: readonly string[]): boolean {
  const known = byIndex.get(index) ?? new CalledFunctions(index);
  byIndex.set(index, known);
  return names.every((name) => known.isCalled(file, name));
}

/** Which functions of a tree somebody calls; each is asked about once. */
class CalledFunctions {
  readonly #index: SourceIndex;
  readonly #known = new Map<string, boolean>();
  /** Those that are asked about: one that only what it calls itself would call is called by nobody. */
  readonly #asked = new Set<string>();
  #circles = 0;

  constructor(index: SourceIndex) {
    this.#index = index;
  }

  isCalled(file: string, name: string): boolean {
    const key = `${file}\n${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#asked.has(key)) {
      this.#circles += 1;
      return false;
    }
    const before = this.#circles;
    this.#asked.add(key);
    const found = this.#ask(file, name);
    this.#asked.delete(key);
    // What a circle left open may be told by another way into it.
    if (found || this.#asked.size === 0 || this.#circles === before) this.#known.set(key, found);
    return found;
  }

  #ask(file: string, name: string): boolean {
    const index = this.#index;
    const facts = index.module(file);
    if (facts === undefined) return true;
    if (isMethod(name)) return index.mentions(file, name.slice(1));
    if (this.#isUsed(facts, file, name)) return true;
    const exported = [...facts.exports].flatMap(([as, each]) => {
      const own = 'local' in each ? each.local : 'node' in each ? nameOf(each.node) : undefined;
      return own === name ? [as] : [];
    });
    if (exported.length === 0) return false;
    const covers = new Set([...exported, '*', 'default']);
    const loading = index.files.filter((other) => other !== file && index.loadedBy(other).includes(file));
    if (index.isHandedOut(file, loading.length === 0)) return true;
    return loading.some((other) => {
      const using = index.anyModule(other);
      if (using === undefined) return true;
      const taken = [...using.imports].filter(
        ([, { specifier }]) => index.resolve(other, specifier) === file,
      );
      const isHandedOn = using.reexports.some((specifier) => index.resolve(other, specifier) === file);
      const isBare = using.bare.some(
        (each) => index.resolve(other, each) === file && index.timesOf(other, each) === 1,
      );
      if (isHandedOn || (taken.length === 0 && !isBare)) return true;
      return taken.some(([local, { name: as }]) => covers.has(as) && this.#isUsed(using, other, local));
    });
  }

  #isUsed(facts: ModuleFacts, file: string, name: string): boolean {
    return facts.uses.get(name)?.some((within) => within.every((each) => this.isCalled(file, each))) === true;
  }
}
