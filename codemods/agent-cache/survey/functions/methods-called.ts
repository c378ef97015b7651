import type { NodePath } from '@babel/traverse';
import { bindingOf } from '../code/bindings.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { withoutTypes } from '../code/wrappers.ts';

/** A method by its name, and what it is called on. */
export interface MethodCall {
  name: string;
  object: NodePath;
  /** How many of the arguments are none of the method's: the first of `become.call(service, id)`. */
  skipped: number;
}

/**
 * The method that a call may be of, and what it is called on, taken out of that before or not: `const { become } = service`.
 * `service.become.call(service)` may be of `call` as well, since nothing tells what `become` is.
 */
export function methodsCalled(callee: NodePath): MethodCall[] {
  const own = methodCalled(callee);
  if (!own || !isMember(callee) || !/^(call|apply)$/.test(own.name)) return own ? [own] : [];
  return [own, ...methodsCalled(withoutTypes(own.object)).map((each) => ({ ...each, skipped: 1 }))];
}

function methodCalled(callee: NodePath): MethodCall | undefined {
  if (isMember(callee)) {
    const name = propertyName(callee.node);
    return name === undefined ? undefined : { name, object: callee.get('object') as NodePath, skipped: 0 };
  }
  const path = bindingOf(callee)?.path;
  if (!path?.isVariableDeclarator() || !callee.isIdentifier()) return undefined;
  const { id, init } = path.node;
  const taken = id.type === 'ObjectPattern' ? id.properties : [];
  const own = taken.find(
    (each) =>
      each.type === 'ObjectProperty' &&
      each.value.type === 'Identifier' &&
      each.value.name === callee.node.name,
  );
  const name = own && keyName(own);
  return init && name !== undefined ? { name, object: path.get('init') as NodePath, skipped: 0 } : undefined;
}
