import type { Files } from './files-once.ts';
import { mayHave, type WordFilter, wordHash } from './word-filter.ts';

/** Which files have a name as a word: filters of all words leave few texts to look into. */
export class Mentions {
  readonly #list: () => readonly string[];
  readonly #files: Files;
  readonly #known = new Map<string, readonly string[]>();
  #indexed: readonly { file: string; words: WordFilter }[] | undefined;

  constructor(list: () => readonly string[], files: Files) {
    this.#list = list;
    this.#files = files;
  }

  of(name: string): readonly string[] {
    const present = this.#known.get(name);
    if (present) return present;
    const word = new RegExp(`\\b${name}\\b`);
    const pieces = (name.match(/\w+/g) ?? []).map((piece) => wordHash(piece));
    this.#indexed ??= this.#list().map((file) => ({ file, words: this.#files.wordsOf(file) }));
    const found = this.#indexed.filter(({ file, words }) => {
      if (!pieces.every((hash) => mayHave(words, hash))) return false;
      const text = this.#files.read(file) ?? '';
      return text.includes(name) && word.test(text);
    });
    const files = found.map(({ file }) => file);
    this.#known.set(name, files);
    return files;
  }
}
