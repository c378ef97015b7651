import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { type Origin, partOf } from '../code/aliases.ts';
import { isMember } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { isHandler } from './handlers.ts';
import { callGiven } from './later-callbacks.ts';
import { ownerOfThis } from './owner-of-method.ts';
import { sharedBehind } from './shared-behind.ts';
import { isSameOwner, type KeptState, keptState, type Owner, UNSEEN } from './state-origin.ts';
import { isNameOfUnseen, isUnseen } from './unseen-objects.ts';
import { APP, wayTo } from './way-to.ts';
import { initBehind } from '../code/bindings.ts';

/** A function's own receiver and its parameters, as roots that its caller knows. */
export const OWN = /^(this|param \d+)$/;

/** A call, as the function around it has it. */
export interface CallIn {
  /** What the function is called on. */
  object: NodePath | undefined;
  given: readonly NodePath[];
  /** The function around the call. */
  fn: FunctionPath;
  /** The function that is called. */
  called: FunctionPath;
  /** Nothing tells what it is called on, and it goes by the name that is called. */
  isUnseen?: boolean;
  /** What its values were found to stand for: the same for all functions that it may run. */
  named?: Map<t.Node, KeptState | undefined>;
}

/** The state as the caller of a function names it; undefined where that is the caller's own, or nobody's. */
export function asCallerNames(use: KeptState, call: CallIn, source: Source): KeptState | undefined {
  const { object, given, fn, called, isUnseen: isBlind = false } = call;
  if (!isOwnRoot(use)) return isBlind ? { ...use, isUnseen: true } : use;
  if (use.root !== 'this') return givenAs(given[Number(use.root.slice('param '.length))], use, call, source);
  const owners = ownersOf(use, called, source);
  if (called.isArrowFunctionExpression() && !object) {
    // It has the `this` of where it stands.
    return called.isDescendant(fn) ? use : { root: UNSEEN, parts: use.parts, owners, isUnseen: true };
  }
  const named = joined(object, use, call, source);
  if (!isBlind || !object) return named && { ...named, owners };
  // What requests carry is one of all requests, where it is unseen.
  const isCarried = named?.root.startsWith('param') === true && isMember(withoutTypes(object));
  return named && !isCarried
    ? { ...named, owners, isUnseen: true }
    : { root: UNSEEN, parts: use.parts, owners, isUnseen: true };
}

/** What is of an argument: of an object that requests share, where nothing tells what it is. */
function givenAs(
  value: NodePath | undefined,
  use: KeptState,
  call: CallIn,
  source: Source,
): KeptState | undefined {
  const named = joined(value, use, call, source);
  if (!value || named || !use.isUnseen || !isUnseen(value, source)) return named;
  const owners = use.owners?.map((each) => (each.of === undefined ? { ...each, by: wayTo(value) } : each));
  return { root: UNSEEN, parts: use.parts, owners: owners ?? [], isUnseen: true };
}

function joined(
  value: NodePath | undefined,
  use: KeptState,
  { fn, named = new Map() }: CallIn,
  source: Source,
): KeptState | undefined {
  if (value && !named.has(value.node)) named.set(value.node, namedIn(fn, value, source));
  const kept = value && named.get(value.node);
  if (!kept) return undefined;
  const isUnseen = kept.isUnseen === true || use.isUnseen === true;
  return { ...kept, parts: [...kept.parts, ...use.parts], owners: use.owners ?? [], isUnseen };
}

/** What a value stands for in a function. What that holds is not of all requests: an agent, or what holds one, is among it. */
function namedIn(fn: FunctionPath, value: NodePath, source: Source): KeptState | undefined {
  const origin = partOf(sharedBehind(value, source));
  const kept = origin && stateOf(origin, fn, source);
  return kept?.binding && !kept.binding.scope.path.isProgram() ? undefined : kept;
}

function ownersOf(use: KeptState, called: FunctionPath, source: Source): readonly Owner[] {
  const known = use.owners ?? [];
  const owner = ownerOfThis(called, source);
  // A method that calls itself is of the same object at every turn.
  const own = owner && { ...owner, parts: use.parts };
  return own && !known.some((each) => isSameOwner(each, own)) ? [...known, own] : known;
}

/** Whether state is of a function's own receiver or parameters, and only its callers know which that is. */
export function isOwnRoot({ root }: KeptState): boolean {
  return OWN.test(root);
}

/** Whether state is of all requests, and not of what one request is given. */
export function isShared({ root }: KeptState): boolean {
  return !root.startsWith('param');
}

/** What a use is of, as the function in which it stands names it. */
export function stateOf({ state, binding }: Origin, fn: FunctionPath, source: Source): KeptState | undefined {
  const [name = '', ...parts] = state.split('.');
  if (!binding) return { root: name === 'global' ? 'globalThis' : name, parts };
  if (binding.kind !== 'param') {
    if (!binding.scope.path.isProgram() && isNameOfUnseen(binding, source))
      return { root: UNSEEN, parts, isUnseen: true };
    const kept = keptState(binding, parts, source);
    return isExpressApp(kept.binding) ? { root: APP, parts: kept.parts } : kept;
  }
  // What a request or a response says of its app is of all requests.
  if (parts[0] === 'app') return { root: APP, parts: parts.slice(1) };
  const at = fn.get('params').findIndex((param) => param.node === binding.identifier);
  return at < 0 ? givenToMaker(binding, parts, source) : { root: `param ${at}`, parts };
}

/**
 * What a function was given that made this one: `(app, service) => { app.get('/', …); }`. A parameter of a callback is an
 * element of a list, or is of what that belongs to.
 */
function givenToMaker(binding: Binding, parts: readonly string[], source: Source): KeptState | undefined {
  const maker = binding.scope.path;
  const isOutermost = maker.isFunction() && !maker.node.async && maker.getFunctionParent() === null;
  if (!isOutermost || callGiven(maker as FunctionPath) || isHandler(maker as FunctionPath)) return undefined;
  if (binding.identifier.name === APP) return { root: APP, parts };
  const { root, declared } = keptState(binding, parts, source);
  return { root, parts, ...(declared && { declared }) };
}

/** `const app = express()`, in the file or where that gets it from. */
function isExpressApp(binding: Binding | undefined): boolean {
  const init = initBehind(binding)?.node;
  return (
    init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'express'
  );
}
