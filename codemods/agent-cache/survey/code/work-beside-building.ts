import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { FunctionPath } from './placement.ts';
import { transparentParent } from './wrappers.ts';

/**
 * The first statement of a function that has no part in building the agent, in mapping the failure of that and in
 * returning it; undefined where there is none, or where that statement builds the agent as well.
 */
export function otherWorkIn({ node: fn }: FunctionPath, source: NodePath): t.Statement | undefined {
  const parent = transparentParent(source).node;
  const found = fn.body.type === 'BlockStatement' ? otherWork(fn.body.body, parent) : undefined;
  const isAround =
    found && (found.start ?? 0) <= (source.node.start ?? 0) && (found.end ?? 0) >= (source.node.end ?? 0);
  return isAround ? undefined : found;
}

/** `parent` is what holds the built agent: its declarator, an assignment, or a `return`. */
function otherWork(statements: readonly t.Statement[], parent: t.Node): t.Statement | undefined {
  for (const statement of statements) {
    if (isPartOfBuilding(statement, parent)) continue;
    if (statement.type !== 'TryStatement') return statement;
    const found = otherWork(statement.block.body, parent) ?? statement.finalizer;
    if (found) return found;
  }
  return undefined;
}

function isPartOfBuilding(statement: t.Statement, parent: t.Node): boolean {
  switch (statement.type) {
    case 'ReturnStatement':
      return statement === parent || statement.argument?.type === 'Identifier';
    case 'ExpressionStatement':
      return statement.expression === parent;
    case 'VariableDeclaration':
      return statement.declarations.every((each) => each === parent || !each.init);
    default:
      return false;
  }
}
