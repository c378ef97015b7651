import type * as t from '@babel/types';
import { childrenOf } from '../../source/children.ts';
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

/** Whether a call gives an error, made there, to those who answer for it: `next(new AppError(…))`. */
export function handsErrorOn({
  callee,
  arguments: given,
}: t.CallExpression | t.OptionalCallExpression): boolean {
  // What is given beside the error goes on as what it is.
  const [error, ...others] = given;
  const isError = error?.type === 'NewExpression' && isErrorMade(error) && others.length === 0;
  const name = callee.type === 'Identifier' ? callee.name : lastName(callee);
  return isError && /^(next|reject|done|cb|callback)$/.test(name);
}

/** Whether a function does no more with what it is given than to write it down, as a logger of the tree does. */
export function onlyWritesDown(fn: t.Node): boolean {
  if (!('params' in fn) || !('body' in fn)) return false;
  const params = (fn.params as t.Node[]).map((each) => (each.type === 'RestElement' ? each.argument : each));
  const names = params.flatMap((each) => (each.type === 'Identifier' ? [each.name] : []));
  const isWithin = (node: t.Node, isTold: boolean): boolean => {
    if (node.type === 'Identifier')
      return isTold || !(names.includes(node.name) || node.name === 'arguments');
    const isCall = node.type === 'CallExpression' || node.type === 'OptionalCallExpression';
    const isText = isCall && isTold && makesText(node);
    const isBelow = isCall ? isText || isLogCall(node) : isTold && IN_TEXT.test(node.type);
    return childrenOf(node).every((each) => isWithin(each, isBelow));
  };
  return names.length === params.length && isWithin(fn.body as t.Node, false);
}

const IN_TEXT =
  /^(TemplateLiteral|BinaryExpression|ObjectExpression|ObjectProperty|ArrayExpression|SpreadElement|LogicalExpression|MemberExpression|TS\w+)$/;

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
