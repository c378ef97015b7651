import type { NodePath } from '@babel/traverse';

/**
 * What a value is made of by operators and literals; none for a literal, undefined for all else: names, calls, members,
 * and objects with methods or with keys that are computed.
 */
export function operandsOf(value: NodePath): NodePath[] | undefined {
  if (value.isTemplateLiteral()) return value.get('expressions') as NodePath[];
  if (value.isLiteral()) return [];
  if (value.isBinaryExpression() || value.isLogicalExpression())
    return [value.get('left') as NodePath, value.get('right') as NodePath];
  if (value.isUnaryExpression())
    return value.node.operator === 'delete' ? undefined : [value.get('argument')];
  if (value.isConditionalExpression())
    return [value.get('test'), value.get('consequent'), value.get('alternate')];
  if (value.isArrayExpression()) return value.get('elements') as NodePath[];
  if (!value.isObjectExpression()) return undefined;
  const parts = value
    .get('properties')
    .map((each) => (each.isObjectProperty() && !each.node.computed ? [each.get('value') as NodePath] : []));
  return parts.every((each) => each.length > 0) ? parts.flat() : undefined;
}
