import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { bindingOf, constantBehind } from '../code/bindings.ts';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { withoutTypes } from '../code/wrappers.ts';

/** What Express takes for the name of where to go on, and not for an error. */
const GOES_ON = /^(route|router)$/;

/** Names of functions that are sure to give an error: `createError`, `httpError`, `make404Error`. */
const MAKES_ERROR = /^(?:create|make|new|build|http)(?:[A-Z0-9]\w*)?Error$|^(?:[A-Z]\w*)?HttpError$/;

/**
 * Whether a handler calls what it is given last with an error at most: `next(error)` ends in what answers errors, and no
 * other handler of the request runs after it.
 *
 * @param name the parameter that is called when the handler is done
 * @param isWaitedFor whether a call that is given the parameter is one of what the handler stands around
 */
export function onlyFails(
  fn: FunctionPath,
  name: string,
  isWaitedFor: (call: NodePath<t.CallExpression>) => boolean = () => false,
): boolean {
  const binding = fn.scope.getOwnBinding(name);
  if (!binding?.constant || usesArguments(fn)) return false;
  return binding.referencePaths.every((use) => {
    const { parentPath: call, listKey } = use;
    const isHanded = call?.isCallExpression() && listKey === 'arguments' && isWaitedFor(call);
    return isHanded || isCalledWithError(use) || isGivenErrors(use);
  });
}

/** Whether a handler gives all of its request and its answer to something at once, which may be another handler. */
export function handsRequestOn(fn: FunctionPath): boolean {
  const [request, response] = fn.node.params.slice(fn.node.params.length === 4 ? 1 : 0);
  // Of what is taken apart nobody has the whole.
  if (request?.type === 'ObjectPattern' || response?.type === 'ObjectPattern') return false;
  if (request?.type !== 'Identifier' || response?.type !== 'Identifier') return true;
  const callsWith = ({ name }: t.Identifier) =>
    new Set((fn.scope.getOwnBinding(name)?.referencePaths ?? []).flatMap((use) => callGivenWhole(use)));
  const others = callsWith(response);
  return [...callsWith(request)].some((call) => others.has(call));
}

/** The call that a value is an argument of, by itself or in an object or a list. */
function callGivenWhole(use: NodePath): t.Node[] {
  let value = use;
  for (let parent = value.parentPath; parent; parent = value.parentPath) {
    if (parent.isCallExpression() || parent.isNewExpression())
      return value.listKey === 'arguments' ? [parent.node] : [];
    const isPart =
      parent.isObjectExpression() ||
      parent.isArrayExpression() ||
      parent.isSpreadElement() ||
      (parent.isObjectProperty() && value.key === 'value') ||
      parent.isTSAsExpression() ||
      parent.isTSNonNullExpression();
    if (!isPart) return [];
    value = parent;
  }
  return [];
}

function isCalledWithError(use: NodePath): boolean {
  const { parentPath: call, key } = use;
  if (key !== 'callee' || !call?.isCallExpression()) return false;
  const [error] = call.get('arguments');
  return error !== undefined && isError(error);
}

/** `.catch(next)`, `.then(answer, next)`: called with what a promise is rejected with. */
function isGivenErrors({ parentPath: call, listKey, key }: NodePath): boolean {
  const callee = call?.isCallExpression() && listKey === 'arguments' ? call.get('callee') : undefined;
  const name = callee?.isMemberExpression() ? propertyName(callee.node) : undefined;
  return (name === 'catch' && key === 0) || (name === 'then' && key === 1);
}

/** Whether a value is sure to be taken for an error: made here, or what was caught. */
function isError(given: NodePath): boolean {
  const value = withoutTypes(given);
  if (value.isNewExpression() || value.isObjectExpression()) return true;
  if (value.isStringLiteral()) return value.node.value !== '' && !GOES_ON.test(value.node.value);
  if (value.isCallExpression()) return isMaker(value);
  if (!value.isIdentifier()) return false;
  const binding = bindingOf(value);
  if (binding?.scope.path.isCatchClause() && binding.path.isCatchClause()) return true;
  if (binding?.kind === 'param') return isRejection(binding.path, value.node.name);
  const init = constantBehind(binding);
  const isWhole = (init?.parent as t.VariableDeclarator | undefined)?.id.type === 'Identifier';
  return init !== undefined && isWhole && isError(init);
}

/** `createError(404)`, `Boom.notFound('…')`, `Object.assign(new Error('…'), { status: 404 })` */
function isMaker(call: NodePath<t.CallExpression>): boolean {
  const callee = withoutTypes(call.get('callee') as NodePath);
  const [first] = call.get('arguments') as NodePath[];
  if (isMember(callee) && propertyName(callee.node) === 'assign')
    return first !== undefined && isError(first);
  return callee.isIdentifier() && MAKES_ERROR.test(callee.node.name);
}

/** Whether a parameter is that of a callback which is given a promise's rejection alone. */
function isRejection(param: NodePath, name: string): boolean {
  const fn = param.getFunctionParent() ?? (param.isFunction() ? param : undefined);
  const [first] = fn?.node.params ?? [];
  return (
    fn !== undefined &&
    fn !== null &&
    first?.type === 'Identifier' &&
    first.name === name &&
    isGivenErrors(fn)
  );
}

function usesArguments(fn: FunctionPath): boolean {
  let isUsed = false;
  fn.traverse({
    Identifier(path) {
      if (path.node.name === 'arguments' && path.isReferencedIdentifier()) isUsed = true;
    },
  });
  return isUsed;
}
