import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledFunction } from '../code/called-code.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { bindingOf } from '../code/bindings.ts';

/** The call that an object is given to, `route({ … })`; not one that makes an object of it, as `Object.assign` does. */
export function callWithOptions(property: NodePath): NodePath<t.CallExpression> | undefined {
  const object = property.parentPath;
  const call = object?.isObjectExpression() && object.listKey === 'arguments' ? object.parentPath : undefined;
  if (!call?.isCallExpression()) return undefined;
  const callee = call.get('callee');
  const isOfObject = callee.isMemberExpression() && callee.get('object').isIdentifier({ name: 'Object' });
  return isOfObject ? undefined : call;
}

/** Where a function uses one of the options that a call gives it; undefined when its code is not seen. */
export function usesOfOption(
  property: NodePath,
  call: NodePath<t.CallExpression>,
  source: Source,
): NodePath[] | undefined {
  const name = keyName(property.node);
  const param = calledFunction(call, source)?.get('params')[Number(property.parentPath?.key)];
  const options = param?.isAssignmentPattern() ? param.get('left') : param;
  return options && name !== undefined ? usesOfPattern(options, name) : undefined;
}

/** Where a property is used of what a pattern, or a name, is given; undefined when that goes on as a whole. */
export function usesOfPattern(options: NodePath, name: string): NodePath[] | undefined {
  if (options.isObjectPattern()) return usesOfPicked(options, name);
  if (!options.isIdentifier()) return undefined;
  const uses = (bindingOf(options)?.referencePaths ?? []).map((reference) => usesOfPart(reference, name));
  return uses.every((each) => each !== undefined) ? uses.flat() : undefined;
}

/** `options.name`, `const { name } = options`; undefined when the options go on as a whole. */
function usesOfPart({ parentPath: parent }: NodePath, name: string): NodePath[] | undefined {
  if (isMember(parent)) return propertyName(parent.node) === name ? [parent] : [];
  const id = parent?.isVariableDeclarator() ? parent.get('id') : undefined;
  return id?.isObjectPattern() ? usesOfPicked(id, name) : undefined;
}

function usesOfPicked(pattern: NodePath<t.ObjectPattern>, name: string): NodePath[] | undefined {
  for (const property of pattern.get('properties')) {
    if (property.isRestElement()) return undefined;
    if (!property.isObjectProperty() || keyName(property.node) !== name) continue;
    const value = property.get('value') as NodePath;
    return value.isIdentifier() ? (bindingOf(value)?.referencePaths ?? []) : undefined;
  }
  return [];
}
