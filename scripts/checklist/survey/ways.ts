import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { Node } from '@babel/types';
import type { ModuleGraph } from '../source/module-graph.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { givenBy } from './given.ts';
import { isFunction, isNoUse, isPlainKey, opensNames, statementsOf, wrapped } from './way-syntax.ts';
import { isNode } from '../source/walk.ts';
import type { Given, Step, Way } from '../cache/way.ts';

/** A use of what a module exports, by whatever way it is reached. */
export interface WayUse {
  way: Way;
  /** The whole chain, as in `agents.fresh().list()`. */
  node: Node;
  /** Whether what it gives is used, dropped, or whether it is handed on without being called. */
  form: 'call' | 'dropped' | 'value';
  /** Whether something that is reached by a way itself is called with it. */
  isGivenBack: boolean;
}

/** What a name stands for: a way, or something else, which hides the names around it. */
type Names = Map<string, Way | null>;

/**
 * Every use that a module makes of what it imports, requires or loads later: through namespaces, patterns, variables,
 * fields, instances and what calls give. A name is followed within the file, not into the functions that it is given to.
 */
export function wayUses(model: ModuleModel, graph: ModuleGraph): WayUse[] {
  const reader = new WayReader(model, graph);
  // What a method keeps in a field may be used above it.
  reader.readAll();
  return reader.readAll();
}

/** Arguments of which nothing is told. */
const UNTOLD: readonly Given[] = [{}, {}, {}, {}];

class WayReader {
  readonly #model: ModuleModel;
  readonly #graph: ModuleGraph;
  readonly #imports: Names = new Map();
  /** What is kept in fields of whatever object, and assigned to names that were declared before. */
  readonly #assigned = new Map<string, Way>();
  #uses: WayUse[] = [];

  constructor(model: ModuleModel, graph: ModuleGraph) {
    this.#model = model;
    this.#graph = graph;
    for (const [local, { specifier, name }] of model.imports)
      this.#imports.set(local, this.#loaded(specifier, name));
  }

  readAll(): WayUse[] {
    this.#uses = [];
    this.#look(this.#model.program, [this.#imports], 'value', false);
    return this.#uses;
  }

  #loaded(specifier: string, name = '*'): Way | null {
    const file = this.#graph.resolve(this.#model.file, specifier);
    return file === undefined ? null : { file, name, steps: [] };
  }

  #look(node: Node, names: readonly Names[], form: WayUse['form'], isGivenBack: boolean): void {
    if (isNoUse(node)) return;
    const inner = opensNames(node) ? [...names, new Map()] : names;
    if (inner !== names) this.#declareIn(node, inner);
    if (node.type === 'VariableDeclarator' && node.init) this.#keep(node.id, node.init, inner);
    if (node.type === 'AssignmentExpression') {
      this.#keep(node.left, node.right, inner, true);
      this.#noteWrite(node, node.left, inner);
    }
    if (node.type === 'UnaryExpression' && node.operator === 'delete')
      this.#noteWrite(node, node.argument, inner);
    if (node.type === 'ClassProperty' && node.value) this.#keepField(node.key, node.value, inner);
    const way = this.#wayOf(node, inner);
    if (way !== undefined) {
      const last = way.steps.at(-1)?.kind;
      const isCall = last === 'call' || last === 'new';
      this.#uses.push({
        way,
        node,
        form: isCall ? (form === 'dropped' ? 'dropped' : 'call') : 'value',
        isGivenBack,
      });
      this.#lookAtArguments(node, inner);
      return;
    }
    if (node.type === 'CallExpression' && this.#readThen(node, inner)) return;
    for (const [key, value] of Object.entries(node)) {
      if (isPlainKey(node, key)) continue;
      const isDropped =
        node.type === 'ExpressionStatement' || (form === 'dropped' && node.type === 'AwaitExpression');
      for (const child of Array.isArray(value) ? value : [value])
        if (isNode(child)) this.#look(child, inner, isDropped ? 'dropped' : 'value', isGivenBack);
    }
  }

  /** What stands inside of a chain and is no part of it: arguments and computed names. */
  #lookAtArguments(node: Node, names: readonly Names[]): void {
    if (
      node.type === 'CallExpression' ||
      node.type === 'OptionalCallExpression' ||
      node.type === 'NewExpression'
    ) {
      const isBack = this.#wayOf(node.callee, names) !== undefined;
      for (const each of node.arguments) this.#look(each, names, 'value', isBack);
      this.#lookAtArguments(node.callee, names);
      return;
    }
    if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
      if (node.computed) this.#look(node.property, names, 'value', false);
      this.#lookAtArguments(node.object, names);
      return;
    }
    const below = wrapped(node);
    if (below !== undefined) this.#lookAtArguments(below, names);
  }

  /** `import('x').then(({ make }) => make())` */
  #readThen(node: Extract<Node, { type: 'CallExpression' }>, names: readonly Names[]): boolean {
    const { callee } = node;
    if (callee.type !== 'MemberExpression' || writtenName(callee.property, callee.computed) !== 'then')
      return false;
    const way = this.#wayOf(callee.object, names);
    const [next] = node.arguments;
    if (way === undefined || next === undefined || !isFunction(next)) return false;
    const inner = [...names, new Map()];
    this.#declareIn(next, inner);
    const [first] = next.params;
    if (first) this.#bind(first, way, inner);
    this.#look(next.body, inner, 'value', false);
    for (const each of node.arguments.slice(1)) this.#look(each, names, 'value', false);
    return true;
  }

  #declareIn(node: Node, names: readonly Names[]): void {
    if (isFunction(node)) for (const parameter of node.params) this.#bind(parameter, null, names);
    const body = statementsOf(node);
    for (const each of body) {
      const statement = each.type === 'ExportNamedDeclaration' && each.declaration ? each.declaration : each;
      if (statement.type === 'VariableDeclaration')
        for (const { id, init } of statement.declarations) {
          this.#bind(id, null, names);
          if (init) this.#keep(id, init, names);
        }
      else if (
        'id' in statement &&
        statement.id?.type === 'Identifier' &&
        !this.#isImported(statement.id.name)
      )
        names.at(-1)?.set(statement.id.name, null);
    }
  }

  #isImported(name: string): boolean {
    return this.#imports.has(name);
  }

  /** Notes what is set from outside: `cache.agent = undefined` lets go of the agent as a call does. */
  #noteWrite(node: Node, target: Node, names: readonly Names[]): void {
    if (target.type !== 'MemberExpression') return;
    const owner = this.#wayOf(target.object, names);
    if (owner === undefined || owner.name === '*') return;
    const way = step(owner, { kind: 'write', name: writtenName(target.property, target.computed) });
    this.#uses.push({ way, node, form: 'dropped', isGivenBack: false });
  }

  /** Remembers what a variable, a pattern or a field holds. */
  #keep(target: Node, value: Node, names: readonly Names[], isAssignment = false): void {
    const way = this.#wayOf(value, names);
    if (way === undefined) return;
    if (!isAssignment) this.#bind(target, way, names);
    else if (target.type === 'Identifier') this.#assigned.set(target.name, way);
    else if (target.type === 'MemberExpression') this.#keepField(target.property, value, names);
  }

  #keepField(key: Node, value: Node, names: readonly Names[]): void {
    const way = this.#wayOf(value, names);
    const name = writtenName(key, false);
    if (way !== undefined && name !== undefined) this.#assigned.set(`.${name}`, way);
  }

  #bind(pattern: Node, way: Way | null, names: readonly Names[]): void {
    switch (pattern.type) {
      case 'Identifier':
        names.at(-1)?.set(pattern.name, way);
        return;
      case 'AssignmentPattern':
        this.#bind(pattern.left, way, names);
        return;
      case 'TSParameterProperty':
        this.#bind(pattern.parameter, way, names);
        return;
      case 'RestElement':
        this.#bind(pattern.argument, way, names);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') this.#bind(property.argument, way, names);
          else
            this.#bind(
              property.value,
              way && member(way, writtenName(property.key, property.computed)),
              names,
            );
        }
        return;
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element) this.#bind(element, null, names);
        return;
      default:
    }
  }

  #wayOf(node: Node, names: readonly Names[]): Way | undefined {
    const required = loadedName(node);
    if (required !== undefined) return this.#loaded(required.specifier, required.name) ?? undefined;
    switch (node.type) {
      case 'Identifier':
        return this.#wayOfName(node.name, names);
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const way = this.#wayOf(node.object, names);
        const name = writtenName(node.property, node.computed);
        if (way !== undefined) return member(way, name);
        return node.object.type === 'ThisExpression' ? this.#assigned.get(`.${name}`) : undefined;
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.#wayOfCall(node, names);
      case 'NewExpression': {
        const way = this.#wayOf(node.callee, names);
        return way && step(way, { kind: 'new', args: this.#given(node.arguments) });
      }
      case 'LogicalExpression':
        return this.#wayOf(node.left, names) ?? this.#wayOf(node.right, names);
      case 'ConditionalExpression':
        return this.#wayOf(node.consequent, names) ?? this.#wayOf(node.alternate, names);
      default: {
        const below = wrapped(node);
        return below && this.#wayOf(below, names);
      }
    }
  }

  #wayOfName(name: string, names: readonly Names[]): Way | undefined {
    for (const each of names.toReversed()) {
      const known = each.get(name);
      if (known !== undefined) return known ?? this.#assigned.get(name);
    }
    return undefined;
  }

  #wayOfCall(
    node: Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' }>,
    names: readonly Names[],
  ): Way | undefined {
    const { callee } = node;
    if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
      const name = writtenName(callee.property, callee.computed);
      const of = this.#wayOf(callee.object, names);
      if (of === undefined && callee.object.type !== 'ThisExpression') return undefined;
      if (of !== undefined && name === 'bind') return of;
      if (of !== undefined && name === 'call')
        return step(of, { kind: 'call', args: this.#given(node.arguments.slice(1)) });
      if (of !== undefined && name === 'apply') {
        const list = node.arguments[1];
        const args = list?.type === 'ArrayExpression' ? this.#given(list.elements) : list && UNTOLD;
        return step(of, { kind: 'call', args: args ?? [] });
      }
      if (of !== undefined && name === 'then' && isFunction(node.arguments[0])) return undefined;
      if (of !== undefined && (name === 'catch' || name === 'finally')) return of;
    }
    const way = this.#wayOf(callee, names);
    return way && step(way, { kind: 'call', args: this.#given(node.arguments) });
  }

  #given(nodes: readonly (Node | null)[]): Given[] {
    return nodes.map((node) => (node ? givenBy(node, this.#model) : { value: undefined }));
  }
}

function step(way: Way, next: Step): Way {
  // A module that is called or constructed is what it exports as a whole.
  if (way.name === '*' && next.kind !== 'member') return { ...way, name: 'default', steps: [next] };
  return { ...way, steps: [...way.steps, next] };
}

function member(way: Way, name: string | undefined): Way {
  if (way.name === '*' && way.steps.length === 0 && name !== undefined) return { ...way, name };
  return step(way, { kind: 'member', name });
}
