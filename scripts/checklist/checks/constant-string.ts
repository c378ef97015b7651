import type { Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';

/** Looks a name up; undefined when it is not known. */
export type Lookup = (name: string) => Node | undefined;

const DEEPEST = 8;

/** The text of an expression that the source alone decides; undefined for anything else. */
export function constantString(node: Node | null | undefined, lookup: Lookup, depth = 0): string | undefined {
  if (!node || depth > DEEPEST) return undefined;
  const read = (inner: Node | null | undefined) => constantString(inner, lookup, depth + 1);
  switch (node.type) {
    case 'StringLiteral':
      return node.value;
    case 'TemplateLiteral':
      return concatenate(
        node.quasis.flatMap((quasi, index) => [
          quasi.value.cooked ?? undefined,
          ...expressionAt(node.expressions, index, read),
        ]),
      );
    case 'BinaryExpression':
      return node.operator === '+' ? concatenate([read(node.left), read(node.right)]) : undefined;
    case 'Identifier':
      return read(lookup(node.name));
    case 'MemberExpression':
      return read(memberNode(node, lookup, depth + 1));
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return read(node.expression);
    default:
      return undefined;
  }
}

/** What a property of a constant object, or a member of an enum, is made of. */
export function memberNode(
  { object, property, computed }: Extract<Node, { type: 'MemberExpression' }>,
  lookup: Lookup,
  depth = 0,
): Node | undefined {
  const whole = objectNode(object, lookup, depth);
  if (whole?.type === 'ArrayExpression') return elementNode(whole, property, lookup);
  const name = writtenName(property, computed) ?? constantString(property, lookup, depth);
  if (name === undefined || whole === undefined) return undefined;
  if (whole.type === 'TSEnumDeclaration') {
    const members = 'body' in whole && whole.body ? whole.body.members : whole.members;
    return members?.find((member) => writtenName(member.id, false) === name)?.initializer ?? undefined;
  }
  if (whole.type !== 'ObjectExpression') return undefined;
  for (const each of whole.properties)
    if (each.type === 'ObjectProperty' && writtenName(each.key, each.computed) === name) return each.value;
  return undefined;
}

/** An element of a constant list, by a number or by a name that stands for one. */
function elementNode(
  { elements }: Extract<Node, { type: 'ArrayExpression' }>,
  property: Node,
  lookup: Lookup,
): Node | undefined {
  const index = property.type === 'Identifier' ? lookup(property.name) : property;
  return index?.type === 'NumericLiteral' ? (elements[index.value] ?? undefined) : undefined;
}

/** The object or enum that an expression stands for, through names, casts and `Object.freeze`. */
export function objectNode(node: Node | undefined, lookup: Lookup, depth = 0): Node | undefined {
  if (node === undefined || depth > DEEPEST) return undefined;
  switch (node.type) {
    case 'Identifier':
      return objectNode(lookup(node.name), lookup, depth + 1);
    case 'MemberExpression':
      return objectNode(memberNode(node, lookup, depth + 1), lookup, depth + 1);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return objectNode(node.expression, lookup, depth + 1);
    case 'CallExpression': {
      const [argument] = node.arguments;
      const { callee } = node;
      const isFreeze =
        callee.type === 'MemberExpression' && writtenName(callee.property, callee.computed) === 'freeze';
      return isFreeze ? objectNode(argument, lookup, depth + 1) : undefined;
    }
    default:
      return node;
  }
}

function expressionAt(
  expressions: readonly Node[],
  index: number,
  read: (node: Node) => string | undefined,
): (string | undefined)[] {
  const expression = expressions[index];
  return expression === undefined ? [] : [read(expression)];
}

function concatenate(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}
