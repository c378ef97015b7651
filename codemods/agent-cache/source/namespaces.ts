import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/**
 * Gives names to the namespaces of a program (`namespace Current { … }`), of which the scopes of the parser know nothing:
 * without one, what they keep would be nobody's.
 */
export function declareNamespaces(program: NodePath<t.Program>): void {
  const declared = namespacesIn(program.get('body'));
  for (const path of declared) {
    const id = path.get('id');
    const { scope } = path.parentPath;
    // Of `namespace Outer.Inner` nobody knows the second but by the first.
    if (path.parentPath.isTSModuleDeclaration()) continue;
    // One that adds to a class or a function has the name of that.
    if (id.isIdentifier() && !scope.hasOwnBinding(id.node.name)) scope.registerBinding('const', id, path);
  }
  if (declared.length === 0) return;
  const known = new Set<t.Node>(declared.map(({ node }) => node));
  program.traverse({
    ReferencedIdentifier(path) {
      const binding = path.scope.getBinding(path.node.name);
      if (binding && known.has(binding.path.node)) binding.reference(path);
    },
  });
}

/** The namespaces among statements, and those in them; not such as only say what there is elsewhere. */
export function namespacesIn(statements: readonly NodePath[]): NodePath<t.TSModuleDeclaration>[] {
  return statements.flatMap((statement) => {
    const path = statement.isExportNamedDeclaration() ? statement.get('declaration') : statement;
    if (!path.isTSModuleDeclaration() || path.node.declare) return [];
    const body = path.get('body') as NodePath;
    return [path, ...namespacesIn(body.isTSModuleBlock() ? body.get('body') : [body])];
  });
}
