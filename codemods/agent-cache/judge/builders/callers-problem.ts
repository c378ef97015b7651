import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Problem, Source } from '../../migration.ts';
import { type AgentFlow, followAgent, followHeld } from '../../flow/fates/agent-flow.ts';
import { changedByUsers } from '../../flow/effects/changed-by-users.ts';
import { reason } from '../../reasons/reason.ts';
import { callsOfBuilder } from './builder-calls.ts';
import { callsOfHandedOver, isHandedOver, isHandedToUnread, isTest } from './handed-over.ts';
import { usesAsAWhole } from './uses-as-a-whole.ts';
import { callAt } from '../../survey/code/call-at.ts';
import { isTypeWrapper, withTypes } from '../../survey/code/wrappers.ts';
import { chainedAround, memberHolding } from '../../survey/functions/builders.ts';
import { calledDefinition, definitionOf } from '../../survey/code/definitions.ts';
import { isForeign } from '../../survey/code/foreign-values.ts';
import { calledName } from '../../survey/functions/later-callbacks.ts';
import { isMember, isWritten, keyName, propertyName } from '../../survey/code/members.ts';
import { isSameNode, programsMentioning, programsReaching } from '../../survey/code/opened-files.ts';
import { type FunctionPath, placementOf } from '../../survey/code/placement.ts';
import { bindingNamed } from '../../survey/code/bindings.ts';

/**
 * How a caller of an async method treats the agent that it is given as its own. A call whose receiver nobody knows may
 * be one of the method.
 */
export function callersProblem(
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Judged,
  seen = new Set<t.Node>(),
): Problem | undefined {
  if (seen.has(fn.node)) return undefined;
  seen.add(fn.node);
  const member = fn.isMethod() ? fn : memberHolding(fn);
  const name = member && keyName(member.node);
  if (name === undefined) return undefined;
  let problem: Problem | undefined;
  let isCalled = false;
  for (const program of programsMentioning(name, migration)) {
    program.traverse({
      CallExpression(call) {
        if (problem || memberCalled(call) !== name || !mayCall(call, fn, migration)) return;
        isCalled = true;
        problem = problemAt(call, flow, migration, seen);
      },
      'MemberExpression|OptionalMemberExpression'(member: NodePath) {
        if (problem || !isTakenAs(name, member) || !mayBe(member, fn, migration)) return;
        problem = valueProblem(member, flow, migration, seen);
      },
      ObjectProperty(property) {
        if (problem || !property.parentPath.isObjectPattern() || keyName(property.node) !== name) return;
        for (const use of usesOfTaken(property))
          if (!callAt(use) && mayBe(use, fn, migration)) problem ??= valueProblem(use, flow, migration, seen);
      },
    });
  }
  for (const call of problem ? [] : callsByAnyName(fn, migration))
    problem ??= problemAt(call, flow, migration, seen);
  // What nobody in the tree calls is called by the code that gets the whole.
  const isOfUnread = !problem && !isCalled && isWithUnread(fn, migration);
  return isOfUnread ? reason('passed-unseen-async') : problem;
}

/**
 * Whether a function comes to code that nobody can read, which may take what it gives as its own: in an object, or with
 * the class that it is a method of where nobody in the tree calls it; or is called by a name that nothing tells.
 */
export function isCalledUnseen(fn: FunctionPath, calls: readonly NodePath[], source: Source): boolean {
  if (isHandedToUnread(withTypes(fn), source)) return true;
  return (calls.length === 0 && isWithUnread(fn, source)) || callsByAnyName(fn, source).length > 0;
}

/** Whether the class of a method, or an instance of it, goes to code that nobody can read. */
function isWithUnread(fn: FunctionPath, source: Source): boolean {
  const around = fn.findParent((each) => each.isClass());
  if (!around?.isClass()) return false;
  return usesAsAWhole(around, source).some((use) => {
    const outer = use.findParent(
      (each) => !each.isObjectProperty() && !isLiteralOfMany(each) && !isTypeWrapper(each),
    );
    return isCallOrNew(outer) && !calledDefinition(outer.get('callee') as NodePath, source);
  });
}

function isLiteralOfMany(path: NodePath): boolean {
  return path.isObjectExpression() || path.isArrayExpression();
}

function isCallOrNew(path: NodePath | null): path is NodePath<t.CallExpression | t.NewExpression> {
  return path?.isCallExpression() === true || path?.isNewExpression() === true;
}

/** The calls of a method by a name that nothing tells, on its class or an instance of it: `table[name]()`. */
function callsByAnyName(fn: FunctionPath, source: Source): NodePath[] {
  const around = fn.findParent((each) => each.isClass());
  const calls: NodePath[] = [];
  for (const program of around ? programsReaching(fn, undefined, source) : [])
    program.traverse({
      MemberExpression(member) {
        if (propertyName(member.node) !== undefined) return;
        const call = callAt(member);
        const owner = call && definitionOf(member.get('object'), source);
        if (call && around && owner && isSameNode(owner.path, around, source)) calls.push(call);
      },
    });
  return calls;
}

/** Whether a member is read by a name, and not called there. */
function isTakenAs(name: string, member: NodePath): boolean {
  return isMember(member) && propertyName(member.node) === name && !callAt(member) && !isWritten(member);
}

/** The uses of the variable that a property of a pattern gives its value. */
function usesOfTaken({ node: { value }, scope }: NodePath<t.ObjectProperty>): readonly NodePath[] {
  return bindingNamed(value.type === 'AssignmentPattern' ? value.left : value, scope)?.referencePaths ?? [];
}

/** Whether a value is the function; where nothing shows what it is, only one that is handed over is taken for it. */
function mayBe(value: NodePath, fn: FunctionPath, source: Source): boolean {
  const known = definitionOf(value, source);
  if (known) return known.kind === 'function' && isSameNode(known.path, fn, source);
  const object = isMember(value) ? (value.get('object') as NodePath) : value;
  return isHandedOver(withTypes(value)) && !isForeign(object, source);
}

/** How somebody who is given the function itself treats the agent as their own, or that nobody sees who calls it. */
function valueProblem(
  value: NodePath,
  flow: AgentFlow,
  migration: Judged,
  seen: Set<t.Node>,
): Problem | undefined {
  if (isTest(value, value.parentPath)) return undefined;
  const chained = chainedAround(value);
  const calls = chained ? [chained] : isHandedOver(value) && callsOfHandedOver(value, migration)?.calls;
  if (!calls) return reason('passed-unseen-async');
  for (const call of calls) {
    const problem = problemAt(call, flow, migration, seen);
    if (problem) return problem;
  }
  return undefined;
}

/** The name of the member that is called, be it by the name that it was taken out under: `const { open: start } = …`. */
function memberCalled(call: NodePath<t.CallExpression>): string | undefined {
  const taken = takenOut(call);
  return taken ? keyName(taken) : calledName(call);
}

/** The property of a pattern that gives the name that is called its value. */
function takenOut(call: NodePath<t.CallExpression>): t.ObjectProperty | undefined {
  const { callee } = call.node;
  const binding = bindingNamed(callee, call.scope);
  return binding && propertyOf(binding);
}

function propertyOf({ path, identifier }: Binding): t.ObjectProperty | undefined {
  let found: t.ObjectProperty | undefined;
  path.traverse({
    ObjectProperty({ node, parentPath }) {
      const value = node.value.type === 'AssignmentPattern' ? node.value.left : node.value;
      if (parentPath.isObjectPattern() && value === identifier) found = node;
    },
    Function(inner) {
      inner.skip();
    },
  });
  return found;
}

function mayCall(call: NodePath<t.CallExpression>, fn: FunctionPath, source: Source): boolean {
  const callee = call.get('callee') as NodePath;
  const known = definitionOf(callee, source);
  if (known) return known.kind === 'function' && isSameNode(known.path, fn, source);
  if (takenOut(call)) return true;
  if (!callee.isMemberExpression()) return false;
  return !isForeign(callee.get('object'), source);
}

function problemAt(
  call: NodePath,
  { given, origin }: AgentFlow,
  migration: Judged,
  seen: Set<t.Node>,
): Problem | undefined {
  const caller = call.getFunctionParent();
  // A getter may give the promise on.
  if (caller?.isMethod({ kind: 'get' })) return undefined;
  if (given.length === 0) {
    const flow = followAgent(call, migration);
    return (
      flow.problem ??
      changedByUsers(call, migration, [call]) ??
      (flow.returned && caller ? callersOfReturned(caller, flow, migration, seen) : undefined)
    );
  }
  const placement = placementOf(call);
  if ('problem' in placement) return placement.problem;
  return (
    followHeld(call, given, placement.fn, migration).problem ??
    changedByUsers(origin, migration, [origin], call)
  );
}

/** How the callers of a function treat the agent as their own that it gives on to them, or that some are not seen. */
export function callersOfReturned(
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Judged,
  seen = new Set<t.Node>(),
): Problem | undefined {
  // A pool of a package takes what it is given a function for as its own.
  if (flow.given.length === 0 && isHandedToUnread(withTypes(fn), migration))
    return reason('passed-unseen-async');
  if (fn.isMethod() || memberHolding(fn)) return callersProblem(fn, flow, migration, seen);
  if (seen.has(fn.node)) return undefined;
  seen.add(fn.node);
  const found = callsOfBuilder(fn, migration);
  if (!found || found.blocking) return reason('passed-unseen-async');
  for (const call of found.calls) {
    const problem = problemAt(call, flow, migration, seen);
    if (problem) return problem;
  }
  return undefined;
}
