import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** A type in a documentation comment: `{…}` behind a tag, without its braces. */
export interface DocumentedType {
  /** The tag, as `returns`. */
  tag: string;
  text: string;
  /** Where the type begins in the file. */
  start: number;
}

const TAGGED = /@(\w+)\s*\{/g;

/** The types that a documentation comment gives its tags. */
export function typesOfComment({ type, value, start }: t.Comment): DocumentedType[] {
  if (type !== 'CommentBlock' || !value.startsWith('*')) return [];
  return [...value.matchAll(TAGGED)].flatMap((match) => {
    const open = match.index + match[0].length;
    const close = closingBrace(value, open);
    // Comments begin with two characters that are not in their value.
    return close === -1
      ? []
      : [{ tag: match[1] ?? '', text: value.slice(open, close), start: (start ?? 0) + 2 + open }];
  });
}

/** Whether a type in some documentation comment names what the file has under a name. */
export function isNamedInTypes(name: string, comments: readonly t.Comment[]): boolean {
  const named = new RegExp(`(?<![.\\w$'"/@-])${name.replaceAll('$', '\\$')}(?![\\w$'"/-])`);
  return comments.some(
    (comment) => comment.value.includes(name) && typesOfComment(comment).some(({ text }) => named.test(text)),
  );
}

/** The comment that documents a function: above it, or above the statement, property or member that holds it. */
export function documentationOf(fn: NodePath): t.Comment | undefined {
  const holder = fn.find(
    (path) => path.isStatement() || path.isClassMethod() || path.isClassProperty() || path.isObjectMember(),
  );
  const exported = holder?.parentPath?.isExportDeclaration() ? holder.parentPath : holder;
  const last = exported?.node.leadingComments?.at(-1);
  return last?.type === 'CommentBlock' && last.value.startsWith('*') ? last : undefined;
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
