/** A tick character to set: where it stands in the text, and whether it is to be ticked. */
export interface Tick {
  offset: number;
  ticked: boolean;
}

/**
 * Sets tick characters and changes nothing else.
 *
 * @param text the guide without its byte order mark, as the offsets count
 */
export function setTicks(text: string, ticks: readonly Tick[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const { offset, ticked } of [...ticks].sort((a, b) => a.offset - b.offset)) {
    const character = text[offset] ?? '';
    const isTick = text[offset - 1] === '[' && text[offset + 1] === ']';
    if (!isTick || isTicked(character) === ticked) continue;
    pieces.push(text.slice(end, offset), ticked ? 'x' : ' ');
    end = offset + 1;
  }
  pieces.push(text.slice(end));
  return pieces.join('');
}

function isTicked(character: string): boolean {
  return character === 'x' || character === 'X';
}
