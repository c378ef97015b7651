import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Site } from '../../migration.ts';
import { endsByLeaving } from '../../survey/code/exits.ts';
import { soleDeclarator } from '../../survey/code/declarations.ts';

/**
 * Whether a factory's `catch` can stand at a call of it instead: the call must be the whole of a declaration, and the
 * clause must always leave by throwing and use nothing that is unknown, or something else, at the call.
 */
export function canInlineGuard({ expression }: Site, guard: NodePath<t.CatchClause>): boolean {
  if (!soleDeclarator(expression) || !endsByLeaving(guard.node.body)) return false;
  let closed = true;
  guard.traverse({
    ReturnStatement: () => {
      closed = false;
    },
    ReferencedIdentifier(reference: NodePath<t.Identifier | t.JSXIdentifier>) {
      const { name } = reference.node;
      const binding = reference.scope.getBinding(name);
      const insideGuard = binding !== undefined && isWithin(binding.path.node, guard.node);
      if (!insideGuard && expression.scope.getBinding(name) !== binding) closed = false;
    },
  });
  return closed;
}

function isWithin(inner: t.Node, outer: t.Node): boolean {
  return (inner.start ?? 0) >= (outer.start ?? 0) && (inner.end ?? 0) <= (outer.end ?? 0);
}
