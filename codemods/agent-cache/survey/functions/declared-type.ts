import type * as t from '@babel/types';
import type { FunctionPath } from '../code/placement.ts';
import { whereGiven } from '../code/where-given.ts';
import { typeIn } from '../code/written-types.ts';

/** The type that a function has by a declaration around it: `const list: Handler = …`, `… satisfies Handler`. */
export function declaredTypeOf(fn: FunctionPath): t.Node | undefined {
  const { parent } = fn;
  if (
    parent.type === 'TSSatisfiesExpression' ||
    parent.type === 'TSAsExpression' ||
    parent.type === 'TSTypeAssertion'
  )
    return parent.typeAnnotation;
  const { parent: outer } = whereGiven(fn);
  const target =
    outer.type === 'VariableDeclarator' ? outer.id : outer.type === 'ClassProperty' ? outer : undefined;
  const annotation = target && 'typeAnnotation' in target ? target.typeAnnotation : undefined;
  return typeIn(annotation);
}

/** What a type of a function that is written out says that it gives; undefined for any other type. */
export function resultOf(type: t.Node): t.TSType | undefined {
  if (type.type === 'TSParenthesizedType') return resultOf(type.typeAnnotation);
  return type.type === 'TSFunctionType' ? typeIn(type.typeAnnotation) : undefined;
}
