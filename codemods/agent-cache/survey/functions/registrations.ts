import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isRouteCall } from './handlers.ts';

const ROUTE_METHOD = /^(get|post|put|patch|delete|head|options|all)$/;

/** Whether a call registers the handlers that it is given, with a router or with what is used just like one. */
export function isRegistration(call: NodePath<t.CallExpression>): boolean {
  return isRouteCall(call) || isGivenPath(call.node);
}

/** `admin.get('/accounts', list)`, where another file shows what `admin` is. */
function isGivenPath({ callee, arguments: [first] }: t.CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  if (callee.computed || !ROUTE_METHOD.test(callee.property.name)) return false;
  return first?.type === 'StringLiteral' && first.value.startsWith('/');
}

/** Whether a value is given to such a call, as a list of handlers is. */
export function isGivenToRegistration({ parentPath: parent, listKey }: NodePath): boolean {
  return listKey === 'arguments' && parent?.isCallExpression() === true && isRegistration(parent);
}
