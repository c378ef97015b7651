import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** Whether a call is given something of the function around it. */
export function isGivenOwn(call: NodePath<t.CallExpression>): boolean {
  return (call.get('arguments') as NodePath[]).some((given) => {
    let isOwn = isOwnName(given);
    given.traverse({
      Identifier(path) {
        if (isOwnName(path)) isOwn = true;
      },
    });
    return isOwn;
  });
}

function isOwnName(path: NodePath): boolean {
  if (!path.isIdentifier()) return false;
  const binding = path.scope.getBinding(path.node.name);
  return binding !== undefined && !binding.scope.path.isProgram();
}
