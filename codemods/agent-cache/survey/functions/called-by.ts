import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { constructorOf } from '../code/class-members.ts';
import { calledDefinition, definitionOf } from '../code/definitions.ts';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { writtenName } from '../code/written-name.ts';

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
  if (object && name === 'emit') return listenersOf(object, given, source);
  const init = boundAs(callee);
  const bound = init?.get('callee') as NodePath | undefined;
  return init && isMember(bound)
    ? boundTo(bound.get('object') as NodePath, init.get('arguments')[0], given, source)
    : [];
}

/** The functions among what a call is given that the function which it calls runs at once. */
export function functionsRunBy(
  { node, scope }: FunctionPath,
  given: readonly NodePath[],
  source: Source,
): FunctionPath[] {
  return given.flatMap((each, at) => {
    const value = withoutTypes(each);
    const param = node.params[at];
    if (!(value.isFunction() || value.isIdentifier()) || param?.type !== 'Identifier') return [];
    const references = scope.getBinding(param.name)?.referencePaths ?? [];
    const isRun = references.some(
      (use) =>
        use.key === 'callee' && use.getFunctionParent()?.node === node && isCall(use.parentPath as NodePath),
    );
    const run = isRun ? definitionOf(value, source) : undefined;
    return run?.kind === 'function' ? [run.path] : [];
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
  const binding = callee.isIdentifier() ? callee.scope.getBinding(callee.node.name) : undefined;
  const init =
    binding?.constant && binding.path.isVariableDeclarator() ? binding.path.get('init') : undefined;
  if (!init?.isCallExpression()) return undefined;
  const { callee: bind } = init.node;
  return bind.type === 'MemberExpression' && propertyName(bind) === 'bind' ? init : undefined;
}

/** What the file has listen to an event: `bus.on('tenant', (id) => { … })` for `bus.emit('tenant', id)`. */
function listenersOf(bus: NodePath, [event, ...given]: readonly NodePath[], source: Source): Called[] {
  const name = event?.isStringLiteral() ? event.node.value : undefined;
  const binding = bus.isIdentifier() ? bus.scope.getBinding(bus.node.name) : undefined;
  if (name === undefined || !binding) return [];
  return binding.referencePaths.flatMap(({ parentPath: member, key }) => {
    const call =
      isMember(member) && key === 'object' && member.key === 'callee' ? member.parentPath : undefined;
    if (!isMember(member) || !call?.isCallExpression()) return [];
    if (!/^(on|once|addListener|prependListener)$/.test(propertyName(member.node) ?? '')) return [];
    const [to, listener] = call.get('arguments');
    if (!to || !listener || writtenName(to.node, true) !== name) return [];
    const found = definitionOf(listener, source);
    return found?.kind === 'function' ? [{ called: found.path, object: undefined, given }] : [];
  });
}
