import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { bindingOf, bindingOfFunction } from '../../survey/code/bindings.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { isMember } from '../../survey/code/members.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { calledNameOf, callsByName } from '../../survey/functions/calls-by-name.ts';
import {
  isHandler,
  isMiddleware,
  isRouteCall,
  looksLikeRequest,
  registrationOf,
} from '../../survey/functions/handlers.ts';
import { callGiven, calledName, waitsForCallbacks } from '../../survey/functions/later-callbacks.ts';
import { calleeOrigin } from '../../survey/values/writes/callee-origin.ts';
import { type Deed, deedAt, doersAt } from './deeds.ts';

/** How many calls may lie between what sets something and who asked for that. */
const MAX_CALLERS = 4;
/** What runs by the clock, when a file changes, or once the server is up, and not for a request. */
const BY_ITSELF =
  /^(setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|schedule|scheduleJob|watch|watchFile|listen)$/;
/** Methods that a framework calls once, before it takes requests. */
const AT_START = /^on(ModuleInit|ApplicationBootstrap)$/;

/** The functions that set something, and those that call them, as far as the tree shows who does. */
export class WhoSets {
  readonly deeds: Deed[] = [];
  /** Some handler does so, were it one that ends its request. */
  isByHandler = false;
  readonly #seen = new Set<t.Node>();

  /**
   * Notes what is done at a place, and the calls of the function that does it.
   * @returns whether all of them can be told: a framework may call what nobody calls, in any request, but of a request is
   *   only what that is given
   */
  note(at: NodePath, source: Reading, steps = MAX_CALLERS): boolean {
    const deed = deedAt(at, fileOf(at, source));
    const fn = doersAt(at).at(-1);
    if (!deed || !fn) return true;
    this.deeds.push(deed);
    const given = callGiven(fn);
    if (isHandler(fn)) {
      this.isByHandler = true;
      return !given || isMiddleware(fn) || isRouteCall(given) || isGivenBoth(fn);
    }
    if (this.#seen.has(fn.node)) return true;
    this.#seen.add(fn.node);
    return this.#areCallersTold(fn, source, steps) || !isOfParameters(at);
  }

  #areCallersTold(fn: FunctionPath, source: Reading, steps: number): boolean {
    const given = callGiven(fn);
    if ((given && runsByItself(given)) || AT_START.test(calledNameOf(fn) ?? '')) return true;
    if (given) {
      const isSeen = waitsForCallbacks(given) || isOnlyCalled(fn, given, source);
      return isSeen && steps > 0 && this.note(given, source, steps - 1);
    }
    const handed = handedTo(fn);
    // Who has a function that another one made may call it in any request.
    if (steps === 0 || isReturned(fn) || handed.some((to) => !to || !runsByItself(to))) return false;
    const calls = callsByName(fn, source).filter((call) => isOfTree(call, source));
    const told = calls.map((call) => this.note(call, source, steps - 1));
    const isCalled = calls.length + handed.length > 0;
    return told.every(Boolean) && (isCalled || isUnused(fn, source));
  }
}

/** Whether nobody names a function of a module that others load: a platform may call those of a module that nobody does. */
function isUnused(fn: FunctionPath, source: Reading): boolean {
  const binding = bindingOfFunction(fn);
  if (!binding?.scope.path.isProgram()) return false;
  const isNamed = binding.referencePaths.some((use) => !use.isExportDeclaration());
  const file = fileOf(fn, source);
  const others = source.project?.dependentsOf(file) ?? [];
  const { name } = binding.identifier;
  return !isNamed && others.length > 0 && others.every((each) => !source.project?.read(each)?.includes(name));
}

/** Whether a function of the tree calls what it is given, and does nothing else with it. */
function isOnlyCalled(fn: FunctionPath, given: NodePath<t.CallExpression>, source: Reading): boolean {
  const called = calledDefinition(given.get('callee') as NodePath, source);
  const params = called?.kind === 'function' ? (called.path.get('params') as NodePath[]) : [];
  const param = params[given.node.arguments.indexOf(outermostSame(fn).node as t.Expression)];
  const uses = param && bindingOf(param)?.referencePaths;
  return uses?.every(({ key }) => key === 'callee') === true;
}

/** Whether a call may be of the tree's function whose name it has, and is of no other one's. */
function isOfTree(call: NodePath, source: Reading): boolean {
  const isFound = calledDefinition(call.get('callee') as NodePath, source) !== undefined;
  return isFound || originOf(call, source) !== 'package';
}

/** Whether a function in a wrapper is given request and response, and so answers: `asyncHandler((req, res) => …)`. */
function isGivenBoth(fn: FunctionPath): boolean {
  const [, second] = fn.node.params;
  const answers = second?.type === 'Identifier' && looksLikeRequest(second.name);
  return answers && registrationOf(fn) !== undefined;
}

function originOf(call: NodePath, source: Reading): ReturnType<typeof calleeOrigin> {
  return calleeOrigin(call.get('callee') as NodePath, source);
}

function isReturned(fn: FunctionPath): boolean {
  const { parentPath: parent } = outermostSame(fn);
  return parent?.isReturnStatement() === true || parent?.isArrowFunctionExpression() === true;
}

/** What a file gives a function of its own to, other than a call of it; undefined for a list, an object or a variable. */
function handedTo(fn: FunctionPath): (NodePath<t.CallExpression> | undefined)[] {
  return (bindingOfFunction(fn)?.referencePaths ?? []).flatMap((use) => {
    const { parentPath: parent, key, listKey } = outermostSame(use);
    if (key === 'callee' || !parent) return [];
    if (listKey === 'arguments') return [parent.isCallExpression() ? parent : undefined];
    return /^(Array|Assignment|ObjectProperty)/.test(parent.type) ? [undefined] : [];
  });
}

/** `setInterval(load, …)`, `chokidar.watch(file).on('change', load)`, `process.on('SIGHUP', load)` */
function runsByItself(call: NodePath<t.CallExpression>): boolean {
  if (BY_ITSELF.test(calledName(call))) return true;
  const callee = call.get('callee') as NodePath;
  const object = isMember(callee) ? (callee.get('object') as NodePath) : undefined;
  if (object?.isCallExpression()) return runsByItself(object);
  return object?.isIdentifier({ name: 'process' }) === true && !object.scope.hasBinding('process', true);
}

/** Whether what is done at a place, or whether it is, goes by what the functions around it are given. */
function isOfParameters(at: NodePath): boolean {
  const seen = new Set<Binding>();
  const isOne = (name: NodePath): boolean => {
    const binding = bindingOf(name);
    if (!binding || seen.has(binding) || binding.scope.path.isProgram()) return false;
    seen.add(binding);
    if (binding.kind === 'param') return true;
    const { parentPath: declared } = binding.path;
    return (
      has(declared?.isVariableDeclaration() ? binding.path : undefined) ||
      binding.constantViolations.some(has)
    );
  };
  const has = (code: NodePath | undefined): boolean => {
    if (code?.isIdentifier()) return isOne(code);
    let does = false;
    code?.traverse({
      Identifier(name) {
        does ||= isOne(name);
      },
    });
    return does;
  };
  const around = at.getAncestry().filter((each) => !each.isProgram());
  const statement = around.find((each) => each.isStatement() || each.parentPath?.isFunction() === true);
  return [statement ?? at, ...around.flatMap(testsBefore)].some(has);
}

/** What decides whether code comes to a place: the test around it, and those before it that may leave the function. */
function testsBefore(around: NodePath): NodePath[] {
  const tests = around.isIfStatement() || around.isConditionalExpression() ? [around.get('test')] : [];
  const own = around.isLogicalExpression()
    ? [around.get('left')]
    : around.isSwitchStatement()
      ? [around.get('discriminant')]
      : [];
  const before = around.isStatement() && around.inList ? around.getAllPrevSiblings() : [];
  return [
    ...tests,
    ...own,
    ...before.flatMap((each) => (each.isIfStatement() ? [each.get('test')] : [])),
  ] as NodePath[];
}
