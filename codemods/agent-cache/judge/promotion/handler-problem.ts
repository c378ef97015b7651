import type { NodePath } from '@babel/traverse';
import type { Migration, Problem } from '../../migration.ts';
import { answersRequest } from '../../survey/functions/answers-request.ts';
import { droppingCall } from './called-by-hand.ts';
import { isWaitedFor } from './dropped-calls.ts';
import { versionIgnoringPromises } from './express.ts';
import { lineOf } from '../../flow/fates/flow-problems.ts';
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
export function handlerProblem(fn: FunctionPath, migration: Migration): Problem | undefined {
  if (isCalledByFramework(fn)) return undefined;
  const ignoresPromises = versionIgnoringPromises(migration) !== undefined;
  const uses = handlerUses(fn, migration);
  const losing = uses.find((use) => isLosing(use, ignoresPromises, migration));
  if (losing?.form === 'other') return valueProblem(losing.at, fn, migration);
  if (!registrationOf(fn) && !hasHandlerType(fn) && (isOption(fn) || !answersRequest(fn)))
    return synchronousProblem();
  const call = losing?.at ?? droppingCall(fn, ignoresPromises, migration) ?? droppedTableCall(fn, migration);
  if (call) return byHandProblem(call, migration);
  if (uses.length > 0 || isRegisteredByTable(fn, migration)) return undefined;
  return mayBeReachedUnseen(fn, migration) ? unseenProblem() : undefined;
}

export function synchronousProblem(): Problem {
  return {
    reason: 'The function is not async, and its result may be used at once.',
    hint: 'Make it async and await it at its callers, then run the codemod again.',
  };
}

function isLosing({ form, at }: HandlerUse, ignoresPromises: boolean, migration: Migration): boolean {
  if (form !== 'call') return form === 'other';
  return !isWaitedFor(at) && !(ignoresPromises && isCallSeen(at, migration));
}

/** Whether the function is one of the options that a call is given, which are called for their value. */
function isOption(fn: FunctionPath): boolean {
  const property = fn.isObjectMethod() ? fn : outermostSame(fn).parentPath;
  const object = property?.isObjectProperty() || property?.isObjectMethod() ? property.parentPath : undefined;
  return object?.listKey === 'arguments';
}

/** It is given to a call, put in a list, or kept: whoever has it there may call it. */
function valueProblem(at: NodePath, fn: FunctionPath, migration: Migration): Problem {
  if (at.node === fn.node) return synchronousProblem();
  if (at.listKey === 'arguments')
    return {
      reason: `The function is not async, and what it is given to on line ${lineOf(at, migration)} would not see it fail if it were.`,
      hint: 'Let the wrapper return or catch the promise, or make the function async by hand.',
    };
  return {
    reason: `The function is not async, and what has it from line ${lineOf(at, migration)} may call it without waiting.`,
    hint: 'Await it where it is called and make it async, then run the codemod again.',
  };
}

/** A call that is not waited for keeps the function from becoming async. */
export function byHandProblem(call: NodePath, migration: Migration): Problem {
  return {
    reason: `The function is not async, and a call of it (line ${lineOf(call, migration)}) goes on without waiting.`,
    hint: 'Make it async and await it at its callers, then run the codemod again.',
  };
}

function unseenProblem(): Problem {
  return {
    reason:
      'The function is not async, and no file is seen to register it, so whoever calls it may not wait.',
    hint: 'Make it async if its callers wait for it, then run the codemod again.',
  };
}
