/** Comments in pairs that enclose code: what begins a region, and what ends it. */
const PAIRS: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/^\s*#?region\b/, /^\s*#?endregion\b/],
  [/^\s*#?pragma region\b/, /^\s*#?pragma endregion\b/],
  [/^[*\s]*(c8|v8|istanbul) ignore start\b/, /^[*\s]*(c8|v8|istanbul) ignore (stop|end)\b/],
  [/^[*\s]*node:coverage disable\b/, /^[*\s]*node:coverage enable\b/],
  [/^[*\s]*([\w-]+)-ignore-start\b/, /^[*\s]*([\w-]+)-ignore-end\b/],
  [/^[*\s]*<editor-fold\b/, /^[*\s]*<\/editor-fold>/],
  [/^[*\s]*[\w-]+[-:]disable(?![-\w])/, /^[*\s]*[\w-]+[-:]enable(?![-\w])/],
  [/^[*\s]*(@formatter:off|clang-format off)\b/, /^[*\s]*(@formatter:on|clang-format on)\b/],
];

/** The beginnings among them that name what they enclose. */
const HEADING = /^\s*(#?(pragma )?region\b|<editor-fold\b)/;

/** A ruled line, as of `---- helpers ----`. */
const RULE = /^[\s*]*[-=#~*/─━═]{4,}|[-=#~*/─━═]{4,}\s*$/m;

/** The last comment of a text and what stands before it on its line, where nothing stands behind it. */
const LAST_COMMENT = /(?<=^|[\r\n])[ \t]*(?:\/\/([^\r\n]*)|\/\*((?:(?!\*\/)[\s\S])*)\*\/[ \t]*)\s*$/;
/** The first comment of a text, with its line ending. */
const FIRST_COMMENT = /^\s*(?:\/\/([^\r\n]*)|\/\*((?:(?!\*\/)[\s\S])*)\*\/[ \t]*)(?:\r\n|\n|\r|$)/;

/** Whether a comment is about more than the statement below it: it begins or ends what others are in too. */
export function isOfMore(comment: string, text: string): boolean {
  if (RULE.test(comment)) return true;
  // The words alone may be prose: without `#`, a region is one where the text ends one too.
  if (/^\s*(end)?region\b/.test(comment)) return /\/\/\s*endregion\b/.test(text);
  return beginsRegion(comment) || endsRegion(comment);
}

/** Whether the text of a comment begins a region that another comment ends. */
export function beginsRegion(comment: string): boolean {
  return PAIRS.some(([begin]) => begin.test(comment));
}

/** Whether the text of a comment ends a region. */
export function endsRegion(comment: string): boolean {
  return PAIRS.some(([, end]) => end.test(comment));
}

/** The region whose beginning is the last thing above, and its end the first below: nothing is left in it. */
export function emptyRegion(above: string, below: string): { begin: number; end: number } | undefined {
  const [first, last] = [LAST_COMMENT.exec(above), FIRST_COMMENT.exec(below)];
  const [opening, closing] = [first, last].map((match) => match?.[1] ?? match?.[2]);
  if (!first || !last || opening === undefined || closing === undefined) return undefined;
  const isPair = PAIRS.some(([begin, end]) => begin.test(opening) && end.test(closing));
  return isPair ? { begin: first.index, end: last[0].length } : undefined;
}

/** Whether a line is a comment that begins a region, or is drawn as the heading of a section. */
export function headsSection(line: string): boolean {
  const comment = /^\s*(?:\/\/|\/?\*+)(.*?)(?:\*\/\s*)?$/.exec(line)?.[1];
  return comment !== undefined && (HEADING.test(comment) || RULE.test(comment));
}

/** Whether a line is a comment that ends a region. */
export function closesSection(line: string): boolean {
  const comment = /^\s*(?:\/\/|\/\*)(.*?)(?:\*\/\s*)?$/.exec(line)?.[1];
  return comment !== undefined && endsRegion(comment);
}
