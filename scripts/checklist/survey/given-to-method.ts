import path from 'node:path';
import type { Node } from '@babel/types';
import { patternNames } from '../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { nounOf } from '../../../codemods/agent-cache/source/client-noun.ts';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { OF_ONE_REQUEST } from './given.ts';
import { isCallNode, isFunction, lastName, wrapped } from './way-syntax.ts';
import type { Scene } from './verify-cache.ts';

/** What callers give: the same for all, what a request has for sure, or what nobody can tell. */
export type Differs = 'not' | 'maybe' | 'surely';

const DEEPEST = 4;
/** Parameters of handlers beside those of Express: events and contexts. */
const OF_HANDLER = /^_?(?:event|context|c)$/;

/** What the language has that makes something of what it is given, and of nothing else. */
const OF_LANGUAGE =
  /^(?:String|Number|Boolean|BigInt|Object|Array|JSON|Math|Symbol|RegExp|URL|URLSearchParams|Buffer|Map|Set)$/;

/** Whether the calls of a method of the agent, in all files that are read, give it something else for each request. */
export function differsByCall(method: string, indices: readonly number[], scene: Scene): Differs {
  const { root, graph, detection } = scene;
  const name = method.slice(method.lastIndexOf('.') + 1);
  let found: Differs = 'not';
  for (const itemPath of detection.read) {
    const file = path.join(root, itemPath);
    const text = detection.project.read(file) ?? '';
    if (!text.includes(name) || scene.agent.isAgentModule(file)) continue;
    const program = graph.model(file)?.program;
    if (program === undefined) continue;
    visit(program, [], (node, around) => {
      if (!isCallNode(node) || found === 'surely') return;
      const { callee } = node;
      const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
      if (!isMember || lastName(callee) !== name) return;
      const isAgent = standsForAgent(callee.object, around, scene);
      if (isAgent === 'not') return;
      const spread = node.arguments.findIndex(({ type }) => type === 'SpreadElement');
      const given = indices.map((index) => {
        if (spread !== -1 && spread <= index) return 'maybe';
        const argument = node.arguments[index];
        return argument ? differs(argument, around) : 'not';
      });
      const most = strongest(given);
      found = strongest([found, most === 'surely' ? isAgent : most]);
    });
  }
  return found;
}

/** Whether what a method is called on is the agent, by what it was taken from; `maybe` where only its name says so. */
function standsForAgent(node: Node, around: readonly Node[], scene: Scene, depth = 0): Differs {
  const { factory, provider, agentClass } = scene.options;
  const below = wrapped(node);
  if (below) return standsForAgent(below, around, scene, depth);
  if (isCallNode(node)) {
    const called = lastName(node.callee);
    return called === factory || called === provider || called === 'getAgent' ? 'surely' : 'not';
  }
  const name = lastName(node) ?? '';
  const init = node.type === 'Identifier' && depth < DEEPEST ? initOf(name, around) : undefined;
  if (init && standsForAgent(init, around, scene, depth + 1) === 'surely') return 'surely';
  const noun = nounOf(agentClass);
  return name.toLowerCase().endsWith(noun.toLowerCase()) ? 'maybe' : 'not';
}

/** Whether an expression differs by request, by the names in it. */
function differs(node: Node, around: readonly Node[], depth = 0): Differs {
  if (node.type === 'Identifier') return differsByName(node.name, around, depth);
  if (isFunction(node)) return 'maybe';
  if (isCallNode(node) && !givesAlike(node.callee))
    return strongest([
      'maybe',
      ...[node.callee, ...node.arguments].map((each) => differs(each, around, depth)),
    ]);
  const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  const parts = isMember && !node.computed ? [node.object] : valuesIn(node);
  return strongest(parts.map((each) => differs(each, around, depth)));
}

/** Whether a function gives the same for the same: those of the language. */
function givesAlike(callee: Node): boolean {
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  if (!isMember) return callee.type === 'Identifier' && OF_LANGUAGE.test(callee.name);
  return callee.object.type.endsWith('Literal') || givesAlike(callee.object);
}

function valuesIn(node: Node): Node[] {
  if (node.type.startsWith('TS')) {
    const below = wrapped(node);
    return below ? [below] : [];
  }
  if (node.type === 'ObjectProperty') return node.computed ? [node.key, node.value] : [node.value];
  return childrenOf(node);
}

/** The name of a parameter of a handler, or what is made of it; a constant of the module is the same for all. */
function differsByName(name: string, around: readonly Node[], depth: number): Differs {
  const fn = around.findLast((each) => isFunction(each) && each.params.some((param) => has(param, name)));
  const init = initOf(name, around);
  if (init) return depth < DEEPEST ? differs(init, around, depth + 1) : 'maybe';
  if (fn && isFunction(fn)) {
    const isHandler = fn.params.some(
      (param) => param.type === 'Identifier' && OF_ONE_REQUEST.test(param.name),
    );
    return isHandler || OF_HANDLER.test(name) ? 'surely' : 'maybe';
  }
  // A variable of the module may be set by requests.
  const isVariable = around.some((each) => declares(isFunction(each) ? each.body : each, name));
  return isVariable ? 'maybe' : 'not';
}

/** What the nearest declaration of a name around a place gives it, where it is a constant. */
function initOf(name: string, around: readonly Node[]): Node | undefined {
  for (const each of around.toReversed()) {
    if (isFunction(each) && each.params.some((param) => has(param, name))) return undefined;
    if (!/^(?:BlockStatement|Program|StaticBlock)$/.test(each.type)) continue;
    for (const statement of childrenOf(each)) {
      const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (declared?.type !== 'VariableDeclaration') continue;
      const found = declared.declarations.find(({ id }) => patternNames(id).includes(name));
      if (found) return declared.kind === 'const' ? (found.init ?? undefined) : undefined;
    }
  }
  return undefined;
}

function declares(node: Node, name: string): boolean {
  if (node.type === 'VariableDeclarator' && patternNames(node.id).includes(name)) return true;
  return childrenOf(node).some((child) => !isFunction(child) && declares(child, name));
}

function has(param: Node, name: string): boolean {
  return patternNames(param).includes(name);
}

function strongest(all: readonly Differs[]): Differs {
  return all.includes('surely') ? 'surely' : all.includes('maybe') ? 'maybe' : 'not';
}

function visit(
  node: Node,
  around: readonly Node[],
  look: (node: Node, around: readonly Node[]) => void,
): void {
  look(node, around);
  const isAround = isFunction(node) || /^(?:BlockStatement|Program|StaticBlock)$/.test(node.type);
  const inside = isAround ? [...around, node] : around;
  for (const child of childrenOf(node)) visit(child, inside, look);
}
