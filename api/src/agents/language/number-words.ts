/** Folded number words, Portuguese and English. */
const WORDS: readonly (readonly [number, string])[] = [
  [1, 'um|uma|one'],
  [2, 'dois|duas|two'],
  [3, 'tres|three'],
  [4, 'quatro|four'],
  [5, 'cinco|five'],
  [6, 'seis|six'],
  [7, 'sete|seven'],
  [8, 'oito|eight'],
  [9, 'nove|nine'],
  [10, 'dez|ten'],
  [14, 'quatorze|catorze|fourteen'],
  [15, 'quinze|fifteen'],
  [20, 'vinte|twenty'],
  [30, 'trinta|thirty'],
  [60, 'sessenta|sixty'],
  [90, 'noventa|ninety'],
];

const VALUES = new Map(WORDS.flatMap(([value, words]) => words.split('|').map((word) => [word, value])));

/** The source of a pattern for a number of up to three digits, or a number word. */
export const NUMBER_PATTERN = `\\d{1,3}|${[...VALUES.keys()].join('|')}`;

/** The value of what `NUMBER_PATTERN` matched. */
export function numberValue(text: string): number {
  return VALUES.get(text) ?? Number(text);
}

export function isNumberWord(word: string): boolean {
  return VALUES.has(word);
}
