import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { transparentParent } from './wrappers.ts';

/** A declaration of one variable, in a list of statements. */
export interface SoleDeclaration {
  statement: NodePath<t.VariableDeclaration>;
  declarator: NodePath<t.VariableDeclarator>;
  id: t.Identifier;
}

/** The statement `const agent = <expression>;` around the expression, when it declares nothing else. */
export function soleDeclarator(expression: NodePath): SoleDeclaration | undefined {
  const declarator = transparentParent(expression);
  if (!declarator.isVariableDeclarator()) return undefined;
  const statement = declarator.parentPath;
  const { id } = declarator.node;
  if (!statement?.isVariableDeclaration() || statement.node.declarations.length !== 1) return undefined;
  if (id.type !== 'Identifier' || !isInStatementList(statement)) return undefined;
  return { statement, declarator, id };
}

/** Whether other statements can be put before and after this one. */
export function isInStatementList(statement: NodePath): boolean {
  return statement.inList && (statement.listKey === 'body' || statement.listKey === 'consequent');
}
