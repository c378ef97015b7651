import type * as t from '@babel/types';
import type { Site, Source } from '../../migration.ts';
import { rangeOf } from '../../source/edit.ts';
import { indentationAt, lineEndingAt } from '../../source/text-style.ts';
import { isAboutNext, isAboutOwnLine } from './directives.ts';
import { commentsOf } from '../../source/comments.ts';

/**
 * The text between the parentheses of a place, comments and line breaks as they were written; undefined where it has no
 * parentheses.
 */
export function writtenArguments(source: Source, expression: Site['expression']): string | undefined {
  const open = openParenthesis(source, expression);
  return open === undefined ? undefined : source.text.slice(open + 1, rangeOf(expression.node).end - 1);
}

/** A call without arguments in place of one that had some, with the comments that stood among those. */
export function withComments(call: string, source: Source, expression: Site['expression']): string {
  if (!call.endsWith('()')) return call;
  const comments = commentsAmong(source, expression);
  if (comments.length === 0) return call;
  const { text, style } = source;
  const written = comments.map((each) => text.slice(each.start ?? 0, each.end ?? 0));
  const head = call.slice(0, -1);
  if (comments.every(({ type }) => type === 'CommentBlock')) return `${head}${written.join(' ')})`;
  // What stands behind `//` ends with its line.
  const { start } = rangeOf(expression.node);
  const lineBreak = lineEndingAt(text, start, style) + indentationAt(text, start);
  return `${head}${written.map((each) => lineBreak + style.indent + each).join('')}${lineBreak})`;
}

/** The comments among the arguments, but for those that tell a tool about what goes. */
function commentsAmong(source: Source, expression: Site['expression']): t.Comment[] {
  const { program } = source;
  const open = openParenthesis(source, expression);
  if (open === undefined) return [];
  const { end } = rangeOf(expression.node);
  const all = commentsOf(program);
  return all.filter(
    (each) =>
      (each.start ?? 0) > open && (each.end ?? 0) < end && !isAboutNext(each) && !isAboutOwnLine(each.value),
  );
}

/** Where the parenthesis in front of the arguments stands. */
function openParenthesis({ text }: Source, { node }: Site['expression']): number | undefined {
  if (!text.slice(0, node.end ?? 0).endsWith(')')) return undefined;
  const from = node.typeParameters?.end ?? node.typeArguments?.end ?? node.callee.end ?? 0;
  const [before] = /^(?:\s|\)|>|\?\.|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(from)) ?? [''];
  const open = from + before.length;
  return text[open] === '(' && open < (node.end ?? 0) ? open : undefined;
}
