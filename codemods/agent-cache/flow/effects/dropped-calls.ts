import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { isTypeWrapper, withoutTypes } from '../../survey/code/wrappers.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/** Whether nobody uses what a call gives: it is a statement of its own, awaited or not, at the end of a chain or in it. */
export function isResultDropped(call: NodePath): boolean {
  const { parentPath: parent, key } = call;
  if (!parent) return false;
  if (isTypeWrapper(parent) || parent.isAwaitExpression()) return isResultDropped(parent);
  if (parent.isExpressionStatement()) return true;
  if (parent.isUnaryExpression({ operator: 'void' })) return true;
  if (parent.isLogicalExpression()) return key === 'right' && isResultDropped(parent);
  if (parent.isConditionalExpression()) return key !== 'test' && isResultDropped(parent);
  if (parent.isSequenceExpression())
    return key !== parent.node.expressions.length - 1 || isResultDropped(parent);
  if (parent.isVariableDeclarator() && key === 'init') return isUnused(parent);
  if (parent.isArrayExpression()) return isResultDropped(parent);
  if (parent.isArrowFunctionExpression() && key === 'body') return isForEach(parent);
  if (isMember(parent) && key === 'object') return isChainDropped(parent);
  const isPromise = parent.isCallExpression() && call.listKey === 'arguments' && isOfPromise(parent);
  return isPromise && isResultDropped(parent);
}

/** `call(x).commit();`, `call(x).catch(log);`: what follows in the chain uses the result, and only `then` gives it to anybody. */
function isChainDropped(member: NodePath): boolean {
  const { parentPath: outer, key } = member;
  if (!outer || key !== 'callee' || !(outer.isCallExpression() || outer.isOptionalCallExpression()))
    return false;
  const name = isMember(member) ? propertyName(member.node) : undefined;
  const [callback] = outer.node.arguments;
  const isFunction = callback?.type === 'ArrowFunctionExpression' || callback?.type === 'FunctionExpression';
  const isGivenOn = name === 'then' && !(isFunction && callback.params.length === 0);
  return !isGivenOn && isResultDropped(outer);
}

function isUnused({ node, scope }: NodePath<t.VariableDeclarator>): boolean {
  return node.id.type === 'Identifier' && scope.getBinding(node.id.name)?.referenced === false;
}

function isForEach(fn: NodePath): boolean {
  const { parentPath: call } = fn;
  const callee = call?.isCallExpression() ? call.node.callee : undefined;
  return callee?.type === 'MemberExpression' && propertyName(callee) === 'forEach';
}

/** `Promise.all([…])` */
function isOfPromise({ node }: NodePath<t.CallExpression>): boolean {
  const { callee } = node;
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise'
  );
}

/** Whether any of the arguments of a call is, or has, something that differs by request. */
export function isGivenOfRequest(call: NodePath): boolean {
  if (!call.isCallExpression() && !call.isOptionalCallExpression()) return false;
  return (call.get('arguments') as NodePath[]).some((each) => isOfRequest(each));
}

const CONSTANT =
  /^(String|Numeric|Boolean|BigInt|RegExp|Null)Literal$|^TemplateElement$|^(ImportExpression|MetaProperty|Super|Import)$/;
/** How many names and calls a value may be away from what it is made of. */
const MAX_STEPS = 12;

/** Whether a value may differ by request; what cannot be told may. */
function isOfRequest(value: NodePath, steps = MAX_STEPS): boolean {
  if (steps === 0) return true;
  if (CONSTANT.test(value.node.type)) return false;
  if (value.isIdentifier()) return isNameOfRequest(value, steps);
  if (value.isFunction()) return capturesRequest(value, steps);
  const parts = partsOf(value);
  return parts === undefined || parts.some((part) => isOfRequest(part, steps - 1));
}

function below(value: NodePath, key: string): NodePath[] {
  const found = value.get(key) as NodePath | NodePath[];
  return (Array.isArray(found) ? found : [found]).filter(({ node }) => Boolean(node));
}

/** What a value is made of; undefined for what may hold anything. */
function partsOf(value: NodePath): NodePath[] | undefined {
  const get = (key: string) => below(value, key);
  if (isTypeWrapper(value)) return get('expression');
  if (isMember(value)) return [...get('object'), ...(value.node.computed ? get('property') : [])];
  if (value.isCallExpression() || value.isOptionalCallExpression() || value.isNewExpression())
    return [...get('callee'), ...get('arguments')];
  if (value.isObjectExpression()) return get('properties');
  if (value.isObjectProperty()) return [...get('value'), ...(value.node.computed ? get('key') : [])];
  if (value.isArrayExpression()) return get('elements');
  if (value.isTemplateLiteral()) return get('expressions');
  if (value.isBinaryExpression() || value.isLogicalExpression()) return [...get('left'), ...get('right')];
  if (value.isConditionalExpression()) return [...get('test'), ...get('consequent'), ...get('alternate')];
  if (value.isUnaryExpression() || value.isAwaitExpression() || value.isSpreadElement())
    return get('argument');
  return undefined;
}

function isNameOfRequest(name: NodePath<t.Identifier>, steps: number): boolean {
  const binding = bindingOf(name);
  if (!binding) return false;
  const { path } = binding;
  if (path.parentPath?.isImportDeclaration() || path.isFunctionDeclaration() || path.isClassDeclaration())
    return false;
  if (!path.isVariableDeclarator()) return true;
  if (!binding.constant) return true;
  if (binding.scope.path.isProgram()) return false;
  const init = path.get('init') as NodePath;
  return init.node ? isOfRequest(withoutTypes(init), steps - 1) : true;
}

/** Whether a function has, from around it, anything of the request. */
function capturesRequest(fn: NodePath<t.Function>, steps: number): boolean {
  let captures = false;
  fn.traverse({
    ThisExpression() {
      captures ||= fn.isArrowFunctionExpression();
    },
    Identifier(path) {
      if (captures || !path.isReferencedIdentifier()) return;
      const binding = bindingOf(path);
      const isOwn =
        !binding ||
        binding.scope.path.isProgram() ||
        binding.scope.path.findParent(({ node }) => node === fn.node) !== null ||
        binding.scope.path.node === fn.node;
      if (!isOwn && isNameOfRequest(path as NodePath<t.Identifier>, steps - 1)) captures = true;
    },
  });
  return captures;
}
