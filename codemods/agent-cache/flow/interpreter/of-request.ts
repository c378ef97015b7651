import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../migration.ts';
import { isMember } from '../../survey/code/members.ts';
import { isFixed } from '../../survey/values/fixed-values.ts';
import { nameOf } from './deeds.ts';

/** Methods that fail for nobody. */
const TELLS = /^(log|info|debug|warn|error|trace|verbose|notice|switchToHttp|getRequest)$/;

/** Methods that call what they are given for each element. */
const ELEMENTS = /^(forEach|map|flatMap|filter|find\w*|some|every|reduce\w*|sort)$/;

/**
 * Whether what is set at a place, or whether it is, may go by who asks: by anything but what stands there, constants of
 * modules and the environment. Of a call it is what that is given.
 */
export function mayBeOfRequest(at: NodePath, source: Reading): boolean {
  const around = at.getAncestry().filter((each) => !each.isProgram());
  const values = valuesSet(at, around);
  return !values || [...values, ...around.flatMap(testsBefore)].some((each) => !isFixed(each, source));
}

/** What a name, a member or what keeps something is given where it is set; undefined where that cannot be told. */
export function valuesSet(at: NodePath, around: readonly NodePath[]): NodePath[] | undefined {
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

/** What decides whether code comes to a place: the tests around it, and what stands before it that may leave. */
function testsBefore(around: NodePath): NodePath[] {
  const isInside = around.inList && around.getFunctionParent() !== null;
  const isAfter = around.isStatement() || around.isSwitchCase() || around.parentPath?.isSequenceExpression();
  const before = isInside && isAfter ? around.getAllPrevSiblings() : [];
  const failing = around.isCatchClause() ? [around.parentPath.get('block') as NodePath] : [];
  return [...testsOf(around), ...[...before, ...failing].flatMap(decidingIn)];
}

function testsOf(path: NodePath): NodePath[] {
  if (path.isForXStatement()) return [path.get('right')];
  // `roles.forEach(() => …)` goes by the roles.
  if (path.isFunction() && path.listKey === 'arguments') return elementsOf(path.parentPath as NodePath);
  if (path.isLogicalExpression()) return [path.get('left')];
  if (path.isSwitchStatement()) return [path.get('discriminant')];
  if (!path.isSwitchCase() && !path.isConditional() && !path.isWhile() && !path.isForStatement()) return [];
  const test = path.get('test') as NodePath;
  return test.node ? [test] : [];
}

/** What code goes by that leaves, or fails: its tests, and what the functions have that it calls. */
function decidingIn(before: NodePath): NodePath[] {
  const found = [...testsOf(before), ...givenAt(before)];
  before.traverse({
    enter(path) {
      if (path.isFunction()) path.skip();
      else found.push(...testsOf(path), ...givenAt(path));
    },
  });
  return found;
}

function givenAt(path: NodePath): NodePath[] {
  if (!path.isCallExpression() && !path.isOptionalCallExpression() && !path.isNewExpression()) return [];
  if (TELLS.test(nameOf(path.get('callee') as NodePath))) return [];
  return [...(path.get('arguments') as NodePath[]), ...receiverOf(path)];
}

function elementsOf(call: NodePath): NodePath[] {
  return ELEMENTS.test(nameOf(call.get('callee') as NodePath)) ? receiverOf(call) : [];
}

function receiverOf(call: NodePath): NodePath[] {
  const callee = call.get('callee') as NodePath;
  return isMember(callee) ? [callee.get('object') as NodePath] : [];
}
