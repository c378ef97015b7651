import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { soleDeclarator } from './declarations.ts';

/**
 * Whether an expression is the whole value of a variable that is declared on one line, without a type: what the line
 * was told to be silent about can only be that expression.
 */
export function isAllOfItsLine(expression: NodePath): boolean {
  const declaration = soleDeclarator(expression);
  if (!declaration) return false;
  const { loc } = declaration.statement.node;
  const isOneLine = loc?.start.line === loc?.end.line;
  const { init } = declaration.declarator.node;
  return isOneLine && !declaration.id.typeAnnotation && awaited(init) === expression.node;
}

function awaited(value: t.Expression | null | undefined): t.Node | null | undefined {
  return value?.type === 'AwaitExpression' ? awaited(value.argument) : value;
}
