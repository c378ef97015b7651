import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { classMember } from '../../survey/code/class-members.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { returnedAtEnd } from '../../survey/code/returned-at-end.ts';
import { waitsBetween } from '../../survey/code/shared-state.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { stateReachedIn } from '../../survey/functions/reached-state.ts';
import { isSetAlike } from '../../survey/functions/set-alike.ts';
import { isSameState, type KeptState } from '../../survey/functions/state-origin.ts';

/**
 * Where a caller has an object set what a method of it reads, by another method of the method's own class, though
 * nothing tells what the object is: `const service = container.get('service'); service.become(user); service.load()`.
 */
export function setByName(
  read: KeptState,
  { call, object, fn }: { call: NodePath; object: NodePath; fn: FunctionPath },
  source: Source,
): NodePath | undefined {
  const owner = fn.parentPath?.parentPath;
  const value = withoutTypes(object);
  const binding = value.isIdentifier() ? value.scope.getBinding(value.node.name) : undefined;
  const caller = call.getFunctionParent();
  if (read.root !== 'this' || !owner?.isClass() || !binding || !caller) return undefined;
  return binding.referencePaths.find((reference) => {
    const { parentPath: member } = reference;
    const setting = isMember(member) && reference.key === 'object' ? member.parentPath : undefined;
    if (!isMember(member) || member.key !== 'callee' || !setting?.isCallExpression()) return false;
    const end = setting.node.end ?? 0;
    const start = call.node.start ?? 0;
    if (reference.getFunctionParent()?.node !== caller.node || end > start) return false;
    if (waitsBetween(caller.node.body, end, start)) return false;
    const method = classMember(owner, propertyName(member.node) ?? '', false);
    return (
      method?.isClassMethod() === true &&
      stateReachedIn(method, source).some(
        (each) => each.isWrite && isSameState(read, each) && !isSetAlike(each, source),
      )
    );
  });
}

/** Whether a name stands for what some call gave, and nothing tells that the call made it. */
export function isGotUnseen(object: NodePath, source: Source): boolean {
  const value = withoutTypes(object);
  const binding = value.isIdentifier() ? value.scope.getBinding(value.node.name) : undefined;
  if (!binding?.path.isVariableDeclarator()) return false;
  const init = binding.path.get('init') as NodePath;
  const given = init.node ? withoutTypes(init) : undefined;
  const got = given?.isAwaitExpression() ? withoutTypes(given.get('argument')) : given;
  if (!got?.isCallExpression()) return false;
  const called = calledDefinition(got.get('callee') as NodePath, source);
  const returned = called?.kind === 'function' ? returnedAtEnd(called.path) : undefined;
  return !returned || returned.isCallExpression() || isMember(returned);
}
