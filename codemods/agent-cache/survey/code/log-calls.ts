import type * as t from '@babel/types';
import { propertyName } from './members.ts';

const LEVELS = /^(trace|debug|verbose|info|log|warn|error|fatal)$/;
const LOGS = /^(console|_?log(ger)?|\w+(Log|Logger))$/;
const WRITES = /^_?(debug|log|trace|warn)$/;

/** Whether a call goes by the name of one that writes a line: `console.log(…)`, `this.logger.info(…)`, `debug(…)`. */
export function isLogCall({ callee }: t.CallExpression | t.OptionalCallExpression): boolean {
  if (callee.type === 'Identifier') return WRITES.test(callee.name);
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return false;
  const name = propertyName(callee) ?? '';
  const { object } = callee;
  if (object.type === 'ThisExpression') return WRITES.test(name.replace(/^#/, ''));
  return LEVELS.test(name) && LOGS.test(lastName(object));
}

function lastName(node: t.Node): string {
  if (node.type === 'Identifier') return node.name;
  const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  return isMember ? (propertyName(node) ?? '').replace(/^#/, '') : '';
}

/** Whether a construction is of an error, which has what it is given in its text. */
export function isErrorMade({ callee }: t.NewExpression): boolean {
  return callee.type === 'Identifier' && callee.name.endsWith('Error');
}

/** Whether a call makes text of what it is given: `String(id)`, `id.slice(0, 8)` of what is asked for that. */
export function makesText({ callee }: t.CallExpression | t.OptionalCallExpression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'String';
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'JSON' &&
    propertyName(callee) === 'stringify'
  );
}
