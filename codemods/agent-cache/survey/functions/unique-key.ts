import type { NodePath, Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import { calledOfModule } from '../code/loaded-by.ts';
import { propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { runsAtOnce } from '../code/shared-state.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { bindingOf } from '../code/bindings.ts';

/** What gives another value each time, by the module that exports it. Not `uuid.v5`: the same for the same. */
const UNIQUE: ReadonlyMap<string, RegExp> = new Map([
  ['node:crypto', /^randomUUID$/],
  ['crypto', /^randomUUID$/],
  ['uuid', /^v[1467]$/],
  ['nanoid', /^nanoid$/],
  ['ulid', /^ulid$/],
]);

/** What a table has for a key that no other request has: `seen.set(requestId, …)` of `randomUUID()`. */
export function isUniqueKey(key: NodePath): boolean {
  const value = withoutTypes(key);
  const binding = bindingOf(value);
  if (!binding?.constant || !binding.path.isVariableDeclarator()) return false;
  const { init, id } = binding.path.node;
  if (id.type !== 'Identifier' || init?.type !== 'CallExpression') return false;
  return isMadeInRun(binding.scope, value) && givesUnique(init.callee, binding.path.scope);
}

/** Whether a variable is made anew whenever a place is come to: in the function around it, not in one that made that. */
function isMadeInRun({ path }: Scope, place: NodePath): boolean {
  const maker = path.isFunction() ? path : path.getFunctionParent();
  let around = place.getFunctionParent();
  while (around && around.node !== maker?.node && runsAtOnce(around as FunctionPath))
    around = around.getFunctionParent();
  return maker !== null && around?.node === maker.node;
}

function givesUnique(callee: t.Node, scope: Scope): boolean {
  const loaded = calledOfModule(callee, scope);
  if (loaded) return UNIQUE.get(loaded.specifier)?.test(loaded.name) === true;
  const isGlobal = (node: t.Node, name: string) =>
    node.type === 'Identifier' && node.name === name && !scope.hasBinding(name, true);
  if (callee.type === 'MemberExpression')
    return propertyName(callee) === 'randomUUID' && isGlobal(callee.object, 'crypto');
  return isGlobal(callee, 'Symbol');
}
