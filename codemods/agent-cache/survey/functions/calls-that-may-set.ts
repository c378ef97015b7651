import { isBuiltin } from 'node:module';
import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { CONTEXT_PACKAGES } from '../code/context-packages.ts';
import { calledDefinition } from '../code/definitions.ts';
import { loadedBy } from '../code/loaded-by.ts';
import { isMember, type Member, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import type { StateUse } from '../code/shared-state.ts';
import { withoutTypes, withTypes } from '../code/wrappers.ts';
import { isGivenOwn } from './calls-given-own.ts';
import { callsIn } from './calls-at-once.ts';
import { keptState } from './state-origin.ts';

/** A call that may leave something in an object, as a write of that. */
export interface MaySet extends StateUse {
  call: NodePath<t.CallExpression>;
}

/** Packages whose functions work on what they are given, or check it, and keep nothing. */
const KEEPS_NOTHING =
  /^(lodash|underscore|ramda|immer|dot-prop|object-path|deepmerge|joi|zod|yup|ajv|validator|assert|chai|http-assert|http-errors|tiny-invariant|express|debug)(\W|$)/;

/** Methods that note, count or send something, or take something away: nobody reads it of their object. */
const NOTES =
  /^(log|info|debug|warn|error|trace|fatal|verbose|silly|http|notice|emit|inc|dec|observe|increment|decrement|timing|gauge|histogram|count|time|timeEnd|startTimer|capture\w*|track\w*|send\w*|publish\w*|print\w*|notify\w*|enqueue|del|delete|remove\w*|expire|invalidate\w*|evict|clear\w*|end|close|destroy|abort|cancel)$/;

/** Methods by whose names an object is told what it goes on with. */
const SETS =
  /^(set|use|change|switch|become|assume|login|logIn|signIn|authenticate|impersonate|configure|init|apply|assign|select|choose|enter|locale|lang|tz|as|for|with)([A-Z_]|$)/;

const COLLECTIONS = /^(Map|Set|WeakMap|WeakSet|Array|Object|Promise|Error|AsyncLocalStorage)$/;

/**
 * The calls of a function by which it may leave what is its own in an object that all requests share and no code shows:
 * a call whose result nobody looks at, `i18n.setLocale(lang);`.
 */
export function callsThatMaySet(fn: FunctionPath, source: Source): MaySet[] {
  return callsIn(fn).flatMap((call) => {
    const callee = withoutTypes(call.get('callee') as NodePath);
    if (!call.isCallExpression() || !call.parentPath.isExpressionStatement() || !isMember(callee)) return [];
    const name = propertyName(callee.node);
    if (name === undefined || NOTES.test(name) || !isGivenOwn(call)) return [];
    const root = rootOf(callee);
    const binding = root?.scope.getBinding(root.node.name);
    if (!root || !binding?.scope.path.isProgram() || calledDefinition(callee, source)) return [];
    return isUnshown(binding, source)
      ? [{ state: root.node.name, binding, at: root, isWrite: true, call }]
      : [];
  });
}

/** Whether a use of an object gives what a call may have left there: of one that is waited for, if the call says so. */
export function seesWhatIsSet(at: NodePath, { node: setting }: NodePath<t.CallExpression>): boolean {
  let value = withTypes(at);
  let first: t.Node | undefined;
  let isCalled = false;
  for (let { parentPath: parent } = value; parent; { parentPath: parent } = value) {
    const isPart = isMember(parent) && value.key === 'object';
    const call = parent.isCallExpression() && value.key === 'callee' ? parent : undefined;
    if (!isPart && !call) break;
    if (call && !isCalled) first = call.node.arguments[0];
    isCalled ||= call !== undefined;
    value = withTypes(parent);
  }
  if (!isCalled) return true;
  const { parentPath: parent } = value;
  if (parent?.isExpressionStatement() || parent?.isUnaryExpression({ operator: 'void' })) return false;
  const [own] = setting.arguments;
  if (first?.type === 'Identifier' && own?.type === 'Identifier' && first.name === own.name) return false;
  if (!parent?.isAwaitExpression()) return true;
  const name = setting.callee.type === 'MemberExpression' ? propertyName(setting.callee) : undefined;
  return !parent.parentPath.isExpressionStatement() && SETS.test(name ?? '');
}

/** Whether nothing tells what the methods of a variable's object do: a package made it, or a class of the language. */
function isUnshown(binding: Binding, source: Source): boolean {
  const loaded = loadedBy(binding);
  const kept = loaded ? keptState(binding, [], source) : undefined;
  const declared = kept?.binding && kept.binding !== binding ? kept.binding : binding;
  if (loaded && declared === binding) return keeps(loaded.specifier);
  const { path } = declared;
  const init = path.isVariableDeclarator() ? (path.get('init') as NodePath) : undefined;
  const value = init?.node ? withoutTypes(init) : undefined;
  const made = value?.isAwaitExpression() ? withoutTypes(value.get('argument')) : value;
  if (!made?.isCallExpression() && !made?.isNewExpression()) return false;
  const maker = rootOf(made.get('callee') as NodePath);
  const makerBinding = maker?.scope.getBinding(maker.node.name);
  if (maker && COLLECTIONS.test(maker.node.name)) return false;
  const of = makerBinding && loadedBy(makerBinding);
  return !of || isBuiltin(of.specifier) || keeps(of.specifier);
}

/** Whether a variable is of a package that keeps nothing: `_.set(options, 'id', id)` sets what it is given. */
export function isOfKeepingNothing(binding: Binding | undefined): boolean {
  const loaded = binding && loadedBy(binding);
  return loaded !== undefined && KEEPS_NOTHING.test(loaded.specifier);
}

function keeps(specifier: string): boolean {
  return !isBuiltin(specifier) && !KEEPS_NOTHING.test(specifier) && !CONTEXT_PACKAGES.test(specifier);
}

function rootOf(path: NodePath): NodePath<t.Identifier> | undefined {
  const value = withoutTypes(path);
  if (value.isIdentifier()) return value;
  if (isMember(value)) return rootOf((value as Member).get('object') as NodePath);
  return value.isCallExpression() ? rootOf(value.get('callee') as NodePath) : undefined;
}
