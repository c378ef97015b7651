import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledDefinition, definitionOf } from './definitions.ts';
import type { FunctionPath } from './placement.ts';

/** The function that a call runs, as far as the tree's own files show it. */
export function calledFunction(call: NodePath<t.CallExpression>, source: Source): FunctionPath | undefined {
  const found = calledDefinition(call.get('callee') as NodePath, source);
  return found?.kind === 'function' ? found.path : undefined;
}

/** The class that a `new` builds, from this file or the one that declares it. */
export function constructedClass(
  construction: NodePath<t.NewExpression>,
  source: Source,
): NodePath<t.Class> | undefined {
  const found = calledDefinition(construction.get('callee') as NodePath, source);
  return found?.kind === 'class' ? found.path : undefined;
}

/** The function that an identifier names, here or in the file that it is imported from. */
export function functionNamed(name: NodePath<t.Identifier>, source: Source): FunctionPath | undefined {
  const found = definitionOf(name, source);
  return found?.kind === 'function' ? found.path : undefined;
}
