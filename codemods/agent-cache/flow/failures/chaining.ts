import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { ChainedCall, Surveyed } from '../../migration.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import { callersOf, consumesPromise, isCallbackThatIsAwaited } from '../../survey/functions/callers.ts';
import { changedMeanwhile } from './read-alike-later.ts';
import { isPromiseMethod } from '../../survey/functions/failure-handlers.ts';
import { hasHandlerType, registrationOf } from '../../survey/functions/handlers.ts';
import { ownMethods } from '../effects/own-methods.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import { isWithoutEffect } from '../../survey/code/without-effect.ts';
import { withTypes } from '../../survey/code/wrappers.ts';

/** The call around a use of the agent: its own method, or a function that is given it. */
export function callAround(use: NodePath): NodePath<t.CallExpression> | undefined {
  const value = withTypes(use);
  const { parentPath: parent } = value;
  if (parent?.isCallExpression() && value.listKey === 'arguments') return parent;
  if (!parent?.isMemberExpression() || value.key !== 'object' || parent.key !== 'callee') return undefined;
  const call = parent.parentPath;
  return call.isCallExpression() ? call : undefined;
}

/** Whether a use calls something, be it only if the agent is there: `agent?.load()`. */
export function isCalled(use: NodePath): boolean {
  const member = withTypes(use).parentPath;
  const isOptional = member?.isOptionalMemberExpression() && member.parentPath.isOptionalCallExpression();
  return callAround(use) !== undefined || (isOptional === true && member?.key === 'callee');
}

/**
 * The call that can be put behind `.then((agent) => …)`: it gives a promise already, and its arguments are evaluated
 * a little later without a difference. Undefined when that cannot be shown.
 */
export function chainableCall(use: NodePath, migration: Surveyed): ChainedCall | undefined {
  const call = callAround(use);
  if (!call || !givesPromise(call, use, migration)) return undefined;
  const others = call.node.arguments.filter((argument) => argument !== use.node);
  if (changedMeanwhile(call, use, migration)) return undefined;
  return others.every((argument) => canWait(argument, call)) ? { call, use } : undefined;
}

/** Whether an argument may be evaluated a little later: it runs nothing that could answer or be seen. */
function canWait(argument: t.Node, { scope }: NodePath): boolean {
  return isQuiet(argument, scope) || isWithoutEffect(argument);
}

function givesPromise(call: NodePath<t.CallExpression>, use: NodePath, migration: Surveyed): boolean {
  const { parentPath: parent } = call;
  if (!parent) return false;
  if (consumesPromise(call)) return true;
  if (isAmongPromises(call)) return true;
  const { parentPath: member, key } = withTypes(use);
  if (member?.isMemberExpression() && member.node.property.type === 'Identifier' && key === 'object') {
    if (ownMethods(migration).get(member.node.property.name)?.async) return true;
  }
  if (calledFunction(call, migration)?.node.async) return true;
  const fn = returningFunction(call);
  // Express ignores what a handler returns; anybody else may use it.
  return (
    fn !== undefined && (isKnownToGivePromise(fn) || hasHandlerType(fn) || registrationOf(fn) !== undefined)
  );
}

/** An element of what is given to `Promise.all` or its like, perhaps on one condition: `[load(), more ? call() : null]`. */
function isAmongPromises({ parentPath: parent, key }: NodePath): boolean {
  const isEither = (parent?.isConditionalExpression() && key !== 'test') || parent?.isLogicalExpression();
  if (parent && isEither) return isAmongPromises(parent);
  const { parentPath: call } = parent?.isArrayExpression() ? parent : {};
  return call?.isCallExpression() === true && isPromiseMethod(call, /./);
}

/** The function that gives the value of an expression to its caller. */
function returningFunction(value: NodePath): FunctionPath | undefined {
  const { parentPath: parent } = value;
  if (parent?.isArrowFunctionExpression() && value.key === 'body') return parent;
  return parent?.isReturnStatement() ? (parent.getFunctionParent() ?? undefined) : undefined;
}

function isKnownToGivePromise(fn: FunctionPath): boolean {
  if (fn.node.async || isCallbackThatIsAwaited(fn)) return true;
  const annotation = fn.node.returnType;
  if (annotation?.type === 'TSTypeAnnotation' && annotation.typeAnnotation.type === 'TSTypeReference') {
    const { typeName } = annotation.typeAnnotation;
    if (typeName.type === 'Identifier' && typeName.name === 'Promise') return true;
  }
  const callers = callersOf(fn);
  return callers !== undefined && callers.length > 0 && callers.every(consumesPromise);
}
