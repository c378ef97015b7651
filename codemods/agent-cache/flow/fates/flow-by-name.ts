import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { ownMethods } from '../effects/own-methods.ts';
import { changesPart, effectOf, keepsByName, writesByName } from '../effects/agent-verbs.ts';
import { ANY, type Flow, type Holding, heldIn, isAgent } from './flow.ts';
import { failThrown } from './flow-to-catchers.ts';
import { followIntoObject } from './flow-into-assignments.ts';
import { changedByProblem } from './flow-problems.ts';
import { anyMethodProblem } from './unnamed-calls.ts';
import { CONVERTS } from '../interpreter/written-out.ts';
import { definitionOf } from '../../survey/code/definitions.ts';
import { isForeign } from '../../survey/code/foreign-values.ts';
import { isMember, type Member, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { requiredModule } from '../../survey/code/required-module.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/** What gives, or writes out, all that an object has. */
const SHOWS =
  /^(structuredClone|inspect|JSON\.stringify|util\.inspect|Object\.(assign|entries|values|getOwnPropertyDescriptors))$/;

/** What gives an agent to whoever waits for it, wherever that is: `deferred.resolve(agent)`, `subject.next(agent)`. */
const RESOLVES = /^(resolve|fulfil+|next|publish|dispatch)$/;

/** A function that cannot be read. */
export function judgeFunction(
  flow: Flow,
  call: NodePath,
  callee: NodePath<t.Identifier>,
  index: number,
  holding: Holding,
): void {
  const { name } = callee.node;
  if (SHOWS.test(name) && isAgent(holding)) flow.showsState(call, undefined);
  else if (!holding.part && /^(pipeline|finished|compose|addAbortSignal)$/.test(name))
    flow.fail(reasonAt('agent-piped', call, flow.migration));
  else if (isReplaced(call, index, name, holding, flow))
    flow.fail(reasonAt('agent-changed', call, flow.migration));
  else if (index === 0 && holding.path.length === 0 && writesByName(name))
    flow.fail(reasonAt('agent-changed', call, flow.migration));
  else if (!holding.part && (RESOLVES.test(name) || (keepsByName(name) && !/^(use|set)$/.test(name))))
    flow.fail(reasonAt('agent-kept', call, flow.migration));
  else showsAll(flow, call, holding);
}

/** What only calls, or reads, a method that it is told the name of. */
const ASKS =
  /^(invoke\w*|call|result|get|has|hasOwn|isFunction|method|methodOf|bind|bindKey|partial|in|path|prop|at)$/;

/** `spyOn(agent, 'list')`, `shimmer.wrap(agent, 'list', …)`: a method that may be another one from then on. */
function isReplaced(call: NodePath, index: number, name: string, holding: Holding, flow: Flow): boolean {
  if (index !== 0 || !isAgent(holding) || !call.isCallExpression() || ASKS.test(name)) return false;
  const [, method] = call.node.arguments;
  const names = method?.type === 'ArrayExpression' ? method.elements : [method];
  const methods = ownMethods(flow.migration);
  return names.some((each) => each?.type === 'StringLiteral' && methods.has(each.value));
}

/** `use.call(agent)`: a function that can be read is run. */
function isBorrowed(callee: Member, name: string, { migration }: Flow): boolean {
  const isCall = /^(call|apply|bind)$/.test(name);
  return isCall && definitionOf(callee.get('object') as NodePath, migration)?.kind === 'function';
}

/** What cannot be read may look at all of the agent, or send it: `res.json(agent)`. */
function showsAll(flow: Flow, call: NodePath, holding: Holding): void {
  const isIt = !holding.part && !holding.isGuess;
  if (isIt) [undefined, ...CONVERTS].some((name) => flow.showsState(call, name));
}

/** A method that cannot be read is judged by its name, and by whose it is. */
export function judgeMethod(
  flow: Flow,
  call: NodePath,
  callee: Member,
  index: number,
  holding: Holding,
): void {
  const name = propertyName(callee.node) ?? '';
  const { object } = callee.node;
  const receiver = object.type === 'Identifier' ? object.name : '';
  const isShown = SHOWS.test(`${receiver}.${name}`) && !(name === 'assign' && index === 0);
  const isBuiltIn = /^(Object|Reflect)$/.test(receiver);
  const writes = isBuiltIn
    ? /^(assign|define|set|freeze|seal)/.test(name)
    : writesByName(name) && isImported(callee);
  const method = isMember(callee.get('object') as NodePath)
    ? (propertyName(object as t.MemberExpression) ?? '')
    : '';
  if (isShown && isAgent(holding) && flow.showsState(call, undefined)) return;
  if (receiver === 'Reflect' && /^(get|apply)$/.test(name)) judgeReflected(flow, call, name, holding);
  else if (receiver === 'Object' && /^(values|entries)$/.test(name))
    flow.follow(call, { ...heldByAny(holding, name), indirect: true });
  else if (!holding.part && /^(pipe|pipeTo|pipeThrough|pipeline|compose)$/.test(name))
    flow.fail(reasonAt('agent-piped', call, flow.migration));
  else if (receiver === 'Promise') followPromise(flow, call, name, holding);
  else if (/^(call|apply)$/.test(name) && holding.part && index === 0 && changesPart(method))
    flow.fail(reasonAt('agent-changed', call, flow.migration));
  else if (isReplaced(call, index, name, holding, flow))
    flow.fail(reasonAt('agent-changed', call, flow.migration));
  else if (/^(call|apply|bind)$/.test(name) && !holding.part && effectOf(method, flow.migration) === 'change')
    flow.fail(changedByProblem(call, method, flow.migration));
  else if (/^(use|adopt|defer)$/.test(name) && isDisposableStack(callee.get('object') as NodePath))
    flow.fail(reasonAt('agent-closed', call, flow.migration));
  else if (writes && index === 0) {
    if (holding.path.length === 0) flow.fail(reasonAt('agent-changed', call, flow.migration));
  } else if (isBuiltIn ? writes : writes && isForeign(callee, flow.migration)) {
    if (!holding.part) followIntoFirst(flow, call, name, holding);
  } else if (!holding.part && RESOLVES.test(name)) flow.fail(reasonAt('agent-kept', call, flow.migration));
  else if (/^(concat|toSpliced|with)$/.test(name))
    flow.follow(call, { ...holding, path: [ANY, ...holding.path], indirect: true });
  else if (
    !holding.part &&
    keepsByName(name) &&
    !isLocalTo(callee.get('object') as NodePath, holding.frame.fn)
  )
    flow.fail(reasonAt('agent-kept', call, flow.migration));
  else if (!isBuiltIn && !keepsByName(name) && !isBorrowed(callee, name, flow)) showsAll(flow, call, holding);
}

/** What `Object.values`, or `Object.entries`, gives of what holds the agent. */
function heldByAny(holding: Holding, name: string): Holding {
  const [, ...rest] = holding.path;
  if (holding.path.length === 0) return { ...holding, part: true, way: undefined };
  return { ...holding, path: name === 'values' ? [ANY, ...rest] : [ANY, ANY, ...rest] };
}

/** `Reflect.get(agent, name)`, `Reflect.apply(method, agent, …)`: a method by its name, where that is written. */
function judgeReflected(flow: Flow, call: NodePath, name: string, holding: Holding): void {
  if (holding.part || holding.path.length > 0 || !call.isCallExpression()) return;
  const [, second] = call.node.arguments;
  if (name === 'get' && second?.type === 'StringLiteral') {
    if (!flow.showsState(call, second.value)) judgeTakenOut(flow, call, second.value);
  } else {
    const problem = anyMethodProblem(call, flow.migration);
    if (problem) flow.fail(problem);
  }
}

/** A method that is taken out of the agent, and changes or closes it: `const { close } = agent`, `agent.close.bind(…)`. */
export function judgeTakenOut(flow: Flow, place: NodePath, name: string | undefined): boolean {
  const { migration } = flow;
  const methods = ownMethods(migration);
  // What a class that can be read does not have as a method is data, whatever its name.
  if (name === undefined || (methods.size > 0 && !methods.has(name))) return false;
  const effect = effectOf(name, migration);
  if (effect === undefined) return false;
  flow.fail(
    effect === 'close'
      ? reasonAt('agent-closed', place, migration)
      : changedByProblem(place, name, migration),
  );
  return true;
}

function followPromise(flow: Flow, call: NodePath, name: string, holding: Holding): void {
  if (name === 'resolve') flow.follow(call, holding);
  else if (name === 'reject') failThrown(flow, call, holding);
  else if (name === 'all') flow.follow(call, { ...holding, indirect: true });
  else if (/^(race|any)$/.test(name)) {
    const held = heldIn(holding, undefined);
    if (held) flow.follow(call, held);
  }
}

/** `Object.assign(target, { agent })`, `_.set(target, 'agent', agent)`: the first argument holds it from then on. */
function followIntoFirst(flow: Flow, call: NodePath, name: string, holding: Holding): void {
  const target = call.isCallExpression() ? call.get('arguments')[0] : undefined;
  if (!target) return;
  const copied = /^(assign|extend|merge|defaults)/i.test(name) && holding.path.length > 0;
  const held = copied ? holding : { ...holding, path: [ANY, ...holding.path] };
  if (!target.isObjectExpression()) followIntoObject(flow, target, call, held);
  flow.follow(call, { ...held, indirect: true });
}

/** Whether a method is that of an imported module: `_.merge`, `lodash.set`. */
function isImported(callee: Member): boolean {
  const object = callee.get('object') as NodePath;
  if (!object.isIdentifier()) return false;
  const path = bindingOf(object)?.path;
  const init = path?.isVariableDeclarator() ? path.node.init : undefined;
  return requiredModule(init) !== undefined || Boolean(path?.parentPath?.isImportDeclaration());
}

/** Whether what is given to the object is disposed of with it. */
function isDisposableStack(object: NodePath): boolean {
  const path = bindingOf(object)?.path;
  const init = path?.isVariableDeclarator() ? path.node.init : undefined;
  return (
    init?.type === 'NewExpression' &&
    init.callee.type === 'Identifier' &&
    init.callee.name.endsWith('DisposableStack')
  );
}

/** Whether the expression starts from a variable of the function itself: no parameter, nor a name for what is elsewhere. */
export function isLocalTo(object: NodePath, fn: FunctionPath | undefined): boolean {
  let root = object;
  while (root.isMemberExpression()) root = root.get('object');
  if (!root.isIdentifier()) return false;
  const binding = bindingOf(root);
  if (!binding || binding.kind === 'param' || binding.scope.getFunctionParent()?.block !== fn?.node)
    return false;
  const { path } = binding;
  const given = path.isVariableDeclarator() ? (path.get('init') as NodePath) : undefined;
  const init = given?.node ? withoutTypes(given) : undefined;
  const isAlias = init?.isIdentifier() || init?.isMemberExpression() || init?.isThisExpression();
  return !isAlias || isLocalTo(init, fn);
}
