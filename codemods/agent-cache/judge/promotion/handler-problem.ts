import type { NodePath } from '@babel/traverse';
import type { Problem, Source } from '../../migration.ts';
import { answersRequest } from '../../survey/functions/answers-request.ts';
import { droppingCall } from './called-by-hand.ts';
import { isWaitedFor } from './dropped-calls.ts';
import { versionIgnoringPromises } from './express.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt, reasonAt } from '../../survey/code/place-at.ts';
import { isCalledByFramework, isCallSeen } from './handler-protection.ts';
import { type HandlerUse, handlerUses } from './handler-uses.ts';
import { hasHandlerType, registrationOf } from '../../survey/functions/handlers.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { mayBeReachedUnseen } from './reached-unseen.ts';
import { droppedTableCall, isRegisteredByTable } from './table-calls.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

/**
 * Why a handler cannot become async: something other than Express calls it and does not wait for it, or may do so, or
 * what it returns is used.
 */
export function handlerProblem(fn: FunctionPath, source: Source): Problem | undefined {
  if (isCalledByFramework(fn)) return undefined;
  const ignoresPromises = versionIgnoringPromises(source) !== undefined;
  const uses = handlerUses(fn, source);
  const losing = uses.find((use) => isLosing(use, ignoresPromises, source));
  if (losing?.form === 'other') return valueProblem(losing.at, fn, source);
  if (!registrationOf(fn) && !hasHandlerType(fn) && (isOption(fn) || !answersRequest(fn)))
    return synchronousProblem();
  const call = losing?.at ?? droppingCall(fn, ignoresPromises, source) ?? droppedTableCall(fn, source);
  if (call) return reasonAt('called-without-waiting', call, source);
  if (uses.length > 0 || isRegisteredByTable(fn, source)) return undefined;
  return mayBeReachedUnseen(fn, source) ? unseenProblem() : undefined;
}

export function synchronousProblem(): Problem {
  return reason('synchronous-result');
}

function isLosing({ form, at }: HandlerUse, ignoresPromises: boolean, source: Source): boolean {
  if (form !== 'call') return form === 'other';
  return !isWaitedFor(at) && !(ignoresPromises && isCallSeen(at, source));
}

/** Whether the function is one of the options that a call is given, which are called for their value. */
function isOption(fn: FunctionPath): boolean {
  const property = fn.isObjectMethod() ? fn : outermostSame(fn).parentPath;
  const object = property?.isObjectProperty() || property?.isObjectMethod() ? property.parentPath : undefined;
  return object?.listKey === 'arguments';
}

/** It is given to a call, put in a list, or kept: whoever has it there may call it. */
function valueProblem(at: NodePath, fn: FunctionPath, source: Source): Problem {
  if (at.node === fn.node) return synchronousProblem();
  const id = at.listKey === 'arguments' ? 'receiver-misses-failure' : 'holder-may-not-wait';
  return reason(id, [placeAt(at, source)]);
}

function unseenProblem(): Problem {
  return reason('registration-unseen');
}
