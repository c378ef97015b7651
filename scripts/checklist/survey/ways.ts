import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { Node } from '@babel/types';
import type { ModuleGraph } from '../source/module-graph.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { isCall, type Names, step, WayNames } from './way-names.ts';
import {
  appliedTo,
  type Call,
  formBelow,
  givenBackBy,
  isCallNode,
  isChoice,
  isField,
  isFunction,
  isNoUse,
  isPlainKey,
  onlyLooks,
  opensNames,
  partsOf,
  wrapped,
} from './way-syntax.ts';
import { type HandedBack, HandingBack } from './handed-back.ts';
import { isNode } from '../source/walk.ts';
import type { Way } from '../cache/way.ts';

/** A use of what a module exports, by whatever way it is reached. */
export interface WayUse {
  way: Way;
  /** The whole chain, as in `agents.fresh().list()`. */
  node: Node;
  /**
   * Whether what it gives is used or dropped; or whether it is handed on without being called, exported as what its own
   * module exports, or only kept under a name that is followed.
   */
  form: 'call' | 'dropped' | 'value' | 'exported' | 'kept';
  /** Whether something of an owner is called with it, or with what others make of it and keep nothing of. */
  isGivenBack: HandedBack;
}

/**
 * Every use that a module makes of what it imports, requires or loads later: through namespaces, patterns, variables,
 * fields, instances and what calls give. A name is followed within the file, not into the functions that it is given to.
 *
 * @param owners the files of which is told also where they are loaded in a way that nobody can be sure of
 */
export function wayUses(model: ModuleModel, graph: ModuleGraph, owners: Iterable<string>): WayUse[] {
  const reader = new WayReader(new WayNames(model, graph, owners), model, new HandingBack(graph));
  // What a method keeps in a field may be used above it.
  reader.readAll();
  return reader.readAll();
}

class WayReader {
  readonly #model: ModuleModel;
  readonly #names: WayNames;
  readonly #handing: HandingBack;
  #uses: WayUse[] = [];

  constructor(names: WayNames, model: ModuleModel, handing: HandingBack) {
    this.#handing = handing;
    this.#names = names;
    this.#model = model;
  }

  readAll(): WayUse[] {
    this.#uses = [];
    this.#look(this.#model.program, [this.#names.imported], 'value', false);
    return this.#uses;
  }

  #look(node: Node, names: readonly Names[], form: WayUse['form'], isGivenBack: HandedBack): void {
    if (isNoUse(node)) return;
    const inner = opensNames(node) ? [...names, new Map()] : names;
    if (inner !== names) this.#names.declareIn(node, inner);
    if (node.type === 'VariableDeclarator' && node.init) {
      this.#names.keep(node.id, node.init, inner);
      this.#lookAtPattern(node.id, inner);
    }
    if (node.type === 'VariableDeclaration' && node.kind === 'var') this.#names.keepForAll(node, inner);
    if (node.type === 'AssignmentExpression') {
      this.#names.keep(node.left, node.right, inner, true);
      this.#noteWrite(node, node.left, inner);
    }
    if (node.type === 'UnaryExpression' && node.operator === 'delete')
      this.#noteWrite(node, node.argument, inner);
    if (isField(node) && node.value) this.#names.keepField(node.key, node.value, inner);
    const ways = isChoice(node) ? [] : this.#names.waysOf(node, inner);
    if (ways.length > 0) {
      for (const way of ways) this.#use(way, node, form, isGivenBack);
      this.#lookAtArguments(node, inner, isGivenBack);
      return;
    }
    if (node.type === 'CallExpression' && this.#readThen(node, inner)) return;
    const looksOnly = onlyLooks(node);
    for (const [key, value] of Object.entries(node)) {
      if (isPlainKey(node, key)) continue;
      const below = formBelow(node, key, form);
      if (key === 'params' && isFunction(node)) {
        for (const each of node.params) this.#lookAtPattern(each, inner);
        continue;
      }
      for (const [index, child] of (Array.isArray(value) ? value : [value]).entries()) {
        if (!isNode(child) || (looksOnly && this.#isUncalled(child, inner))) continue;
        const isBack =
          key === 'arguments' && isCallNode(node)
            ? this.#comesBack(node, index, isGivenBack, inner)
            : isGivenBack;
        this.#look(child, inner, below, isBack);
      }
    }
    if (node.type === 'Program') this.#exportNames(inner);
  }

  #use(way: Way, node: Node, form: WayUse['form'], isGivenBack: HandedBack): void {
    const isDone = isCall(way);
    const used = form === 'dropped' ? 'dropped' : 'call';
    const handed = form === 'dropped' ? 'value' : form;
    this.#uses.push({ way, node, form: isDone ? used : handed, isGivenBack });
  }

  #isUncalled(node: Node, names: readonly Names[]): boolean {
    const ways = this.#names.waysOf(node, names);
    return ways.length > 0 && ways.every((way) => !isCall(way));
  }

  /** What is kept under a name that the module exports is in the hands of others. */
  #exportNames(names: readonly Names[]): void {
    for (const exported of this.#model.exports.values()) {
      const node = 'local' in exported ? this.#model.declarations.get(exported.local) : undefined;
      if (node === undefined || !('local' in exported)) continue;
      for (const way of this.#names.waysOfName(exported.local, names))
        if (!isCall(way)) this.#uses.push({ way, node, form: 'value', isGivenBack: false });
    }
  }

  /** What a pattern gives where it is given nothing, and what its keys are made of. */
  #lookAtPattern(pattern: Node, names: readonly Names[]): void {
    switch (pattern.type) {
      case 'AssignmentPattern':
        this.#lookAtPattern(pattern.left, names);
        this.#look(pattern.right, names, 'kept', false);
        return;
      case 'RestElement':
        this.#lookAtPattern(pattern.argument, names);
        return;
      case 'TSParameterProperty':
        this.#lookAtPattern(pattern.parameter, names);
        return;
      case 'ArrayPattern':
        for (const each of pattern.elements) if (each) this.#lookAtPattern(each, names);
        return;
      case 'ObjectPattern':
        for (const each of pattern.properties) {
          if (each.type === 'ObjectProperty' && each.computed) this.#look(each.key, names, 'value', false);
          this.#lookAtPattern(each.type === 'ObjectProperty' ? each.value : each, names);
        }
        return;
      default:
    }
  }

  /** What stands inside of a chain and is no part of it: arguments and computed names. */
  #lookAtArguments(node: Node, names: readonly Names[], isGivenBack: HandedBack = false): void {
    if (isCallNode(node)) {
      const isOfOwner = this.#names.waysOf(node.callee, names).some((way) => this.#names.isOfOwner(way));
      for (const [position, each] of node.arguments.entries()) {
        if (position === 0 && appliedTo(node) !== undefined) continue;
        this.#look(each, names, 'value', isOfOwner || this.#comesBack(node, position, isGivenBack, names));
        if (isOfOwner) this.#giveBack(each);
      }
      this.#lookAtArguments(node.callee, names);
      return;
    }
    if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
      if (node.computed) this.#look(node.property, names, 'value', false);
      this.#lookAtArguments(node.object, names);
      return;
    }
    if (isChoice(node)) {
      for (const each of partsOf(node)) {
        if (this.#names.waysOf(each, names).length === 0) this.#look(each, names, 'value', false);
        else this.#lookAtArguments(each, names);
      }
      return;
    }
    if (node.type === 'SequenceExpression')
      for (const each of node.expressions.slice(0, -1)) this.#look(each, names, 'dropped', false);
    const below = wrapped(node);
    if (below !== undefined) this.#lookAtArguments(below, names);
  }

  /** A function that only calls another is given as that one is. */
  #giveBack(given: Node): void {
    const asked =
      given.type === 'ObjectExpression'
        ? given.properties.map((each) =>
            each.type === 'ObjectProperty' ? givenBackBy(each.value) : undefined,
          )
        : [givenBackBy(given)];
    for (const use of this.#uses) if (asked.includes(use.node)) use.form = 'value';
  }

  /** Whether what a call is given is in the hands of those alone who have what it gives. */
  #comesBack(call: Call, position: number, isGivenBack: HandedBack, names: readonly Names[]): HandedBack {
    if (isGivenBack === false) return false;
    // The module's own names are the second that are known.
    const isHidden = (name: string) => names.slice(2).some((each) => each.has(name));
    const back = this.#handing.ofCall(call, position, this.#model, isHidden);
    return back === true ? isGivenBack : back;
  }

  /** `import('x').then(({ make }) => make())` */
  #readThen(node: Extract<Node, { type: 'CallExpression' }>, names: readonly Names[]): boolean {
    const { callee } = node;
    if (callee.type !== 'MemberExpression' || writtenName(callee.property, callee.computed) !== 'then')
      return false;
    const ways = this.#names.waysOf(callee.object, names);
    const [next] = node.arguments;
    if (ways.length === 0 || next === undefined || !isFunction(next)) return false;
    const inner = [...names, new Map()];
    this.#names.declareIn(next, inner);
    const [first] = next.params;
    if (first) this.#names.bind(first, ways, inner);
    this.#look(next.body, inner, 'value', false);
    for (const each of node.arguments.slice(1)) this.#look(each, names, 'value', false);
    return true;
  }

  /** Notes what is set from outside: `cache.agent = undefined` lets go of the agent as a call does. */
  #noteWrite(node: Node, target: Node, names: readonly Names[]): void {
    if (target.type !== 'MemberExpression') return;
    for (const owner of this.#names.waysOf(target.object, names)) {
      if (owner.name === '*') continue;
      const way = step(owner, {
        kind: 'write',
        name: this.#names.nameOf(target.property, target.computed, names),
      });
      this.#uses.push({ way, node, form: 'dropped', isGivenBack: false });
    }
  }
}
