import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { bindingOf, bindingOfFunction } from '../../survey/code/bindings.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { calledNameOf, callsByName } from '../../survey/functions/calls-by-name.ts';
import { isHandler, isMiddleware } from '../../survey/functions/handlers.ts';
import { callGiven } from '../../survey/functions/later-callbacks.ts';
import { calleeOrigin } from '../../survey/values/writes/callee-origin.ts';
import { answers } from './answers.ts';
import { computedCallsOf, isTakenByOtherNames } from './computed-calls.ts';
import { constructionsOf } from './constructions-of.ts';
import { type Deed, deedAt, doersAt, type Doing, isBuilding } from './deeds.ts';
import { parameterAskedFor } from './given-by-callers.ts';
import { handedTo } from './handed-to.ts';
import { mayBeOfRequest } from './of-request.ts';
import { commandGiven, isRunByHand, runsAtStart } from './runs-at-start.ts';
import { runsByItself, runsForReceiver } from './runs-by-itself.ts';

/** How many calls may lie between what sets something and who asked for that. */
const MAX_CALLERS = 4;
/** Methods that a framework calls once, before it takes requests. */
const AT_START = /^on(ModuleInit|ApplicationBootstrap)$/;

/** The functions that set something, and those that call them, as far as the tree shows who does. */
export class WhoSets {
  readonly deeds: Deed[] = [];
  /** Some handler does so, were it one that ends its request. */
  isByHandler = false;
  /** Of the functions that were met, whether all who call them can be told. */
  readonly #told = new Map<t.Node, boolean>();
  readonly #agentClass: string;

  /** @param agentClass what its own construction does is done for all */
  constructor(agentClass: string) {
    this.#agentClass = agentClass;
  }

  /**
   * Notes what is done at a place, and the calls of the function that does it; `isHanded` where a call there is given
   * the function that does it, and with what that is called does not show.
   * @returns whether it is shown to be of no request but such as middleware takes: by who calls the function, or by what
   *   is set, since a framework may call what nobody calls
   */
  note(at: NodePath, source: Reading, steps = MAX_CALLERS, isHanded = false): boolean {
    const deed = deedAt(at, fileOf(at, source));
    const fn = doersAt(at).at(-1);
    if (!deed || !fn || isBuilding(this.#agentClass, deed)) return true;
    const giving = fn.isFunction() ? callsThatGive(at, fn as FunctionPath, source) : undefined;
    if (giving) return giving.map((each) => this.note(each, source, steps - 1)).every(Boolean);
    this.deeds.push(deed);
    this.isByHandler ||= fn.isFunction() && isHandler(fn as FunctionPath);
    return this.#isTold(fn, source, steps) || !(isHanded || mayBeOfRequest(at, source));
  }

  #isTold(fn: Doing, source: Reading, steps: number): boolean {
    const known = this.#told.get(fn.node);
    if (known !== undefined) return known;
    // Who calls itself is told by who else calls it.
    this.#told.set(fn.node, true);
    const isTold = fn.isClass()
      ? this.#areTold(constructionsOf(fn, source), source, steps)
      : isMiddleware(fn) || this.#areCallersTold(fn as FunctionPath, source, steps);
    this.#told.set(fn.node, isTold);
    return isTold;
  }

  #areTold(
    places: readonly NodePath[] | undefined,
    source: Reading,
    steps: number,
    isHanded = false,
  ): boolean {
    if (!places || steps === 0) return false;
    return places.map((each) => this.note(each, source, steps - 1, isHanded)).every(Boolean);
  }

  #areCallersTold(fn: FunctionPath, source: Reading, steps: number): boolean {
    if (AT_START.test(calledNameOf(fn) ?? '')) return true;
    if (steps === 0) return false;
    const areTold = (places: readonly NodePath[] | undefined, isHanded = false) =>
      this.#areTold(places, source, steps, isHanded);
    const given = callGiven(fn) ?? commandGiven(fn);
    const isAnswer = isHandler(fn) && answers(fn);
    if (given && !isAnswer) {
      if (runsAtStart(given, fn) || runsByItself(given) || runsForReceiver(given)) return areTold([given]);
      return areTold(callsOfGiven(fn, given, source));
    }
    const named = given ? [] : callsByName(fn, source).filter((call) => isOfTree(call, source));
    const calls = [...named, ...computedCallsOf(fn, source)];
    if (isAnswer) return areTold(calls);
    const handed = handedTo(fn, source);
    // Who has a function that another one made may call it in any request.
    if (isReturned(fn) || isTakenByOtherNames(fn, source) || handed.some((to) => !to || !isRunByCall(to, fn)))
      return false;
    const isNamed = calls.length + handed.length > 0;
    const areHandedTold = areTold(
      handed.flatMap((to) => to ?? []),
      true,
    );
    return areTold(calls) && areHandedTold && (isNamed || isUnused(fn, source) || isRunByHand(fn, source));
  }
}

function isRunByCall(call: NodePath<t.CallExpression>, fn: FunctionPath): boolean {
  return runsByItself(call) || runsForReceiver(call) || runsAtStart(call, fn);
}

/** Whether nobody names a function of a module that others load: a platform may call those of a module that nobody does. */
function isUnused(fn: FunctionPath, source: Reading): boolean {
  const binding = bindingOfFunction(fn);
  if (!binding?.scope.path.isProgram()) return false;
  const isNamed = binding.referencePaths.some((use) => !use.isExportDeclaration());
  const others = source.project?.dependentsOf(fileOf(fn, source)) ?? [];
  const { name } = binding.identifier;
  return !isNamed && others.length > 0 && others.every((each) => !source.project?.read(each)?.includes(name));
}

/** The calls of a callback by a function of the tree that does nothing else with what it is given; undefined for any other. */
function callsOfGiven(
  fn: FunctionPath,
  given: NodePath<t.CallExpression>,
  source: Reading,
): NodePath[] | undefined {
  const called = calledDefinition(given.get('callee') as NodePath, source);
  const params = called?.kind === 'function' ? (called.path.get('params') as NodePath[]) : [];
  const param = params[given.node.arguments.indexOf(outermostSame(fn).node as t.Expression)];
  const uses = param && bindingOf(param)?.referencePaths;
  const isOnlyCalled = uses?.every(({ key }) => key === 'callee') === true;
  return isOnlyCalled ? uses.flatMap(({ parentPath }) => parentPath ?? []) : undefined;
}

/** Whether a call may be of the tree's function whose name it has, and is of no other one's. */
function isOfTree(call: NodePath, source: Reading): boolean {
  const callee = call.get('callee') as NodePath;
  return calledDefinition(callee, source) !== undefined || calleeOrigin(callee, source) !== 'package';
}

function isReturned(fn: FunctionPath): boolean {
  const { parentPath: parent } = outermostSame(fn);
  return parent?.isReturnStatement() === true || parent?.isArrowFunctionExpression() === true;
}

/** The calls of a function that sets something only when it is given that, where others call it to read. */
function callsThatGive(at: NodePath, fn: FunctionPath, source: Reading): NodePath[] | undefined {
  const index = parameterAskedFor(at);
  if (index === undefined || handedTo(fn, source).length > 0) return undefined;
  const calls = callsByName(fn, source);
  const giving = calls.filter(({ node }) => {
    const { arguments: given } = node as t.CallExpression;
    return given.length > index || given.some(({ type }) => type === 'SpreadElement');
  });
  return giving.length < calls.length ? giving : undefined;
}
