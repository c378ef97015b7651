/** The words of a code, as a formatter leaves them: it moves blanks, commas, semicolons and parentheses about. */
export interface Words {
  words: readonly string[];
  /** Where each begins, as an offset. */
  starts: readonly number[];
}

const WORD = /[\p{L}\p{N}_$]+|[^\s;,()]/gu;

/** Splits a code into its words. */
export function wordsOf(code: string): Words {
  const words: string[] = [];
  const starts: number[] = [];
  for (const { 0: word, index } of code.matchAll(WORD)) {
    words.push(word === '"' ? "'" : word);
    starts.push(index);
  }
  return { words, starts };
}

/**
 * Whether a text stands around a place of a code, wherever its lines end.
 *
 * @param at the offset of the place
 * @param name the agent's class, which may have had another name when the text was written
 */
export function standsAt(text: string, code: Words, at: number, name: string): boolean {
  const { words: wanted } = wordsOf(text);
  const place = code.starts.findIndex((start) => start >= at);
  if (place === -1 || wanted.length === 0) return false;
  const first = Math.max(0, place - wanted.length + 1);
  const isAt = (from: number) =>
    wanted.every((word, index) => {
      const there = code.words[from + index];
      return word === there || (there === name && /^[A-Z]/.test(word));
    });
  for (let from = first; from <= place; from += 1) if (isAt(from)) return true;
  return false;
}
