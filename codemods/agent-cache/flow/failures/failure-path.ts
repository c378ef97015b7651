import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import { callAround } from './chaining.ts';
import {
  type FailureHandler,
  handlersAround,
  handlesFailure,
  isPromiseMethod,
  methodOf,
} from '../../survey/functions/failure-handlers.ts';
import { isHandler, referencesTo } from '../../survey/functions/handlers.ts';
import {
  callGiven,
  isDropped,
  isLaterCallback,
  waitsForCallbacks,
} from '../../survey/functions/later-callbacks.ts';
import { ownMethods } from '../effects/own-methods.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { childrenOf } from '../../source/children.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';

/** What becomes of the failure of a call that is given the agent, or is one of its methods. */
export interface FailurePath {
  /** What deals with it, the innermost first; what does so where the promise was kept for comes before that. */
  handlers: FailureHandler[];
  /** One of the handlers is known to be one, rather than a function that nobody can read. */
  certain: boolean;
  /** Where its promise ends without anybody who would see it. */
  unseen: NodePath | undefined;
}

/** Follows the failure of a use of the agent up to the end of `fn`: through promises, callbacks and variables. */
export function failurePathOf(use: NodePath, fn: FunctionPath, migration: Surveyed): FailurePath {
  const around = handlersAround(use, fn);
  const call = callAround(use);
  const walk = new Walk(fn, migration);
  if (call && walk.mayGivePromise(call, use)) walk.follow(call);
  const known = new Set<t.Node>(around.map(({ node }) => node));
  const others = walk.handlers.filter(({ node }) => !known.has(node));
  return {
    handlers: [...around, ...others].sort((a, b) => reach(a, use) - reach(b, use)),
    certain: around.length > 0 || walk.certain,
    unseen: around.some(isLastWord) ? undefined : walk.unseen,
  };
}

/** How far around a use a handler reaches; nothing, for one that stands elsewhere. */
function reach({ node }: FailureHandler, { node: use }: NodePath): number {
  const [start, end] = [node.start ?? 0, node.end ?? 0];
  return start <= (use.start ?? 0) && end >= (use.end ?? 0) ? end - start : 0;
}

/** Whether nothing fails beyond the handler. */
function isLastWord(handler: FailureHandler): boolean {
  return handler.isCallExpression() && methodOf(handler) !== 'finally';
}

class Walk {
  handlers: FailureHandler[] = [];
  certain = false;
  unseen: NodePath | undefined;
  readonly #fn: FunctionPath;
  readonly #migration: Surveyed;
  readonly #seen = new Set<t.Node>();

  constructor(fn: FunctionPath, migration: Surveyed) {
    this.#fn = fn;
    this.#migration = migration;
  }

  mayGivePromise(call: NodePath<t.CallExpression>, use: NodePath): boolean {
    return this.#asyncOf(call, use) !== false;
  }

  /** Follows a value that is a promise, or holds one. */
  follow(value: NodePath): void {
    const { parentPath: parent, key } = value;
    if (!parent || this.#seen.has(value.node)) return;
    this.#seen.add(value.node);
    if (isDropped(value)) this.#drop(value);
    else if (isTypeWrapper(parent)) this.follow(parent);
    else if (parent.isAwaitExpression()) this.#throwIn(parent);
    else if (parent.isReturnStatement()) this.#leave(parent.getFunctionParent());
    else if (parent.isArrowFunctionExpression() && key === 'body') this.#leave(parent);
    else if (parent.isMemberExpression() && key === 'object') this.#chain(parent);
    else if (parent.isCallExpression() && value.listKey === 'arguments') this.#give(value, parent);
    else if (parent.isArrayExpression() || parent.isSpreadElement()) this.follow(parent);
    else if ((parent.isConditionalExpression() || parent.isLogicalExpression()) && key !== 'test')
      this.follow(parent);
    else if (parent.isVariableDeclarator() && parent.node.id.type === 'Identifier')
      for (const reference of usesOf(parent.scope.getBinding(parent.node.id.name)))
        this.#followKept(reference);
  }

  /** A variable that keeps the promise: the handlers are those around its use. */
  #followKept(reference: NodePath): void {
    for (const handler of handlersAround(reference, this.#fn)) this.#handle(handler);
    this.follow(reference);
  }

  #chain(member: NodePath<t.MemberExpression>): void {
    const { parentPath: call } = member;
    if (!call?.isCallExpression() || member.key !== 'callee') return;
    const name = methodOf(call) ?? '';
    if (/^(then|catch|finally)$/.test(name)) {
      if (!handlesFailure(call) || name === 'finally') this.follow(call);
    } else this.follow(call);
  }

  /** The promise, or a list of them, is given to a function. */
  #give(value: NodePath, call: NodePath<t.CallExpression>): void {
    if (isPromiseMethod(call, /^(all|resolve|race)$/)) this.follow(call);
    else if (isPromiseMethod(call, /./)) this.#handle(call);
    else {
      const callee = calledFunction(call, this.#migration);
      const isPromise = value.isCallExpression() && this.#asyncOf(value) === true;
      if (callee ? handlesAnything(callee.node) : isPromise || isDestructured(call)) this.#handle(call);
      else this.follow(call);
    }
  }

  #throwIn(awaited: NodePath): void {
    const fn = awaited.getFunctionParent();
    const caught =
      fn && handlersAround(awaited, fn).some((each) => each.isTryStatement() && each.node.handler);
    if (!caught) this.#leave(fn);
  }

  /** What a function returns, or an async one throws. */
  #leave(fn: FunctionPath | null): void {
    if (!fn || fn.node === this.#fn.node || this.#seen.has(fn.node)) return;
    this.#seen.add(fn.node);
    const given = callGiven(fn);
    if (given) this.#giveCallback(fn, given);
    else if (fn.key === 'callee' && fn.parentPath?.isCallExpression()) this.follow(fn.parentPath);
    else if (fn.parentPath?.isNewExpression()) this.#drop(fn);
    for (const reference of referencesTo(fn)) {
      const { parentPath: call } = reference;
      if (!call?.isCallExpression()) continue;
      if (reference.key === 'callee') this.#followKeptCall(call);
      else if (waitsForCallbacks(call)) this.follow(call);
    }
  }

  #followKeptCall(call: NodePath<t.CallExpression>): void {
    for (const handler of handlersAround(call, this.#fn)) this.#handle(handler);
    this.follow(call);
  }

  #giveCallback(fn: FunctionPath, call: NodePath<t.CallExpression>): void {
    if (waitsForCallbacks(call)) {
      if (methodOf(call) === 'forEach') this.#drop(fn);
      else this.follow(call);
    } else if (isHandler(fn)) this.#handle(call, false);
    else if (isLaterCallback(fn)) this.#drop(fn);
    else {
      const callee = calledFunction(call, this.#migration);
      if (!callee || handlesAnything(callee.node)) this.#handle(call, callee !== undefined);
      this.follow(call);
    }
  }

  #handle(handler: FailureHandler, certain = true): void {
    this.handlers.push(handler);
    this.certain ||= certain;
  }

  #drop(value: NodePath): void {
    this.unseen ??= value;
  }

  /** Whether a call gives a promise; undefined where the source does not say. */
  #asyncOf(call: NodePath<t.CallExpression>, use?: NodePath): boolean | undefined {
    if (use?.listKey === 'arguments') return undefined;
    const facts = ownMethods(this.#migration).get(methodOf(call) ?? '');
    return facts?.async;
  }
}

/** The uses of a name that do more than to note its value in a list or a table, if there are any. */
function usesOf(binding: Binding | undefined): readonly NodePath[] {
  const all = binding?.referencePaths ?? [];
  const others = all.filter(({ parentPath: parent, listKey }) => {
    const isGiven = listKey === 'arguments' && parent?.isCallExpression();
    return !(isGiven && isDropped(parent) && /^(set|add|push|unshift)$/.test(methodOf(parent) ?? ''));
  });
  return others.length > 0 ? others : all;
}

/** `const [error, value] = await to(promise)` tells its failure by its value. */
function isDestructured(call: NodePath): boolean {
  const awaited = call.parentPath;
  const declarator = awaited?.isAwaitExpression() ? awaited.parentPath : undefined;
  return Boolean(declarator?.isVariableDeclarator() && declarator.node.id.type === 'ArrayPattern');
}

/** Whether there is code in a function that deals with failures. */
export function handlesAnything(node: t.Node): boolean {
  if (node.type === 'TryStatement' && node.handler) return true;
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const { property } = node.callee;
    const name = property.type === 'Identifier' ? property.name : '';
    if (/^(catch|allSettled|any|race)$/.test(name) || (name === 'then' && node.arguments.length > 1))
      return true;
  }
  return childrenOf(node).some(handlesAnything);
}
