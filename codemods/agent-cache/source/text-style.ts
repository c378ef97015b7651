/** The habits of a file that generated code has to follow. */
export interface TextStyle {
  quote: "'" | '"';
  /** `;` or nothing. */
  semicolon: ';' | '';
  /** One step of indentation. */
  indent: string;
  /** The line ending of files that have one; files that mix them are followed line by line. */
  lineEnding: string;
}

/** Reads the habits of `text`; each question is answered by the majority of its evidence. */
export function detectTextStyle(text: string): TextStyle {
  const single = count(text, /(?:from|require\()\s*'/g);
  const double = count(text, /(?:from|require\()\s*"/g);
  const ended = count(text, /;[ \t]*\r?$/gm);
  const open = count(text, /^[ \t]*(?:import|const|let|return|export \{)\b[^\n;{]*[^\s;{(,[=>&|?:+]\r?$/gm);
  return {
    quote: double > single ? '"' : "'",
    semicolon: open > ended ? '' : ';',
    indent: /^(\t| {2,8})\S/m.exec(text.replace(/^ \*.*$/gm, ''))?.[1] ?? '  ',
    lineEnding: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
  };
}

/** The line ending of the line that holds `offset`, or of the file where that line is the last. */
export function lineEndingAt(text: string, offset: number, style: TextStyle): string {
  return /\r\n|\n|\r/.exec(text.slice(offset))?.[0] ?? style.lineEnding;
}

/** The offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** The offset behind the last character of the line that holds `offset`, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/** The offset behind the line ending at `offset`, which must be the end of a line. */
export function nextLine(text: string, offset: number): number {
  if (text.startsWith('\r\n', offset)) return offset + 2;
  return offset < text.length ? offset + 1 : offset;
}

/** The white space that the line of `offset` starts with. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
