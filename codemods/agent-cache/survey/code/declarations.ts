import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { transparentParent } from './wrappers.ts';

/** The declaration of a variable, in a list of statements. */
export interface SoleDeclaration {
  statement: NodePath<t.VariableDeclaration>;
  declarator: NodePath<t.VariableDeclarator>;
  id: t.Identifier;
}

/** The statement `const agent = <expression>;` around the expression, when it declares nothing else. */
export function soleDeclarator(expression: NodePath): SoleDeclaration | undefined {
  const declaration = declarationAround(expression);
  return declaration?.statement.node.declarations.length === 1 ? declaration : undefined;
}

/**
 * The declaration of the expression that can be taken out of its place: it stands alone in its statement, or the
 * others there do without it.
 */
export function ownDeclarator(expression: NodePath): SoleDeclaration | undefined {
  const declaration = declarationAround(expression);
  if (!declaration) return undefined;
  const { statement, id } = declaration;
  const references = statement.scope.getBinding(id.name)?.referencePaths ?? [];
  return references.some((reference) => reference.isDescendant(statement)) ? undefined : declaration;
}

/** What is declared behind the expression in the same statement. */
export function declaredBehind({ statement, declarator }: SoleDeclaration): t.Node[] {
  return statement.node.declarations.slice(Number(declarator.key) + 1);
}

function declarationAround(expression: NodePath): SoleDeclaration | undefined {
  const declarator = transparentParent(expression);
  if (!declarator.isVariableDeclarator()) return undefined;
  const statement = declarator.parentPath;
  const { id } = declarator.node;
  if (!statement?.isVariableDeclaration() || id.type !== 'Identifier') return undefined;
  return isInStatementList(statement) ? { statement, declarator, id } : undefined;
}

/** Whether other statements can be put before and after this one. */
export function isInStatementList(statement: NodePath): boolean {
  return statement.inList && (statement.listKey === 'body' || statement.listKey === 'consequent');
}
