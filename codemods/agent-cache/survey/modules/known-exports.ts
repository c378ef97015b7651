import type { Exports } from '../code/exported-paths.ts';

/** Tells what a file exports. It may ask for others, and is called again where what it was told has changed. */
export type ReadExports<Value> = () => Exports<Value>;

interface Reading<Value> {
  read: ReadExports<Value>;
  exports: Exports<Value>;
  /** What other files were taken to export when this one was read. */
  told: Map<Reading<Value>, Exports<Value>>;
  isRead: boolean;
}

/** How many files may be asked one by another before the rest has to wait: a call stack has an end. */
const MAX_ASKING = 100;

/**
 * What files export, where that follows from what others do. Files that import from each other in a circle are read
 * until nothing changes any more, so that it does not matter which of them was asked for first.
 */
export class KnownExports<Value> {
  readonly #readerOf: (file: string) => ReadExports<Value>;
  readonly #settled = new Map<string, Exports<Value>>();
  /** The files that were read since the first of them was asked for. */
  readonly #open = new Map<string, Reading<Value>>();
  /** The files that are being read, each asked for by the one before. */
  readonly #asking: Reading<Value>[] = [];

  /** @param readerOf what reads a file; it is asked once for each */
  constructor(readerOf: (file: string) => ReadExports<Value>) {
    this.#readerOf = readerOf;
  }

  of(file: string): Exports<Value> {
    const settled = this.#settled.get(file);
    if (settled) return settled;
    const reading = this.#open.get(file) ?? this.#begin(file);
    this.#asking.at(-1)?.told.set(reading, reading.exports);
    return reading.exports;
  }

  #begin(file: string): Reading<Value> {
    const isFirst = this.#open.size === 0;
    const reading: Reading<Value> = {
      read: this.#readerOf(file),
      exports: new Map(),
      told: new Map(),
      isRead: false,
    };
    this.#open.set(file, reading);
    if (this.#asking.length < MAX_ASKING) this.#read(reading);
    if (isFirst) this.#settle();
    return reading;
  }

  #read(reading: Reading<Value>): void {
    reading.told.clear();
    reading.isRead = true;
    this.#asking.push(reading);
    const found = reading.read();
    this.#asking.pop();
    if (!isSame(found, reading.exports)) reading.exports = found;
  }

  /** Reads what has to wait, and again what was told of others before they were read to their end. */
  #settle(): void {
    for (let isChanged = true; isChanged; ) {
      isChanged = false;
      for (const reading of this.#open.values()) {
        const isUpToDate =
          reading.isRead && [...reading.told].every(([other, told]) => other.exports === told);
        if (isUpToDate) continue;
        isChanged = true;
        this.#read(reading);
      }
    }
    for (const [file, { exports }] of this.#open) this.#settled.set(file, exports);
    this.#open.clear();
  }
}

function isSame<Value>(one: Exports<Value>, other: Exports<Value>): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([path, value]) => other.has(path) && other.get(path) === value);
}
