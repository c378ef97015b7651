import type { NodePath, Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import { bindingNamed } from '../code/bindings.ts';
import { logCall } from '../code/known-calls.ts';
import { loadedBy } from '../code/loaded-by.ts';
import { propertyName } from '../code/members.ts';
import { isWithoutEffect } from '../code/without-effect.ts';

/**
 * Whether a statement only prepares what a function builds, tells of it, or asks whether it may: constants that are read,
 * a line of a log, an assertion, and an `if` that leaves the function. A promise around the function changes nothing of
 * when that runs, or of who sees it fail.
 */
export function isGuarding({ node, scope }: NodePath): boolean {
  if (node.type === 'VariableDeclaration')
    return node.declarations.every(({ init }) => init && isWithoutEffect(init));
  return asks(node) || isLogLine({ node, scope }) || isAssertion(node, scope);
}

function asks(node: t.Node): boolean {
  if (node.type === 'SwitchStatement')
    return isWithoutEffect(node.discriminant) && node.cases.every(asksInCase);
  if (node.type !== 'IfStatement' || !isWithoutEffect(node.test) || !leavesByItself(node.consequent))
    return false;
  return !node.alternate || asks(node.alternate) || leavesByItself(node.alternate);
}

function asksInCase({ test, consequent }: t.SwitchCase): boolean {
  return (
    (!test || isWithoutEffect(test)) &&
    consequent.every((each) => each.type === 'BreakStatement' || leavesByItself(each))
  );
}

/** It throws, or returns what is no agent and no promise; what it calls before that is told, and sets nothing here. */
export function leavesByItself(statement: t.Statement): boolean {
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

/** Whether a value is written out that is neither an agent nor a promise of one. */
export function isNoPromise(node: t.Node): boolean {
  if (node.type === 'Identifier') return node.name === 'undefined';
  return node.type.endsWith('Literal') && node.type !== 'TemplateLiteral';
}

const LEVELS = /^(trace|debug|verbose|info|log|warn|error)$/;

/** A statement that does nothing but write a line to a log: without it, nothing but that line would be missed. */
export function isLogLine({ node, scope }: Pick<NodePath, 'node' | 'scope'>): boolean {
  const call = node.type === 'ExpressionStatement' ? node.expression : undefined;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const { object } = call.callee;
  const name = propertyName(call.callee) ?? '';
  const isConsole = object.type === 'Identifier' && object.name === 'console' && !scope.hasBinding('console');
  if (!LEVELS.test(name) || !(isConsole || logCall(object, name))) return false;
  return call.arguments.every(isWithoutEffect);
}

const ASSERTS = /^(node:)?assert(\/strict)?$|^(tiny-|ts-)?invariant$/;

/** `assert(token, 'no token')` of Node, or of a package that does no more. */
function isAssertion(node: t.Node, scope: Scope): boolean {
  const call = node.type === 'ExpressionStatement' ? node.expression : undefined;
  if (call?.type !== 'CallExpression' || !call.arguments.every(isWithoutEffect)) return false;
  const { callee } = call;
  const binding = bindingNamed(callee.type === 'MemberExpression' ? callee.object : callee, scope);
  return binding?.constant === true && ASSERTS.test(loadedBy(binding)?.specifier ?? '');
}
