import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledFunction } from '../code/called-code.ts';
import { calledOfModule } from '../code/loaded-by.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';
import { isForErrors, isHandler, referencesTo, wrapperAround } from './handlers.ts';
import { handsRequestOn, onlyFails } from './only-fails.ts';

/** Packages with a function that stands around a handler and does no more than hand its rejection on. */
const HANDS_REJECTION_ON = /^express-async-(?:handler|wrap)$|^express-asyncify$/;

/**
 * Whether a handler is sure to answer a request itself, or to end it in an error: no other handler runs after it.
 *
 * @param source the file; without it, what stands around the handler is not known
 */
export function endsRequests(fn: FunctionPath, source?: Source): boolean {
  const next = fn.node.params[isForErrors(fn.node) ? 3 : 2];
  if (!isHandler(fn)) return false;
  if (next?.type !== 'Identifier' || !onlyFails(fn, next.name) || handsRequestOn(fn)) return false;
  // What stands around it may go on behind it.
  return [outermostSame(fn), ...referencesTo(fn)].every((value) => {
    const wrapper = wrapperAround(value);
    return !wrapper || onlyWaits(wrapper, source);
  });
}

/** Whether what a function makes of a handler goes on only where that handler does: `asyncHandler(…)`. */
function onlyWaits(wrapper: NodePath<t.CallExpression>, source: Source | undefined): boolean {
  const { callee } = wrapper.node;
  if (HANDS_REJECTION_ON.test(calledOfModule(callee, wrapper.scope)?.specifier ?? '')) return true;
  const called = source && calledFunction(wrapper, source);
  if (!called) return false;
  const given = new Set(called.node.params);
  const isOfGiven = ({ node, scope }: NodePath<t.CallExpression>) =>
    node.callee.type === 'Identifier' &&
    given.has(scope.getBinding(node.callee.name)?.identifier as t.Identifier);
  const made: boolean[] = [];
  called.traverse({
    Function(inner) {
      const next = inner.node.params[2];
      if (inner.node.params.length < 3) return;
      made.push(next?.type === 'Identifier' && onlyFails(inner as FunctionPath, next.name, isOfGiven));
    },
  });
  return made.length > 0 && made.every(Boolean);
}
