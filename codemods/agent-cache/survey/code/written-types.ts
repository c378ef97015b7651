import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** The type that an annotation writes; undefined where there is none. */
export function typeIn(annotation: t.Node | null | undefined): t.TSType | undefined {
  return annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : undefined;
}

/** The type or the interface that a program declares under a name. */
export function typeDeclaredIn(
  { node }: NodePath<t.Program>,
  name: string,
): t.TSTypeAliasDeclaration | t.TSInterfaceDeclaration | undefined {
  for (const statement of node.body) {
    const declared = 'declaration' in statement && statement.declaration ? statement.declaration : statement;
    const isType = declared.type === 'TSTypeAliasDeclaration' || declared.type === 'TSInterfaceDeclaration';
    if (isType && declared.id.name === name) return declared;
  }
  return undefined;
}

/** Whether a promise fits a type for sure. */
export function takesPromise(type: t.Node | undefined): boolean {
  if (!type) return false;
  if (type.type === 'TSUnionType') return type.types.some(takesPromise);
  if (type.type === 'TSParenthesizedType') return takesPromise(type.typeAnnotation);
  if (type.type === 'TSAnyKeyword' || type.type === 'TSUnknownKeyword') return true;
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  return /^(Promise|PromiseLike|Awaitable|MaybePromise)$/.test(type.typeName.name);
}
