import { isCallbackThatIsAwaited } from './callers.ts';
import type { FunctionPath } from './placement.ts';

/** Whether an async function that returns the agent has no name by which others could take it for their own. */
export function isAnonymousBuilder(fn: FunctionPath): boolean {
  if (isCallbackThatIsAwaited(fn)) return true;
  const { node } = fn;
  if (node.type !== 'ObjectMethod' && node.type !== 'ClassMethod' && node.type !== 'ClassPrivateMethod')
    return false;
  const [only, ...rest] = node.body.body;
  return rest.length === 0 && only?.type === 'ReturnStatement';
}
