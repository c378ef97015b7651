import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { methodOf } from './failure-handlers.ts';
import { isTypeWrapper } from './wrappers.ts';

/**
 * Where the element of a row is named when its table is walked: the uses of `handler` in
 * `for (const [path, handler] of [['/', list]])`. Undefined when something else is done with the table.
 */
export function usesOfRowElement(element: NodePath): NodePath[] | undefined {
  const row = element.parentPath;
  const table = row?.parentPath;
  if (!row?.isArrayExpression() || !table?.isArrayExpression()) return undefined;
  const patterns = walksOf(table);
  const names = patterns?.map((pattern) => elementOf(pattern, Number(element.key)));
  if (!names?.every((name) => name !== undefined)) return undefined;
  return names.flatMap((name) => name.scope.getBinding(name.node.name)?.referencePaths ?? []);
}

/** What each walk over a table calls its rows. */
function walksOf(table: NodePath): NodePath[] | undefined {
  const { parentPath: parent, key } = table;
  if (!parent) return undefined;
  if (isTypeWrapper(parent)) return walksOf(parent);
  if (parent.isForOfStatement() && key === 'right') {
    const left = parent.get('left');
    return left.isVariableDeclaration() ? [left.get('declarations.0.id') as NodePath] : undefined;
  }
  if (parent.isMemberExpression() && key === 'object') {
    const call = parent.parentPath;
    const given =
      call.isCallExpression() && methodOf(call) === 'forEach' ? call.get('arguments')[0] : undefined;
    const row = given?.isFunction() ? given.get('params')[0] : undefined;
    return row ? [row] : undefined;
  }
  if (!parent.isVariableDeclarator() || parent.node.id.type !== 'Identifier') return undefined;
  const walks = (parent.scope.getBinding(parent.node.id.name)?.referencePaths ?? []).map(walksOf);
  return walks.every((walk) => walk !== undefined) ? walks.flat() : undefined;
}

function elementOf(pattern: NodePath, index: number): NodePath<t.Identifier> | undefined {
  const name = pattern.isArrayPattern() ? pattern.get('elements')[index] : undefined;
  return name?.isIdentifier() ? name : undefined;
}
