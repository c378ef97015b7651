import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** How a text looks that may have a parameter property. */
const HAS_SOME = /\bconstructor\b[^{]*\b(?:private|public|protected|readonly|override)\b/;

/**
 * Gives names to the parameters that are properties (`constructor(private readonly agent)`), which the scopes of the
 * parser do not know: a use of one would be that of a variable around the class by the same name, or of none.
 */
export function declareParameterProperties(program: NodePath<t.Program>, text: string): void {
  if (!HAS_SOME.test(text)) return;
  program.traverse({
    TSParameterProperty(param) {
      const inner = param.get('parameter') as NodePath;
      const id = inner.isAssignmentPattern() ? (inner.get('left') as NodePath) : inner;
      const { scope } = param;
      if (!id.isIdentifier() || scope.hasOwnBinding(id.node.name)) return;
      const outer = scope.getBinding(id.node.name);
      scope.registerBinding('param', id, param);
      const own = scope.getOwnBinding(id.node.name);
      if (own) moveUses(own, outer);
    },
  });
}

/** The name of `constructor(private agent)`, and where the constructor uses it. */
export function parameterProperty(
  param: NodePath<t.TSParameterProperty>,
): { name: string; uses: readonly NodePath[] } | undefined {
  const { parameter } = param.node;
  const declared = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (declared.type !== 'Identifier') return undefined;
  return {
    name: declared.name,
    uses: param.scope.getOwnBinding(declared.name)?.referencePaths ?? [],
  };
}

/** Takes the uses of a name that stand in its own function from the variable that they were taken for. */
function moveUses(own: Binding, outer: Binding | undefined): void {
  const { name } = own.identifier;
  const isOwn = (path: NodePath) => path.scope.getBinding(name) === own;
  own.scope.path.traverse({
    ReferencedIdentifier(path) {
      if (path.node.type === 'Identifier' && path.node.name === name && isOwn(path)) own.reference(path);
    },
    AssignmentExpression(path) {
      const { left } = path.node;
      if (left.type === 'Identifier' && left.name === name && isOwn(path)) own.reassign(path);
    },
  });
  if (!outer) return;
  outer.referencePaths = outer.referencePaths.filter((each) => !isOwn(each));
  outer.constantViolations = outer.constantViolations.filter((each) => !isOwn(each));
  outer.references = outer.referencePaths.length;
  outer.referenced = outer.references > 0;
  outer.constant = outer.constantViolations.length === 0;
}
