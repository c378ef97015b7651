import type { NodePath } from '@babel/traverse';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember } from '../../survey/code/members.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';

/** How many names may stand for one another. */
const MAX_NAMES = 4;

/** The name that a chain of members, and of calls that are to count, starts from, behind constants. */
export function rootOf(
  path: NodePath,
  counts: (callee: NodePath) => boolean = () => true,
  names = MAX_NAMES,
): NodePath | undefined {
  const value = withoutTypes(path);
  if (isMember(value)) return rootOf(value.get('object') as NodePath, counts, names);
  if (value.isCallExpression()) {
    const callee = value.get('callee') as NodePath;
    return counts(callee) ? rootOf(callee, counts, names) : undefined;
  }
  if (!value.isIdentifier()) return undefined;
  const binding = bindingOf(value);
  const init = binding && !loadedBy(binding) ? constantBehind(binding) : undefined;
  const isAlias = init && names > 0 && binding?.scope.path.isProgram() !== true;
  return isAlias ? rootOf(init, counts, names - 1) : value;
}
