import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** The call that calls an expression: `make()` of its `make`. */
export function callAt({ parentPath: call, key }: NodePath): NodePath<t.CallExpression> | undefined {
  return call?.isCallExpression() && key === 'callee' ? call : undefined;
}
