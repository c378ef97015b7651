import type * as t from '@babel/types';
import type { Machine } from './machine.ts';
import { cellOfGuard, renewed } from './guard-names.ts';
import { targetCells } from './targets.ts';
import { CALLERS, type Frame } from './values.ts';

/** The cells that are sure to be empty where a condition is met, or is not. */
export function emptiesOf(test: t.Node, met: boolean, frame: Frame, machine: Machine): string[] {
  if (test.type === 'UnaryExpression' && test.operator === '!')
    return emptiesOf(test.argument, !met, frame, machine);
  if (test.type === 'LogicalExpression') {
    const { left, operator, right } = test;
    if ((operator === '&&') !== met) return renewedAt(test, met, frame, machine);
    return [...emptiesOf(left, met, frame, machine), ...emptiesOf(right, met, frame, machine)];
  }
  if (test.type === 'BinaryExpression') {
    const isEqual = /^===?$/.test(test.operator);
    if (!/^[!=]==?$/.test(test.operator) || isEqual !== met) return [];
    const [value, other] = isNone(test.right) ? [test.left, test.right] : [test.right, test.left];
    if (!isNone(other)) return [];
    const inner = value.type === 'UnaryExpression' && value.operator === 'typeof' ? value.argument : value;
    return targetCells(inner, frame, machine);
  }
  if (test.type === 'AwaitExpression') return emptiesOf(test.argument, met, frame, machine);
  return met ? [] : targetCells(test, frame, machine);
}

/** `!token || token.until < now`: what is kept is missing there, or was found to be too old, by nothing of the caller's. */
function renewedAt(test: t.LogicalExpression, met: boolean, frame: Frame, machine: Machine): string[] {
  const parts = partsOf(test, test.operator);
  const cells = parts.flatMap((each) => emptiesOf(each, met, frame, machine));
  if (cells.length === 0) return [];
  const isOfCaller = parts.some((each) => (machine.run.evaluate(each, frame).from & CALLERS) !== 0);
  return isOfCaller ? [] : cells.map((cell) => renewed(cellOfGuard(cell)));
}

function partsOf(node: t.Expression, operator: t.LogicalExpression['operator']): t.Expression[] {
  if (node.type !== 'LogicalExpression' || node.operator !== operator) return [node];
  return [...partsOf(node.left, operator), ...partsOf(node.right, operator)];
}

function isNone(node: t.Node): boolean {
  if (node.type === 'NullLiteral') return true;
  if (node.type === 'StringLiteral') return node.value === 'undefined';
  if (node.type === 'BooleanLiteral') return !node.value;
  return node.type === 'Identifier' && node.name === 'undefined';
}
