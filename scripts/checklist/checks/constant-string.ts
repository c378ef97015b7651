import type { Node } from '@babel/types';

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
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return read(node.expression);
    default:
      return undefined;
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
