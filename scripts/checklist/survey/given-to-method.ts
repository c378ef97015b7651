import path from 'node:path';
import type { Node } from '@babel/types';
import { patternNames } from '../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { nounOf } from '../../../codemods/agent-cache/source/client-noun.ts';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { AgentHolders } from './agent-holders.ts';
import { OF_ONE_REQUEST } from './given.ts';
import { type Call, isCallNode, isFunction, isMember, lastName, wrapped } from './way-syntax.ts';
import type { Scene } from './verify-cache.ts';

/** What callers give: the same for all, what a request has for sure, or what nobody can tell. */
export type Differs = 'not' | 'maybe' | 'surely';

const DEEPEST = 4;
/** Parameters of handlers beside those of Express: events and contexts. */
const OF_HANDLER = /^_?(?:event|context|c)$/;

/** What the language has that makes something of what it is given, and of nothing else. */
const OF_LANGUAGE =
  /^(?:String|Number|Boolean|BigInt|Object|Array|JSON|Math|Symbol|RegExp|URL|URLSearchParams|Buffer|Map|Set)$/;

const HOLDERS = new WeakMap<object, AgentHolders>();

/** Whether the calls of a method of the agent, in all files that are read, give it something else for each request. */
export function differsByCall(method: string, indices: readonly number[], scene: Scene): Differs {
  const { root, graph, detection } = scene;
  const name = method.slice(method.lastIndexOf('.') + 1);
  const holders = HOLDERS.get(detection) ?? new AgentHolders(scene);
  HOLDERS.set(detection, holders);
  let found: Differs = 'not';
  for (const itemPath of detection.read) {
    const file = path.join(root, itemPath);
    if (scene.agent.isAgentModule(file)) continue;
    const program = graph.model(file)?.program;
    if (program === undefined) continue;
    const callees = new Set<Node>();
    visit(program, [], (node, around) => {
      if (found === 'surely') return;
      const isHeld = (each: Node) =>
        holders.mayHold(each, { file, around: around.filter((one) => isFunction(one)) });
      const call = isCallNode(node) ? callOf(node, name) : undefined;
      if (call === undefined) {
        if (!callees.has(node) && takenOff(node, name).some(isHeld)) found = 'maybe';
        return;
      }
      callees.add(call.callee);
      const byName = call.isSure ? standsForAgent(call.object, around, scene) : 'not';
      const isAgent = byName === 'not' && isHeld(call.object) ? 'maybe' : byName;
      if (isAgent === 'not') return;
      const spread = call.given.findIndex(({ type }) => type === 'SpreadElement');
      const given = indices.map((index) => {
        if (spread !== -1 && spread <= index) return 'maybe';
        const argument = call.given[index];
        return argument ? differs(argument, around) : 'not';
      });
      const most = strongest(given);
      found = strongest([found, most === 'surely' ? isAgent : most]);
    });
  }
  return found;
}

interface MethodCall {
  /** What the method is called on. */
  object: Node;
  callee: Node;
  given: readonly Node[];
  /** Whether it is a call of that method, and not of one that nobody can tell. */
  isSure: boolean;
}

/** A call of a method of that name, as `agent.run(token)`, `agent.run.call(agent, token)`, or maybe `agent[name](token)`. */
function callOf(node: Call, name: string): MethodCall | undefined {
  const callee = wrapped(node.callee) ?? node.callee;
  if (!isMember(callee)) return undefined;
  const { arguments: given } = node;
  const own = writtenName(callee.property, callee.computed);
  if (own === name || own === undefined)
    return { object: callee.object, callee, given, isSure: own === name };
  const inner = callee.object;
  const isBorrowed = own === 'call' && isMember(inner) && lastName(inner) === name;
  return isBorrowed
    ? { object: inner.object, callee: inner, given: given.slice(1), isSure: true }
    : undefined;
}

/** What a method of that name is taken off, for whoever calls it then: `agent.run`, `const { run } = agent`. */
function takenOff(node: Node, name: string): Node[] {
  if (isMember(node)) return lastName(node) === name ? [node.object] : [];
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern' || !node.init) return [];
  const isTaken = node.id.properties.some(
    (each) => each.type === 'ObjectProperty' && writtenName(each.key, each.computed) === name,
  );
  return isTaken ? [node.init] : [];
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
  const parts = isMember(node) && !node.computed ? [node.object] : valuesIn(node);
  return strongest(parts.map((each) => differs(each, around, depth)));
}

/** Whether a function gives the same for the same: those of the language. */
function givesAlike(callee: Node): boolean {
  if (!isMember(callee)) return callee.type === 'Identifier' && OF_LANGUAGE.test(callee.name);
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
