import type { Binding, NodePath, Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import { globalCall, methodCall } from './known-calls.ts';
import { common, isData, isPresent, type Kind, kindOfPart } from './kinds.ts';
import { callOfNode, isOwnName } from './node-calls.ts';
import { isMember, isWritten, keyName, propertyName } from './members.ts';
import { initOf, isGlobal, type Names, plainPath, takenAs } from './names-in-code.ts';
import { routeParams } from './route-params.ts';
import { isTime } from './timestamps.ts';
import { constantBehind } from './bindings.ts';

const REQUEST = /^_?(req|request)$/i;
const RESPONSE = /^_?(res|response)$/i;
const ARITHMETIC = /^(-|\*|\/|%|\*\*|&|\||\^|<<|>>|>>>)$/;
const COMPARISON = /^([=!]==?|[<>]=?)$/;
/** How far names are followed through the declarations of others. */
const MAX_DEPTH = 8;

/** What is known of an expression. */
export function kindOf(node: t.Node, names: Names, depth = 0): Kind | undefined {
  const of = (inner: t.Node) => kindOf(inner, names, depth);
  const shown = names.shown && names.shown.size > 0 ? names.shown.get(plainPath(node) ?? '') : undefined;
  if (shown) return shown;
  switch (node.type) {
    case 'StringLiteral':
    case 'TemplateLiteral':
      return 'text';
    case 'NumericLiteral':
      return 'number';
    case 'BooleanLiteral':
      return 'flag';
    case 'RegExpLiteral':
      return 'pattern';
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return 'call';
    case 'ArrayExpression':
      return node.elements.every((each) => each && of(each) === 'text') ? 'texts' : 'list';
    case 'ObjectExpression':
      return kindOfLiteral(node, of);
    case 'Identifier':
      return depth < MAX_DEPTH ? kindOfName(node.name, names, depth) : undefined;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return kindOfMember(node, names, depth);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return kindOfCall(node, names, depth);
    case 'NewExpression':
      return kindOfNew(node, names);
    case 'UnaryExpression':
      return /^(!|delete)$/.test(node.operator) ? 'flag' : node.operator === 'typeof' ? 'text' : 'number';
    case 'BinaryExpression':
      return kindOfBinary(node, of);
    case 'LogicalExpression':
      return kindOfEither(node.operator, of(node.left), of(node.right));
    case 'ConditionalExpression':
      return common(of(node.consequent), of(node.alternate));
    case 'AssignmentExpression':
      return node.operator === '=' ? of(node.right) : undefined;
    case 'SequenceExpression':
      return of(node.expressions.at(-1) as t.Expression);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
      return of(node.expression);
    default:
      return undefined;
  }
}

function kindOfLiteral(
  { properties }: t.ObjectExpression,
  of: (node: t.Node) => Kind | undefined,
): Kind | undefined {
  const isPlain = (each: t.ObjectExpression['properties'][number]) =>
    each.type === 'SpreadElement' ? isData(of(each.argument)) : isPlainProperty(each);
  if (!properties.every(isPlain)) return undefined;
  const isAllData = properties.every(
    (each) => each.type === 'SpreadElement' || (each.type === 'ObjectProperty' && isData(of(each.value))),
  );
  return isAllData ? 'present' : 'record';
}

/** A property of a literal that no code runs for: no getter, nothing that is spread, no other prototype. */
function isPlainProperty(node: t.ObjectExpression['properties'][number]): boolean {
  if (node.type === 'SpreadElement') return false;
  if (node.type === 'ObjectMethod') return node.kind === 'method';
  const name = keyName(node);
  return name !== undefined && name !== '__proto__';
}

function kindOfName(name: string, names: Names, depth: number): Kind | undefined {
  if (names.inner.has(name)) return names.inner.get(name);
  const binding = names.scope.getBinding(name);
  if (!binding?.constant) return undefined;
  const { path } = binding;
  if (path.isFunctionDeclaration()) return 'call';
  if (binding.kind === 'param') return kindOfParam(binding);
  if (!path.isVariableDeclarator() || !path.node.init || path.parentPath.parentPath?.isFor())
    return undefined;
  const { id, init } = path.node;
  const whole = kindOf(init, { ...names, scope: path.scope, inner: NONE, shown: undefined }, depth + 1);
  if (id.type !== 'Identifier') {
    const declared = whole
      ? undefined
      : names.typeOfPart?.(path.get('init') as NodePath, takenAs(id, name) ?? '');
    return declared ? kindOfType(declared) : kindOfTaken(id, name, whole);
  }
  return whole === 'texts' && isFilled(binding) ? 'list' : whole;
}

const FILLS = /^(push|unshift|splice|fill|copyWithin)$/;

/** Whether a list gets other elements than it is declared with. */
function isFilled({ referencePaths }: Binding): boolean {
  return referencePaths.some(({ parentPath: parent, key }) => {
    if (!isMember(parent) || key !== 'object') return false;
    return isWritten(parent) || FILLS.test(propertyName(parent.node) ?? '');
  });
}

const NONE: ReadonlyMap<string, Kind | undefined> = new Map();

function kindOfParam({ identifier, path }: Binding): Kind | undefined {
  if (path.isObjectPattern()) return kindOfTaken(path.node, identifier.name, kindOfFirst(path));
  // One with a default is another value than its name says.
  if (path.node !== identifier) return undefined;
  if (REQUEST.test(identifier.name)) return 'request';
  if (RESPONSE.test(identifier.name)) return 'response';
  const annotation = identifier.typeAnnotation;
  return annotation?.type === 'TSTypeAnnotation' ? kindOfType(annotation.typeAnnotation) : undefined;
}

/** What is taken apart by the first parameter of a handler: `({ params }, res) => …`. */
function kindOfFirst({ key, parent }: NodePath): Kind | undefined {
  const second =
    key === 0 && 'params' in parent && Array.isArray(parent.params) ? parent.params[1] : undefined;
  const isHandler = second?.type === 'Identifier' && RESPONSE.test(second.name);
  return isHandler ? 'request' : undefined;
}

function kindOfType(type: t.TSType): Kind | undefined {
  if (type.type === 'TSStringKeyword') return 'text';
  if (type.type === 'TSNumberKeyword') return 'number';
  if (type.type === 'TSBooleanKeyword') return 'flag';
  return type.type === 'TSArrayType' && type.elementType.type === 'TSStringKeyword' ? 'texts' : undefined;
}

/** What a pattern takes under a name: `const { id } = req.params`. */
function kindOfTaken(pattern: t.Node, name: string, whole: Kind | undefined): Kind | undefined {
  const property = takenAs(pattern, name);
  return property === undefined ? undefined : kindOfPart(whole, property);
}

function kindOfMember(
  node: t.MemberExpression | t.OptionalMemberExpression,
  names: Names,
  depth: number,
): Kind | undefined {
  const { object } = node;
  if (object.type === 'Identifier' && object.name === 'process' && isGlobal('process', names))
    return propertyName(node) === 'env' ? 'present' : undefined;
  const property = propertyName(node);
  if (property !== undefined && isRouteParam(object, property, names)) return 'text';
  const own = property === undefined ? undefined : ownValue(object, property, names);
  return own
    ? kindOf(own.value, { ...names, scope: own.scope }, depth + 1)
    : kindOfPart(kindOf(object, names, depth), property);
}

/** `req.params.id` in the handler of `/:id`, which nobody sets to anything else. */
function isRouteParam(object: t.Node, name: string, { scope, inner }: Names): boolean {
  if (object.type !== 'MemberExpression' || propertyName(object) !== 'params') return false;
  const { object: request } = object;
  const binding =
    request.type === 'Identifier' && !inner.has(request.name) ? scope.getBinding(request.name) : undefined;
  if (binding?.kind !== 'param' || !binding.constant || kindOfParam(binding) !== 'request') return false;
  const isSet = binding.referencePaths.some(({ parentPath: params }) => {
    const member = params?.parentPath;
    return isMember(params) && (isWritten(params) || (isMember(member) && isWritten(member)));
  });
  return !isSet && routeParams(binding.scope.path).has(name);
}

/** What a literal has for a property, where the variable that holds it gets nothing else for that: `const part = { id: '' }`. */
function ownValue(
  object: t.Node,
  property: string,
  { scope, inner }: Names,
): { value: t.Node; scope: Scope } | undefined {
  const binding =
    object.type === 'Identifier' && !inner.has(object.name) ? scope.getBinding(object.name) : undefined;
  const init = constantBehind(binding)?.node;
  if (!binding || init?.type !== 'ObjectExpression' || !init.properties.every(isPlainProperty))
    return undefined;
  const found = init.properties.find((each) => keyName(each) === property);
  const isChanged = binding.referencePaths.some(({ parentPath: parent, key }) => {
    if (!isMember(parent) || key !== 'object') return false;
    return isWritten(parent) && [property, undefined].includes(propertyName(parent.node));
  });
  return found?.type === 'ObjectProperty' && !isChanged
    ? { value: found.value, scope: binding.path.scope }
    : undefined;
}

function kindOfCall(
  node: t.CallExpression | t.OptionalCallExpression,
  names: Names,
  depth: number,
): Kind | undefined {
  const { callee } = node;
  const of = (inner: t.Node) => kindOf(inner, names, depth);
  const ofNode = isOwnName(callee, names) ? undefined : callOfNode(callee, node.arguments, names.scope);
  if (ofNode) return ofNode.gives;
  if (callee.type === 'Identifier')
    return isGlobal(callee.name, names)
      ? globalCall(callee.name, node.arguments, of, (each) => initOf(each, names))?.gives
      : (kindDeclared(callee.name, names) ?? kindOfResult(callee.name, node.arguments, names, depth));
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return undefined;
  const name = propertyName(callee) ?? '';
  const { object } = callee;
  if (object.type === 'Identifier' && isGlobal(object.name, names))
    return globalCall(`${object.name}.${name}`, node.arguments, of)?.gives;
  // What a storage of contexts has for a request, where it is known to be one.
  if (name === 'getStore' && node.arguments.length === 0) return 'data';
  // A call that may be skipped gives nothing then.
  if (node.type === 'OptionalCallExpression' && of(object) === 'data')
    return methodCall('present', name, node.arguments, of) ? 'data' : undefined;
  return methodCall(of(object), name, node.arguments, of)?.gives;
}

function kindOfNew({ callee, arguments: given }: t.NewExpression, names: Names): Kind | undefined {
  if (callee.type !== 'Identifier' || !isGlobal(callee.name, names)) return undefined;
  switch (callee.name) {
    case 'Map':
    case 'WeakMap':
    case 'URLSearchParams':
      return 'map';
    case 'Set':
    case 'WeakSet':
      return 'set';
    case 'Date':
      return isTime(given, names) ? 'time' : 'date';
    default:
      return undefined;
  }
}

/** What a function of the file is declared to give: `(…): string[] => …`. */
function kindDeclared(name: string, names: Names): Kind | undefined {
  const type = functionOf(name, names)?.fn.returnType;
  return type?.type === 'TSTypeAnnotation' ? kindOfType(type.typeAnnotation) : undefined;
}

/** The function of the file that a name stands for, and where it is declared; no generator, and none that is async. */
function functionOf(name: string, names: Names) {
  const binding = names.inner.has(name) ? undefined : names.scope.getBinding(name);
  if (!binding?.constant) return undefined;
  const { node, scope } = binding.path;
  const fn = node.type === 'VariableDeclarator' ? node.init : node;
  const isFunction =
    fn?.type === 'FunctionDeclaration' ||
    fn?.type === 'FunctionExpression' ||
    fn?.type === 'ArrowFunctionExpression';
  return isFunction && !fn.async && !fn.generator ? { fn, scope } : undefined;
}

/** What a function of the file gives that does no more than that: `(query) => ({ id: query.id })`. */
function kindOfResult(name: string, given: readonly t.Node[], names: Names, depth: number): Kind | undefined {
  const found = depth >= MAX_DEPTH ? undefined : functionOf(name, names);
  if (!found) return undefined;
  const { fn, scope } = found;
  const [only, ...others] = fn.body.type === 'BlockStatement' ? fn.body.body : [];
  const returned = only?.type === 'ReturnStatement' && others.length === 0 ? only.argument : undefined;
  const value = fn.body.type === 'BlockStatement' ? returned : fn.body;
  // Behind a list that is spread, nobody can count.
  const spread = given.findIndex(({ type }) => type === 'SpreadElement');
  const counted = spread === -1 ? given : given.slice(0, spread);
  const inner = new Map<string, Kind | undefined>();
  for (const [index, param] of fn.params.entries()) {
    const argument = counted[index];
    if (param.type !== 'Identifier') return undefined;
    inner.set(param.name, argument && kindOf(argument, names, depth + 1));
  }
  return value ? kindOf(value, { scope, inner }, depth + 1) : undefined;
}

function kindOfBinary(
  { operator, left, right }: t.BinaryExpression,
  of: (node: t.Node) => Kind | undefined,
): Kind | undefined {
  if (COMPARISON.test(operator) || /^(in|instanceof)$/.test(operator)) return 'flag';
  if (ARITHMETIC.test(operator)) return 'number';
  if (operator !== '+') return undefined;
  const sides = [of(left), of(right)];
  if (sides.includes('text')) return 'text';
  return sides.every((each) => each === 'number') ? 'number' : undefined;
}

function kindOfEither(
  operator: t.LogicalExpression['operator'],
  left: Kind | undefined,
  right: Kind | undefined,
): Kind | undefined {
  if (operator === '??' && isPresent(left)) return left;
  const either = common(left, right);
  // `req.body ?? {}`: one or the other, and never nothing.
  return either === 'data' && operator !== '&&' && isPresent(right) ? 'present' : either;
}
