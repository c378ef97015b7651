import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { declaredTypeOf } from './declared-type.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';
import { bindingOf, bindingOfFunction } from '../code/bindings.ts';
import { typeIn } from '../code/written-types.ts';

const REQUEST = /^_?(req|request|ctx|context|c)$/i;
const RESPONSE = /^_?(res|response|reply|rep)$/i;
const HANDLER_TYPE =
  /^(RequestHandler|ErrorRequestHandler|RequestParamHandler|Handler|Middleware|RouteHandler|NextHandler)$/;
const REQUEST_TYPE = /(Request|Context)$/;
const ROUTE_METHOD = /^(get|post|put|patch|delete|del|head|options|all|use|param)$/;
const ROUTER_NAME = /(app|router|routes?|server|api|express)$/i;

/** A parameter that is called when a function is done. */
const GOES_ON = /^(done|cb|callback|next|verified)$/;

/** Whether the function answers requests, or passes them on: an Express handler or middleware. */
export function isHandler(fn: FunctionPath): boolean {
  return hasHandlerParams(fn) || hasHandlerType(fn) || registrationOf(fn) !== undefined;
}

/** Whether a name is one that requests and responses are given. */
export function looksLikeRequest(name: string): boolean {
  return REQUEST.test(name) || RESPONSE.test(name);
}

/** The call that wraps a handler before it is registered (`asyncHandler(…)`), which may take care of its errors. */
export function wrapperOf(fn: FunctionPath): NodePath<t.CallExpression> | undefined {
  return wrapperAround(outermostSame(fn));
}

/** The call that wraps a value, a handler or its name, before that is registered. */
export function wrapperAround(value: NodePath): NodePath<t.CallExpression> | undefined {
  const call = value.parentPath;
  if (!call?.isCallExpression() || value.listKey !== 'arguments' || isRouteCall(call)) return undefined;
  return call;
}

function hasHandlerParams(fn: FunctionPath): boolean {
  const params = fn.node.params.map(nameAndType);
  const [first, second, third] = params;
  if (!first || !second) return Boolean(first && REQUEST_TYPE.test(first.type) && REQUEST.test(first.name));
  if (REQUEST.test(first.name) && RESPONSE.test(second.name)) return true;
  if (/Request/.test(first.type) && /Response/.test(second.type)) return true;
  return Boolean(third && REQUEST.test(second.name) && RESPONSE.test(third.name));
}

function nameAndType(param: t.Node): { name: string; type: string } {
  if (param.type !== 'Identifier') return { name: '', type: '' };
  const annotation = typeIn(param.typeAnnotation);
  return { name: param.name, type: typeName(annotation) };
}

/** Whether the function is declared as a handler by its type. */
export function hasHandlerType(fn: FunctionPath): boolean {
  return HANDLER_TYPE.test(typeName(declaredTypeOf(fn)));
}

function typeName(type: t.Node | null | undefined): string {
  if (type?.type !== 'TSTypeReference') return '';
  const { typeName: name } = type;
  if (name.type === 'Identifier') return name.name;
  return name.type === 'TSQualifiedName' ? name.right.name : '';
}

/** The `router.get(…)` that the function is given to, directly, by its name or in a wrapper. */
export function registrationOf(fn: FunctionPath): NodePath<t.CallExpression> | undefined {
  const direct = routeCallWith(outermostSame(fn));
  if (direct) return direct;
  const wrapper = wrapperOf(fn);
  if (wrapper) return routeCallWith(wrapper);
  for (const reference of referencesTo(fn)) {
    const found = routeCallWith(reference);
    if (found) return found;
  }
  return undefined;
}

function routeCallWith(value: NodePath): NodePath<t.CallExpression> | undefined {
  const call = value.parentPath?.isArrayExpression() ? value.parentPath.parentPath : value.parentPath;
  return call?.isCallExpression() && value.key !== 'callee' && isRouteCall(call) ? call : undefined;
}

/** Whether a call registers handlers: `router.get(…)`. */
export function isRouteCall(call: NodePath<t.CallExpression>): boolean {
  const callee = call.get('callee');
  if (!callee.isMemberExpression()) return false;
  const { property } = callee.node;
  if (property.type !== 'Identifier' || !ROUTE_METHOD.test(property.name)) return false;
  return isRouter(callee.get('object'));
}

function isRouter(object: NodePath): boolean {
  if (object.isIdentifier()) {
    if (ROUTER_NAME.test(object.node.name)) return true;
    const path = bindingOf(object)?.path;
    const init = path?.isVariableDeclarator() ? path.get('init') : undefined;
    return init?.isCallExpression() ? /express|Router/.test(calleeName(init.node.callee)) : false;
  }
  if (object.isMemberExpression()) {
    const { property } = object.node;
    const name = property.type === 'PrivateName' ? property.id : property;
    return name.type === 'Identifier' && ROUTER_NAME.test(name.name);
  }
  if (!object.isCallExpression()) return false;
  const callee = object.get('callee');
  if (!callee.isMemberExpression()) return /express|Router/.test(calleeName(object.node.callee));
  const { property } = callee.node;
  const chained =
    property.type === 'Identifier' && (property.name === 'route' || ROUTE_METHOD.test(property.name));
  return chained && isRouter(callee.get('object'));
}

function calleeName(callee: t.Node): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : '';
}

/** The references to a function by the name that it is declared or assigned to. */
export function referencesTo(fn: FunctionPath): readonly NodePath[] {
  return bindingOfFunction(fn)?.referencePaths ?? [];
}

/** Whether a function may run in each request before the handler does: a handler that is given what comes next. */
export function isMiddleware(fn: NodePath | null | undefined): boolean {
  if (!fn?.isFunction()) return false;
  return (
    (fn.node.params.length >= 3 && isHandler(fn as FunctionPath)) || goesOnByCallback(fn as FunctionPath)
  );
}

/** Whether a function answers the errors of others: `(error, req, res, next) => …`. */
export function isForErrors({ params }: t.Function): boolean {
  return (
    params.length === 4 && params.slice(1, 3).every((param) => looksLikeRequest(nameAndType(param).name))
  );
}

/** What is given to `new Strategy((token, done) => …)` or as `{ filename: (req, file, cb) => … }`, and goes on by calling back. */
function goesOnByCallback(fn: FunctionPath): boolean {
  const last = fn.node.params.at(-1);
  if (fn.node.params.length < 2 || last?.type !== 'Identifier' || !GOES_ON.test(last.name)) return false;
  const isCalled = fn.scope.getBinding(last.name)?.referencePaths.some(({ key }) => key === 'callee');
  const value = outermostSame(fn);
  const { parentPath: parent, listKey } = value;
  if (parent?.isNewExpression() && listKey === 'arguments') return isCalled === true;
  if (parent?.isCallExpression() && listKey === 'arguments')
    return isCalled === true && /^(de)?serializeUser$|^use$/.test(propertyOf(parent.node.callee));
  const object = parent?.isObjectProperty()
    ? parent.parentPath
    : fn.isObjectMethod()
      ? fn.parentPath
      : undefined;
  return isCalled === true && object?.isObjectExpression() === true && object.listKey === 'arguments';
}

function propertyOf(callee: t.Node): string {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return '';
  return callee.property.name;
}
