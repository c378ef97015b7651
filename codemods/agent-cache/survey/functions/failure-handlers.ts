import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isHandler } from './handlers.ts';
import type { FunctionPath } from '../code/placement.ts';
import { childrenOf } from '../../source/children.ts';

/** Code that deals with the failure of what is in it: a `try`, a `.catch(…)` behind a call, `Promise.allSettled`. */
export type FailureHandler = NodePath<t.TryStatement> | NodePath<t.CallExpression>;

/** The handlers around a place, the innermost first, up to the end of `fn`. */
export function handlersAround(place: NodePath, fn: FunctionPath): FailureHandler[] {
  const found: FailureHandler[] = [];
  for (let path = place; path.node !== fn.node; ) {
    const parent: NodePath | null = path.parentPath;
    if (!parent) break;
    if (parent.isTryStatement() && path.key === 'block') found.push(parent);
    if (
      parent.isCallExpression() &&
      path.listKey === 'arguments' &&
      isPromiseMethod(parent, /^(allSettled|any|race)$/)
    ) {
      found.push(parent);
    }
    const chained = chainedCall(path, parent);
    if (chained && handlesFailure(chained) && !passesToNext(chained, fn)) found.push(chained);
    path = parent;
  }
  return found;
}

/** The call `value.then(…)`, where `value` is the path and `parent` the member. */
function chainedCall(path: NodePath, parent: NodePath): NodePath<t.CallExpression> | undefined {
  const call = parent.parentPath;
  if (!parent.isMemberExpression() || path.key !== 'object' || parent.key !== 'callee') return undefined;
  return call?.isCallExpression() ? call : undefined;
}

/** Whether the chained call deals with a failure of what it is chained to. */
export function handlesFailure(call: NodePath<t.CallExpression>): boolean {
  const name = methodOf(call);
  return name === 'catch' || name === 'finally' || (name === 'then' && call.node.arguments.length > 1);
}

/** `.catch(next)`, `.then(answer, next)`: the failure goes where that of an async handler goes by itself. */
function passesToNext(call: NodePath<t.CallExpression>, fn: FunctionPath): boolean {
  const method = methodOf(call);
  const handler = call.node.arguments[method === 'then' ? 1 : 0];
  if (method === 'finally' || !handler || !isHandler(fn)) return false;
  const last = fn.node.params.at(-1);
  if (last?.type !== 'Identifier' || fn.node.params.length < 3) return false;
  if (handler.type === 'Identifier') return handler.name === last.name;
  if (handler.type !== 'ArrowFunctionExpression' || handler.params.length !== 1) return false;
  const only = handler.body.type === 'BlockStatement' ? onlyExpression(handler.body) : handler.body;
  const [error] = handler.params;
  return (
    only?.type === 'CallExpression' &&
    only.callee.type === 'Identifier' &&
    only.callee.name === last.name &&
    only.arguments[0]?.type === 'Identifier' &&
    error?.type === 'Identifier' &&
    only.arguments[0].name === error.name
  );
}

function onlyExpression({ body }: t.BlockStatement): t.Expression | null | undefined {
  const [statement] = body;
  if (body.length !== 1) return undefined;
  if (statement?.type === 'ReturnStatement') return statement.argument;
  return statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
}

/** The name of the method that a call calls, `then` of `x.then(…)`. */
export function methodOf({ node }: NodePath<t.CallExpression>): string | undefined {
  const { callee } = node;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : undefined;
}

/** Whether a call is one of `Promise`'s own methods with such a name. */
export function isPromiseMethod(call: NodePath<t.CallExpression>, names: RegExp): boolean {
  const { callee } = call.node;
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise' &&
    names.test(methodOf(call) ?? '')
  );
}

/** Whether an error in the `try` always ends in its `catch`, which does not throw it on. */
export function swallowsErrors({ node }: NodePath<t.TryStatement>): boolean {
  return node.handler !== null && node.handler !== undefined && !containsThrow(node.handler.body);
}

/** Whether code has a `throw` of its own, functions within it aside. */
export function containsThrow(node: t.Node): boolean {
  if (node.type === 'ThrowStatement') return true;
  return !/Function|Method/.test(node.type) && childrenOf(node).some(containsThrow);
}
