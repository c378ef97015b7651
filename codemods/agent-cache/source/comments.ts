import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** The comments of a file, in the order of its text. */
export function commentsOf({ parent }: NodePath<t.Program>): readonly t.Comment[] {
  return parent.type === 'File' ? (parent.comments ?? []) : [];
}
