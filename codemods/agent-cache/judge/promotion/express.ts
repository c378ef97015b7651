import type { NodePath } from '@babel/traverse';
import type { Migration, Problem, Source } from '../../migration.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { handlersAround, swallowsErrors } from '../../survey/functions/failure-handlers.ts';
import { protectionOf } from './handler-protection.ts';
import { hasWaitingRouters } from './waiting-routers.ts';
import type { HandlerUse } from './handler-uses.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt } from '../../survey/code/place-at.ts';

/** The version of Express whose routers ignore what a handler of the file rejects with; undefined when they do not. */
export function versionIgnoringPromises({ project, path, program }: Source): number | undefined {
  const major = project?.expressMajorOf(path);
  return major !== undefined && major < 5 && !hasWaitingRouters(program) ? major : undefined;
}

/** Express before 5 ignores a handler's promise: why an `await` at the place would lose its error. */
export function lostErrorProblem(
  place: NodePath,
  fn: FunctionPath,
  migration: Migration,
): Problem | undefined {
  const major = versionIgnoringPromises(migration);
  if (major === undefined || migration.passing.has(fn.node)) return undefined;
  // What its constructor throws rejects the promise of an async function as well.
  if (fn.node.async && creationOnlyBuilds(migration)) return undefined;
  const isKnown = isHandler(fn);
  if (!isKnown && fn.node.params.length < 2) return undefined;
  const handled = handlersAround(place, fn).some(
    (handler) => handler.isTryStatement() && swallowsErrors(handler),
  );
  if (handled) return undefined;
  const { isUsed, losing } = protectionOf(fn, migration);
  // What does not look like a handler is one if a router gets it, whatever it calls its parameters.
  const [first] = isKnown ? losing : losing.filter(({ form }) => form === 'route');
  if (!first && (isUsed || !isKnown)) return undefined;
  return lostError(first, { fn, major: String(major) }, migration);
}

/** Where a handler's failure is lost, unless that is where it stands itself. */
function lostError(
  use: HandlerUse | undefined,
  { fn, major }: { fn: FunctionPath; major: string },
  source: Source,
): Problem {
  if (!use) return reason('express-loses-error-unregistered', [], { major });
  const { form, at } = use;
  const isPlace = form !== 'other' || at.listKey === 'arguments';
  if (!isPlace || at.node === fn.node || fn.isDescendant(at))
    return reason('express-loses-error', [], { major });
  const id = form === 'call' ? 'express-loses-error-dropped' : 'express-loses-error-registered';
  return reason(id, [placeAt(at, source)], { major });
}
