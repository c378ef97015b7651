import type { NodePath } from '@babel/traverse';
import type { Problem, Site, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { transparentParent } from '../../survey/code/wrappers.ts';

/**
 * Why a builder's call stays whose result nobody uses: it is there for what it sets for the whole process, and where the
 * cache has its agent already nobody would set that.
 */
export function discardedProblem({ expression, kind }: Site, { options }: Source): Problem | undefined {
  const { agentClass, builtBy = 'new' } = options;
  if (kind !== 'construction' || builtBy === 'new' || !isDropped(expression)) return undefined;
  const name = builtBy === 'function' ? agentClass : `${agentClass}.${builtBy}`;
  return reason('builder-dropped', [], { name });
}

function isDropped(expression: NodePath): boolean {
  const parent = transparentParent(expression);
  if (parent.isExpressionStatement() || parent.isUnaryExpression({ operator: 'void' })) return true;
  if (!parent.isVariableDeclarator() || parent.node.id.type !== 'Identifier') return false;
  return parent.scope.getBinding(parent.node.id.name)?.referencePaths.length === 0;
}
