import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { constructorOf } from '../code/class-members.ts';
import { calledDefinition, definitionOf } from '../code/definitions.ts';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { listenersOf } from './listeners.ts';
import { bindingOf, constantBehind } from '../code/bindings.ts';

export type Call = NodePath<t.CallExpression | t.OptionalCallExpression | t.NewExpression>;

/** A function that a call runs, and with what. */
interface Called {
  called: FunctionPath;
  /** What `this` is in it. */
  object: NodePath | undefined;
  given: NodePath[];
}

export function isCall(path: NodePath): path is Call {
  return path.isCallExpression() || path.isOptionalCallExpression() || path.isNewExpression();
}

/** The functions that a call runs: what it names, by `call`, `apply` and `bind` too, a constructor, and listeners. */
export function calledBy(call: Call, source: Source): Called[] {
  const callee = withoutTypes(call.get('callee') as NodePath);
  const given = call.get('arguments') as NodePath[];
  const found = calledDefinition(callee, source);
  if (call.isNewExpression()) {
    const built = found?.kind === 'class' ? constructorOf(found.path) : undefined;
    return built ? [{ called: built, object: undefined, given }] : [];
  }
  const object = isMember(callee) ? (callee.get('object') as NodePath) : undefined;
  if (found?.kind === 'function') return [{ called: found.path, object, given }];
  const name = isMember(callee) ? propertyName(callee.node) : undefined;
  if (object && (name === 'call' || name === 'apply')) {
    const [receiver, ...others] = given;
    return boundTo(object, receiver, name === 'call' ? others : [], source);
  }
  if (object && name === 'emit') {
    const [event, ...told] = given;
    return listenersOf(object, event, source).map((each) => ({
      called: each,
      object: undefined,
      given: told,
    }));
  }
  const init = boundAs(callee);
  const bound = init?.get('callee') as NodePath | undefined;
  return init && isMember(bound)
    ? boundTo(bound.get('object') as NodePath, init.get('arguments')[0], given, source)
    : [];
}

/** The functions among what a call is given that the function which it calls runs at once. */
export function functionsRunBy(
  called: FunctionPath,
  given: readonly NodePath[],
  source: Source,
): FunctionPath[] {
  return given.flatMap((each, at) => {
    const value = withoutTypes(each);
    if (!(value.isFunction() || value.isIdentifier()) || !runsGiven(called, at, source)) return [];
    const run = definitionOf(value, source);
    return run?.kind === 'function' ? [run.path] : [];
  });
}

/** Whether a function runs what it is given at a place, or has another one run it. */
function runsGiven(
  { node, scope }: FunctionPath,
  at: number,
  source: Source,
  seen = new Set<t.Node>(),
): boolean {
  const param = node.params[at];
  if (param?.type !== 'Identifier' || seen.has(param)) return false;
  seen.add(param);
  return (scope.getBinding(param.name)?.referencePaths ?? []).some((use) => {
    const call = use.parentPath;
    if (use.getFunctionParent()?.node !== node || !call || !isCall(call)) return false;
    if (use.key === 'callee') return true;
    const found =
      use.listKey === 'arguments' ? calledDefinition(call.get('callee') as NodePath, source) : undefined;
    return found?.kind === 'function' && runsGiven(found.path, Number(use.key), source, seen);
  });
}

function boundTo(
  callee: NodePath,
  object: NodePath | undefined,
  given: NodePath[],
  source: Source,
): Called[] {
  const found = calledDefinition(callee, source);
  return found?.kind === 'function' ? [{ called: found.path, object, given }] : [];
}

/** The call of `bind` that a name is declared with: `const set = state.set.bind(state)`. */
function boundAs(callee: NodePath): NodePath<t.CallExpression> | undefined {
  const binding = bindingOf(callee);
  const init = constantBehind(binding);
  if (!init?.isCallExpression()) return undefined;
  const { callee: bind } = init.node;
  return bind.type === 'MemberExpression' && propertyName(bind) === 'bind' ? init : undefined;
}
