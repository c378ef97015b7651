import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

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
