import type { Binding, NodePath } from '@babel/traverse';
import type { Reading } from '../../migration.ts';
import { bindingOf, initBehind } from '../../survey/code/bindings.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { callsByName } from '../../survey/functions/calls-by-name.ts';
import { isHandler, isMiddleware } from '../../survey/functions/handlers.ts';
import { valuesSet } from './of-request.ts';

/** How many names and calls may lie between what is set and the request that gave it. */
const MAX_STEPS = 6;

/** Whether the code shows that what is set at one of some places is something of a request: `current = req.user`. */
export function isGivenByRequest(places: readonly NodePath[], source: Reading): boolean {
  let values = places.flatMap(
    (at) =>
      valuesSet(
        at,
        at.getAncestry().filter((each) => !each.isProgram()),
      ) ?? [],
  );
  // All of a distance at once: by one name after the other, each would be come to by every way that leads there.
  const seen = new Set<Binding>();
  for (let steps = 0; steps < MAX_STEPS && values.length > 0; steps++) {
    const named = new Set(values.flatMap(namesIn).filter((each) => !seen.has(each)));
    for (const each of named) seen.add(each);
    if ([...named].some(isTakenOfRequest)) return true;
    values = [...named].flatMap((each) => valuesGiven(each, source));
  }
  return false;
}

/** The names that a value is made of, but for those of modules, which are the same for all. */
function namesIn(value: NodePath): Binding[] {
  const names: NodePath[] = value.isIdentifier() ? [value] : [];
  value.traverse({
    Function: (path) => path.skip(),
    ReferencedIdentifier: (path: NodePath) => void names.push(path),
  });
  return names
    .map((name) => bindingOf(name))
    .filter((binding) => binding !== undefined)
    .filter((binding) => !binding.scope.path.isProgram());
}

function isTakenOfRequest(binding: Binding): boolean {
  const fn = parameterOf(binding)?.fn;
  return fn !== undefined && (isHandler(fn) || isMiddleware(fn));
}

/** What a name is given: where it is declared, or where its function is called. */
function valuesGiven(binding: Binding, source: Reading): NodePath[] {
  const init = initBehind(binding);
  const param = parameterOf(binding);
  if (!param) return init ? [init] : [];
  return callsByName(param.fn, source).flatMap(
    (call) => (call.get('arguments') as NodePath[])[param.index] ?? [],
  );
}

function parameterOf({ kind, path }: Binding): { fn: FunctionPath; index: number } | undefined {
  const param = kind === 'param' ? path.find((each) => each.listKey === 'params') : undefined;
  const fn = param?.parentPath;
  return param && fn?.isFunction() ? { fn: fn as FunctionPath, index: Number(param.key) } : undefined;
}
