import type * as t from '@babel/types';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';
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
  const { parent: outer } = outermostSame(fn);
  const target =
    outer.type === 'VariableDeclarator' ? outer.id : outer.type === 'ClassProperty' ? outer : undefined;
  const annotation = target && 'typeAnnotation' in target ? target.typeAnnotation : undefined;
  return typeIn(annotation);
}
