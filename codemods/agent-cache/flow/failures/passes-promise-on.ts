import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { consumesPromise } from '../../survey/functions/callers.ts';
import {
  handlersAround,
  isPromiseMethod,
  methodOf,
  swallowsErrors,
} from '../../survey/functions/failure-handlers.ts';
import { calledName, callGiven } from '../../survey/functions/later-callbacks.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { packageOf } from '../../survey/code/package-of.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';
import { isGivenBack } from '../../survey/functions/given-back.ts';
import { bindingOf, usesOfDeclared } from '../../survey/code/bindings.ts';

/** How many wrappers may wrap by each other. */
const MAX_DEPTH = 3;

/** Names of wrappers that take care of an async handler, for those that no file of the tree shows. */
const CARES = /async|await|catch|promis|rescue|wrap/i;

/**
 * Whether a wrapper (`asyncHandler(handler)`) gives the promise of what it wraps to its own caller, or handles its
 * failure; with `catches`, only the latter counts, for a caller that ignores promises.
 */
export function passesPromiseOn(
  wrapping: NodePath<t.CallExpression>,
  index: number,
  catches: boolean,
  source: Source,
): boolean {
  return passesOn(wrapping, index, { catches, migration: source, depth: 0 });
}

interface Question {
  catches: boolean;
  migration: Source;
  depth: number;
}

function passesOn(wrapping: NodePath<t.CallExpression>, index: number, question: Question): boolean {
  const callee = wrapping.get('callee') as NodePath;
  const found = calledDefinition(callee, question.migration);
  if (!found) return CARES.test(calledName(wrapping)) || CARES.test(packageOf(callee) ?? '');
  const param = found.kind === 'function' ? found.path.get('params')[index] : undefined;
  if (!param?.isIdentifier()) return false;
  const references = param.scope.getOwnBinding(param.node.name)?.referencePaths ?? [];
  const used = references.filter((reference) => !isOnlyAsked(reference));
  return used.length > 0 && used.every((reference) => isSeen(reference, question));
}

/** `typeof handler`, `handler.length`, `Array.isArray(handler)` and what is done with the list of them. */
function isOnlyAsked(reference: NodePath): boolean {
  const { parentPath: parent } = reference;
  if (parent?.isUnaryExpression() || parent?.isBinaryExpression()) return true;
  if (isMember(parent)) return !/^(call|apply|bind)$/.test(propertyName(parent.node) ?? '');
  return Boolean(parent?.isCallExpression() && methodOf(parent) === 'isArray');
}

function isSeen(reference: NodePath, question: Question): boolean {
  const { parentPath: parent } = reference;
  if (!parent) return false;
  const call = calling(reference);
  if (call) return question.catches ? isCaughtHere(call, question) : isPassedOn(call);
  if (parent.isCallExpression() && reference.listKey === 'arguments' && question.depth < MAX_DEPTH)
    return passesOn(parent, Number(reference.key), { ...question, depth: question.depth + 1 });
  // `(handler) => handler` passes the function itself on.
  return !question.catches && isGivenBack(reference);
}

function isPassedOn(call: NodePath): boolean {
  return consumesPromise(call) || isGivenBack(call) || usesOfDeclared(call).some(isPassedOn);
}

/** Caught where the handler is called, or by another wrapper that is given the function around the call. */
function isCaughtHere(call: NodePath, question: Question): boolean {
  const { parentPath: parent } = call;
  if (isCaught(call)) return true;
  if (parent?.isCallExpression()) {
    const promise = promiseResolvedBy(parent);
    return promise !== undefined && isCaught(promise);
  }
  const inner = isGivenBack(call) || parent?.isAwaitExpression() ? call.getFunctionParent() : undefined;
  const outer = inner && callGiven(inner);
  if (!outer || question.depth >= MAX_DEPTH) return false;
  if (/^(then|catch|finally)$/.test(methodOf(outer) ?? '')) return isCaught(outer);
  return passesOn(outer, Number(inner.key), { ...question, depth: question.depth + 1 });
}

/** `new Promise((resolve) => resolve(value))`, seen from its `resolve(value)`. */
function promiseResolvedBy(call: NodePath<t.CallExpression>): NodePath | undefined {
  const callee = call.get('callee');
  const param = bindingOf(callee)?.path;
  const promise = param?.key === 0 ? param.parentPath?.parentPath : undefined;
  const isPromise = promise?.isNewExpression() && promise.get('callee').isIdentifier({ name: 'Promise' });
  return isPromise ? promise : undefined;
}

/** The call of the reference, directly or by `call` and `apply`. */
function calling(reference: NodePath): NodePath<t.CallExpression> | undefined {
  const { parentPath: parent } = reference;
  if (parent?.isCallExpression()) return reference.key === 'callee' ? parent : undefined;
  const call = parent?.isMemberExpression() ? parent.parentPath : undefined;
  const isCall = call?.isCallExpression() && /^(call|apply)$/.test(methodOf(call) ?? '');
  return isCall ? call : undefined;
}

/** Whether a failure of the promise is handled by what is chained to it, or by a `try` around its `await`. */
export function isCaught(value: NodePath): boolean {
  const { parentPath: parent } = value;
  if (!parent) return false;
  if (isTypeWrapper(parent)) return isCaught(parent);
  if (parent.isAwaitExpression()) return isTried(parent);
  if (parent.isCallExpression() && isPromiseMethod(parent, /^resolve$/)) return isCaught(parent);
  return isCaughtByChain(value) || usesOfDeclared(value).some(isCaught);
}

/** Whether an `await` stands in a `try` whose `catch` does not throw. */
function isTried(awaited: NodePath): boolean {
  const fn = awaited.getFunctionParent();
  const around = fn ? handlersAround(awaited, fn) : [];
  return around.some((handler) => handler.isTryStatement() && swallowsErrors(handler));
}

/** Whether a `.catch(…)` or the like is chained to the promise. */
export function isCaughtByChain({ parentPath: parent }: NodePath): boolean {
  const chained = isMember(parent) ? parent.parentPath : undefined;
  if (!chained?.isCallExpression() && !chained?.isOptionalCallExpression()) return false;
  const { callee, arguments: given } = chained.node;
  const method = callee.type.endsWith('MemberExpression') ? propertyName(callee as t.MemberExpression) : '';
  if (method === 'catch' || (method === 'then' && given.length > 1)) return true;
  return isCaughtByChain(chained);
}
