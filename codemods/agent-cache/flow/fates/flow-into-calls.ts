import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { callersOf } from '../../survey/functions/callers.ts';
import { calledDefinition, type Definition, definitionOf } from '../../survey/code/definitions.ts';
import { followGivenBack } from './given-back.ts';
import { ANY, type Flow, type Frame, type Holding, heldIn, isAgent } from './flow.ts';
import { toldApart } from './told-apart.ts';
import { isLocalTo, judgeFunction, judgeMethod } from './flow-by-name.ts';
import { failThrown, tellsFailure } from './flow-to-catchers.ts';
import { knownListeners, TELLS } from './flow-to-listeners.ts';
import { followProperty } from './flow-into-classes.ts';
import { knownIterationProblem } from './iterated.ts';
import { isMember, type Member, propertyName } from '../../survey/code/members.ts';
import { isSameNode, programsMentioning } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { parameterProperty } from '../../source/parameter-properties.ts';
import { bindingOf, bindingOfFunction } from '../../survey/code/bindings.ts';
import { paramAt } from '../../survey/code/parameters.ts';
import { isCall, type Call } from '../../survey/functions/called-by.ts';
import { calledName } from '../../survey/functions/later-callbacks.ts';
import { MAX_HOPS } from '../../source/far.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { constructorRun } from '../../survey/code/class-chain.ts';

/** How deep in objects an agent is followed into calls: each way deeper is one more to follow, in functions that call themselves. */
const MAX_HELD = 8;

/** Follows an agent that is given to a call: into the code that runs, where that can be read. */
export function followArgument(flow: Flow, value: NodePath, parent: NodePath, holding: Holding): void {
  if (!isCall(parent)) return;
  const call = parent;
  const index = Number(value.key);
  const callee = call.get('callee') as NodePath;
  const called = calledDefinition(callee, flow.migration);
  const iterated = !called && isAgent(holding) ? knownIterationProblem(call, flow.migration) : undefined;
  if (iterated) flow.fail(iterated);
  if (call.isNewExpression() || callee.isSuper()) {
    if (called?.kind === 'class') enterConstructor(flow, called.path, call, index, holding);
    if (called === undefined) followGivenBack(flow, call, holding);
    if (call.isNewExpression()) flow.follow(call, { ...holding, path: [ANY] });
  } else if (called?.kind === 'function') {
    enter(flow, called.path, { call, index, owner: ownerOf(flow, callee, holding), holding });
  } else if (isMember(callee)) {
    const isTold = !holding.part && TELLS.test(propertyName(callee.node) ?? '');
    if (isTold) followIntoListeners(flow, call, callee, index, holding);
    else judgeMethod(flow, call, callee, index, holding);
    followGivenBack(flow, call, holding);
  } else if (callee.isIdentifier()) {
    const isParam = bindingOf(callee)?.kind === 'param';
    if (isParam) followGivenFunction(flow, callee, index, holding);
    else judgeFunction(flow, call, callee, index, holding);
    if (!isParam) followGivenBack(flow, call, holding);
  }
  const compared = called ? undefined : toldApart(call, value, holding, flow);
  if (compared) flow.fail(compared);
}

/** `list.map((agent) => …)`, `list.filter(…)`: the callback is given what the list holds, and so may the result. */
export function followListMethod(flow: Flow, call: NodePath<t.CallExpression>, holding: Holding): void {
  const name = propertyName((call.get('callee') as Member).node) ?? '';
  const [callback] = call.get('arguments');
  if (name === 'then') {
    followCallback(flow, callback, 0, { ...holding, indirect: true });
    return;
  }
  // `service.find(id)`, of a class of the tree, is none: what it gives is followed by the fields that hold the agent.
  if (calledDefinition(call.get('callee') as NodePath, flow.migration)) return;
  const held = heldIn(holding, undefined);
  const isList = holding.part && holding.path.length === 0 ? LIST_METHODS.test(name) : isListOf(holding);
  if (!held || !isList) return;
  followCallback(flow, callback, name.startsWith('reduce') ? 1 : 0, held);
  if (/^(find|findLast|at|pop|shift|get|deref)$/.test(name)) flow.follow(call, held);
  else if (name === 'next')
    flow.follow(call, { ...holding, path: ['value', ...holding.path.slice(1)], indirect: true });
  else if (/^(filter|slice|concat|reverse|toReversed|sort|toSorted|values|take|drop|toArray)$/.test(name))
    flow.follow(call, { ...holding, path: [ANY, ...holding.path.slice(1)], indirect: true });
}

/** What lists do with a callback, or give of what they hold. */
export const LIST_METHODS =
  /^(forEach|map|flatMap|filter|find(Last)?(Index)?|some|every|reduce(Right)?|at|slice|concat|toReversed|toSorted)$/;

function isListOf({ path: [first = ''] }: Holding): boolean {
  return /^(\*|\d+)$/.test(first);
}

/** Follows what a callback is given, where it is a function that can be read. */
export function followCallback(
  flow: Flow,
  callback: NodePath | undefined,
  index: number,
  holding: Holding,
  call?: Call,
): void {
  const found = callback?.node ? definitionOf(callback, flow.migration) : undefined;
  if (found?.kind === 'function') enter(flow, found.path, { index, holding, ...(call && { call }) });
}

/** `bus.emit('loaded', agent)`: whoever listens is given it, which has to be known. */
function followIntoListeners(
  flow: Flow,
  call: NodePath,
  callee: Member,
  index: number,
  holding: Holding,
): void {
  const listeners = knownListeners(callee.get('object') as NodePath, holding, flow.migration);
  if (!listeners) flow.fail(reasonAt('agent-kept', call, flow.migration));
  // The name of what happens is none of what a listener of `on` is given.
  const own = propertyName(callee.node) === 'emit' ? index - 1 : index;
  for (const each of listeners ?? []) followCallback(flow, each, own, holding);
}

interface Entry {
  call?: Call;
  index: number;
  owner?: Definition | undefined;
  holding: Holding;
}

function enter(flow: Flow, fn: FunctionPath, { call, index, owner, holding }: Entry): void {
  const param = paramAt(fn, index);
  if (!param) return;
  // What comes back to itself, each time deeper in what holds it, is not followed to its end.
  if (holding.frame.depth >= MAX_HOPS || holding.path.length > MAX_HELD) {
    flow.fail(reasonAt('agent-kept', param, flow.migration));
    return;
  }
  const known = flow.frames.get(param.node);
  const frame: Frame = known ?? { fn, call, owner, depth: holding.frame.depth + 1, returned: [] };
  flow.frames.set(param.node, frame);
  followParameter(flow, param, { ...holding, indirect: true, frame });
  if (!call) return;
  for (const { path: held, part } of frame.returned)
    flow.follow(call, { ...holding, path: held, part, indirect: true });
}

function enterConstructor(
  flow: Flow,
  built: NodePath<t.Class>,
  call: Call,
  index: number,
  holding: Holding,
): void {
  const fn = constructorRun(built, flow.migration);
  // `super(agent)` goes on with the instance that is being built.
  const owner = call.isNewExpression() ? ({ kind: 'instance', path: built } as const) : holding.frame.owner;
  if (fn) enter(flow, fn, { index, owner, holding });
}

/** The default of a parameter is what the parameter is given where its caller gives nothing. */
export function followDefault(flow: Flow, pattern: NodePath<t.AssignmentPattern>, holding: Holding): void {
  const property = pattern.parentPath;
  if (property.isTSParameterProperty()) followParameterProperty(flow, property, holding);
  else flow.followTarget(pattern.get('left') as NodePath, holding);
}

function followParameter(flow: Flow, param: NodePath, holding: Holding): void {
  if (param.isTSParameterProperty()) followParameterProperty(flow, param, holding);
  else if (param.isRestElement()) {
    flow.followTarget(param.get('argument') as NodePath, { ...holding, path: [ANY, ...holding.path] });
  } else flow.followTarget(param, holding);
}

/** `constructor(private agent)`: a field of the instance, and a name in the constructor. */
function followParameterProperty(flow: Flow, param: NodePath<t.TSParameterProperty>, holding: Holding): void {
  const declared = parameterProperty(param);
  if (!declared) return;
  if (holding.frame.owner) followProperty(flow, holding.frame.owner, declared.name, holding);
  for (const use of declared.uses) flow.follow(use, holding);
}

/** What `this` is in a method that is called, where it lives no longer than the code that calls it. */
function ownerOf(flow: Flow, callee: NodePath, { frame }: Holding): Definition | undefined {
  if (!isMember(callee)) return undefined;
  const receiver = callee.get('object') as NodePath;
  if (receiver.isThisExpression() || receiver.isSuper()) return frame.owner;
  const isLocal = receiver.isNewExpression() || isLocalTo(receiver, frame.fn);
  const owner = isLocal ? definitionOf(receiver, flow.migration) : undefined;
  return owner?.kind === 'instance' || owner?.kind === 'object' ? owner : undefined;
}

/** `run(agent)`, where `run` is a parameter: what is given for it gets the agent. */
function followGivenFunction(
  flow: Flow,
  callee: NodePath<t.Identifier>,
  index: number,
  holding: Holding,
): void {
  const param = bindingOf(callee)?.path;
  const fn = param?.parentPath;
  if (!param || !fn?.isFunction() || typeof param.key !== 'number') return;
  const { parentPath: promise } = fn;
  const isOfPromise = promise?.isNewExpression() && promise.get('callee').isIdentifier({ name: 'Promise' });
  if (isOfPromise && param.key === 0) flow.follow(promise, { ...holding, indirect: true });
  if (tellsFailure(param, fn)) failThrown(flow, callee, holding);
  const { frame } = holding;
  const entered = frame.fn?.node === fn.node && frame.call && isCall(frame.call) ? frame.call : undefined;
  for (const call of entered ? [entered] : (callersOf(fn) ?? callsElsewhere(fn, flow.migration))) {
    const given: NodePath[] = call.get('arguments');
    followCallback(flow, given[param.key], index, holding);
  }
}

/** The calls of an exported function, in the files of its package that mention its name. */
function callsElsewhere(fn: FunctionPath, source: Source): Call[] {
  const name = bindingOfFunction(fn)?.identifier.name;
  const calls: Call[] = [];
  if (name === undefined) return calls;
  for (const program of programsMentioning(name, source)) {
    program.traverse({
      CallExpression: (call) => {
        if (calledName(call) !== name) return;
        const called = calledDefinition(call.get('callee'), source);
        if (called && isSameNode(called.path, fn, source)) calls.push(call);
      },
    });
  }
  return calls;
}
