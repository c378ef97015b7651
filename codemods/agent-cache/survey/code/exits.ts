import type * as t from '@babel/types';

/** Whether control never runs off the end of the statement: every path throws. */
export function endsByLeaving(statement: t.Statement): boolean {
  if (statement.type === 'ThrowStatement') return true;
  if (statement.type === 'BlockStatement') return statement.body.some(endsByLeaving);
  if (statement.type !== 'IfStatement' || !statement.alternate) return false;
  return endsByLeaving(statement.consequent) && endsByLeaving(statement.alternate);
}
