import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { constructedClass } from '../../survey/code/called-code.ts';
import { isQuiet } from '../../survey/code/quiet.ts';

/** Whether a construction could throw: of a class whose source is not seen to do no more than to set its own fields. */
export function mayFail(construction: NodePath, source: Source): boolean {
  if (!construction.isNewExpression()) return true;
  const type = constructedClass(construction, source);
  if (!type || type.node.superClass) return true;
  return !type.get('body.body').every((member) => isHarmless(member));
}

function isHarmless(member: NodePath): boolean {
  const { node, scope } = member;
  if (/^Class(Private|Accessor)?Property$/.test(node.type)) {
    const { static: isStatic, value } = node as t.ClassProperty;
    return isStatic || !value || isQuiet(value, scope);
  }
  if (node.type !== 'ClassMethod') return true;
  // What looks like a field that is set may check what it is given.
  if (node.kind === 'set') return node.static === true;
  if (node.kind !== 'constructor') return true;
  const inside = (member as NodePath<t.ClassMethod>).get('body').scope;
  const areHarmless = node.params.every((param) => isPlainParameter(param, inside));
  return areHarmless && node.body.body.every((each) => setsOwnField(each, inside));
}

function isPlainParameter(param: t.Node, scope: NodePath['scope']): boolean {
  if (param.type === 'TSParameterProperty') return isPlainParameter(param.parameter, scope);
  if (param.type === 'AssignmentPattern')
    return param.left.type === 'Identifier' && isQuiet(param.right, scope);
  return param.type === 'Identifier';
}

/** `this.token = token;` */
function setsOwnField(statement: t.Statement, scope: NodePath['scope']): boolean {
  const { expression } = statement.type === 'ExpressionStatement' ? statement : { expression: undefined };
  if (expression?.type !== 'AssignmentExpression' || expression.operator !== '=') return false;
  const { left, right } = expression;
  return left.type === 'MemberExpression' && left.object.type === 'ThisExpression' && !left.computed
    ? isQuiet(right, scope)
    : false;
}
