/** Lower case without accents, punctuation as spaces: what the tables of this folder are written in. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%/.-]+/gu, ' ')
    .replace(/[.](?!\d)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether one of the (folded) phrases stands in the folded text as whole words. */
export function mentions(folded: string, phrases: readonly string[]): boolean {
  const padded = ` ${folded} `;
  return phrases.some((phrase) => padded.includes(` ${phrase} `));
}
