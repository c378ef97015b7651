import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keyName, propertyName } from './members.ts';

type ClassPath = NodePath<t.Class>;

/**
 * A member that a class itself declares: the method, the value of a field, or where it has none the field, the
 * constructor's parameter that makes it one, or what the constructor assigns to it.
 */
export function classMember(path: ClassPath, name: string, isStatic: boolean): NodePath | undefined {
  const own = path
    .get('body')
    .get('body')
    .find(({ node }) => keyName(node) === name && ('static' in node && node.static === true) === isStatic);
  if (own?.isClassMethod() || own?.isClassPrivateMethod()) return own;
  if (own) {
    const value = own.get('value') as NodePath;
    if (value.node) return value;
  }
  if (isStatic) return own;
  const built = constructorOf(path);
  const param = built?.get('params').find(({ node }) => {
    if (node.type !== 'TSParameterProperty') return false;
    const { parameter } = node;
    const declared = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    return declared.type === 'Identifier' && declared.name === name;
  });
  return param ?? assignedIn(built, name) ?? own;
}

/** The constructor that a class declares. */
export function constructorOf(path: ClassPath): NodePath<t.ClassMethod> | undefined {
  for (const member of path.get('body').get('body')) {
    if (member.isClassMethod() && member.node.kind === 'constructor') return member;
  }
  return undefined;
}

/** The expression that a class extends. */
export function superclassOf(path: ClassPath): NodePath | undefined {
  const superclass = path.get('superClass') as NodePath;
  return superclass.node ? superclass : undefined;
}

/** What a constructor assigns to `this.name` in a statement of its own. */
function assignedIn(built: NodePath<t.ClassMethod> | undefined, name: string): NodePath | undefined {
  for (const statement of built?.get('body').get('body') ?? []) {
    const assignment = statement.isExpressionStatement() ? statement.get('expression') : undefined;
    if (!assignment?.isAssignmentExpression()) continue;
    const { left } = assignment.node;
    if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression') continue;
    if (propertyName(left) === name) return assignment.get('right');
  }
  return undefined;
}
