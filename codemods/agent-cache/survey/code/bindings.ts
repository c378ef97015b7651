import type { Binding, NodePath, Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import { whereGiven } from './where-given.ts';

/** The variable that an expression is the name of; undefined for any other expression. */
export function bindingOf({ node, scope }: NodePath): Binding | undefined {
  return bindingNamed(node, scope);
}

/** The same of a node in a scope, such as what a declaration gives a name to. */
export function bindingNamed(node: t.Node | null | undefined, scope: Scope): Binding | undefined {
  return node?.type === 'Identifier' ? scope.getBinding(node.name) : undefined;
}

/** Where the variable is used that a node is the name of. */
export function referencesNamed(node: t.Node | null | undefined, scope: Scope): readonly NodePath[] {
  return bindingNamed(node, scope)?.referencePaths ?? [];
}

/** Where the variable is used that a value is put into by its declaration: `const promise = load()`. */
export function usesOfDeclared({ parentPath: parent }: NodePath): readonly NodePath[] {
  return parent?.isVariableDeclarator() ? referencesNamed(parent.node.id, parent.scope) : [];
}

/** The variable that a function is declared as, or put into by its declaration. */
export function bindingOfFunction(fn: NodePath<t.Function>): Binding | undefined {
  const { parent, parentPath } = whereGiven(fn);
  const declared = parent.type === 'VariableDeclarator' ? parent.id : undefined;
  // Not from the function's own scope: `const make = function make() {…}` has another `make` in there.
  return bindingNamed(fn.isFunctionDeclaration() ? fn.node.id : declared, (parentPath ?? fn).scope);
}

/** What a variable is declared with, or what a pattern is that names a part of it. */
export function initBehind(binding: Binding | undefined): NodePath | undefined {
  const declarator = binding?.path;
  return declarator?.isVariableDeclarator() && declarator.node.init
    ? (declarator.get('init') as NodePath)
    : undefined;
}

/** The same of a variable that is given nothing else. */
export function constantBehind(binding: Binding | undefined): NodePath | undefined {
  return binding?.constant ? initBehind(binding) : undefined;
}
