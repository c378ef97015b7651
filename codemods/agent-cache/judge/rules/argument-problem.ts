import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Problem, Site } from '../../migration.ts';
import { KEEP_OWN, shownPath } from '../../flow/fates/flow-problems.ts';
import { childrenOf, isWithoutEffect } from '../../survey/code/quiet.ts';

/** Why a place is left whose arguments would be lost. */
export function argumentProblem(
  { expression, factory, remote }: Site,
  migration: Migration,
): Problem | undefined {
  const { arguments: given } = expression.node;
  if (factory || remote) {
    const isApart = factory?.takesApart || remote?.exported.takesApart;
    if (isApart && given.some(({ type }) => type !== 'ObjectExpression')) {
      return {
        reason: 'The factory takes the argument of the call apart, which fails for one that is null.',
        hint: 'Take the parameter of the factory away, then run the codemod again.',
      };
    }
    if (given.every(isWithoutEffect)) return undefined;
    return {
      reason: 'The arguments of the call have effects of their own, which would go with it.',
      hint: 'Evaluate them before the call, then run the codemod again.',
    };
  }
  if (given.length === 0) return undefined;
  const reason = `This ${migration.options.agentClass} is built with arguments, so it may differ from the shared one.`;
  if (given.every((each) => isConstant(each, expression)))
    return {
      reason,
      hint: `Where they are the same everywhere, build it with them in ${cacheName(migration)}, drop them here, and run the codemod again. ${KEEP_OWN}`,
    };
  return { reason, hint: `Give the cache one entry for each distinct set of arguments. ${KEEP_OWN}` };
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
