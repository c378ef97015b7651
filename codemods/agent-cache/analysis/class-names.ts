import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding } from '../migration.ts';

/** The expression that is the agent's class, where a reference to one of its names stands: the name, or a member of it. */
export function classNamedBy(
  reference: NodePath,
  { holds }: AgentBinding,
  agentClass: string,
): NodePath<t.Node> | undefined {
  const { parentPath } = reference;
  if (holds === 'class') return reference;
  // `module.exports = class` makes the required module the class itself.
  if (parentPath?.isNewExpression() && reference.key === 'callee') return reference;
  if (!parentPath?.isMemberExpression() || reference.key !== 'object' || parentPath.node.computed)
    return undefined;
  const { property } = parentPath.node;
  const isClass =
    property.type === 'Identifier' && (property.name === agentClass || property.name === 'default');
  return isClass ? parentPath : undefined;
}
