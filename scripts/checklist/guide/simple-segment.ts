import type { RawItem } from './collect-items.ts';
import { distinctPaths, readItemPath } from './item-path.ts';

/** One line of plain words and single-backtick code spans, then nothing but blank lines. */
const SIMPLE =
  /^[-*+] \[([ xX])\] ((?:[^`<>[\]\\&*_~\s\p{Cc}]|[ ](?=\S)|(?<!`)`[^`\\\p{Cc}]+`(?!`))+)[ ]*(?:\r?\n[ \t]*)*$/u;

/** Reads a segment whose meaning does not need the parser, as the parser would; undefined when it does need it. */
export function readSimpleSegment(
  text: string,
  start: number,
  end: number,
  root: string,
): RawItem | undefined {
  const match = SIMPLE.exec(text.slice(start, end));
  if (match === null) return undefined;
  const [, tick, content = ''] = match;
  const spans = Array.from(content.matchAll(/`([^`]+)`/g), ([, span = '']) => readItemPath(span, root));
  return {
    text: content.replaceAll('`', '').replace(/\s+/g, ' ').trim(),
    offset: start,
    ticked: tick !== ' ',
    tickOffset: start + 3,
    paths: distinctPaths(spans.filter((span) => span !== undefined)),
    checks: [],
  };
}
