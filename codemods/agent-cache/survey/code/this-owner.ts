import type { NodePath } from '@babel/traverse';

/**
 * What `this` is that of: the class or the object whose method it stands in, any other function, or the program.
 */
export function thisOwner(self: NodePath): NodePath | undefined {
  const around = self.findParent(
    (each) =>
      each.isClass() ||
      each.isFunctionDeclaration() ||
      each.isFunctionExpression() ||
      each.isObjectMethod() ||
      each.isProgram(),
  );
  if (!around || around.isClass() || around.isProgram()) return around ?? undefined;
  const object = around.isObjectMethod() ? around.parentPath : around.parentPath?.parentPath;
  return object?.isObjectExpression() ? object : around;
}
