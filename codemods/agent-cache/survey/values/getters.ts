import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { withoutFreeze } from './declared-values.ts';
import { calledDefinition } from '../code/definitions.ts';
import { keyName } from '../code/members.ts';
import { returnedAtEnd } from '../code/returned-values.ts';

/** How many functions give what another one made. */
const MAX_STEPS = 6;

/** Whether code of the tree stands behind one of some members of a value, which may give another value each time. */
export function hasGetter(
  value: NodePath,
  [name, ...rest]: readonly string[],
  source: Source,
  steps = MAX_STEPS,
): boolean {
  if (name === undefined || steps === 0) return false;
  const plain = withoutFreeze(value);
  const next = (path: NodePath, names: readonly string[]) => hasGetter(path, names, source, steps - 1);
  if (plain.isObjectExpression())
    return plain.get('properties').some((each) => {
      if (each.isSpreadElement() || keyName(each.node) !== name) return false;
      return (
        each.isObjectMethod({ kind: 'get' }) ||
        (each.isObjectProperty() && next(each.get('value') as NodePath, rest))
      );
    });
  if (plain.isClass()) return hasMember(plain, name, true, source);
  if (plain.isIdentifier()) {
    const declared = plain.scope.getBinding(plain.node.name)?.path;
    const held = declared?.isVariableDeclarator() ? (declared.get('init') as NodePath) : declared;
    return held?.node && !held.isIdentifier() ? next(held, [name, ...rest]) : false;
  }
  if (!plain.isCallExpression() && !plain.isNewExpression()) return false;
  const callee = plain.get('callee') as NodePath;
  // It answers as its handler does.
  if (callee.isIdentifier({ name: 'Proxy' })) return true;
  const found = calledDefinition(callee, source);
  if (found?.kind === 'function') {
    const given = returnedAtEnd(found.path);
    return given ? next(given, [name, ...rest]) : false;
  }
  return found?.kind === 'class' && hasMember(found.path, name, false, source);
}

/** Whether a class, or one that it extends, has a getter, of itself or of its instances. */
function hasMember(
  type: NodePath<t.Class>,
  name: string,
  isStatic: boolean,
  source: Source,
  steps = MAX_STEPS,
): boolean {
  const isOwn = type.node.body.body.some(
    (member) =>
      member.type === 'ClassMethod' &&
      member.kind === 'get' &&
      member.static === isStatic &&
      keyName(member) === name,
  );
  if (isOwn || !type.node.superClass || steps === 0) return isOwn;
  const base = calledDefinition(type.get('superClass') as NodePath, source);
  return base?.kind === 'class' && hasMember(base.path, name, isStatic, source, steps - 1);
}
