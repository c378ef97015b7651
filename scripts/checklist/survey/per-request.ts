import { isNode } from '../source/walk.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Function as FunctionNode, Node } from '@babel/types';
import type { Finding } from '../report.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import type { Scene } from './verify-cache.ts';

const WORTH_A_LOOK = /\binvalidateCache\b|\bcacheTtl\b/;

/**
 * Functions that use the cache and undo it at once: they let go of the shared agent and take one in the same call, or
 * ask for one that is no older than 0 seconds. One that only invalidates, or does so when something failed, is well.
 */
export function findPerRequest(
  { root, graph, options, detection }: Scene,
  drops: ReadonlyMap<string, ReadonlySet<Node>>,
): Finding[] {
  return detection.namingCache.flatMap((itemPath): Finding[] => {
    const file = path.join(root, itemPath);
    const dropping = drops.get(itemPath);
    if (detection.project.isCacheFile(file)) return [];
    if (dropping === undefined && !WORTH_A_LOOK.test(readFileSync(file, 'utf8'))) return [];
    const model = graph.model(file);
    if (model === undefined) return [];
    const findings: Finding[] = [];
    const report = (node: Node, id: string, message: string, hint: string) => {
      const place = { line: node.loc?.start.line ?? 1, column: (node.loc?.start.column ?? 0) + 1 };
      findings.push({ file: itemPath, ...place, rule: 'past-cache', id, message, hint });
    };
    visit(model.program, undefined, (node, inside) => {
      const isOfCache = [options.provider, options.factory, 'getAgent'].some((name) => isCallOf(node, name));
      if (
        isOfCache &&
        node.type === 'CallExpression' &&
        node.arguments.some((each) => asksForZero(each, model))
      ) {
        report(
          node,
          'asks-for-zero-ttl',
          `asks for a ${options.agentClass} that is 0 seconds old at most: each call builds one`,
          'give the TTL that the answer may be old, in seconds',
        );
      }
      const isDrop = isInvalidation(node) || dropping?.has(node) === true;
      if (inside !== undefined && isDrop && takesAgent(inside, options.factory)) {
        report(
          node,
          'invalidates-per-request',
          `lets go of the shared ${options.agentClass} in a function that then takes one: each call builds one`,
          'invalidate where the agent is known to be bad, not on every call',
        );
      }
    });
    return findings;
  });
}

/** Visits the nodes that run whenever their function does: nothing below a condition or a handler of failures. */
function visit(
  node: Node,
  inside: FunctionNode | undefined,
  look: (node: Node, inside: FunctionNode | undefined) => void,
  isSure = true,
): void {
  look(node, isSure ? inside : undefined);
  for (const [key, value] of Object.entries(node)) {
    const sure = isSure && !isConditional(node, key);
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue;
      if (isFunction(node)) visit(child, node, look);
      else visit(child, inside, look, sure);
    }
  }
}

function isConditional({ type }: Node, key: string): boolean {
  if (key === 'consequent' || key === 'alternate' || key === 'handler') return true;
  return type === 'LogicalExpression' && key === 'right';
}

function isFunction(node: Node): node is FunctionNode {
  return /Function|ObjectMethod|ClassMethod|ClassPrivateMethod/.test(node.type);
}

function isCallOf(node: Node, name: string): node is Extract<Node, { type: 'CallExpression' }> {
  return node.type === 'CallExpression' && lastName(node.callee) === name;
}

function isInvalidation(node: Node): boolean {
  return isCallOf(node, 'invalidateCache');
}

function asksForZero(node: Node, model: ModuleModel): boolean {
  if (node.type !== 'ObjectExpression') return false;
  return node.properties.some(
    (property) =>
      property.type === 'ObjectProperty' &&
      writtenName(property.key, property.computed) === 'cacheTtl' &&
      isNothing(property.value, model),
  );
}

/** A number of seconds in which nothing is kept: 0 or less, also as a constant of the module. */
function isNothing(node: Node | null | undefined, model: ModuleModel): boolean {
  if (node?.type === 'NumericLiteral') return node.value === 0;
  if (node?.type === 'UnaryExpression')
    return node.operator === '-' && node.argument.type === 'NumericLiteral';
  if (node?.type !== 'Identifier') return false;
  const declared = model.declarations.get(node.name);
  return (
    declared?.type === 'VariableDeclarator' &&
    declared.init?.type !== 'Identifier' &&
    isNothing(declared.init, model)
  );
}

/** Whether a function takes an agent on its own account, not inside of another function. */
function takesAgent(inside: FunctionNode, factory: string): boolean {
  let takes = false;
  visit(inside.body, inside, (node, around) => {
    if (around === inside && (isCallOf(node, factory) || isCallOf(node, 'getAgent'))) takes = true;
  });
  return takes;
}

function lastName(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined;
  return writtenName(node.property, node.computed);
}
