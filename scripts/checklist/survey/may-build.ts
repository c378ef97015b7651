import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { Node } from '@babel/types';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import type { Way } from '../cache/way.ts';
import type { ModuleGraph, Origin } from '../source/module-graph.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { walk } from '../source/walk.ts';
import { isMemberOf } from './way-syntax.ts';

/**
 * Whether the code behind an exported name comes to a construction of the agent without going through the getter or
 * the provider: then what is not understood of it may build one.
 */
export function mayBuild({ file, name }: Way, graph: ModuleGraph, options: CodemodOptions): boolean {
  const shared = new Set([options.factory, options.provider]);
  const seen = new Set<Node>();
  let isBuilding = false;
  const enter = (model: ModuleModel, node: Node): void => {
    if (isBuilding || seen.has(node)) return;
    seen.add(node);
    walk(node, (inner) => {
      if (isConstruction(inner, options)) isBuilding = true;
      else if (inner.type === 'Identifier' && !shared.has(inner.name)) follow(model, inner.name);
    });
  };
  const follow = (model: ModuleModel, local: string): void => {
    const declared = model.declarations.get(local);
    if (declared !== undefined) enter(model, declared);
    const imported = model.imports.get(local);
    if (imported !== undefined) enterOrigin(graph.imported(model.file, imported));
  };
  const enterOrigin = (origin: Origin | undefined): void => {
    if (origin === undefined || !('model' in origin)) return;
    const { exported, model } = origin;
    if ('node' in exported) enter(model, exported.node);
    else if ('local' in exported && !shared.has(exported.local)) follow(model, exported.local);
  };
  if (!shared.has(name)) enterOrigin(graph.origin(file, name));
  return isBuilding;
}

/** Whether an expression builds the agent, going by names alone. */
function isConstruction(node: Node, { agentClass, builtBy = 'new' }: CodemodOptions): boolean {
  if (node.type === 'NewExpression') return builtBy !== 'function' && isAgentName(node.callee, agentClass);
  const [reflected] = isReflected(node) ? node.arguments : [];
  if (reflected !== undefined) return builtBy !== 'function' && isOwnKind(reflected, agentClass);
  if (builtBy === 'new' || (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression'))
    return false;
  const { callee } = node;
  if (builtBy === 'function') return isAgentName(callee, agentClass);
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  return (
    isMember &&
    writtenName(callee.property, callee.computed) === builtBy &&
    isAgentName(callee.object, agentClass)
  );
}

function isAgentName(callee: Node, agentClass: string): boolean {
  if (callee.type === 'MemberExpression') return writtenName(callee.property, callee.computed) === agentClass;
  return callee.type === 'Identifier' && callee.name === agentClass;
}

export function isReflected(node: Node): node is Extract<Node, { type: 'CallExpression' }> {
  return node.type === 'CallExpression' && isMemberOf(node.callee, 'Reflect', /^construct$/);
}

/** Whether what is constructed is the agent's class, or that of an instance. */
export function isOwnKind(callee: Node, agentClass: string): boolean {
  if (callee.type === 'TSAsExpression' || callee.type === 'ParenthesizedExpression')
    return isOwnKind(callee.expression, agentClass);
  if (callee.type === 'MemberExpression')
    return writtenName(callee.property, callee.computed) === 'constructor';
  return isAgentName(callee, agentClass);
}
