import type { NodePath } from '@babel/traverse';
import type { Migration } from '../migration.ts';
import { isPassedOn } from './called-by-hand.ts';
import { consumesPromise } from './callers.ts';
import { handlerUses } from './handler-uses.ts';
import { isCaughtByChain } from './passes-promise-on.ts';
import type { FunctionPath } from './placement.ts';

/** A call of the function, under whatever name the tree knows it by, that does not wait for what it gives back. */
export function droppedCall(fn: FunctionPath, migration: Migration): NodePath | undefined {
  return handlerUses(fn, migration).find(({ form, at }) => form === 'call' && !isWaitedFor(at))?.at;
}

/** Whether every call of the function that the tree shows meets the rejection of its promise. */
export function meetsRejections(fn: FunctionPath, migration: Migration): boolean {
  return handlerUses(fn, migration).every(({ form, at }) => form !== 'call' || meetsRejection(at));
}

function meetsRejection(call: NodePath): boolean {
  const { parentPath: parent, parent: node } = call;
  if (parent?.isAwaitExpression() || parent?.isReturnStatement() || isCaughtByChain(call)) return true;
  if (node.type === 'ArrowFunctionExpression' || node.type === 'ArrayExpression') return true;
  const kept = parent?.isVariableDeclarator() && node.type === 'VariableDeclarator' ? node.id : undefined;
  const references = kept?.type === 'Identifier' ? call.scope.getBinding(kept.name)?.referencePaths : [];
  return (references ?? []).some((reference) => meetsRejection(reference));
}

/** Whether somebody waits for what a call gives back. */
export function isWaitedFor(call: NodePath): boolean {
  return consumesPromise(call) || isPassedOn(call);
}
