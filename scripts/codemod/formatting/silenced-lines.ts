import type * as t from '@babel/types';
import { isAboutNext } from '../../../codemods/agent-cache/edit/text/directives.ts';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';

/** What a directive is about: the code below it, as it stands in the text. */
interface Silenced {
  start: number;
  end: number;
  text: string;
}

/** A text that a formatter gave back, and the lines in it that stay as they were given to it. */
export interface Formatted {
  text: string;
  /** 1-based. */
  kept: number[];
}

/**
 * Puts the code below `@ts-expect-error` and its kin back on one line where a formatter broke it: such a directive is
 * about one line, and what it silenced may stand on another one then.
 * @param written what the formatter was given
 * @param formatted what it gave back
 * @throws SyntaxError when one of them does not parse
 */
export function keepSilencedLines(file: string, written: string, formatted: string): Formatted {
  const before = silencedIn(file, written);
  if (before.length === 0) return { text: formatted, kept: [] };
  const after = silencedIn(file, formatted);
  if (after.length !== before.length) return { text: written, kept: [] };
  let text = formatted;
  const broken = after.flatMap((each, index) => {
    const own = before[index];
    return own && isLine(own.text) && !isLine(each.text) ? [{ ...each, own: own.text }] : [];
  });
  for (const { start, end, own } of broken.toReversed()) text = text.slice(0, start) + own + text.slice(end);
  return {
    text,
    kept: silencedIn(file, text)
      .filter(({ text: each }) => broken.some(({ own }) => own === each))
      .map(({ start }) => lineAt(text, start)),
  };
}

/** The code below each directive of a text that is about what follows it. */
function silencedIn(file: string, text: string): Silenced[] {
  if (!/@ts-(expect-error|ignore)|-next-line|-ignore/.test(text)) return [];
  const { program, comments } = parseSource(file, text);
  return (comments ?? []).filter(isAboutNext).flatMap((comment): Silenced[] => {
    const start = nextCode(text, comment.end ?? 0);
    const end = endOfWidest(program, start);
    return end === undefined ? [] : [{ start, end, text: text.slice(start, end) }];
  });
}

function nextCode(text: string, from: number): number {
  return from + (/^(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(from))?.[0].length ?? 0);
}

/** Where the widest node ends that begins at an offset. */
function endOfWidest(node: t.Node, offset: number): number | undefined {
  if (node.type !== 'Program' && node.start === offset) return node.end ?? undefined;
  for (const child of childrenOf(node)) {
    if ((child.start ?? 0) > offset || (child.end ?? 0) <= offset) continue;
    const end = endOfWidest(child, offset);
    if (end !== undefined) return end;
  }
  return undefined;
}

function isLine(text: string): boolean {
  return !/[\r\n]/.test(text);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length;
}
