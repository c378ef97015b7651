import type { NodePath } from '@babel/traverse';
import type { AgentBinding } from '../../migration.ts';
import { joinPaths } from './exported-paths.ts';
import { isMember, propertyName } from './members.ts';
import { outermostSame } from './wrappers.ts';

/** The expression that is the agent's class, where a reference to one of its names stands: the name, or a member of it. */
export function classNamedBy(
  reference: NodePath,
  { holds, classPaths = [] }: AgentBinding,
): NodePath | undefined {
  if (holds === 'class') return reference;
  // `module.exports = class` makes the required module the class itself.
  if (reference.parentPath?.isNewExpression() && reference.key === 'callee') return reference;
  let found: NodePath | undefined;
  let named = reference;
  for (let path = ''; ; ) {
    const { parentPath: parent, key } = outermostSame(named);
    const name = isMember(parent) && key === 'object' ? propertyName(parent.node) : undefined;
    if (!parent || name === undefined) return found;
    path = joinPaths(path, name);
    // `sdk.default` may be the class, or have it: what is read of it tells.
    if (classPaths.includes(path)) found = parent;
    else if (!classPaths.some((each) => each.startsWith(`${path}.`))) return found;
    named = parent;
  }
}
