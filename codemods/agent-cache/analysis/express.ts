import type { NodePath } from '@babel/traverse';
import type { Migration, Problem } from '../migration.ts';
import { handlersAround, swallowsErrors } from './failure-handlers.ts';
import { isHandler, referencesTo, wrapperAround } from './handlers.ts';
import { passesPromiseOn } from './passes-promise-on.ts';
import type { FunctionPath } from './placement.ts';
import { outermostSame } from './wrappers.ts';

/** The version of Express whose routers ignore what a handler of the file rejects with; undefined when they do not. */
export function versionIgnoringPromises({ project, path, text }: Migration): number | undefined {
  const major = project?.expressMajorOf(path);
  // The routers of this package wait for their handlers, whatever version they extend.
  return major !== undefined && major < 5 && !text.includes('express-promise-router') ? major : undefined;
}

/** Express before 5 ignores a handler's promise: why an `await` at the place would lose its error. */
export function lostErrorProblem(
  place: NodePath,
  fn: FunctionPath,
  migration: Migration,
): Problem | undefined {
  const major = versionIgnoringPromises(migration);
  if (major === undefined || !isHandler(fn)) return undefined;
  if (isProtected(outermostSame(fn), migration)) return undefined;
  const references = referencesTo(fn);
  if (references.length > 0 && references.every((each) => isProtected(each, migration))) return undefined;
  const handled = handlersAround(place, fn).some(
    (handler) => handler.isTryStatement() && swallowsErrors(handler),
  );
  if (handled) return undefined;
  return {
    reason: `Express ${major} does not see the error of an async handler, so a failed acquisition would never be answered.`,
    hint: 'Update to Express 5, or await the agent in a try whose catch calls next.',
  };
}

/** Whether a handler, or its name, is given to a wrapper that takes care of its failure. */
function isProtected(value: NodePath, migration: Migration): boolean {
  const wrapper = wrapperAround(value);
  return wrapper !== undefined && passesPromiseOn(wrapper, Number(value.key), true, migration);
}
