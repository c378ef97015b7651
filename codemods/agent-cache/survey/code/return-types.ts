import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { programAround } from './program-around.ts';
import { bindingOf, bindingOfFunction } from './bindings.ts';

/** The `ReturnType<typeof open>` that the name of a function stands in, unless it is awaited already. */
export function returnTypeAround(reference: NodePath): NodePath<t.TSTypeReference> | undefined {
  const { parentPath: query } = reference;
  const type = query?.isTSTypeQuery() ? query.parentPath.parentPath : undefined;
  return isNamed(type, 'ReturnType') && !isNamed(type.parentPath.parentPath, 'Awaited') ? type : undefined;
}

/** Each `ReturnType<typeof open>` of a function in its own file, whose text it is. */
export function returnTypesOf(fn: NodePath<t.Function>, text: string): NodePath<t.TSTypeReference>[] {
  const binding = bindingOfFunction(fn);
  if (!binding || !text.includes('ReturnType')) return [];
  const found: NodePath<t.TSTypeReference>[] = [];
  programAround(fn).traverse({
    TSTypeQuery(query) {
      const name = query.get('exprName') as NodePath;
      const type = bindingOf(name) === binding ? returnTypeAround(name) : undefined;
      if (type) found.push(type);
    },
  });
  return found;
}

function isNamed(path: NodePath | null | undefined, name: string): path is NodePath<t.TSTypeReference> {
  const isIt = path?.isTSTypeReference() && path.get('typeName').isIdentifier({ name });
  return isIt === true;
}
