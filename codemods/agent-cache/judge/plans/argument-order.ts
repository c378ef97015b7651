import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Plan, Source } from '../../migration.ts';
import { callAround } from '../../flow/failures/chaining.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import { childrenOf } from '../../source/children.ts';
import { ownDeclarator } from '../../survey/code/declarations.ts';
import { propertyName } from '../../survey/code/members.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isPresent, type Kind } from '../../survey/code/kinds.ts';
import { patternNames } from '../../survey/code/pattern-names.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import { kindOf } from '../../survey/code/value-kinds.ts';
import { isWithoutEffect } from '../../survey/code/without-effect.ts';
import { keptState } from '../../survey/functions/state-origin.ts';
import { isInLaterCallback } from '../../survey/functions/later-callbacks.ts';
import { chainFew } from './chain-plan.ts';
import { readingAhead } from './read-ahead.ts';
import { reachedUses } from './first-use.ts';
import { exitBehind, startedWith } from './started-with.ts';
import { manual } from '../rules/manual.ts';
import { bindingNamed, constantBehind } from '../../survey/code/bindings.ts';

/** How many functions may call one another in what a call is given. */
const MAX_CALLS = 3;

/**
 * The plan, where nothing that could fail or answer by itself is evaluated between the acquisition and the agent's first
 * call: what that call is given, and what stands before it in its statement. A cache that connects could fail before it.
 */
export function keepingArguments(
  plan: Plan,
  { expression, fn, flow }: { expression: NodePath; fn: FunctionPath; flow: AgentFlow },
  migration: Judged,
): Plan {
  if (plan.form === 'chain') return loudGiven(plan.awaited, migration) ?? plan;
  if (plan.form !== 'await' && plan.form !== 'move') return plan;
  const all = flow.uses.length > 0 ? flow.uses : [expression];
  const [first] = reachedUses(
    all.filter((use) => !isInLaterCallback(use, fn)),
    fn,
  );
  if (!first) return plan;
  const loud = loudGiven([first, ...startedWith(first, all, fn)], migration);
  if (loud) return loud;
  const exit = exitBehind(first, fn, migration);
  if (exit) return manual(reasonAt('exit-before-agent', exit, migration));
  const [place] = plan.form === 'move' ? plan.before : [ownDeclarator(expression)?.statement];
  const statement = place && first.findParent(({ container }) => container === place.container);
  if (!statement || !isLoudBefore(first, statement, migration)) return readingAhead(plan, expression, first);
  const inPlace = chainFew(expression, fn, flow, migration);
  return inPlace && !loudGiven(inPlace.awaited, migration)
    ? inPlace
    : manual(reasonAt('exit-before-agent', statement, migration));
}

/** The plan of a place one of whose calls is given what may fail before the agent would connect. */
function loudGiven(uses: readonly NodePath[], migration: Judged): Plan | undefined {
  for (const use of uses) {
    const call = callAround(use);
    const given = call?.get('arguments').find((each) => {
      const isAgent = each.node === use.node || use.isDescendant(each);
      return !isAgent && !isSilent(each, migration);
    });
    if (given) return manual(reasonAt('argument-before-agent', given, migration));
  }
  return undefined;
}

/** Whether something is evaluated before a use in its statement that may fail, answer or be seen. */
function isLoudBefore(use: NodePath, statement: NodePath, migration: Judged): boolean {
  const agents = agentNames(migration);
  for (let at: NodePath = callAround(use) ?? use; at.node !== statement.node; ) {
    const { parentPath: parent } = at;
    if (!parent || parent.isFunction()) return false;
    const side = at;
    const isLoud = (each: NodePath) => !names(each.node, agents) && !isSilentBefore(each, side, migration);
    if (evaluatedBefore(at).some(isLoud)) return true;
    at = parent;
  }
  return false;
}

/** What stands beside a place and is evaluated before it; what is only given a value, and a key, is not. */
function evaluatedBefore({ parentPath, parent, node }: NodePath): NodePath[] {
  const found: NodePath[] = [];
  const isTarget = (each: t.Node) =>
    (parent.type === 'VariableDeclarator' && each === parent.id) ||
    (parent.type === 'AssignmentExpression' && each === parent.left && each.type !== 'MemberExpression') ||
    ('key' in parent && each === parent.key && !('computed' in parent && parent.computed)) ||
    each.type.startsWith('TS');
  parentPath?.traverse({
    enter(each) {
      each.skip();
      if ((each.node.end ?? 0) <= (node.start ?? 0) && !isTarget(each.node)) found.push(each);
    },
  });
  return found;
}

/** The names of the agents of the file: the calls of one connect what is all of them afterwards. */
function agentNames({ sites }: Judged): Set<string> {
  return new Set(sites.flatMap(({ expression }) => ownDeclarator(expression)?.id.name ?? []));
}

function names(node: t.Node, agents: ReadonlySet<string>): boolean {
  if (node.type === 'Identifier') return agents.has(node.name);
  return childrenOf(node).some((each) => names(each, agents));
}

function isSilentBefore(before: NodePath, at: NodePath, migration: Judged): boolean {
  const isCallee = at.listKey === 'arguments' && before.key === 'callee';
  if (!isCallee || !before.isMemberExpression())
    return isCallee ? before.isIdentifier() : isSilent(before, migration);
  const object = before.get('object');
  return isPlain(object.node) || isGoodStatus(object.node) || isSilent(object, migration);
}

function isPlain(node: t.Node): boolean {
  if (node.type === 'MemberExpression') return !node.computed && isPlain(node.object);
  return node.type === 'Identifier' || node.type === 'ThisExpression';
}

/** `res.status(201)`: whoever answers a failure sets another. */
function isGoodStatus(node: t.Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const [status] = node.arguments;
  const isGood = status?.type === 'NumericLiteral' && status.value < 400;
  return isGood && propertyName(node.callee) === 'status' && node.callee.object.type === 'Identifier';
}

/** A path that leads nowhere is a fault of the code, which fails then as well; what runs has to be known. */
function isSilent(at: NodePath, migration: Judged): boolean {
  const allowed = new Set<t.Node>(migration.sites.map(({ expression }) => expression.node));
  if (isQuiet(at.node, at.scope, { allowed }) || isWithoutEffect(at.node)) return true;
  if (at.isCallExpression() && isCallOfQuiet(at, migration)) return true;
  at.traverse({
    CallExpression(call) {
      if (isCallOfQuiet(call, migration)) allowed.add(call.node);
    },
  });
  return isQuiet(at.node, at.scope, { allowed });
}

/** Whether a call is of a function of the tree that does nothing but what is quiet, with what is. */
function isCallOfQuiet(call: NodePath<t.CallExpression>, migration: Judged, calls = MAX_CALLS): boolean {
  if (isContextRead(call, migration)) return true;
  const fn = calledFunction(call, migration);
  if (!fn || fn.node.generator) return false;
  const values = call.get('arguments');
  if (!values.every((each) => isSilent(each, migration))) return false;
  const given = paramsGiven(fn, values);
  if (!given) return false;
  const allowed = new Set<t.Node>();
  if (calls > 1)
    fn.get('body').traverse({
      CallExpression(inner) {
        if (isCallOfQuiet(inner, migration, calls - 1)) allowed.add(inner.node);
      },
    });
  return isQuiet(fn.node.body, fn.scope, { given, allowed });
}

/** `storage.getStore()` of an AsyncLocalStorage, wherever the tree declares that. */
function isContextRead(
  { node: { callee, arguments: given }, scope }: NodePath<t.CallExpression>,
  source: Source,
) {
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'getStore' || given.length > 0)
    return false;
  const binding = bindingNamed(callee.object, scope);
  const declared = binding && keptState(binding, [], source).binding;
  const init = constantBehind(declared)?.node;
  return (
    init?.type === 'NewExpression' &&
    init.callee.type === 'Identifier' &&
    init.callee.name === 'AsyncLocalStorage'
  );
}

/** What is known of the parameters of a function that is called so; undefined where taking them apart may fail. */
function paramsGiven(
  { node: { params }, scope }: FunctionPath,
  values: readonly NodePath[],
): Map<string, Kind | undefined> | undefined {
  const known = new Map<string, Kind | undefined>();
  for (const [index, param] of params.entries()) {
    const value = values[index];
    const kind = value && kindOf(value.node, { scope: value.scope, inner: new Map() });
    const target = param.type === 'AssignmentPattern' ? param.left : param;
    if (param.type === 'AssignmentPattern' && !isQuiet(param.right, scope)) return undefined;
    if (target.type === 'Identifier') {
      known.set(target.name, target === param ? kind : undefined);
    } else {
      const isTakenApart =
        target.type === 'ObjectPattern' && target === param && isPresent(kind) && kind !== 'call';
      if (!isTakenApart || !target.properties.every((each) => isPlainPart(each, scope))) return undefined;
      for (const name of patternNames(target)) known.set(name, undefined);
    }
  }
  return known;
}

/** `{ page, size = 20, ...others }` */
function isPlainPart(part: t.ObjectPattern['properties'][number], scope: NodePath['scope']): boolean {
  if (part.type === 'RestElement') return part.argument.type === 'Identifier';
  const { value } = part;
  if (part.computed) return false;
  if (value.type !== 'AssignmentPattern') return value.type === 'Identifier';
  return value.left.type === 'Identifier' && isQuiet(value.right, scope);
}
