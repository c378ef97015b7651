import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
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

/** The values that a function returns, without those of the functions in it. */
export function returnedValues(fn: FunctionPath): NodePath[] {
  const body = fn.get('body') as NodePath;
  if (!body.isBlockStatement()) return [body];
  return returnsIn(fn).flatMap((statement) => {
    const value = statement.get('argument') as NodePath;
    return value.node ? [value] : [];
  });
}

/** The statements by which a function returns, without those of the functions in it. */
export function returnsIn(fn: FunctionPath): NodePath<t.ReturnStatement>[] {
  const found: NodePath<t.ReturnStatement>[] = [];
  fn.traverse({
    Function: (inner) => inner.skip(),
    ReturnStatement: (statement) => void found.push(statement),
  });
  return found;
}
