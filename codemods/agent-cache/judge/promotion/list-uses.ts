import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { methodOf } from '../../survey/functions/failure-handlers.ts';
import { type Walks, walksOver } from './table-walks.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/** Where the elements of a list are named when it is walked, and registered with it; undefined when that is not seen. */
export function usesInList(lists: readonly NodePath[] | undefined, source: Source): Walks | undefined {
  const walks = lists && walksOver(lists, source);
  const names = walks?.rows.map(referencesToName);
  if (!walks || !names?.every((each) => each !== undefined)) return undefined;
  return { routes: walks.routes, rows: names.flat() };
}

/** The same for what `hooks.push(hook)` adds to a list that is written out. */
export function usesOfAdded(call: NodePath<t.CallExpression>, source: Source): Walks | undefined {
  const callee = call.get('callee');
  const list = callee.isMemberExpression() ? callee.get('object') : undefined;
  if (!list?.isIdentifier() || !/^(push|unshift)$/.test(methodOf(call) ?? '')) return undefined;
  const declarator = bindingOf(list)?.path;
  const init = declarator?.isVariableDeclarator() ? declarator.get('init') : undefined;
  return init?.isArrayExpression() ? usesInList([init], source) : undefined;
}

function referencesToName(pattern: NodePath): readonly NodePath[] | undefined {
  return bindingOf(pattern)?.referencePaths;
}
