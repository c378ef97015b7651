import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledDefinition } from '../code/definitions.ts';
import { isMember } from '../code/members.ts';
import { returnedAtEnd } from '../code/returned-values.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { bindingOf } from '../code/bindings.ts';
import { MAX_HOPS } from '../../source/far.ts';

/**
 * The object that a call gives which makes none: `service` of `service.for(user)`, which returns `this`, and of
 * `getService()`, which returns a variable of its module. Any other value is itself.
 */
export function sharedBehind(value: NodePath, source: Source, calls = MAX_HOPS): NodePath {
  const call = callBehind(value);
  if (!call?.isCallExpression() || calls === 0) return value;
  const callee = call.get('callee') as NodePath;
  const called = calledDefinition(callee, source);
  const returned =
    called?.kind === 'function' && !called.path.node.async ? returnedAtEnd(called.path) : undefined;
  if (!returned) return value;
  if (returned.isThisExpression())
    return isMember(callee) ? sharedBehind(callee.get('object') as NodePath, source, calls - 1) : value;
  const kept = keptIn(returned);
  const root = rootOf(kept);
  return root?.scope.getBinding(root.node.name)?.scope.path.isProgram() ? kept : value;
}

/** What is given: for `(service ??= new Service())`, and `service ?? (service = new Service())`, the variable. */
function keptIn(returned: NodePath): NodePath {
  const path = withoutTypes(returned);
  if (path.isAssignmentExpression()) return path.get('left') as NodePath;
  return path.isLogicalExpression() ? keptIn(path.get('left')) : path;
}

function rootOf(path: NodePath): NodePath<t.Identifier> | undefined {
  if (isMember(path)) return rootOf(withoutTypes(path.get('object') as NodePath));
  return path.isIdentifier() ? path : undefined;
}

/** The call itself, or that which a name is declared with. */
function callBehind(value: NodePath): NodePath | undefined {
  const path = withoutTypes(value);
  if (!path.isIdentifier()) return path;
  const binding = bindingOf(path);
  const isOwn = binding?.constant && binding.path.isVariableDeclarator() && !binding.scope.path.isProgram();
  const init = isOwn ? (binding.path.get('init') as NodePath) : undefined;
  return init?.node ? withoutTypes(init) : undefined;
}
