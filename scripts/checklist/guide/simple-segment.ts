import { isRemoval } from './removal.ts';
import type { RawItem } from './collect-items.ts';
import { type Bases, distinctPaths, pathsInWords, readSpan, withoutProse } from './item-path.ts';

/** One line of plain words and single-backtick code spans, then nothing but blank lines. */
const SIMPLE =
  /^[-*+] \[([ xX])\] ((?:[^`<>[\]\\&*_~\s\p{Cc}]|[ ](?=\S)|(?<!`)`[^`\\\p{Cc}]+`(?!`))+)[ ]*(?:\r?\n[ \t]*)*$/u;

/** Reads a segment whose meaning does not need the parser, as the parser would; undefined when it does need it. */
export function readSimpleSegment(
  source: string,
  start: number,
  end: number,
  bases: Bases,
): RawItem | undefined {
  const match = SIMPLE.exec(source.slice(start, end));
  if (match === null) return undefined;
  const [, tick, content = ''] = match;
  const spans = Array.from(content.matchAll(/`([^`]+)`/g), ([, span = '']) => readSpan(span, bases));
  const text = content.replaceAll('`', '').replace(/\s+/g, ' ').trim();
  const found = spans.filter((span) => span !== undefined);
  const paths = withoutProse(distinctPaths(found.length > 0 ? found : pathsInWords(text, bases)), bases);
  return {
    text,
    isRemoval: isRemoval(text, paths),
    offset: start,
    ticked: tick !== ' ',
    tickOffset: start + 3,
    paths,
    checks: [],
  };
}
