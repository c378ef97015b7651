import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { outermostSame, withoutTypes } from './wrappers.ts';

/**
 * The outermost expression that stands for a function: itself, or the call of what is only there to give it variables of
 * its own, as in `(() => { let kept; return () => (kept ??= make()); })()`. A type that this call is given is not part of
 * it: that says what the function was.
 */
export function whereGiven(fn: NodePath): NodePath {
  return closureAround(fn)?.call ?? outermostSame(fn);
}

/** The statement in which a function is given its name. */
export function declarationOf(fn: NodePath): NodePath {
  return fn.isFunctionDeclaration() ? fn : (whereGiven(fn).getStatementParent() ?? fn);
}

/** A function that is called at once, declares some variables, and gives another function: its one value. */
export interface Closure {
  call: NodePath<t.CallExpression>;
  declarations: readonly NodePath<t.VariableDeclaration>[];
}

/** The one that is called only to give a function variables; undefined where it does anything else. */
export function closureAround(fn: NodePath): Closure | undefined {
  const statement = outermostSame(fn).parentPath;
  const block = statement?.isReturnStatement() ? statement.parentPath : undefined;
  const outer = block?.isBlockStatement() ? block.parentPath : undefined;
  if (!block?.isBlockStatement() || !statement || !isPlain(outer)) return undefined;
  const called = outermostSame(outer);
  const call = called.parentPath;
  if (!call?.isCallExpression() || called.key !== 'callee' || call.node.arguments.length > 0)
    return undefined;
  if (withoutTypes(called).node !== outer.node) return undefined;
  const statements = block.get('body');
  const declarations = statements.slice(0, -1).filter((each) => each.isVariableDeclaration());
  const isAll = statements.at(-1)?.node === statement.node && declarations.length === statements.length - 1;
  return isAll ? { call, declarations } : undefined;
}

/** A function that runs as it is called: no promise, no generator, nothing that it is given. */
function isPlain(
  fn: NodePath | null | undefined,
): fn is NodePath<t.FunctionExpression | t.ArrowFunctionExpression> {
  if (!fn?.isFunctionExpression() && !fn?.isArrowFunctionExpression()) return false;
  return !fn.node.async && !fn.node.generator && fn.node.params.length === 0;
}
