import type * as t from '@babel/types';
import { lineEnd, lineStart, nextLine } from '../../source/text-style.ts';

/** Comments that tell a tool about the line, or the statement, below them. */
const ABOUT_NEXT =
  /^[*\s]*(@ts-(expect-error|ignore)\b|(biome|deno-lint|prettier|dprint)-ignore(?!-)|[\w-]+[-:]disable-next-line\b|(istanbul|c8|v8|node:coverage) ignore (?!start|stop|end|file))/;
/** Comments that tell a tool about the line that they end. */
const ABOUT_OWN_LINE = /^[*\s]*([\w-]+[-:]disable-line\b|@ts-(expect-error|ignore)\b)/;
/** Those of the type checker. */
const OF_TYPES = /^[*\s]*@ts-(expect-error|ignore)\b/;

/** Whether a comment tells a tool about what stands below it, and so goes with that. */
export function isAboutNext({ value }: t.Comment): boolean {
  return ABOUT_NEXT.test(value);
}

/** Whether the text of a comment tells a tool about the line that it stands on. */
export function isAboutOwnLine(comment: string): boolean {
  return ABOUT_OWN_LINE.test(comment.replace(/^\s*(\/\/|\/\*)/, ''));
}

/** Whether a comment silences the type checker below it. */
export function isAboutTypes({ value }: t.Comment): boolean {
  return OF_TYPES.test(value);
}

/** Lines of comments without those that silence the type checker. */
export function withoutTypeDirectives(comments: string): string {
  return comments.replace(/^(\/\/|\/\*)[ \t]*@ts-(expect-error|ignore)\b[^\r\n]*(\r\n|\n|\r)[ \t]*/gm, '');
}

/** Whether a tool reports a directive of its own that silences nothing. */
export function isReportedUnused({ value }: t.Comment): boolean {
  return OF_TYPES.test(value) || /^[*\s]*(biome-ignore|[\w-]+[-:]disable-next-line)\b/.test(value);
}

/** What a directive is called, as `@ts-expect-error` or `eslint-disable-next-line`. */
export function directiveName({ value }: t.Comment): string {
  return ABOUT_NEXT.exec(value)?.[1]?.trim() ?? value.trim();
}

/** Whether a comment documents the declaration below it, rather than the file. */
export function isDocumentation({ type, value }: t.Comment): boolean {
  return (
    type === 'CommentBlock' &&
    /^\*(?!\/)/.test(value) &&
    !/@(file(overview)?|license|module|packageDocumentation|jest-environment|preserve)\b/.test(value)
  );
}

/**
 * The comments that tell a tool about a statement: above it, on lines of their own or before it on its line. Other
 * comments may stand between, as the tools allow it.
 */
export function directivesAbove(text: string, node: t.Node): t.Comment[] {
  return (node.leadingComments ?? []).filter(
    (comment) =>
      isAboutNext(comment) &&
      text.slice(lineStart(text, comment.start ?? 0), comment.start ?? 0).trim() === '',
  );
}

/** The whole lines of a comment, where nothing else stands on them. */
export function linesOfComment(text: string, comment: t.Comment): { from: number; to: number } | undefined {
  const from = lineStart(text, comment.start ?? 0);
  const end = lineEnd(text, comment.end ?? 0);
  const isAlone = text.slice(from, comment.start).trim() === '' && text.slice(comment.end, end).trim() === '';
  return isAlone ? { from, to: nextLine(text, end) } : undefined;
}
