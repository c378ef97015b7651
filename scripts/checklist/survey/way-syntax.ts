import type { Node } from '@babel/types';

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

export function opensNames(node: Node): boolean {
  return (
    isFunction(node) ||
    node.type === 'BlockStatement' ||
    node.type === 'Program' ||
    node.type === 'StaticBlock'
  );
}

export function statementsOf(node: Node): readonly Node[] {
  return node.type === 'BlockStatement' || node.type === 'Program' || node.type === 'StaticBlock'
    ? node.body
    : [];
}

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
