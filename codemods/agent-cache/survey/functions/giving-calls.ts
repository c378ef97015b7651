import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/**
 * The calls of a function by its name that give it something. One that is given nothing, or waited for, prepares what
 * all requests use alike.
 */
export function givingCallsOf(fn: NodePath<t.Function> | null): NodePath[] {
  const name = fn && nameOf(fn);
  const references = name ? fn.scope.parent?.getBinding(name)?.referencePaths : undefined;
  return (references ?? []).flatMap(({ parentPath: call, key }) => {
    const isGiving = call?.isCallExpression() && key === 'callee' && call.node.arguments.length > 0;
    return isGiving && !call.parentPath.isAwaitExpression() ? [call] : [];
  });
}

function nameOf({ node, parent }: NodePath<t.Function>): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}
