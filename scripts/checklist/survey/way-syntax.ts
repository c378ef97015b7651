import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';

export type Call = Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' | 'NewExpression' }>;

export function isCallNode(node: Node): node is Call {
  return /^(?:OptionalCall|Call|New)Expression$/.test(node.type);
}

/** `a.b`, `a[b]`, `a?.b` */
export function isMember(
  node: Node,
): node is Extract<Node, { type: 'MemberExpression' | 'OptionalMemberExpression' }> {
  return node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
}

/** What an expression only wraps: it is the same value, or what the value is fulfilled with. */
export function wrapped(node: Node): Node | undefined {
  switch (node.type) {
    case 'AwaitExpression':
      return node.argument;
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return node.expression;
    case 'SequenceExpression':
      return node.expressions.at(-1);
    default:
      return undefined;
  }
}

export function isFunction(node: Node | undefined): node is Extract<
  Node,
  { params: unknown; body: unknown }
> & {
  params: Node[];
  body: Node;
} {
  return (
    node !== undefined &&
    /Function(?:Expression|Declaration)$|^(?:Object|Class|ClassPrivate)Method$/.test(node.type)
  );
}

/** What a function that takes nothing does nothing but give: `() => make()`. */
export function givenBackBy(node: Node): Node | undefined {
  if (!isFunction(node) || node.params.length > 0) return undefined;
  const { body } = node;
  const [only, ...more] = body.type === 'BlockStatement' ? body.body : [];
  const given = body.type === 'BlockStatement' ? only?.type === 'ReturnStatement' && only.argument : body;
  return more.length === 0 ? given || undefined : undefined;
}

export function opensNames(node: Node): boolean {
  return (
    isFunction(node) ||
    /^(?:BlockStatement|Program|StaticBlock|CatchClause|SwitchStatement|For(?:In|Of)?Statement)$/.test(
      node.type,
    )
  );
}

/** The statements whose names belong to what opens names. */
export function statementsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      return node.body;
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent);
    case 'ForStatement':
      return node.init ? [node.init] : [];
    case 'ForInStatement':
    case 'ForOfStatement':
      return [node.left];
    default:
      return [];
  }
}

/** What is declared with `var` anywhere in a function belongs to all of it. */
export function hoistedNames(node: Node): Node[] {
  if (node.type === 'VariableDeclaration')
    return node.kind === 'var' ? node.declarations.map(({ id }) => id) : [];
  return childrenOf(node).flatMap((child) => (isFunction(child) ? [] : hoistedNames(child)));
}

/** The object and the name in `Reflect.get(object, name)` and in `Object.getOwnPropertyDescriptor(object, name).value`. */
export function lookedUp(node: Node): readonly [object: Node, name: Node] | undefined {
  const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  const isDescribed = isMember && /^(?:value|get)$/.test(lastName(node));
  const call = isMember ? (isDescribed ? (wrapped(node.object) ?? node.object) : undefined) : node;
  if (call?.type !== 'CallExpression') return undefined;
  const [object, name] = call.arguments;
  const isLook = isDescribed
    ? isMemberOf(call.callee, 'Object', DESCRIPTOR) || isMemberOf(call.callee, 'Reflect', DESCRIPTOR)
    : isMemberOf(call.callee, 'Reflect', /^get$/);
  return isLook && object && name ? [object, name] : undefined;
}

const DESCRIPTOR = /^getOwnPropertyDescriptor$/;

/** Syntax that names things without using their values. */
export function isNoUse({ type }: Node): boolean {
  if (/^(?:Import|Export)(?:Declaration|Specifier|AllDeclaration)$/.test(type)) return true;
  return (
    type.startsWith('TS') &&
    !/Expression$|^TS(?:TypeAssertion|ParameterProperty|ExportAssignment|EnumDeclaration|ModuleDeclaration|ModuleBlock)$/.test(
      type,
    )
  );
}

/** Names of properties that are no names of the module. */
export function isPlainKey(node: Node, key: string): boolean {
  if (/^(?:loc|extra|.*[cC]omments|typeAnnotation|typeParameters|typeArguments|returnType)$/.test(key))
    return true;
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
    return key === 'property' && !node.computed;
  if (key === 'id' || (key === 'left' && node.type === 'AssignmentExpression')) return true;
  if (node.type === 'UnaryExpression') return node.operator === 'typeof';
  return key === 'key' && !('computed' in node && node.computed);
}

type Choice = Extract<Node, { type: 'LogicalExpression' | 'ConditionalExpression' }>;

/** Whether an expression is one of several others. */
export function isChoice(node: Node): node is Choice {
  return node.type === 'LogicalExpression' || node.type === 'ConditionalExpression';
}

/** What a choice may come to. */
export function valuesOf(node: Choice): Node[] {
  return node.type === 'LogicalExpression' ? [node.left, node.right] : [node.consequent, node.alternate];
}

/** What a choice is made of. */
export function partsOf(node: Choice): Node[] {
  return node.type === 'LogicalExpression' ? valuesOf(node) : [node.test, ...valuesOf(node)];
}

export function isField(
  node: Node,
): node is Extract<Node, { type: 'ClassProperty' | 'ClassPrivateProperty' | 'ClassAccessorProperty' }> {
  return /^Class(?:Private|Accessor)?Property$/.test(node.type);
}

/** The function in `Reflect.apply(f, self, list)`. */
export function appliedTo(node: Node): Node | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const { callee, arguments: given } = node;
  return isMemberOf(callee, 'Reflect', /^apply$/) ? given[0] : undefined;
}

/** Whether an expression only asks what its parts are, or are called, and does nothing with them. */
export function onlyLooks(node: Node): boolean {
  if (node.type === 'BinaryExpression') return /^(?:[=!]==?|in|instanceof)$/.test(node.operator);
  return (
    node.type === 'CallExpression' &&
    isMemberOf(node.callee, 'Object', /^(?:keys|getOwnPropertyNames|hasOwn|is)$/)
  );
}

/** `Reflect.apply` of an object by its name, and one of several members. */
export function isMemberOf(node: Node, object: string, names: RegExp): boolean {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return false;
  return node.object.name === object && names.test(writtenName(node.property, node.computed) ?? '');
}

/** How what stands at a key of a node is used, where the node itself is used in the given form. */
export function formBelow<Form extends string>(
  node: Node,
  key: string,
  form: Form,
): Form | 'value' | 'dropped' | 'exported' | 'kept' {
  switch (node.type) {
    case 'ExpressionStatement':
      return 'dropped';
    case 'AwaitExpression':
      return form === 'dropped' ? 'dropped' : 'value';
    case 'LogicalExpression':
    case 'ConditionalExpression':
      return key === 'test' ? 'value' : form;
    case 'VariableDeclarator':
      return isFollowed(node.id) ? 'kept' : 'value';
    case 'AssignmentExpression':
      if (key === 'right' && node.left.type === 'Identifier') return 'kept';
      return isWholeModule(node.left) ? 'exported' : 'value';
    case 'ClassPrivateProperty':
      return 'kept';
    case 'ClassProperty':
      return node.accessibility === 'private' && !node.static ? 'kept' : 'value';
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
      return 'exported';
    default:
      return 'value';
  }
}

/** Whether the names that a pattern gives are all known for what they stand for. */
function isFollowed(pattern: Node): boolean {
  if (pattern.type === 'Identifier') return true;
  if (pattern.type === 'AssignmentPattern') return isFollowed(pattern.left);
  if (pattern.type === 'RestElement') return isFollowed(pattern.argument);
  if (pattern.type !== 'ObjectPattern') return false;
  return pattern.properties.every((each) =>
    each.type === 'RestElement' ? isFollowed(each) : !each.computed && isFollowed(each.value),
  );
}

function isWholeModule(node: Node): boolean {
  return isMemberOf(node, 'module', /^exports$/);
}

/** The last name of `a.b.c`. */
export function lastName(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return '';
  return writtenName(node.property, node.computed) ?? '';
}
