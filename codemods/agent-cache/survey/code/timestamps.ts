import type * as t from '@babel/types';
import { propertyName } from './members.ts';
import { isGlobal, type Names } from './names-in-code.ts';

/** The latest time that a date can have, in milliseconds. */
const LAST_TIME = 8.64e15;

/** Whether what a date is made of is sure to give a time: nothing, a day that is written out, `Date.now() - 86_400_000`. */
export function isTime(given: readonly t.Node[], names: Names): boolean {
  const [first] = given;
  if (given.length > 1) return given.every((each) => each.type === 'NumericLiteral' && each.value < 10_000);
  return !first || boundOf(first, names) <= LAST_TIME;
}

/** The most that a number of milliseconds can be, by its amount. */
function boundOf(node: t.Node, names: Names): number {
  if (node.type === 'NumericLiteral') return node.value;
  if (node.type === 'BinaryExpression') {
    const [left, right] = [boundOf(node.left, names), boundOf(node.right, names)];
    if (node.operator === '*') return left * right;
    return /^[-+]$/.test(node.operator) ? left + right : Number.POSITIVE_INFINITY;
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression')
    return Number.POSITIVE_INFINITY;
  const { object } = node.callee;
  const isNow =
    object.type === 'Identifier' &&
    object.name === 'Date' &&
    isGlobal('Date', names) &&
    propertyName(node.callee) === 'now';
  return isNow ? 1e14 : Number.POSITIVE_INFINITY;
}
