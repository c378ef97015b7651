import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { Node, VariableDeclaration } from '@babel/types';
import type { ModuleGraph } from '../source/module-graph.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { givenBy } from './given.ts';
import {
  appliedTo,
  givenBackBy,
  hoistedNames,
  isChoice,
  isFunction,
  isMemberOf,
  lookedUp,
  statementsOf,
  valuesOf,
  wrapped,
} from './way-syntax.ts';
import { toldName } from './told-name.ts';
import { UntoldLoads } from './untold-loads.ts';
import { type Given, type Step, UNTOLD, type Way, wayKey } from '../cache/way.ts';

/** What a name may stand for: ways, or something else, which hides the names around it. */
export type Names = Map<string, readonly Way[] | null>;

/** The ways that the expressions of a module may be, by the names that are known where they stand. */
export class WayNames {
  /** What the module imports. */
  readonly imported: Names = new Map();
  readonly #model: ModuleModel;
  readonly #graph: ModuleGraph;
  /** What is kept in fields of whatever object, and assigned to names that were declared before. */
  readonly #assigned = new Map<string, readonly Way[]>();

  readonly #loads: UntoldLoads;
  readonly #owners: ReadonlySet<string>;

  /** @param owners the files of which is told when they are loaded in some other way */
  constructor(model: ModuleModel, graph: ModuleGraph, owners: Iterable<string>) {
    this.#model = model;
    this.#graph = graph;
    this.#owners = new Set(owners);
    this.#loads = new UntoldLoads(model, graph, this.#owners);
    for (const [local, { specifier, name }] of model.imports)
      this.imported.set(local, this.#loaded(specifier, name));
  }

  #loaded(specifier: string, name = '*'): readonly Way[] | null {
    const file = this.#graph.resolve(this.#model.file, specifier);
    return file === undefined ? null : [{ file, name, steps: [] }];
  }

  /** Whether a way is through what an owner exports: what it is called with is judged with it. */
  isOfOwner({ file, name }: Way): boolean {
    if (name === '*' || this.#owners.has(file)) return true;
    const origin = this.#graph.origin(file, name);
    return origin !== undefined && 'model' in origin && this.#owners.has(origin.model.file);
  }

  declareIn(node: Node, names: readonly Names[]): void {
    if (isFunction(node)) {
      for (const each of [...hoistedNames(node.body), ...node.params]) this.bind(each, null, names);
      if (node.type === 'FunctionExpression' && node.id) this.bind(node.id, null, names);
    }
    if (node.type === 'CatchClause' && node.param) this.bind(node.param, null, names);
    const body = statementsOf(node);
    for (const each of body) {
      const statement = each.type === 'ExportNamedDeclaration' && each.declaration ? each.declaration : each;
      if (statement.type === 'VariableDeclaration')
        for (const { id, init } of statement.declarations) {
          this.bind(id, null, names);
          if (init) this.keep(id, init, names);
        }
      else if (
        'id' in statement &&
        statement.id?.type === 'Identifier' &&
        !this.imported.has(statement.id.name)
      )
        names.at(-1)?.set(statement.id.name, null);
    }
  }

  /** Remembers what a variable, a pattern or a field holds. */
  keep(target: Node, value: Node, names: readonly Names[], isAssignment = false): void {
    // The module's own names and what it imports: no function is around, which would run again.
    const isOnce = !isAssignment && names.length === 2;
    const ways = isOnce ? this.waysOf(value, names).map(takenOnce) : this.waysOf(value, names);
    if (!isAssignment) this.bind(target, ways.length === 0 ? null : ways, names);
    else if (ways.length === 0) return;
    else if (target.type === 'Identifier') this.#assign(target.name, ways);
    else if (target.type === 'MemberExpression') this.keepField(target.property, value, names);
  }

  /** A `var` has its name in the blocks around it, too. */
  keepForAll({ declarations }: VariableDeclaration, names: readonly Names[]): void {
    for (const { id, init } of declarations) {
      const ways = init && id.type === 'Identifier' ? this.waysOf(init, names) : [];
      if (id.type === 'Identifier' && ways.length > 0) this.#assign(id.name, ways);
    }
  }

  keepField(key: Node, value: Node, names: readonly Names[]): void {
    const ways = this.waysOf(value, names);
    const name = writtenName(key, false);
    if (ways.length > 0 && name !== undefined) this.#assign(`.${name}`, ways);
  }

  #assign(name: string, ways: readonly Way[]): void {
    const known = this.#assigned.get(name) ?? [];
    this.#assigned.set(name, without(ways, known).concat(known));
  }

  bind(pattern: Node, ways: readonly Way[] | null, names: readonly Names[]): void {
    switch (pattern.type) {
      case 'Identifier':
        names.at(-1)?.set(pattern.name, ways);
        return;
      case 'AssignmentPattern': {
        const usual = this.waysOf(pattern.right, names);
        this.bind(pattern.left, usual.length === 0 ? ways : [...(ways ?? []), ...usual], names);
        return;
      }
      case 'TSParameterProperty': {
        const { parameter } = pattern;
        this.bind(parameter, ways, names);
        if (parameter.type === 'AssignmentPattern') this.keepField(parameter.left, parameter.right, names);
        return;
      }
      case 'RestElement':
        this.bind(pattern.argument, ways, names);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') this.bind(property.argument, ways, names);
          else {
            const name = this.nameOf(property.key, property.computed, names);
            this.bind(property.value, ways?.map((way) => member(way, name)) ?? null, names);
          }
        }
        return;
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element) this.bind(element, null, names);
        return;
      default:
    }
  }

  waysOf(node: Node, names: readonly Names[]): readonly Way[] {
    const required = loadedName(node);
    if (required !== undefined) return this.#loaded(required.specifier, required.name) ?? [];
    const looked = lookedUp(node);
    if (looked !== undefined) {
      const name = this.nameOf(looked[1], true, names);
      return this.waysOf(looked[0], names).map((way) => member(way, name));
    }
    const untold = this.#loads.filesOf(node);
    if (untold.length > 0) return untold.map((file) => ({ file, name: '*', steps: [] }));
    switch (node.type) {
      case 'Identifier':
        return this.waysOfName(node.name, names);
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const name = this.nameOf(node.property, node.computed, names);
        const ways = this.waysOf(node.object, names);
        if (name === '__proto__') return ways;
        if (ways.length > 0) return ways.map((way) => member(way, name));
        return (node.object.type === 'ThisExpression' && this.#assigned.get(`.${name}`)) || [];
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.#waysOfCall(node, names);
      case 'NewExpression': {
        const args = this.#given(node.arguments, names);
        return this.waysOf(node.callee, names).map((way) => step(way, { kind: 'new', args }));
      }
      default: {
        if (isChoice(node)) return valuesOf(node).flatMap((each) => this.waysOf(each, names));
        const below = wrapped(node);
        return below ? this.waysOf(below, names) : [];
      }
    }
  }

  /** The name of a member where it is used, as far as constants decide it. */
  nameOf(key: Node, computed: boolean, names: readonly Names[]): string | undefined {
    // The module's own names are the second that are known.
    const isHidden = (name: string) => names.slice(2).some((each) => each.has(name));
    return toldName(key, computed, this.#model, this.#graph, isHidden);
  }

  waysOfName(name: string, names: readonly Names[]): readonly Way[] {
    const known = names.findLast((each) => each.has(name))?.get(name);
    const assigned = this.#assigned.get(name) ?? [];
    return known == null ? assigned : known.concat(without(assigned, known));
  }

  #waysOfCall(
    node: Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' }>,
    names: readonly Names[],
  ): readonly Way[] {
    const { callee } = node;
    const [first] = node.arguments;
    // A prototype is asked for what an instance is asked for, too.
    if (first && isMemberOf(callee, 'Object', /^(?:getPrototypeOf|create)$/)) {
      const of = this.waysOf(first, names);
      const isCopied = isMemberOf(callee, 'Object', /^create$/);
      return isCopied ? of.map((way) => step(member(way, 'constructor'), { kind: 'new', args: [] })) : of;
    }
    if (first && isMemberOf(callee, 'Reflect', /^getPrototypeOf$/)) return this.waysOf(first, names);
    const applied = appliedTo(node);
    if (applied !== undefined) return this.#called(applied, node.arguments[2], names);
    if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
      const name = this.nameOf(callee.property, callee.computed, names);
      const of = this.waysOf(callee.object, names);
      if (of.length === 0 && callee.object.type !== 'ThisExpression') return [];
      const given = (): Given[] => this.#given(node.arguments.slice(1), names);
      if (of.length > 0 && name === 'bind')
        return of.map((way) => step(way, { kind: 'bind', args: given() }));
      if (of.length > 0 && name === 'call')
        return of.map((way) => step(way, { kind: 'call', args: given() }));
      if (of.length > 0 && name === 'apply') return this.#called(callee.object, node.arguments[1], names);
      if (of.length > 0 && name === 'then' && isFunction(node.arguments[0])) return [];
      if (of.length > 0 && (name === 'catch' || name === 'finally')) return of;
    }
    const args = this.#given(node.arguments, names);
    return this.waysOf(callee, names).map((way) => step(way, { kind: 'call', args }));
  }

  /** The ways of a function that is called with a list of arguments. */
  #called(callee: Node, list: Node | undefined, names: readonly Names[]): readonly Way[] {
    const told = list?.type === 'ArrayExpression' ? this.#given(list.elements, names) : list && UNTOLD;
    return this.waysOf(callee, names).map((way) => step(way, { kind: 'call', args: told ?? [] }));
  }

  #given(nodes: readonly (Node | null)[], names: readonly Names[]): Given[] {
    return nodes.map((node) =>
      node
        ? { ...this.#withWays(givenBy(node, this.#model, this.#graph), node, names), node }
        : { value: undefined },
    );
  }

  /** What is given, with the functions of owners in it: whoever is given one that builds may call it at once. */
  #withWays(given: Given, node: Node, names: readonly Names[]): Given {
    if (node.type === 'ObjectExpression' && given.properties !== undefined) {
      const properties = { ...given.properties };
      for (const each of node.properties) {
        const name = each.type === 'ObjectProperty' ? writtenName(each.key, each.computed) : undefined;
        const known = name === undefined ? undefined : properties[name];
        if (each.type === 'ObjectProperty' && name !== undefined && known !== undefined)
          properties[name] = this.#withWays(known, each.value, names);
      }
      return { ...given, properties };
    }
    const asked = givenBackBy(node);
    const [way, ...others] = this.waysOf(asked ?? node, names);
    const isKnown = way !== undefined && others.length === 0 && way.name !== '*';
    if (!isKnown || isCall(way) !== (asked !== undefined) || !this.isOfOwner(way)) return given;
    return { ...given, way, ...(asked && { isFunction: true }) };
  }
}

/** A way that is gone when the module that uses it is loaded. */
export function takenOnce(way: Way): Way {
  return {
    ...way,
    steps: way.steps.map((each) => ('args' in each ? { ...each, isOnce: true } : each)),
  };
}

export function isCall({ steps }: Way): boolean {
  const last = steps.at(-1)?.kind;
  return last === 'call' || last === 'new';
}

function without(ways: readonly Way[], known: readonly Way[]): Way[] {
  const keys = new Set(known.map(wayKey));
  return ways.filter((way) => !keys.has(wayKey(way)));
}

export function step(way: Way, next: Step): Way {
  // A module that is called or constructed is what it exports as a whole.
  if (way.name === '*' && way.steps.length === 0 && next.kind !== 'member')
    return { ...way, name: 'default', steps: [next] };
  return { ...way, steps: [...way.steps, next] };
}

function member(way: Way, name: string | undefined): Way {
  if (way.name === '*' && way.steps.length === 0 && name !== undefined) return { ...way, name };
  return step(way, { kind: 'member', name });
}
