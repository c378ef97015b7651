import type { NodePath } from '@babel/traverse';
import type { AgentBinding } from '../../migration.ts';
import { joinPaths } from './exported-paths.ts';
import { writtenName } from './written-name.ts';

/** The expression that is the agent's class, where a reference to one of its names stands: the name, or a member of it. */
export function classNamedBy(
  reference: NodePath,
  { holds, classPaths = [] }: AgentBinding,
): NodePath | undefined {
  if (holds === 'class') return reference;
  // `module.exports = class` makes the required module the class itself.
  if (reference.parentPath?.isNewExpression() && reference.key === 'callee') return reference;
  let named = reference;
  for (let path = ''; ; ) {
    const { parentPath: parent, key } = named;
    if (!parent?.isMemberExpression() || key !== 'object') return undefined;
    const name = writtenName(parent.node.property, parent.node.computed);
    if (name === undefined) return undefined;
    path = joinPaths(path, name);
    if (classPaths.includes(path)) return parent;
    named = parent;
  }
}
