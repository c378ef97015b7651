import path from 'node:path';
import type { Node } from '@babel/types';
import { keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { patternNames } from '../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import {
  add,
  elementsOf,
  isSaidToBe,
  keyName,
  NamedCode,
  namesIn,
  originOf,
  type Placed,
  type Standing,
} from './named-code.ts';
import type { Scene } from './verify-cache.ts';
import {
  type Call,
  isCallNode,
  isChoice,
  isField,
  isFunction,
  isMember,
  lastName,
  valuesOf,
  wrapped,
} from './way-syntax.ts';

/** What containers and promises give, or hand to a function, of what is in them. */
const OF_CONTAINER =
  /^(?:then|catch|finally|get|at|pop|shift|find|findLast|filter|map|flatMap|forEach|slice|values|entries|concat|deref|value|next)$/;
const ANY = '*';

/**
 * Names by which the files of a tree may have the agent: variables, parameters, fields, and functions that give it. They
 * are told by what is written, with no regard to when it runs.
 */
export class AgentHolders {
  readonly #scene: Scene;
  readonly #code = new NamedCode();
  readonly #held = new Map<Node | string, Set<string>>();
  /** Fields by their names, in each file and in all of them. */
  readonly #fields = new Map<string, Set<string>>();
  readonly #giving = new Map<string, Set<Node>>();
  /** Functions that hand it to a function that they are given, by which parameter that is. */
  readonly #handing = new Map<Node, Set<number>>();
  #isSettled = false;

  constructor(scene: Scene) {
    this.#scene = scene;
    for (const itemPath of scene.detection.read) {
      const file = path.join(scene.root, itemPath);
      const program = scene.agent.isAgentModule(file) ? undefined : scene.graph.model(file)?.program;
      if (program) this.#code.read(program, { file, around: [] });
    }
    while (!this.#isSettled) {
      this.#isSettled = true;
      for (const { node, at } of this.#code.places) this.#settle(node, at);
    }
  }

  /** Whether an expression may come to the agent, to a promise of it, or to something that has it. */
  mayHold(node: Node, at: Standing): boolean {
    const below = wrapped(node);
    if (below) return this.mayHold(below, at);
    if (isCallNode(node)) return this.#mayGive(node, at);
    if (isChoice(node)) return valuesOf(node).some((each) => this.mayHold(each, at));
    switch (node.type) {
      case 'Identifier':
        return this.#isGetter(node.name) || this.#isHeld(node.name, at);
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const name = writtenName(node.property, node.computed);
        return name === undefined || /^\d+$/.test(name)
          ? this.mayHold(node.object, at)
          : this.#isGetter(name) || this.#isField(name, at);
      }
      case 'AssignmentExpression':
        return this.mayHold(node.right, at);
      case 'ObjectExpression':
      case 'ArrayExpression':
        return childrenOf(node).some((each) => this.mayHold(each, at));
      case 'ObjectProperty':
        return this.mayHold(node.value, at);
      case 'SpreadElement':
        return this.mayHold(node.argument, at);
      default:
        return false;
    }
  }

  #mayGive(call: Call, at: Standing): boolean {
    const { callee } = call;
    const { agentClass } = this.#scene.options;
    const isNew = call.type === 'NewExpression';
    if (isNew && lastName(callee) === agentClass) return true;
    if (!isNew && this.mayHold(callee, at)) return true;
    if (isMember(callee) && OF_CONTAINER.test(lastName(callee)) && this.mayHold(callee.object, at))
      return true;
    const functions = this.#calledBy(call, at);
    if (functions.length > 0) return functions.some(({ node }) => this.#giving.get(ANY)?.has(node));
    return call.arguments.some((each) => this.mayHold(each, at));
  }

  #isGetter(name: string): boolean {
    const { options } = this.#scene;
    return [options.factory, options.provider, 'getAgent', keyedGetter(options)].includes(name);
  }

  #isHeld(name: string, { file, around }: Standing): boolean {
    const owner = this.#code.ownerOf(name, { file, around });
    if (owner !== file || this.#code.declares(file, name)) return this.#held.get(owner)?.has(name) === true;
    const origin = originOf(name, file, this.#scene.graph);
    return origin !== undefined && this.#held.get(origin.file)?.has(origin.name) === true;
  }

  /** One that the file does not write itself is another's by that name. */
  #isField(name: string, { file }: Standing): boolean {
    const isOwn = this.#code.writes(file, name);
    return this.#fields.get(isOwn ? file : ANY)?.has(name) === true;
  }

  #calledBy({ callee, type }: Call, { file }: Standing): readonly Placed[] {
    const name = lastName(callee);
    const key = type === 'NewExpression' ? `new ${name}` : callee.type === 'Identifier' ? name : `.${name}`;
    if (name === '') return [];
    if (callee.type !== 'Identifier') return this.#code.called(key);
    const origin = originOf(name, file, this.#scene.graph);
    const from = origin ?? { file, name };
    return this.#code.called(`${from.file} ${key.replace(name, from.name)}`);
  }

  #settle(node: Node, at: Standing): void {
    switch (node.type) {
      case 'VariableDeclarator':
        if (node.init) this.#bind(node.id, node.init, at, at);
        this.#ofType(node.id, at);
        break;
      case 'AssignmentExpression':
        this.#bind(node.left, node.right, at, at);
        break;
      case 'ForOfStatement': {
        const [declared] = node.left.type === 'VariableDeclaration' ? node.left.declarations : [];
        this.#bind(declared?.id ?? node.left, node.right, at, at);
        break;
      }
      case 'ObjectProperty':
        if (this.mayHold(node.value, at)) this.#keepField(keyName(node), at);
        break;
      case 'ReturnStatement':
        if (node.argument && this.mayHold(node.argument, at)) this.#gives(at.around.at(-1));
        return;
      case 'TSParameterProperty':
        for (const name of namesIn(node)) if (this.#isHeld(name, at)) this.#keepField(name, at);
        return;
      default:
        if (isField(node)) this.#settleField(node, at);
        else if (isCallNode(node)) this.#settleCall(node, at);
        else if (isFunction(node)) this.#settleFunction(node, at);
    }
  }

  #settleField(node: Node, at: Standing): void {
    const value = 'value' in node ? (node.value as Node | null) : null;
    const isHeld = value && typeof value === 'object' && this.mayHold(value, at);
    if (isHeld || isSaidToBe(node, this.#scene.options.agentClass)) this.#keepField(keyName(node), at);
  }

  #settleFunction(node: Node & { params: Node[]; body: Node }, at: Standing): void {
    for (const each of node.params)
      this.#ofType(each.type === 'TSParameterProperty' ? each.parameter : each, at);
    if (node.body.type !== 'BlockStatement' && this.mayHold(node.body, at)) this.#gives(node);
  }

  #settleCall(call: Call, at: Standing): void {
    const { callee } = call;
    if (isMember(callee) && OF_CONTAINER.test(lastName(callee)) && this.mayHold(callee.object, at))
      for (const each of call.arguments)
        for (const { node: code, at: own } of this.#functionsIn(each, at))
          this.#give(code, 0, callee.object, own, at);
    if (isMember(callee) && /^(?:set|push|unshift|add)$/.test(lastName(callee)))
      for (const each of call.arguments) this.#bind(callee.object, each, at, at);
    this.#handTo(call, at);
    for (const { node: code, at: own } of this.#calledBy(call, at)) {
      for (const [index, each] of call.arguments.entries()) this.#give(code, index, each, own, at);
      for (const index of this.#handing.get(code) ?? []) {
        const handed = call.arguments[index];
        for (const each of handed ? this.#functionsIn(handed, at) : []) this.#holdAll(each.node, each.at);
      }
    }
  }

  /** A function that calls one that it is given with the agent. */
  #handTo({ callee, arguments: given }: Call, at: Standing): void {
    if (callee.type !== 'Identifier') return;
    const owner = this.#code.ownerOf(callee.name, at);
    if (typeof owner === 'string' || !isFunction(owner)) return;
    const index = owner.params.findIndex((each) => namesIn(each).includes(callee.name));
    if (index === -1 || !given.some((each) => this.mayHold(each, at))) return;
    this.#note(this.#handing, owner, index);
  }

  #functionsIn(node: Node, at: Standing): readonly Placed[] {
    if (isFunction(node)) return [{ node, at }];
    if (node.type !== 'Identifier') return [];
    const from = originOf(node.name, at.file, this.#scene.graph) ?? { file: at.file, name: node.name };
    return this.#code.called(`${from.file} ${from.name}`);
  }

  #holdAll(code: Node, at: Standing): void {
    if (!isFunction(code)) return;
    for (const name of code.params.flatMap(namesIn))
      this.#hold(name, { ...at, around: [...at.around, code] });
  }

  /** Gives a parameter of a function what stands elsewhere. */
  #give(code: Node, index: number, value: Node, own: Standing, at: Standing): void {
    const param = isFunction(code) ? code.params[index] : undefined;
    if (param === undefined) return;
    const named = param.type === 'TSParameterProperty' ? param.parameter : param;
    this.#bind(named, value, { ...own, around: [...own.around, code] }, at);
  }

  /** Gives the names of a pattern, or a field, what a value may be. */
  #bind(pattern: Node, value: Node, own: Standing, at: Standing): void {
    switch (pattern.type) {
      case 'AssignmentPattern':
        this.#bind(pattern.left, value, own, at);
        break;
      case 'RestElement':
        this.#bind(pattern.argument, value, own, at);
        break;
      case 'Identifier':
        if (this.mayHold(value, at)) this.#hold(pattern.name, own);
        return;
      case 'MemberExpression':
        if (!this.mayHold(value, at)) return;
        if (writtenName(pattern.property, pattern.computed) === undefined)
          this.#bind(pattern.object, value, own, at);
        else this.#keepField(writtenName(pattern.property, pattern.computed), own);
        return;
      case 'ArrayPattern': {
        const elements = elementsOf(value);
        for (const [index, each] of pattern.elements.entries()) {
          const element = elements ? elements[index] : value;
          if (each && element) this.#bind(each, element, own, at);
        }
        return;
      }
      case 'ObjectPattern':
        this.#bindParts(pattern, value, own, at);
        break;
      default:
    }
  }

  #bindParts(
    { properties }: Extract<Node, { type: 'ObjectPattern' }>,
    value: Node,
    own: Standing,
    at: Standing,
  ): void {
    for (const each of properties) {
      const name = each.type === 'ObjectProperty' ? keyName(each) : undefined;
      const isHeld = name === undefined ? this.mayHold(value, at) : this.#isField(name, at);
      const target = each.type === 'ObjectProperty' ? each.value : each.argument;
      if (isHeld) for (const local of patternNames(target)) this.#hold(local, own);
    }
  }

  #ofType(pattern: Node, at: Standing): void {
    if (isSaidToBe(pattern, this.#scene.options.agentClass))
      for (const name of patternNames(pattern)) this.#hold(name, at);
  }

  #hold(name: string, at: Standing): void {
    this.#note(this.#held, this.#code.ownerOf(name, at), name);
  }

  #keepField(name: string | undefined, { file }: Standing): void {
    if (name === undefined) return;
    this.#note(this.#fields, file, name);
    this.#note(this.#fields, ANY, name);
  }

  #gives(code: Node | undefined): void {
    if (code !== undefined) this.#note(this.#giving, ANY, code);
  }

  #note<Key, Name>(names: Map<Key, Set<Name>>, key: Key, name: Name): void {
    if (add(names, key, name)) this.#isSettled = false;
  }
}
