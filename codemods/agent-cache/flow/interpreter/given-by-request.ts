import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../migration.ts';
import { bindingOf, initBehind } from '../../survey/code/bindings.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { callsByName } from '../../survey/functions/calls-by-name.ts';
import { isHandler, isMiddleware } from '../../survey/functions/handlers.ts';
import { valuesSet } from './of-request.ts';

/** How many names and calls may lie between what is set and the request that gave it. */
const MAX_STEPS = 6;

/** Whether the code shows that what is set at a place is something of a request: `current = req.user`. */
export function isGivenByRequest(at: NodePath, source: Reading): boolean {
  const around = at.getAncestry().filter((each) => !each.isProgram());
  return (valuesSet(at, around) ?? []).some((each) => isOfRequest(each, source, MAX_STEPS));
}

function isOfRequest(value: NodePath, source: Reading, steps: number): boolean {
  if (steps === 0) return false;
  const names: NodePath[] = [];
  if (value.isIdentifier()) names.push(value);
  value.traverse({
    Function: (path) => path.skip(),
    ReferencedIdentifier: (path: NodePath) => void names.push(path),
  });
  return names.some((name) => isNameOfRequest(name, source, steps));
}

function isNameOfRequest(name: NodePath, source: Reading, steps: number): boolean {
  const binding = bindingOf(name);
  if (!binding || binding.scope.path.isProgram()) return false;
  if (binding.kind !== 'param') {
    const init = initBehind(binding);
    return init !== undefined && isOfRequest(init, source, steps - 1);
  }
  const param = binding.path.find((each) => each.listKey === 'params');
  const fn = param?.parentPath;
  if (!param || !fn?.isFunction()) return false;
  if (isHandler(fn as FunctionPath) || isMiddleware(fn)) return true;
  return callsByName(fn as FunctionPath, source).some((call) => {
    const given = (call.get('arguments') as NodePath[])[Number(param.key)];
    return given !== undefined && isOfRequest(given, source, steps - 1);
  });
}
