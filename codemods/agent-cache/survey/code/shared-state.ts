import type { Binding, NodePath } from '@babel/traverse';
import { keptOf } from '../../source/kept-with.ts';
import { programAround } from './program-around.ts';
import type * as t from '@babel/types';
import { aliasesOf, type Origin, originOf } from './aliases.ts';
import { isMember, isWritten, propertyName } from './members.ts';
import { childrenOf } from '../../source/children.ts';
import { outermostSame } from './wrappers.ts';
import { bindingOf } from './bindings.ts';

const MUTATES = /^(add|set|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)$/;

const GLOBALS = new Set(['global', 'globalThis', 'process']);
/** A use of what keeps a value from one statement to the next: a variable, or what that or `this` holds. */
export interface StateUse {
  /** Its name: `inFlight`, `state.busy`, `this.running`. */
  state: string;
  /** Of its variable; none of `this`, and of what is global. */
  binding: Binding | undefined;
  at: NodePath;
  isWrite: boolean;
}

/** The uses of state in the function itself, not in the functions in it. */
export function stateIn(fn: NodePath<t.Function>): StateUse[] {
  const uses: StateUse[] = [];
  const note = (root: NodePath, state: string, binding: Binding | undefined) => {
    const use = useFrom(root, { state, binding });
    if (use) uses.push(use);
  };
  const body: NodePath = fn.get('body');
  const look = {
    Function(inner: NodePath<t.Function>) {
      if (!runsAtOnce(inner)) inner.skip();
    },
    ThisExpression(path: NodePath<t.ThisExpression>) {
      note(path, 'this', undefined);
    },
    Super(path: NodePath<t.Super>) {
      note(path, 'this', undefined);
    },
    Identifier(path: NodePath<t.Identifier>) {
      const binding = isName(path) ? bindingOf(path) : undefined;
      const isGlobal = isName(path) && !binding && GLOBALS.has(path.node.name);
      if (isGlobal || (binding && binding.identifier !== path.node)) note(path, path.node.name, binding);
    },
  };
  if (body.isIdentifier()) look.Identifier(body);
  body.traverse(look);
  return uses;
}

const AT_ONCE =
  /^(forEach|map|flatMap|filter|find|findIndex|findLast|some|every|reduce|reduceRight|sort|toSorted)$/;

/** Whether a function runs where it stands: `(() => { … })()`, or what a method of a list is given. */
export function runsAtOnce({ node, parent, key, listKey }: NodePath<t.Function>): boolean {
  if (node.async || node.generator || parent.type !== 'CallExpression') return false;
  const { callee } = parent;
  const isOfList =
    callee.type === 'MemberExpression' && listKey === 'arguments' && AT_ONCE.test(propertyName(callee) ?? '');
  return key === 'callee' || isOfList;
}

/** The uses of a variable, and of what it holds, in all of its file, by whatever name. */
export function usesOf(binding: Binding): StateUse[] {
  const own = binding.referencePaths.flatMap(
    (path) => useFrom(path, { state: binding.identifier.name, binding }) ?? [],
  );
  return [...own, ...aliasesOf(binding).flatMap(usesOf)];
}

/** The uses of what `this` holds in all of the class around a place. */
export function stateOfClass(place: NodePath): readonly StateUse[] {
  const around = place.findParent((each) => each.isClass());
  return around
    ? keptOf(programAround(around), 'state of class', around.node, () => findStateOf(around))
    : [];
}

function findStateOf(around: NodePath): StateUse[] {
  const uses: StateUse[] = [];
  around.traverse({
    ThisExpression(path) {
      const use = useFrom(path, { state: 'this', binding: undefined });
      if (use) uses.push(use);
    },
  });
  return uses;
}

/** Whether one use is of what the other writes, of a part of it, or of what that is a part of. */
export function isOfSame(use: StateUse, write: StateUse): boolean {
  const [one, other] = [`${use.state}.`, `${write.state}.`];
  return use.binding === write.binding && (one.startsWith(other) || other.startsWith(one));
}

/** `req.app.locals.id`: what a request says of its app is of all requests. */
function isOfTheApp({ state }: Pick<StateUse, 'state'>): boolean {
  return /^\w+\.app(\.|$)/.test(state);
}

/** The state that a function shares with its other calls, and with other functions. */
export function sharedStateIn(fn: NodePath<t.Function>): StateUse[] {
  return stateIn(fn).filter(
    (use) => isOfTheApp(use) || !use.binding?.scope.path.find(({ node }) => node === fn.node),
  );
}

/** The shared state that the function writes behind an offset, before it waits for anything. */
export function writtenBehind(fn: NodePath<t.Function>, from: number): StateUse[] {
  // Few functions write anything there, and nodes cost less than the paths and scopes of a sure answer.
  if (!writes(fn.node.body, from)) return [];
  return sharedStateIn(fn).filter(({ at, isWrite }) => {
    const start = at.node.start ?? 0;
    return isWrite && start > from && !waitsBetween(fn.node.body, from, start);
  });
}

/** What the function writes behind an offset, before it waits for anything, that a `catch` or `finally` around it reads. */
export function writtenForHandlers(
  fn: NodePath<t.Function>,
  from: number,
  tries: readonly NodePath<t.TryStatement>[],
): StateUse[] {
  if (tries.length === 0 || !writes(fn.node.body, from)) return [];
  const handling = tries.flatMap(({ node }) => [node.handler, node.finalizer].filter((each) => !!each));
  const uses = stateIn(fn);
  const read = uses.filter(({ at }) => at.findParent(({ node }) => handling.some((each) => each === node)));
  return uses.filter((use) => {
    const start = use.at.node.start ?? 0;
    if (!use.isWrite || start <= from || waitsBetween(fn.node.body, from, start)) return false;
    return read.some((each) => each.at.node !== use.at.node && isOfSame(each, use));
  });
}

/** Whether a function waits for something on its way from one offset of its file to another. */
export function waitsBetween(body: t.Node, from: number, to: number): boolean {
  return awaitsOf(body).some(({ start, end, left }) => start > from && end < to && left >= to);
}

interface Await {
  start: number;
  end: number;
  /** From where on the function has been left, where code behind what holds it is not of its way. */
  left: number;
}

/** The same body is asked about again and again: once for each two places in it. */
const known = new WeakMap<t.Node, readonly Await[]>();

function awaitsOf(body: t.Node): readonly Await[] {
  const awaits = known.get(body) ?? awaitsBelow(body, Number.POSITIVE_INFINITY);
  known.set(body, awaits);
  return awaits;
}

function awaitsBelow(node: t.Node, outer: number): Await[] {
  const start = node.start ?? 0;
  const end = node.end ?? 0;
  const left = leaves(node) ? Math.min(outer, end) : outer;
  const own = node.type === 'AwaitExpression' ? [{ start, end, left }] : [];
  if (/Function|Method/.test(node.type)) return own;
  return [...own, ...childrenOf(node).flatMap((each) => awaitsBelow(each, left))];
}

/** Whether code behind an offset looks as if it wrote to something, functions within it aside. */
function writes(node: t.Node, from: number): boolean {
  if ((node.end ?? 0) <= from || /Function|Method/.test(node.type)) return false;
  if (/^(Assignment|Update)Expression$|^For(Of|In)Statement$/.test(node.type)) return true;
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return true;
  if (node.type === 'CallExpression' || node.type === 'OptionalCallExpression') {
    const { callee } = node;
    const isMethod = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
    const name = isMethod ? propertyName(callee) : undefined;
    if (name !== undefined && MUTATES.test(name)) return true;
  }
  return childrenOf(node).some((child) => writes(child, from));
}

/** Whether nothing behind a statement follows on it. */
function leaves(node: t.Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

function isName({ parent, key, parentPath }: NodePath<t.Identifier>): boolean {
  if (isMember(parentPath)) return key === 'object' || parentPath.node.computed === true;
  return !(key === 'key' && 'computed' in parent && !parent.computed);
}

function useFrom(root: NodePath, { state: name, binding }: Origin): StateUse | undefined {
  let path = '';
  let at = root;
  const use = (isWrite: boolean, isPart: boolean): StateUse => {
    const origin = binding && isPart ? originOf(binding) : undefined;
    return {
      state: `${origin?.state ?? name}${path}`,
      binding: origin ? origin.binding : binding,
      at,
      isWrite,
    };
  };
  for (let parent = outermostSame(at).parentPath; isMember(parent); parent = outermostSame(at).parentPath) {
    if (outermostSame(at).key !== 'object') break;
    const property = propertyName(parent.node);
    if (property !== undefined && isCalled(parent)) return use(MUTATES.test(property), true);
    at = parent;
    if (property === undefined) break;
    path += `.${property}`;
  }
  // A bare name that is called is code, not state; `this` alone is neither.
  if (isCalled(at) || at.isThisExpression() || at.isSuper()) return undefined;
  const isAssigned = isAssignedTo(at);
  return use(isWritten(at) || isAssigned, at !== root || isAssigned);
}

/** `Object.assign(state, …)`, `Reflect.set(state, …)` */
export function isAssignedTo({ parent, listKey, key }: NodePath): boolean {
  if (parent.type !== 'CallExpression' || listKey !== 'arguments' || key !== 0) return false;
  const { callee } = parent;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  const called = `${callee.object.name}.${propertyName(callee)}`;
  return /^(Object\.(assign|definePropert(y|ies))|Reflect\.(set|defineProperty|deleteProperty))$/.test(
    called,
  );
}

function isCalled({ parentPath: parent, key }: NodePath): boolean {
  return Boolean(key === 'callee' && (parent?.isCallExpression() || parent?.isOptionalCallExpression()));
}
