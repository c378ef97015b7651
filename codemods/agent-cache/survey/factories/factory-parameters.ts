import type * as t from '@babel/types';
import type { Problem } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import type { FunctionPath } from '../code/placement.ts';
import { isWithoutEffect } from '../code/without-effect.ts';

/** Why a function that only builds the agent cannot go: one of its parameters does something. */
export function parameterProblem({ node }: FunctionPath): Problem | undefined {
  const param = node.params.find((each) => !isIdle(each));
  if (!param) return undefined;
  return reason('parameter-works', [], { parameter: nameOf(param) });
}

/** Whether a function takes a parameter apart, and would fail for an argument that has no properties. */
export function takesApart({ node }: FunctionPath): boolean {
  return node.params.some(
    (each) => each.type === 'AssignmentPattern' && isPattern(each.left) && !each.left.typeAnnotation,
  );
}

/** Whether nothing is missed when a parameter is not bound: it is a name, and its default has no effect. */
function isIdle(param: t.Node): boolean {
  if (param.type === 'RestElement') return param.argument.type === 'Identifier';
  if (param.type !== 'AssignmentPattern') return param.type === 'Identifier';
  const { left, right } = param;
  if (!isWithoutEffect(right)) return false;
  return left.type === 'Identifier' || (right.type === 'ObjectExpression' && isFlat(left));
}

/** Whether a pattern only picks properties, which none of them can fail at. */
function isFlat(pattern: t.Node): boolean {
  if (pattern.type !== 'ObjectPattern') return false;
  return pattern.properties.every((each) => {
    if (each.type === 'RestElement') return true;
    const { computed, value } = each;
    if (computed) return false;
    if (value.type !== 'AssignmentPattern') return value.type === 'Identifier';
    return value.left.type === 'Identifier' && isWithoutEffect(value.right);
  });
}

function isPattern(node: t.Node): node is t.ObjectPattern {
  return node.type === 'ObjectPattern';
}

function nameOf(param: t.Node): string {
  if (param.type === 'AssignmentPattern') return nameOf(param.left);
  if (param.type === 'RestElement') return nameOf(param.argument);
  return param.type === 'Identifier' ? param.name : 'that is taken apart';
}
