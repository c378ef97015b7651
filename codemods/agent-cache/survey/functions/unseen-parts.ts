import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { isMember, isWritten, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { isAssignedTo, runsAtOnce, type StateUse } from '../code/shared-state.ts';
import { type KeptState, UNSEEN } from './state-origin.ts';
import { isGotUnseen, isUnseen } from './unseen-objects.ts';
import { wayTo } from './way-to.ts';

/** `container.get('service').id`, read or set: parts of what a call gives that nothing shows to have made it. */
export function partsOfCallsIn(fn: FunctionPath, source: Source): StateUse[] {
  const found: StateUse[] = [];
  fn.traverse({
    Function(inner) {
      if (!runsAtOnce(inner)) inner.skip();
    },
    CallExpression(call) {
      const [target] = call.get('arguments') as NodePath[];
      if (!target || !isAssignedTo(target) || !isGotUnseen(target, source)) return;
      found.push({ state: UNSEEN, binding: undefined, at: target, isWrite: true });
    },
    MemberExpression(member) {
      const name = propertyName(member.node);
      const object = member.get('object') as NodePath;
      const isCallee = member.key === 'callee' && member.parentPath.isCallExpression();
      if (name === undefined || isCallee || !isGotUnseen(object, source)) return;
      found.push({ state: `${UNSEEN}.${name}`, binding: undefined, at: member, isWrite: isWritten(member) });
    },
  });
  return found;
}

/** `registry.service.id`: of an object that no code shows, the method of some class may come to the same. */
export function unseenOwner(
  kept: KeptState,
  at: NodePath,
  source: Source,
): Pick<KeptState, 'owners' | 'isUnseen'> {
  if (kept.root === UNSEEN && kept.parts.length === 0)
    return { owners: [{ of: undefined, by: wayTo(at), parts: [] }] };
  const part = kept.parts.at(-1);
  if (kept.root === 'this' && kept.parts.length < 2) return {};
  if (!isMember(at) || part === undefined || propertyName(at.node) !== part) return {};
  const object = at.get('object') as NodePath;
  if (kept.root !== UNSEEN && !isUnseen(object, source)) return {};
  return { owners: [{ of: undefined, by: wayTo(object), parts: [part] }], isUnseen: true };
}
