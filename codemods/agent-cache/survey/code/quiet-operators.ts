import type * as t from '@babel/types';
import { isGlobal, type Names } from './names-in-code.ts';
import { isOddOperand } from './odd-operands.ts';
import { isPrimitive, isReadable } from './quiet-parts.ts';
import { kindOf } from './value-kinds.ts';

/** Whether an operator can do what it does with any values that its sides may be. */
export function isQuietOperator({ operator, left, right }: t.BinaryExpression, names: Names): boolean {
  if (left.type === 'PrivateName') return false;
  if (operator === 'in') return isReadable(kindOf(right, names)) && !isPrimitive(kindOf(right, names));
  if (operator === 'instanceof') return right.type === 'Identifier' && isGlobal(right.name, names);
  // One big integer and one number cannot be counted together.
  return /^[=!]==$/.test(operator) || ![left, right].some((each) => isOddOperand(each, names));
}

/** The same of an operator with one side. */
export function isQuietUnary({ operator, argument }: t.UnaryExpression, names: Names): boolean {
  return !/^(delete|throw)$/.test(operator) && !(/^[-+~]$/.test(operator) && isOddOperand(argument, names));
}
