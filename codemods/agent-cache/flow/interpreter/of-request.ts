import type { NodePath } from '@babel/traverse';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { isMember } from '../../survey/code/members.ts';
import { wordsOf } from '../../survey/code/words.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';

/**
 * Whether what is set at a place, or whether it is, may go by who asks: by anything but what stands there, constants of
 * modules and the environment. Of a call it is what that is given.
 */
export function mayBeOfRequest(at: NodePath): boolean {
  const around = at.getAncestry().filter((each) => !each.isProgram());
  const values = valuesSet(at, around);
  return !values || [...values, ...around.flatMap(testsBefore)].some((each) => !isFixed(each));
}

function valuesSet(at: NodePath, around: readonly NodePath[]): NodePath[] | undefined {
  for (const [index, each] of around.entries()) {
    const below = around[index - 1] ?? at;
    if (each.isFunction()) return undefined;
    if (each.isAssignmentExpression()) return below.key === 'left' ? [each.get('right')] : undefined;
    if (each.isUpdateExpression() || each.isUnaryExpression({ operator: 'delete' })) return [];
    if (each.isCallExpression())
      return (each.get('arguments') as NodePath[]).filter((given) => given.node !== below.node);
  }
  return undefined;
}

/** What decides whether code comes to a place: the test around it, and those before it that may leave the function. */
function testsBefore(around: NodePath): NodePath[] {
  const before = around.isStatement() && around.inList ? around.getAllPrevSiblings() : [];
  const tests: NodePath[] = before.flatMap((each) => (each.isIfStatement() ? [each.get('test')] : []));
  if (around.isIfStatement() || around.isConditionalExpression()) tests.push(around.get('test') as NodePath);
  if (around.isLogicalExpression()) tests.push(around.get('left') as NodePath);
  if (around.isSwitchStatement()) tests.push(around.get('discriminant'));
  return tests;
}

function isFixed(path: NodePath): boolean {
  const value = withoutTypes(path);
  const all = (parts: NodePath | NodePath[]) => [parts].flat().every(isFixed);
  if (value.isIdentifier()) return isFixedName(value);
  // What an object of a module has may be of the last request: of members, only the environment's are the same.
  if (isMember(value)) return /^process\.env\b/.test(wordsOf(value.node)) && !value.node.computed;
  if (value.isTemplateLiteral()) return all(value.get('expressions') as NodePath[]);
  if (value.isBinaryExpression() || value.isLogicalExpression())
    return all([value.get('left') as NodePath, value.get('right') as NodePath]);
  if (value.isUnaryExpression()) return all(value.get('argument'));
  if (value.isConditionalExpression())
    return all([value.get('test'), value.get('consequent'), value.get('alternate')]);
  if (value.isArrayExpression()) return all(value.get('elements') as NodePath[]);
  if (value.isObjectExpression())
    return value
      .get('properties')
      .every((each) => each.isObjectProperty() && all(each.get('value') as NodePath));
  return value.isLiteral();
}

/** A constant of a module, of the language, or of a function that is given one of these. */
function isFixedName(name: NodePath): boolean {
  const binding = bindingOf(name);
  if (!binding) return !name.isIdentifier({ name: 'arguments' });
  if (binding.scope.path.isProgram()) return binding.constant;
  const init = constantBehind(binding);
  return init !== undefined && (binding.path.get('id') as NodePath).isIdentifier() && isFixed(init);
}
