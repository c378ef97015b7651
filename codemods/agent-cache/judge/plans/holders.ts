import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { constructedClass } from '../../survey/code/called-code.ts';
import { boundMethodAround, holderAround } from './first-use.ts';
import { isWithoutEffect } from '../../survey/code/without-effect.ts';

/**
 * The declarations of what holds the agent (`const service = new Service(agent)`) that have to move with its own to a
 * later place. Undefined when something needs the agent before that place and cannot move.
 */
export function holdersBefore(
  place: NodePath<t.Statement>,
  expression: NodePath,
  uses: readonly NodePath[],
  source: Source,
): NodePath<t.VariableDeclaration>[] | undefined {
  const found: NodePath<t.VariableDeclaration>[] = [];
  const own = holderAround(expression);
  for (const use of own ? [expression] : uses.filter((each) => isBefore(each, place))) {
    const holder = holderAround(use);
    if (!holder || !canMove(holder, use.node, place, source)) return own ? [] : undefined;
    if (!found.some(({ node }) => node === holder.node)) found.push(holder);
  }
  return found;
}

function isBefore(use: NodePath, place: NodePath): boolean {
  return (use.node.start ?? 0) < (place.node.start ?? 0);
}

/** Whether a holder is first used from `place` on, and building it does nothing but build it. */
function canMove(
  holder: NodePath<t.VariableDeclaration>,
  agent: t.Node,
  place: NodePath<t.Statement>,
  source: Source,
): boolean {
  const [declarator] = holder.get('declarations');
  const init = declarator?.get('init');
  if (declarator?.node.id.type !== 'Identifier' || !init?.isExpression()) return false;
  const references = holder.scope.getBinding(declarator.node.id.name)?.referencePaths ?? [];
  return (
    references.every((reference) => isFrom(reference, place)) &&
    isPlain(init as NodePath<t.Node>, agent, source)
  );
}

/** Whether a reference is in the place's list of statements, at the place or after it. */
function isFrom(reference: NodePath, place: NodePath<t.Statement>): boolean {
  const statement = reference.find((path) => path.container === place.container);
  return statement !== null && Number(statement.key) >= Number(place.key);
}

function isPlain(value: NodePath, agent: t.Node, source: Source): boolean {
  if (value.node === agent) return true;
  if (value.isCallExpression()) {
    const [given] = value.get('arguments');
    if (given && boundMethodAround(given)?.node === value.node) return true;
  }
  if (value.isNewExpression()) {
    const built = constructedClass(value, source);
    return (
      built !== undefined &&
      storesOnly(built.node) &&
      value.get('arguments').every((each) => isPlain(each, agent, source))
    );
  }
  if (value.isArrayExpression())
    return value.get('elements').every((each) => !each.node || isPlain(each as NodePath, agent, source));
  if (value.isObjectExpression())
    return value
      .get('properties')
      .every((each) => each.isObjectProperty() && isPlain(each.get('value') as NodePath, agent, source));
  return isWithoutEffect(value.node);
}

/** Whether the constructor of a class only stores what it is given. */
function storesOnly({ superClass, body }: t.Class): boolean {
  if (superClass) return false;
  return body.body.every((member) => {
    if (member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty')
      return !member.value || member.static || isWithoutEffect(member.value);
    if (member.type !== 'ClassMethod' || member.kind !== 'constructor') return true;
    return member.body.body.every(isStoring);
  });
}

function isStoring(statement: t.Statement): boolean {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression')
    return false;
  const { left, right } = statement.expression;
  const isOwn = left.type === 'MemberExpression' && left.object.type === 'ThisExpression';
  return isOwn && isWithoutEffect(right);
}
