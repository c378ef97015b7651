import type { NodePath } from '@babel/traverse';

/** The nearest ancestor that is more than a type assertion or an `await` of the expression. */
export function transparentParent(path: NodePath): NodePath {
  return outermostSame(path).parentPath ?? path;
}

/** The expression with the type assertions and `await` around it: all of them stand for the same agent. */
export function outermostSame(path: NodePath): NodePath {
  let outer = path;
  while (outer.parentPath && (isTypeWrapper(outer.parentPath) || outer.parentPath.isAwaitExpression())) {
    outer = outer.parentPath;
  }
  return outer;
}

/** The expression with the type assertions around it. */
export function withTypes(path: NodePath): NodePath {
  return path.parentPath && isTypeWrapper(path.parentPath) ? withTypes(path.parentPath) : path;
}

/** Whether the node only changes the type of the expression in it. */
export function isTypeWrapper(path: NodePath): boolean {
  return (
    path.isTSAsExpression() ||
    path.isTSSatisfiesExpression() ||
    path.isTSNonNullExpression() ||
    path.isTSTypeAssertion() ||
    path.isParenthesizedExpression()
  );
}

/** The expression in the type assertions. */
export function withoutTypes(path: NodePath): NodePath {
  return isTypeWrapper(path) ? withoutTypes(path.get('expression') as NodePath) : path;
}
