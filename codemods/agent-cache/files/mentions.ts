import type { Files } from './files-once.ts';
import { mayHave, wordHash } from './word-filter.ts';

/** Which files have a name as a word: filters of all words leave few texts to look into. */
export class Mentions {
  readonly #list: () => readonly string[];
  readonly #files: Files;
  readonly #known = new Map<string, readonly string[]>();
  #listed: readonly string[] | undefined;

  constructor(list: () => readonly string[], files: Files) {
    this.#list = list;
    this.#files = files;
  }

  of(name: string): readonly string[] {
    const present = this.#known.get(name);
    if (present) return present;
    const word = new RegExp(`\\b${name}\\b`);
    const pieces = (name.match(/\w+/g) ?? []).map((piece) => wordHash(piece));
    this.#listed ??= this.#list();
    const found = this.#listed.filter((file) => {
      const words = this.#files.wordsOf(file);
      if (!pieces.every((hash) => mayHave(words, hash))) return false;
      const text = this.#files.read(file) ?? '';
      return text.includes(name) && word.test(text);
    });
    this.#known.set(name, found);
    return found;
  }
}
