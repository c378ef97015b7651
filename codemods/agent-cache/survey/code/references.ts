import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../source/kept-with.ts';
import { bindingOf } from './bindings.ts';

/** Where a name is used, `typeof name` in annotations included, which Babel's scopes do not count. */
export function referencesOf(
  binding: Binding,
  program: NodePath<t.Program>,
  text: string,
): readonly NodePath[] {
  if (!text.includes(`typeof ${binding.identifier.name}`)) return binding.referencePaths;
  const counted = new Set(binding.referencePaths.map(({ node }) => node));
  const others = keptWith(program, 'type queries', () => typeQueriesIn(program)).filter(
    (name) =>
      name.node.name === binding.identifier.name && !counted.has(name.node) && bindingOf(name) === binding,
  );
  return [...binding.referencePaths, ...others];
}

/** The names from which types are taken: `make` in `typeof make` and in `typeof make.more`. */
function typeQueriesIn(program: NodePath<t.Program>): NodePath<t.Identifier>[] {
  const found: NodePath<t.Identifier>[] = [];
  program.traverse({
    TSTypeQuery(query) {
      let name: NodePath = query.get('exprName');
      while (name.isTSQualifiedName()) name = name.get('left');
      if (name.isIdentifier()) found.push(name);
    },
  });
  return found;
}
