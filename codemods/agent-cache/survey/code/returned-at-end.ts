import type { NodePath } from '@babel/traverse';
import type { FunctionPath } from './placement.ts';
import { withoutTypes } from './wrappers.ts';

/** What a function gives at its end, without the types around it; undefined where its last statement gives nothing. */
export function returnedAtEnd(fn: FunctionPath): NodePath | undefined {
  const body = fn.get('body') as NodePath;
  if (!body.isBlockStatement()) return withoutTypes(body);
  const last = body.get('body').at(-1);
  const value = last?.isReturnStatement() ? (last.get('argument') as NodePath) : undefined;
  return value?.node ? withoutTypes(value) : undefined;
}
