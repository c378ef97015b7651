import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, Migration } from '../migration.ts';

/** Finds every `new` of the agent's class, whatever name the file knows it by. */
export function findConstructions(migration: Migration): void {
  for (const agentBinding of migration.agentBindings) {
    for (const reference of agentBinding.binding.referencePaths) {
      const named = classNamedBy(reference, agentBinding, migration.options.agentClass);
      const parent = named?.parentPath;
      if (parent?.isNewExpression() && named?.key === 'callee') migration.constructions.push(parent);
    }
  }
  migration.constructions.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0));
}

function classNamedBy(
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
