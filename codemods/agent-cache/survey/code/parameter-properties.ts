import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** The name of `constructor(private agent)`, and where the constructor uses it: scopes do not know it. */
export function parameterProperty(
  param: NodePath<t.TSParameterProperty>,
): { name: string; uses: NodePath[] } | undefined {
  const { parameter } = param.node;
  const declared = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (declared.type !== 'Identifier') return undefined;
  const uses: NodePath[] = [];
  param.parentPath.traverse({
    Identifier: (name) => {
      const isIt = name.node.name === declared.name && name.isReferencedIdentifier();
      if (isIt && !name.scope.hasBinding(declared.name, true)) uses.push(name);
    },
  });
  return { name: declared.name, uses };
}
