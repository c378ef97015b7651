import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** The program of the file in which a node stands. */
export function programAround({ scope }: NodePath): NodePath<t.Program> {
  return scope.getProgramParent().path as NodePath<t.Program>;
}
