import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isWithoutEffect } from '../code/without-effect.ts';

/**
 * Whether a statement only prepares what a function builds, or asks whether it may: constants that are read, and an `if`
 * that leaves the function. A promise around the function changes nothing of when that runs, or of who sees it fail.
 */
export function isGuarding({ node }: NodePath): boolean {
  if (node.type === 'VariableDeclaration')
    return node.declarations.every(({ init }) => init && isWithoutEffect(init));
  return (
    node.type === 'IfStatement' &&
    !node.alternate &&
    isWithoutEffect(node.test) &&
    leavesByItself(node.consequent)
  );
}

/** It throws, or returns what is no agent and no promise; what it calls before that is told, and sets nothing here. */
function leavesByItself(statement: t.Statement): boolean {
  if (statement.type === 'BlockStatement') {
    const last = statement.body.at(-1);
    return Boolean(last && leavesByItself(last)) && statement.body.slice(0, -1).every(tells);
  }
  if (statement.type === 'ThrowStatement') return true;
  return statement.type === 'ReturnStatement' && (!statement.argument || isNoPromise(statement.argument));
}

function tells(statement: t.Statement): boolean {
  return statement.type === 'ExpressionStatement' && statement.expression.type === 'CallExpression';
}

function isNoPromise(node: t.Expression): boolean {
  if (node.type === 'Identifier') return node.name === 'undefined';
  return node.type.endsWith('Literal') && node.type !== 'TemplateLiteral';
}
