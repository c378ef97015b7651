import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { bindingNamed } from '../code/bindings.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';

/**
 * The expressions that stand for an export of a module which a function loads into a constant: `const { open } = await
 * import('./clients.js')`, `const clients = require('./clients')`. Undefined where something else is done with the module.
 */
export function takenFromLoad(load: NodePath, exported: string): NodePath[] | undefined {
  const { parentPath: declarator } = load;
  if (!declarator?.isVariableDeclarator() || load.key !== 'init') return undefined;
  const { id } = declarator.node;
  if (id.type === 'ObjectPattern') {
    const picked = id.properties.map((each) => namePicked(each, exported));
    return picked.includes(undefined)
      ? undefined
      : allOf(picked.flatMap((name) => (name ? [usesOfConstant(name, declarator)] : [])));
  }
  const uses = id.type === 'Identifier' ? usesOfConstant(id, declarator) : undefined;
  return uses && allOf(uses.map((use) => memberOf(use, exported)));
}

/** The name that a property of a pattern gives to an export; null for another export's, undefined if nothing tells. */
function namePicked(property: t.ObjectPattern['properties'][number], exported: string) {
  const key = property.type === 'ObjectProperty' ? keyName(property) : undefined;
  if (property.type !== 'ObjectProperty' || key === undefined) return undefined;
  if (key !== exported) return null;
  return property.value.type === 'Identifier' ? property.value : undefined;
}

function usesOfConstant(name: t.Identifier, { scope }: NodePath): NodePath[] | undefined {
  const binding = bindingNamed(name, scope);
  return binding?.constant ? binding.referencePaths : undefined;
}

function memberOf(use: NodePath, exported: string): NodePath[] | undefined {
  const { parentPath: member } = use;
  if (!member || !isMember(member) || use.key !== 'object') return undefined;
  const name = propertyName(member.node);
  if (name === undefined) return undefined;
  return name === exported ? [member] : [];
}

function allOf(parts: readonly (readonly NodePath[] | undefined)[]): NodePath[] | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}
