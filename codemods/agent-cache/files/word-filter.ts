/** Bits of a filter for each character of a text. */
const BITS_A_CHARACTER = 0.5;
const MIN_BITS = 256;
/** Numbers of 32 bits that filters share at a time, at most. */
const MOST_SHARED = 1 << 18;

/** A Bloom filter of the words of a text; its length is a power of two. */
export type WordFilter = Uint32Array;

/** Makes filters that share their memory: one buffer each costs the collector more than all else that is kept of a file. */
export class WordFilters {
  #memory = new Uint32Array(0);
  #taken = 0;

  /** The filter of all words of a text. */
  of(text: string): WordFilter {
    const bits = 2 ** Math.ceil(Math.log2(Math.max(MIN_BITS, text.length * BITS_A_CHARACTER)));
    const words = this.#cleared(bits / 32);
    let start = -1;
    for (let at = 0; at <= text.length; at++) {
      const isWord = at < text.length && isWordCode(text.charCodeAt(at));
      if (isWord && start === -1) start = at;
      else if (!isWord && start !== -1) {
        put(words, wordHash(text, start, at));
        start = -1;
      }
    }
    return words;
  }

  #cleared(length: number): WordFilter {
    if (this.#taken + length > this.#memory.length) {
      // The first is no larger than its text asks for: who makes one filter alone pays for one.
      this.#memory = new Uint32Array(Math.max(length, Math.min(MOST_SHARED, 2 * this.#memory.length)));
      this.#taken = 0;
    }
    this.#taken += length;
    return this.#memory.subarray(this.#taken - length, this.#taken);
  }
}

/** What a filter is asked for a word by. */
export function wordHash(text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** Whether the text of the filter may have the word; some that it has not pass, too. */
export function mayHave(words: WordFilter, hash: number): boolean {
  return [hash, Math.imul(hash, 0x9e3779b1) >>> 7].every((bit) => {
    const place = (bit >>> 0) % (words.length * 32);
    return ((words[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  });
}

/** `\w` of a regular expression. */
function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

function put(words: WordFilter, hash: number): void {
  for (const bit of [hash, Math.imul(hash, 0x9e3779b1) >>> 7]) {
    const place = (bit >>> 0) % (words.length * 32);
    words[place >>> 5] = (words[place >>> 5] ?? 0) | (1 << (place & 31));
  }
}
