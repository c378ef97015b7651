import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Problem, Site } from '../../migration.ts';

import { childrenOf, isWithoutEffect } from '../../survey/code/quiet.ts';
import { reason } from '../../reasons/reason.ts';
import { shownPath } from '../../survey/code/place-at.ts';

/** Why a place is left whose arguments would be lost. */
export function argumentProblem(
  { expression, factory, remote }: Site,
  migration: Migration,
): Problem | undefined {
  const { arguments: given } = expression.node;
  if (factory || remote) {
    const isApart = factory?.takesApart || remote?.exported.takesApart;
    if (isApart && given.some(({ type }) => type !== 'ObjectExpression')) {
      return reason('argument-taken-apart');
    }
    if (given.every(isWithoutEffect)) return undefined;
    return reason('arguments-with-effects');
  }
  if (given.length === 0) return undefined;
  const { agentClass } = migration.options;
  return given.every((each) => isConstant(each, expression))
    ? reason('built-with-constants', [], { class: agentClass, cache: cacheName(migration) })
    : reason('built-with-arguments', [], { class: agentClass });
}

/** Whether an argument is the same at every request: literals, settings, and what stands at the top of the file. */
function isConstant(node: t.Node, place: NodePath): boolean {
  if (node.type === 'Identifier') {
    const binding = place.scope.getBinding(node.name);
    return binding ? binding.scope.path.isProgram() && binding.constant : node.name === 'undefined';
  }
  if (node.type === 'MemberExpression' && (!node.computed || node.property.type === 'StringLiteral'))
    return isEnvironment(node) || isConstant(node.object, place);
  if (node.type === 'ObjectProperty')
    return (!node.computed || isConstant(node.key, place)) && isConstant(node.value, place);
  const isPlain =
    /Literal$|^(Object|Array|Unary|Binary|Logical|Conditional|TS\w+)Expression$|^(SpreadElement|TemplateElement)$/;
  return isPlain.test(node.type) && childrenOf(node).every((child) => isConstant(child, place));
}

function isEnvironment({ object }: t.MemberExpression): boolean {
  return (
    object.type === 'MemberExpression' &&
    object.object.type === 'Identifier' &&
    object.object.name === 'process' &&
    object.property.type === 'Identifier' &&
    object.property.name === 'env'
  );
}

function cacheName(migration: Migration): string {
  const file = migration.project?.cacheModuleOf(migration.path);
  return file === undefined ? 'the cache module' : shownPath(file, migration);
}
