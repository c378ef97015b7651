import type { NodePath } from '@babel/traverse';
import type { ChainedCall, Plan, Surveyed } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { chainableCall, isCalled } from '../../flow/failures/chaining.ts';
import { ownDeclarator } from '../../survey/code/declarations.ts';
import { failurePathOf } from '../../flow/failures/failure-path.ts';
import { isGathered } from '../../flow/failures/promises-awaited-together.ts';
import { handlingReceiver } from '../../flow/failures/handled-inside.ts';
import { isLaterCallback } from '../../survey/functions/later-callbacks.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isLostRejection } from '../promotion/lost-rejection.ts';

/** The references that call something: the agent connects at the first of them. */
export function callsOf(expression: NodePath, { uses }: AgentFlow): NodePath[] {
  const references = uses.length > 0 ? uses : [expression];
  return references.filter(isCalled);
}

/** In how many places an agent is awaited where it is used, rather than once before them. */
const MAX_IN_PLACE = 3;

/**
 * Every use chained by itself; those whose failure goes where an `await` would send it are awaited in place. Undefined
 * when one cannot be, or when a failed acquisition would be nobody's there.
 */
export function chainEach(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Surveyed,
  { mayAwait = true }: { mayAwait?: boolean } = {},
): Extract<Plan, { form: 'chain' }> | undefined {
  const uses = callsOf(expression, flow);
  const isImmediate = flow.uses.length === 0;
  if (
    uses.length === 0 ||
    (!isImmediate && (!ownDeclarator(expression) || flow.uses.length !== uses.length))
  ) {
    return undefined;
  }
  const calls: ChainedCall[] = [];
  const awaited: NodePath[] = [];
  for (const use of uses) {
    const isNobodys = !isLaterCallback(fn) && failurePathOf(use, fn, migration).unseen !== undefined;
    if (isNobodys || handlingReceiver(use, migration) || isLostRejection(use, fn, migration))
      return undefined;
    const own = use.getFunctionParent();
    const canAwait =
      mayAwait &&
      own?.node.async &&
      !isImmediate &&
      failurePathOf(use, own, migration).handlers.every(
        (handler) => handler.isTryStatement() && use.isDescendant(handler),
      );
    // Calls that are started together stay so, and are written alike.
    const chained = canAwait && !isGathered(use) ? undefined : chainableCall(use, migration);
    if (chained) calls.push(chained);
    else if (canAwait && fn.node.async) awaited.push(use);
    else return undefined;
  }
  return { form: 'chain', calls, awaited };
}

/** The same where the calls are few enough to be read as well as one `await` above them. */
export function chainFew(...given: Parameters<typeof chainEach>): ReturnType<typeof chainEach> {
  const plan = chainEach(...given);
  return plan && plan.calls.length + plan.awaited.length <= MAX_IN_PLACE ? plan : undefined;
}
