import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { programOfFile } from '../../survey/code/opened-files.ts';
import { ownMethods } from './own-methods.ts';
import { transparentParent } from '../../survey/code/wrappers.ts';
import { bindingNamed, bindingOfFunction } from '../../survey/code/bindings.ts';
import { callAt } from '../../survey/code/call-at.ts';

const known = new OncePerProject<boolean>();

/** What an agent is called, for methods that its class's own source does not show. */
const CLIENT = /agent|client|instance|api/i;

/**
 * Whether the cache module does no more to create an agent than to call its constructor, or what builds it instead. Its
 * creation then fails exactly when and how that did at the place, and not when the agent cannot connect. False where
 * that is not seen.
 */
export function creationOnlyBuilds(migration: Surveyed): boolean {
  const { project, path } = migration;
  const file = project?.cacheModuleOf(path);
  if (!project || file === undefined) return false;
  return known.of(project, file, () => {
    const program = programOfFile(file, migration);
    return program !== undefined && onlyBuilds(program, migration);
  });
}

function onlyBuilds(program: NodePath<t.Program>, migration: Surveyed): boolean {
  const { agentClass, builtBy = 'new' } = migration.options;
  const methods = ownMethods(migration);
  const built: NodePath[] = [];
  let uses = 0;
  const build = (path: NodePath) => {
    built.push(path);
    if (isUsed(path, program)) uses += 1;
  };
  const note = (path: NodePath<t.CallExpression | t.OptionalCallExpression>) => {
    const { callee } = path.node;
    if (isBuilder(callee, agentClass, builtBy)) return build(path);
    if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return;
    if (isStore(path.get('callee.object') as NodePath)) return;
    const name = propertyName(callee) ?? '';
    const isNamedSo = callee.object.type === 'Identifier' && CLIENT.test(callee.object.name);
    if (methods.has(name) || (isNamedSo && name !== 'then')) uses += 1;
  };
  program.traverse({
    CallExpression: note,
    OptionalCallExpression: note,
    NewExpression(path) {
      if (builtBy === 'new' && isNamed(path.node.callee, agentClass)) build(path);
    },
  });
  return built.length > 0 && uses === 0 && !waitsForMore(built);
}

/** Whether what creates an agent waits for something else, too, which may fail: `await loadSettings()`. */
function waitsForMore(built: readonly NodePath[]): boolean {
  const known = new Set<t.Node>();
  const creating: NodePath<t.Function>[] = [];
  const places = [...built];
  for (let place = places.pop(); place; place = places.pop()) {
    known.add(place.node);
    const fn = place.getFunctionParent();
    if (!fn || known.has(fn.node)) continue;
    known.add(fn.node);
    creating.push(fn);
    places.push(...(bindingOfFunction(fn)?.referencePaths ?? []).flatMap((each) => callAt(each) ?? []));
  }
  return creating.some((fn) => awaitedCalls(fn).some((call) => !isOrHas(call, known)));
}

/** The calls that a function itself awaits, but for modules that it loads. */
function awaitedCalls(fn: NodePath<t.Function>): NodePath[] {
  const calls: NodePath[] = [];
  fn.get('body').traverse({
    Function: (inner) => inner.skip(),
    AwaitExpression(waiting) {
      const given = waiting.get('argument');
      if (given.isCallExpression() && given.node.callee.type !== 'Import') calls.push(given);
    },
  });
  return calls;
}

function isOrHas(outer: NodePath, nodes: ReadonlySet<t.Node>): boolean {
  let isFound = nodes.has(outer.node);
  outer.traverse({
    enter(inner) {
      isFound ||= nodes.has(inner.node);
    },
  });
  return isFound;
}

/** How many names and calls may lie between an object and what builds it. */
const MAX_STEPS = 4;

/** What agents are kept in, whose methods are none of theirs. */
const STORES = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'CachedProvider']);

/** Whether an object is seen to be what keeps agents, rather than one of them. */
function isStore(object: NodePath<t.Node | null>, steps = MAX_STEPS): boolean {
  if (steps === 0 || !object.hasNode()) return false;
  const isOther = (path: NodePath) => isStore(path, steps - 1);
  if (object.isNewExpression()) {
    const { callee } = object.node;
    return callee.type === 'Identifier' && STORES.has(callee.name);
  }
  // What stands in for what is not there is of its kind.
  if (object.isLogicalExpression({ operator: '??' })) return isOther(object.get('right'));
  const name = object.isCallExpression() ? object.node.callee : object.node;
  const binding = bindingNamed(name, object.scope);
  if (!binding?.constant) return false;
  if (!object.isCallExpression())
    return binding.path.isVariableDeclarator() && isOther(binding.path.get('init') as NodePath);
  const [only] = binding.path.isFunctionDeclaration() ? (binding.path.get('body.body') as NodePath[]) : [];
  return only?.isReturnStatement() === true && isOther(only.get('argument') as NodePath);
}

/** Whether a call builds the agent: `AdsClient.init`, or the function that goes by the name of the class. */
function isBuilder(callee: t.Node, agentClass: string, builtBy: string): boolean {
  if (builtBy === 'new') return false;
  if (builtBy === 'function') return isNamed(callee, agentClass);
  return (
    callee.type === 'MemberExpression' &&
    propertyName(callee) === builtBy &&
    isNamed(callee.object, agentClass)
  );
}

/** `AdsClient`, or that of a namespace. */
function isNamed(node: t.Node, agentClass: string): boolean {
  if (node.type === 'MemberExpression') return propertyName(node) === agentClass;
  return node.type === 'Identifier' && node.name === agentClass;
}

/** Whether something is done with a new agent but to keep it or to give it on. */
function isUsed(value: NodePath, program: NodePath<t.Program>): boolean {
  const parent = transparentParent(value);
  if (parent.isReturnStatement() || parent.isArrowFunctionExpression() || parent.isObjectProperty())
    return false;
  if (parent.isCallExpression()) {
    const { callee } = parent.node;
    const isPromise = callee.type === 'MemberExpression' && propertyName(callee) === 'resolve';
    return !isPromise;
  }
  if (parent.isVariableDeclarator()) return isNameUsed(parent.node.id, parent);
  if (!parent.isAssignmentExpression()) return true;
  const { left } = parent.node;
  return left.type === 'MemberExpression'
    ? isPropertyUsed(propertyName(left), program)
    : isNameUsed(left, parent);
}

function isNameUsed(target: t.Node, { scope }: NodePath): boolean {
  const binding = bindingNamed(target, scope);
  if (!binding) return true;
  return binding.referencePaths.some(({ parentPath: parent, key, listKey }) => {
    if (listKey === 'arguments') return true;
    return isMember(parent) && key === 'object';
  });
}

function isPropertyUsed(name: string | undefined, program: NodePath<t.Program>): boolean {
  let isUsedThere = name === undefined;
  program.traverse({
    MemberExpression({ node: { object } }) {
      if (object.type === 'MemberExpression' && propertyName(object) === name) isUsedThere = true;
    },
  });
  return isUsedThere;
}
