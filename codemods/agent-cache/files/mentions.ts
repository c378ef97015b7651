/** Bits of the index for each character of a text. */
const BITS_A_CHARACTER = 0.5;
const MIN_BITS = 256;

interface Indexed {
  file: string;
  /** A Bloom filter of the words of the text; its length is a power of two. */
  words: Uint32Array;
}

/** Which files have a name as a word: an index of all words, made once, leaves few to look into. */
export class Mentions {
  readonly #files: () => readonly string[];
  readonly #read: (file: string) => string | undefined;
  readonly #known = new Map<string, readonly string[]>();
  #indexed: readonly Indexed[] | undefined;

  constructor(files: () => readonly string[], read: (file: string) => string | undefined) {
    this.#files = files;
    this.#read = read;
  }

  of(name: string): readonly string[] {
    const present = this.#known.get(name);
    if (present) return present;
    const word = new RegExp(`\\b${name}\\b`);
    const pieces = (name.match(/\w+/g) ?? []).map((piece) => hashOf(piece, 0, piece.length));
    this.#indexed ??= this.#files().map((file) => ({ file, words: wordsIn(this.#read(file) ?? '') }));
    const found = this.#indexed.filter(({ file, words }) => {
      if (!pieces.every((hash) => has(words, hash))) return false;
      const text = this.#read(file) ?? '';
      return text.includes(name) && word.test(text);
    });
    const files = found.map(({ file }) => file);
    this.#known.set(name, files);
    return files;
  }
}

function wordsIn(text: string): Uint32Array {
  const bits = 2 ** Math.ceil(Math.log2(Math.max(MIN_BITS, text.length * BITS_A_CHARACTER)));
  const words = new Uint32Array(bits / 32);
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const isWord = at < text.length && isWordCode(text.charCodeAt(at));
    if (isWord && start === -1) start = at;
    else if (!isWord && start !== -1) {
      put(words, hashOf(text, start, at));
      start = -1;
    }
  }
  return words;
}

/** `\w` of a regular expression. */
function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

function put(words: Uint32Array, hash: number): void {
  for (const bit of [hash, Math.imul(hash, 0x9e3779b1) >>> 7]) {
    const place = (bit >>> 0) % (words.length * 32);
    words[place >>> 5] = (words[place >>> 5] ?? 0) | (1 << (place & 31));
  }
}

function has(words: Uint32Array, hash: number): boolean {
  return [hash, Math.imul(hash, 0x9e3779b1) >>> 7].every((bit) => {
    const place = (bit >>> 0) % (words.length * 32);
    return ((words[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  });
}
