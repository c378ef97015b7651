import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { patternNames } from '../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { ModuleGraph, Origin } from '../source/module-graph.ts';
import { declares, mentions, usesArguments } from './names-inside.ts';
import { type Call, isFunction, isMemberOf, lastName, partsOf } from './way-syntax.ts';

/** Whether what a function is given comes back in what it gives, and nowhere else: `perhaps` where nobody can see. */
export type HandedBack = boolean | 'perhaps';

/** Functions of packages that only wrap what they are given, by their names. */
const WRAPS =
  /^_?(?:p?-?retry|once|memo\w*|p?limit|throttle\w*|debounce\w*|(?:p|with)?timeout|wrap\w*|bind\w*|partial\w*|curry\w*|pipe|flow|compose|trace\w*|measure\w*|instrument\w*|promisify|callbackify|backoff|with[A-Z]\w*)$/i;
/** Methods that leave what they are given in something else. */
const LEAVES =
  /^(?:push|unshift|splice|set|add|append|register\w*|provide|bind|use|on|once|emit|subscribe|write|define\w*)$/;
const SHOWS = /^(?:log|debug|info|warn|error|trace|dir)$/;
/** Objects that hold what they are made of, and leave it nowhere else. */
const HOLDERS = /^(?:Map|Set|WeakMap|WeakSet|WeakRef|Proxy)$/;
const DEEPEST = 6;

type FunctionNode = Node & { params: Node[]; body: Node };

/** Tells what becomes of what is given to functions of a tree, by their bodies. */
export class HandingBack {
  readonly #graph: ModuleGraph;
  readonly #known = new Map<Node, Map<number, HandedBack>>();
  /** What is asked at the moment, and whether some of it came back to itself. */
  readonly #open: { node: Node; position: number }[] = [];
  #isCircle = false;
  /** What was told since then, which may come out otherwise when it is asked by itself. */
  #leaning: { node: Node; position: number }[] = [];

  constructor(graph: ModuleGraph) {
    this.#graph = graph;
  }

  /** @param isHidden whether a name means something else at the call than what its module declares */
  ofCall(
    call: Call,
    position: number,
    model: ModuleModel,
    isHidden: (name: string) => boolean,
    depth = 0,
  ): HandedBack {
    const { callee } = call;
    const name = lastName(callee);
    const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
    if (isMemberOf(callee, 'Object', /^(?:freeze|seal|assign|fromEntries)$/))
      // What is assigned to comes first.
      return !/^assign$/.test(name) || isLiteralObject(call.arguments[0]);
    if (isMemberOf(callee, 'Promise', /^resolve$/) || isMemberOf(callee, 'console', /./)) return true;
    const target = depth > DEEPEST ? undefined : this.#called(callee, model, isHidden);
    if (target === 'package') return WRAPS.test(name) ? true : LEAVES.test(name) ? false : 'perhaps';
    if (target !== undefined && target.length > 0)
      return together(target.map((each) => this.#ofFunction(each, position, depth)));
    return isMember && LEAVES.test(name) ? false : 'perhaps';
  }

  /** The functions that a callee may mean: for a method of something that is not known, all of that name. */
  #called(
    callee: Node,
    model: ModuleModel,
    isHidden: (name: string) => boolean,
  ): readonly Found[] | 'package' | undefined {
    if (isFunction(callee)) return [{ node: callee, model }];
    if (callee.type === 'Identifier') {
      if (isHidden(callee.name)) return undefined;
      const imported = model.imports.get(callee.name);
      if (imported !== undefined) return found(this.#graph.imported(model.file, imported));
      const declared = functionOf(model.declarations.get(callee.name));
      return declared && [{ node: declared, model }];
    }
    if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return undefined;
    const name = writtenName(callee.property, callee.computed);
    if (name === undefined) return undefined;
    const { object } = callee;
    const imported = object.type === 'Identifier' ? model.imports.get(object.name) : undefined;
    if (imported !== undefined) {
      const target = this.#graph.resolve(model.file, imported.specifier);
      if (target === undefined) return 'package';
      if (imported.name === '*' || this.#graph.model(target)?.isCommonJs)
        return found(this.#graph.imported(model.file, { ...imported, name }));
    }
    const files = [...model.imports.values()].flatMap(
      ({ specifier }) => this.#graph.resolve(model.file, specifier) ?? [],
    );
    return [model, ...[...new Set(files)].flatMap((file) => this.#graph.model(file) ?? [])].flatMap((each) =>
      methodsIn(each.program, name).map((node) => ({ node, model: each })),
    );
  }

  #ofFunction({ node, model }: Found, position: number, depth: number): HandedBack {
    const known = this.#known.get(node) ?? new Map<number, HandedBack>();
    this.#known.set(node, known);
    const present = known.get(position);
    if (present !== undefined) return present;
    // One that calls itself hands back what its other ways do.
    if (this.#open.some((each) => each.node === node && each.position === position)) {
      this.#isCircle = true;
      return true;
    }
    this.#open.push({ node, position });
    const result = isFunction(node)
      ? new Parameter(node, model, this, depth).handedBack(position)
      : 'perhaps';
    this.#open.pop();
    known.set(position, result);
    if (this.#isCircle) this.#leaning.push({ node, position });
    if (this.#open.length === 0) this.#forgetLeaning();
    return result;
  }

  #forgetLeaning(): void {
    // What was asked first has seen all that it leads to.
    for (const { node, position } of this.#leaning.slice(0, -1)) this.#known.get(node)?.delete(position);
    this.#leaning = [];
    this.#isCircle = false;
  }
}

interface Found {
  node: Node;
  model: ModuleModel;
}

/** What becomes of one parameter of a function. */
class Parameter {
  readonly #fn: FunctionNode;
  readonly #model: ModuleModel;
  readonly #handing: HandingBack;
  readonly #depth: number;
  /** What holds it. */
  readonly #names = new Set<string>();
  readonly #faults = new Set<HandedBack>();

  constructor(fn: FunctionNode, model: ModuleModel, handing: HandingBack, depth: number) {
    this.#fn = fn;
    this.#model = model;
    this.#handing = handing;
    this.#depth = depth;
  }

  handedBack(position: number): HandedBack {
    const { params, body } = this.#fn;
    const last = params.length - 1;
    const param = params[position > last && params[last]?.type === 'RestElement' ? last : position];
    if (usesArguments(this.#fn)) return 'perhaps';
    if (param === undefined) return true;
    // A field of the instance is in the hands of whoever has the instance.
    if (param.type === 'TSParameterProperty') return 'perhaps';
    for (const each of patternNames(param)) this.#names.add(each);
    for (let size = -1; size !== this.#names.size; ) {
      size = this.#names.size;
      this.#holds(body, false);
    }
    return together([...this.#faults]);
  }

  /**
   * Whether what a node comes to holds it; faults are what leaves it anywhere.
   * @param isLater whether it is in a function that runs once somebody asks what was handed back
   */
  #holds(node: Node, isLater: boolean): boolean {
    if (isFunction(node)) return this.#holdsFunction(node);
    switch (node.type) {
      case 'Identifier':
        return this.#names.has(node.name);
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const holds = this.#holds(node.object, isLater);
        if (node.computed) this.#holds(node.property, isLater);
        return holds && !/^(?:name|length)$/.test(lastName(node));
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        return this.#holdsCall(node, isLater);
      case 'VariableDeclarator':
        if (node.init && this.#holds(node.init, isLater))
          for (const name of patternNames(node.id)) this.#names.add(name);
        return false;
      case 'AssignmentExpression': {
        const holds = this.#holds(node.right, isLater);
        if (holds) this.#keepIn(node.left);
        return holds;
      }
      case 'ConditionalExpression':
      case 'LogicalExpression':
        return partsOf(node)
          .map((each) => this.#holds(each, isLater) && !('test' in node && each === node.test))
          .includes(true);
      case 'UnaryExpression':
      case 'BinaryExpression':
      case 'TemplateLiteral':
        this.#below(node, isLater);
        return false;
      case 'ThrowStatement':
      case 'YieldExpression':
      case 'TaggedTemplateExpression':
      case 'ClassDeclaration':
      case 'ClassExpression':
      case 'ForOfStatement':
      case 'ForInStatement':
        if (this.#below(node, isLater)) this.#faults.add('perhaps');
        return false;
      default: {
        const holds = this.#below(node, isLater);
        return holds && !/Statement$|Declaration$/.test(node.type);
      }
    }
  }

  #below(node: Node, isLater: boolean): boolean {
    if (node.type.startsWith('TS') && !/Expression$|^TSTypeAssertion$/.test(node.type)) return false;
    return childrenOf(node)
      .filter((child) => !('key' in node && node.key === child && !('computed' in node && node.computed)))
      .map((child) => this.#holds(child, isLater))
      .includes(true);
  }

  #holdsFunction(node: FunctionNode): boolean {
    if (node.params.flatMap(patternNames).some((each) => this.#names.has(each))) return false;
    this.#holds(node.body, true);
    const holds = [...this.#names].some((name) => mentions(node.body, name));
    if (holds && node.type === 'FunctionDeclaration' && node.id) this.#names.add(node.id.name);
    return holds;
  }

  #holdsCall(call: Call, isLater: boolean): boolean {
    const { callee } = call;
    const given = call.arguments.map((each) => this.#holds(each, isLater));
    if (this.#holds(callee, isLater)) {
      if (lastName(callee) === 'bind') return true;
      // What it makes at once, and not when it is asked to, nobody asked for.
      if (!isLater) this.#faults.add('perhaps');
      return false;
    }
    if (!given.includes(true) || SHOWS.test(lastName(callee))) return false;
    if (call.type === 'NewExpression' && HOLDERS.test(lastName(callee))) return true;
    for (const [position, holds] of given.entries())
      if (holds)
        this.#faults.add(this.#handing.ofCall(call, position, this.#model, this.#isHidden, this.#depth + 1));
    return true;
  }

  readonly #isHidden = (name: string): boolean =>
    declares(this.#fn.body, name) || this.#fn.params.flatMap(patternNames).includes(name);

  #keepIn(target: Node): void {
    const isMember = target.type === 'MemberExpression';
    const holder = isMember ? target.object : target;
    if (holder.type === 'Identifier' && declares(this.#fn.body, holder.name)) this.#names.add(holder.name);
    else this.#faults.add(false);
  }
}

/** The worst that is said of several. */
function together(results: readonly HandedBack[]): HandedBack {
  if (results.includes(false)) return false;
  return results.includes('perhaps') ? 'perhaps' : true;
}

function found(origin: Origin | undefined): readonly Found[] | 'package' | undefined {
  if (origin === undefined) return undefined;
  if ('outside' in origin) return 'package';
  const { model, exported } = origin;
  const node =
    'node' in exported
      ? functionOf(exported.node)
      : 'local' in exported
        ? functionOf(model.declarations.get(exported.local))
        : undefined;
  return node && [{ node, model }];
}

function functionOf(declared: Node | undefined): Node | undefined {
  const node = declared?.type === 'VariableDeclarator' ? (declared.init ?? undefined) : declared;
  return node !== undefined && isFunction(node) ? node : undefined;
}

/** The functions that objects and classes have by a name. */
function methodsIn(node: Node, name: string): Node[] {
  const below = childrenOf(node).flatMap((child) => methodsIn(child, name));
  if (
    !('key' in node) ||
    writtenName(node.key as Node, 'computed' in node && node.computed === true) !== name
  )
    return below;
  const value = isFunction(node) ? node : 'value' in node ? functionOf(node.value as Node) : undefined;
  return value === undefined ? below : [value, ...below];
}

function isLiteralObject(node: Node | undefined): boolean {
  return node?.type === 'ObjectExpression';
}
