/** The comment that begins a region, at the end of a text. */
export const REGION = /(?<=^|[\r\n])[ \t]*\/\/\s*#?region\b[^\r\n]*\s*$/;
/** The comment that ends a region, at the start of a text. */
export const END_OF_REGION = /^\s*\/\/\s*#?endregion\b[^\r\n]*(?:\r\n|\n|\r)?/;

/** A ruled line, as of `---- helpers ----`. */
const RULE = /^[\s*]*[-=#~*/─━═]{4,}|[-=#~*/─━═]{4,}\s*$/m;

/** Whether a comment is about more than the statement below it: it begins or ends what others are in too. */
export function isOfMore(comment: string, text: string): boolean {
  if (/^\s*(#(end)?region\b|eslint-(disable|enable)(?!-))/.test(comment) || RULE.test(comment)) return true;
  return /^\s*(end)?region\b/.test(comment) && /\/\/\s*endregion\b/.test(text);
}

/** Whether a line is a comment that begins a region, or is drawn as the heading of a section. */
export function headsSection(line: string): boolean {
  const comment = /^\s*(?:\/\/|\/?\*+)(.*?)(?:\*\/\s*)?$/.exec(line)?.[1];
  return REGION.test(line) || (comment !== undefined && RULE.test(comment));
}
