import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, isPrototype, propertyName } from '../code/members.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { isPureGlobal } from './pure-calls.ts';
import { bindingOf } from '../code/bindings.ts';

const MAX_STEPS = 8;

/** The expressions that a value is made of, behind the names that the function gives them. */
export function originsOf(path: NodePath, steps = MAX_STEPS): NodePath[] {
  const value = withoutTypes(path);
  if (steps === 0) return [value];
  const next = (each: NodePath) => originsOf(each, steps - 1);
  if (value.isObjectExpression())
    return value.get('properties').flatMap((each) => {
      if (each.isObjectProperty() && !isPrototype(each.node)) return next(each.get('value'));
      return each.isSpreadElement() ? next(each.get('argument')) : [each];
    });
  if (value.isTemplateLiteral()) return (value.get('expressions') as NodePath[]).flatMap(next);
  if (value.isBinaryExpression() || value.isLogicalExpression())
    return [...next(value.get('left') as NodePath), ...next(value.get('right') as NodePath)];
  if (value.isConditionalExpression())
    return [...next(value.get('consequent')), ...next(value.get('alternate'))];
  // `String(token)` is the token, for whoever asks where it comes from.
  if (value.isCallExpression() && isPureGlobal(value.get('callee') as NodePath, false))
    return (value.get('arguments') as NodePath[]).flatMap(next);
  const root = rootOf(value);
  if (!root.isIdentifier()) return [value];
  const declared = givenValueOf(root);
  return declared ? [value, ...next(declared)] : [value];
}

/** The name that a chain of members begins with. */
export function rootOf(path: NodePath): NodePath {
  const value = withoutTypes(path);
  return isMember(value) ? rootOf(value.get('object') as NodePath) : value;
}

/** What a local name is given: at its declaration, or by the promise whose callback takes it. */
export function givenValueOf(name: NodePath<t.Identifier>): NodePath | undefined {
  const binding = bindingOf(name);
  if (!binding || binding.scope.path.isProgram()) return undefined;
  const { path } = binding;
  if (path.isVariableDeclarator()) {
    const init = path.get('init') as NodePath;
    const later = binding.constantViolations.find((each) => each.isAssignmentExpression());
    if (init.node) return init;
    return later?.isAssignmentExpression() ? later.get('right') : undefined;
  }
  if (binding.kind !== 'param') return undefined;
  const fn = path.isFunction() ? path : path.getFunctionParent();
  const call = fn?.listKey === 'arguments' ? fn.parentPath : undefined;
  const callee = call?.isCallExpression() ? (call.get('callee') as NodePath) : undefined;
  return isMember(callee) && propertyName(callee.node) === 'then'
    ? (callee.get('object') as NodePath)
    : undefined;
}
