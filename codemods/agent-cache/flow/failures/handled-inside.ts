import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source, Surveyed } from '../../migration.ts';
import { calledFunction, constructedClass, functionNamed } from '../../survey/code/called-code.ts';
import { callersOf } from '../../survey/functions/callers.ts';
import { callAround } from './chaining.ts';
import { failurePathOf, handlesAnything } from './failure-path.ts';
import { programsMentioning } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { childrenOf } from '../../source/children.ts';
import { bindingOf, bindingOfFunction } from '../../survey/code/bindings.ts';

/**
 * The call or `new` that is given the agent and deals itself with the failure of the agent's calls: an acquisition
 * outside of it would escape that. Undefined where no file shows such.
 */
export function handlingReceiver(use: NodePath, migration: Surveyed): NodePath | undefined {
  const { parentPath: parent } = use;
  if (use.listKey !== 'arguments' || !parent) return undefined;
  if (parent.isNewExpression()) {
    const built = constructedClass(parent, migration);
    return built && handlesOwnField(built.node) ? parent : undefined;
  }
  return parent.isCallExpression() && handlesArgument(parent, Number(use.key), migration, new Set())
    ? parent
    : undefined;
}

function handlesArgument(
  call: NodePath<t.CallExpression>,
  index: number,
  migration: Surveyed,
  seen: Set<t.Node>,
): boolean {
  const callee = calledFunction(call, migration);
  const functions = callee ? [callee] : callbacksFor(call, migration);
  return functions.some((fn) => handlesParameter(fn, index, migration, seen));
}

function handlesParameter(fn: FunctionPath, index: number, migration: Surveyed, seen: Set<t.Node>): boolean {
  const param = fn.get('params')[index];
  if (!param?.isIdentifier() || seen.has(param.node)) return false;
  seen.add(param.node);
  const references = fn.scope.getOwnBinding(param.node.name)?.referencePaths ?? [];
  return references.some((reference) => {
    const call = callAround(reference);
    if (!call) return false;
    const { handlers, certain } = failurePathOf(reference, fn, migration);
    const catches = handlers.some((each) => !each.isTryStatement() || each.node.handler);
    if (catches && certain) return true;
    return reference.listKey === 'arguments' && handlesArgument(call, Number(reference.key), migration, seen);
  });
}

/** `run(agent)`, where `run` is a parameter: what callers give for it. */
function callbacksFor(call: NodePath<t.CallExpression>, source: Source): FunctionPath[] {
  const callee = call.get('callee');
  const param = bindingOf(callee);
  const fn = param?.kind === 'param' ? param.path.parentPath : undefined;
  const index = param?.path.key;
  if (!fn?.isFunction() || typeof index !== 'number') return [];
  return callsOfAnywhere(fn, source).flatMap((each) => {
    const given = each.get('arguments')[index];
    const callback = given?.isIdentifier() ? functionNamed(given, source) : given;
    return callback?.isFunction() ? [callback] : [];
  });
}

/** The calls of a function in the files of the package that name it. */
function callsOfAnywhere(fn: FunctionPath, source: Source): NodePath<t.CallExpression>[] {
  const found = callersOf(fn) ?? [];
  const name = bindingOfFunction(fn)?.identifier.name;
  if (name === undefined) return found;
  for (const program of programsMentioning(name, source)) {
    if (program === source.program) continue;
    program.traverse({
      CallExpression(call) {
        if (call.node.callee.type === 'Identifier' && call.node.callee.name === name) found.push(call);
      },
    });
  }
  return found;
}

/** Whether the methods of a class deal with the failure of something that an instance keeps. */
function handlesOwnField(node: t.Class): boolean {
  return node.body.body.some((member) => mentionsThisCall(member) && handlesAnything(member));
}

/** Whether `this.field.method()` is in the node. */
function mentionsThisCall(node: t.Node): boolean {
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const { object } = node.callee;
    if (object.type === 'MemberExpression' && object.object.type === 'ThisExpression') return true;
  }
  return childrenOf(node).some(mentionsThisCall);
}
