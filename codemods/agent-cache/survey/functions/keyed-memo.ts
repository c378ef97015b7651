import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, propertyName } from '../code/members.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { bindingOf } from '../code/bindings.ts';

/** `if (!limits.has(id)) limits.set(id, load(id))`: under its key a value stays what it was first set to. */
export function isKeyedMemo(table: NodePath): boolean {
  const set = methodCallOn(table);
  const [key, value] = set?.name === 'set' ? set.given : [];
  if (!set || !key || !value || waits(value)) return false;
  const branch = set.call.findParent((each) => each.isIfStatement() || each.isFunction());
  if (!branch?.isIfStatement() || !set.call.isDescendant(branch.get('consequent'))) return false;
  if (waits(branch.get('test'))) return false;
  return isMissing(branch.get('test'), table, key, branch.getFunctionParent());
}

function isMissing(test: NodePath, table: NodePath, key: NodePath, fn: NodePath | null): boolean {
  const asked = missingIn(test);
  if (!asked) return false;
  const found = foundAt(asked);
  const get = found && methodCallOn(found);
  if (!get || !/^(has|get)$/.test(get.name) || get.call.getFunctionParent()?.node !== fn?.node) return false;
  const [other] = get.given;
  return other !== undefined && isSame(found, table) && isSame(other, key);
}

/** What a test asks to be missing: `!x`, `x === undefined`, `x == null`. */
export function missingIn(test: NodePath): NodePath | undefined {
  if (test.isUnaryExpression({ operator: '!' })) return test.get('argument');
  if (!test.isBinaryExpression() || !/^===?$/.test(test.node.operator)) return undefined;
  const right = test.get('right');
  const isNone = right.isNullLiteral() || right.isIdentifier({ name: 'undefined' });
  return isNone ? (test.get('left') as NodePath) : undefined;
}

/** The table that a value is asked of: `limits.get(id)`, or a name that was declared with that just before. */
function foundAt(asked: NodePath): NodePath | undefined {
  const value = withoutTypes(asked);
  if (value.isIdentifier()) {
    const { path } = bindingOf(value) ?? {};
    const init = path?.isVariableDeclarator() ? path.get('init') : undefined;
    const declared = path?.parentPath?.getNextSibling();
    const isNext = declared?.node === value.getStatementParent()?.node;
    // What is waited for between the look and the write would let another one write.
    return init?.isCallExpression() && isNext ? foundAt(init as NodePath) : undefined;
  }
  const callee = value.isCallExpression() ? (value.get('callee') as NodePath) : undefined;
  return callee && isMember(callee) ? (callee.get('object') as NodePath) : undefined;
}

function methodCallOn(
  object: NodePath,
): { name: string; call: NodePath<t.CallExpression>; given: NodePath[] } | undefined {
  const { parentPath: member, key } = object;
  const call =
    isMember(member) && key === 'object' && member.key === 'callee' ? member.parentPath : undefined;
  const name = isMember(member) ? propertyName(member.node) : undefined;
  return call?.isCallExpression() && name !== undefined
    ? { name, call, given: call.get('arguments') as NodePath[] }
    : undefined;
}

/** Whether two places name the same: a variable that nothing else is assigned to, a text, or a part of such. */
function isSame(one: NodePath, other: NodePath): boolean {
  const [a, b] = [withoutTypes(one), withoutTypes(other)];
  if (a.isIdentifier() && b.isIdentifier()) {
    const binding = bindingOf(a);
    return binding?.constant === true && bindingOf(b) === binding;
  }
  if (a.isStringLiteral() && b.isStringLiteral()) return a.node.value === b.node.value;
  if (a.isThisExpression()) return b.isThisExpression();
  if (!isMember(a) || !isMember(b)) return false;
  const name = propertyName(a.node);
  return (
    name !== undefined &&
    name === propertyName(b.node) &&
    isSame(a.get('object') as NodePath, b.get('object') as NodePath)
  );
}

function waits(path: NodePath): boolean {
  if (path.isAwaitExpression()) return true;
  let found = false;
  path.traverse({
    Function(inner) {
      inner.skip();
    },
    AwaitExpression() {
      found = true;
    },
  });
  return found;
}
