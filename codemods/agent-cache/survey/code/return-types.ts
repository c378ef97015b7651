import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { outermostSame } from './wrappers.ts';
import { programAround } from './program-around.ts';

/** The `ReturnType<typeof open>` that the name of a function stands in, unless it is awaited already. */
export function returnTypeAround(reference: NodePath): NodePath<t.TSTypeReference> | undefined {
  const { parentPath: query } = reference;
  const type = query?.isTSTypeQuery() ? query.parentPath.parentPath : undefined;
  return isNamed(type, 'ReturnType') && !isNamed(type.parentPath.parentPath, 'Awaited') ? type : undefined;
}

/** Each `ReturnType<typeof open>` of a function in its own file, whose text it is. */
export function returnTypesOf(fn: NodePath<t.Function>, text: string): NodePath<t.TSTypeReference>[] {
  const { parent } = outermostSame(fn);
  const declared = fn.isFunctionDeclaration() ? fn.node.id : undefined;
  const id = parent.type === 'VariableDeclarator' ? parent.id : declared;
  if (id?.type !== 'Identifier' || !text.includes('ReturnType')) return [];
  const binding = fn.parentPath?.scope.getBinding(id.name);
  const found: NodePath<t.TSTypeReference>[] = [];
  programAround(fn).traverse({
    TSTypeQuery(query) {
      const name = query.get('exprName') as NodePath;
      const type = name.isIdentifier({ name: id.name }) ? returnTypeAround(name) : undefined;
      if (type && query.scope.getBinding(id.name) === binding) found.push(type);
    },
  });
  return found;
}

function isNamed(path: NodePath | null | undefined, name: string): path is NodePath<t.TSTypeReference> {
  const isIt = path?.isTSTypeReference() && path.get('typeName').isIdentifier({ name });
  return isIt === true;
}
