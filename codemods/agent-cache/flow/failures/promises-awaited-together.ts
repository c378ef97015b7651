import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Surveyed } from '../../migration.ts';
import { callAround } from './chaining.ts';
import { isPromiseMethod, methodOf } from '../../survey/functions/failure-handlers.ts';
import type { FailurePath } from './failure-path.ts';
import { ownMethods } from '../effects/own-methods.ts';
import { isCaughtByChain } from './passes-promise-on.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import { isWithoutEffect } from '../../survey/code/without-effect.ts';

type UsePath = FailurePath & { use: NodePath };

/**
 * Whether the agent's call is one of several that `Promise.all` starts: an `await` would keep the next ones waiting,
 * and those before it without anybody who handles their failure meanwhile.
 */
export function isGathered(use: NodePath): boolean {
  const call = callAround(use);
  const gathering = call && lastOfChain(call).parentPath;
  if (!gathering?.isArrayExpression()) return false;
  const { parentPath: all } = gathering;
  return all.isCallExpression() && isPromiseMethod(all, /./);
}

/**
 * Whether all of a `Promise.all` fails as it did when an agent could not be built, though that is a rejection within it
 * then: nothing else in it can fail before, and nobody handles the failure of the whole, or of each agent's call.
 */
export function failsAsWhole(expression: NodePath, { sites }: Judged): boolean {
  const list = listOfAll(expression);
  const all = list?.parentPath;
  if (!list?.isArrayExpression() || !all || isCaughtByChain(all)) return false;
  const built = sites.map((site) => site.expression).filter((each) => each.isDescendant(list));
  const calls = built.flatMap((each) => callAround(each) ?? []);
  const elements = list.get('elements') as NodePath[];
  const isOfAgent = (element: NodePath) =>
    calls.some((call) => call.node === element.node || lastOfChain(call).node === element.node);
  return (
    elements.every((each) => isOfAgent(each) || isQuiet(each.node, each.scope)) &&
    calls.some((call) => !isCaughtByChain(call))
  );
}

/** The call at the end of `call.then(…).catch(…)`. */
function lastOfChain(call: NodePath): NodePath {
  const { parentPath: member } = call;
  const next = member?.isMemberExpression() && call.key === 'object' ? member.parentPath : undefined;
  return next?.isCallExpression() && member?.key === 'callee' ? lastOfChain(next) : call;
}

/**
 * Leaves out what handles one call's failure within a `Promise.all`, quietly, where another call in it fails with the
 * same agent and nobody handles that before the whole: the whole fails, whatever comes of the first one.
 */
export function withFailureOfWhole(paths: readonly UsePath[], migration: Surveyed): UsePath[] {
  return paths.map((path) => {
    const list = path.handlers.length > 0 ? listOfAll(path.use) : undefined;
    const within = list ? path.handlers.filter((handler) => handler.isDescendant(list)) : [];
    if (!list || within.length === 0 || !within.every(isQuietCatch)) return path;
    if (!paths.some((other) => failsWhole(other, list, migration))) return path;
    return { ...path, handlers: path.handlers.filter((handler) => !within.includes(handler)) };
  });
}

/** The list of the `Promise.all` that a place is in, within its function. */
function listOfAll(place: NodePath): NodePath | undefined {
  for (let at = place.parentPath; at && !at.isFunction(); at = at.parentPath) {
    const { parentPath: call } = at;
    if (at.isArrayExpression() && call?.isCallExpression() && isPromiseMethod(call, /^all$/)) return at;
  }
  return undefined;
}

function failsWhole({ use, handlers }: UsePath, list: NodePath, migration: Surveyed): boolean {
  const call = callAround(use);
  if (call?.parent !== list.node || handlers.some((handler) => handler.isDescendant(list))) return false;
  return ownMethods(migration).get(methodOf(call) ?? '')?.async !== false;
}

/** `.catch(() => null)`. */
function isQuietCatch(handler: NodePath<t.Node>): boolean {
  if (!handler.isCallExpression() || methodOf(handler) !== 'catch') return false;
  const [given] = handler.node.arguments;
  return (
    (given?.type === 'ArrowFunctionExpression' || given?.type === 'FunctionExpression') &&
    isWithoutEffect(given.body)
  );
}
