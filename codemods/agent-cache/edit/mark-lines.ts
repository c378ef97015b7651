import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { lineEnd, nextLine } from '../source/text-style.ts';
import { commentsOf } from '../source/comments.ts';

interface Range {
  start: number;
  end: number;
}

/**
 * Tells above which line a comment on a place can stand, by 1-based lines: that of the place itself, or, where it
 * begins inside of a template, a string, a comment or the text of an element, that of a statement around it.
 */
export function markLines(
  program: NodePath<t.Program>,
  text: string,
): (place: { line: number; column: number }) => number {
  const starts = startsOfLines(text);
  const { texts, owners } = textsAndOwners(program);
  const isCode = (line: number) => {
    const at = starts[line - 1] ?? text.length;
    return !texts.some(({ start, end }) => start < at && at <= end);
  };
  return ({ line, column }) => {
    const at = (starts[line - 1] ?? 0) + column - 1;
    const around = owners.filter(({ start, end }) => start <= at && at < end);
    const lines = around.sort((a, b) => b.start - a.start).map((owner) => owner.line);
    const above = Array.from({ length: line }, (_, index) => line - index);
    return [line, ...lines, ...above].find(isCode) ?? 1;
  };
}

/** The offset of each line's first character. */
export function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let end = lineEnd(text, 0); end < text.length; end = lineEnd(text, nextLine(text, end))) {
    starts.push(nextLine(text, end));
  }
  return starts;
}

/** What is no code though it stands in the program, and the statements and members, with the lines they begin on. */
function textsAndOwners(program: NodePath<t.Program>): {
  texts: Range[];
  owners: (Range & { line: number })[];
} {
  const comments = commentsOf(program);
  const texts: Range[] = comments.map(({ start, end }) => ({ start: start ?? 0, end: (end ?? 0) - 1 }));
  const owners: (Range & { line: number })[] = [];
  program.traverse({
    enter({ node }) {
      const range = { start: node.start ?? 0, end: node.end ?? 0 };
      if (node.type === 'TemplateElement' || node.type === 'JSXText') texts.push(range);
      else if (node.type === 'StringLiteral') texts.push({ ...range, end: range.end - 1 });
      else if (/Statement$|Declaration$|^Class\w*(Method|Property)$/.test(node.type)) {
        owners.push({ ...range, line: node.loc?.start.line ?? 1 });
      }
    },
  });
  return { texts, owners };
}
