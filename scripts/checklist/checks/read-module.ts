import type { CallExpression, NewExpression, Node } from '@babel/types';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { walk } from '../source/walk.ts';
import { constantString } from './constant-string.ts';
import { type InstrumentFact, type MeasuresElsewhere, propertyOf, readInstruments } from './instruments.ts';
import { type LoadedName, type ModuleNames, readNames } from './module-facts.ts';
import { chainRoot, lastName, madeBy, type OwnerKind } from './makers.ts';
import { type ImportedOwner, kindOfOwner } from './owners.ts';
import { functionsAround, usedNames } from './used-functions.ts';

/** A route as its file registers it. */
export interface RouteFact {
  /** Upper case; `ALL` answers every method. */
  method: string;
  path: string;
  /** The variable it is registered on. */
  owner: string;
  /** The function that is given that variable, which somebody has to call; undefined where it is none at the top. */
  within?: string;
}

/** What is mounted: a name of the file, or a name of a module that is loaded in place. */
export type Target = { name: string } | ({ loaded: true } & LoadedName);

/** A router hung below a path of another one. */
export interface MountFact {
  prefix: string;
  /** The variable that takes it; empty when a helper does the mounting. */
  owner: string;
  targets: Target[];
}

/** What one module says about routes and metrics. */
export interface ModuleFacts extends ModuleNames {
  routes: RouteFact[];
  mounts: MountFact[];
  metrics: InstrumentFact[];
  /** The names that it uses, and not only declares, imports or exports. */
  used: Set<string>;
  /** What the owners of its routes are. */
  owners: Map<string, OwnerKind>;
}

/** Finds a constant that another module exports. */
export type ImportedConstant = (specifier: string, name: string) => Node | undefined;

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);
const MOUNTS = new Set(['use', 'mount', 'register']);

/** @throws SyntaxError when the text does not parse */
export function readModule(
  file: string,
  text: string,
  importedConstant: ImportedConstant,
  importedOwner: ImportedOwner,
  measuresElsewhere: MeasuresElsewhere,
): ModuleFacts {
  const tree = parseSource(file, text);
  const nodes: Node[] = [];
  walk(tree.program, (node) => nodes.push(node));
  const names = readNames(tree, nodes);
  const facts: ModuleFacts = {
    ...names,
    routes: [],
    mounts: [],
    metrics: [],
    used: usedNames(nodes),
    owners: new Map(),
  };
  const lookup = (name: string) => {
    const imported = names.imports.get(name);
    return imported === undefined
      ? names.constants.get(name)
      : importedConstant(imported.specifier, imported.name);
  };
  const read = (node: Node | null | undefined) => constantString(node, lookup);
  const within = functionsAround(tree.program.body);
  facts.metrics = readInstruments(nodes, names, read, measuresElsewhere, (made) => within.get(made)?.name);
  const reader = new Reader(facts, read, importedOwner, chainNames(nodes), within);
  for (const node of nodes) {
    if (node.type === 'CallExpression') reader.call(node);
  }
  for (const [name, init] of names.constants) {
    const made = init.type === 'TSEnumDeclaration' ? undefined : madeBy(init);
    if (made !== undefined) facts.owners.set(name, made);
  }
  return facts;
}

type ReadText = (node: Node | null | undefined) => string | undefined;

/** What a chain that begins with `Router()` is called: its variable, the default export, or its place. */
function chainNames(nodes: readonly Node[]): Map<Node, string> {
  const names = new Map<Node, string>();
  const give = (node: Node | null | undefined, name: string) => {
    const root = node ? chainRoot(node) : undefined;
    if (root !== undefined) names.set(root, name);
  };
  for (const node of nodes) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') give(node.init, node.id.name);
    if (node.type === 'ExportDefaultDeclaration') give(node.declaration, '=default');
    if (node.type === 'AssignmentExpression') {
      const { left, right } = node;
      const isModule =
        left.type === 'MemberExpression' &&
        left.object.type === 'Identifier' &&
        left.object.name === 'module' &&
        writtenName(left.property, left.computed) === 'exports';
      if (isModule) give(right, '=default');
      else if (left.type === 'MemberExpression') give(right, writtenName(left.property, left.computed) ?? '');
    }
  }
  return names;
}

class Reader {
  readonly #facts: ModuleFacts;
  readonly #read: ReadText;
  readonly #imported: ImportedOwner;
  readonly #chains: ReadonlyMap<Node, string>;
  readonly #within: ReturnType<typeof functionsAround>;

  constructor(
    facts: ModuleFacts,
    read: ReadText,
    imported: ImportedOwner,
    chains: ReadonlyMap<Node, string>,
    within: ReturnType<typeof functionsAround>,
  ) {
    this.#within = within;
    this.#facts = facts;
    this.#read = read;
    this.#imported = imported;
    this.#chains = chains;
  }

  call(call: CallExpression): void {
    const { callee } = call;
    const member =
      callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee : undefined;
    const verb = member?.property.type === 'Identifier' ? member.property.name : '';
    if (member !== undefined && VERBS.has(verb)) this.#route(call, member.object, verb);
    else if (member === undefined || MOUNTS.has(verb)) this.#mount(call, member?.object);
  }

  #route(call: CallExpression, object: Node, verb: string): void {
    const [first, ...rest] = call.arguments;
    const chained = routeCall(object);
    const handlers = chained === undefined ? rest : call.arguments;
    if (!handlers.some(mayHandle)) return;
    const owner = this.#owner(object);
    const handles = handlers.some(({ type }) => /Function/.test(type));
    const kind = this.#kind(owner, object, handles);
    if (kind === undefined) return;
    this.#facts.owners.set(owner, kind);
    const around = this.#within.get(call);
    const within = around?.takes.has(owner) === true ? { within: around.name } : {};
    const prefix = this.#prefixOf(owner);
    for (const path of this.#texts(chained === undefined ? first : chained.arguments[0]))
      this.#facts.routes.push({ method: verb.toUpperCase(), path: `${prefix}${path}`, owner, ...within });
  }

  #mount(call: CallExpression, object: Node | undefined): void {
    const [first, ...rest] = call.arguments;
    const prefixes = this.#texts(first).filter((text) => text.startsWith('/'));
    if (prefixes.length === 0 && object === undefined) return;
    const owner = object === undefined ? '' : this.#owner(object);
    const given = prefixes.length === 0 ? call.arguments : rest;
    const targets = given.flatMap((node) => this.#targets(node));
    if (targets.length === 0) return;
    if (object !== undefined) {
      const kind = this.#kind(owner, object, true);
      if (kind !== undefined) this.#facts.owners.set(owner, kind);
    }
    for (const prefix of prefixes.length === 0 ? [registerPrefix(call, this.#read)] : prefixes)
      this.#facts.mounts.push({ prefix, owner, targets });
  }

  /** What a router was made with: `new Router({ prefix: '/health' })`. */
  #prefixOf(owner: string): string {
    const made = this.#facts.constants.get(owner);
    return made?.type === 'NewExpression' || made?.type === 'CallExpression'
      ? registerPrefix(made, this.#read)
      : '';
  }

  #kind(owner: string, object: Node, handles: boolean): OwnerKind | undefined {
    const root = chainRoot(object);
    const made = root === undefined ? undefined : madeBy(root);
    return made ?? kindOfOwner(owner, this.#facts, this.#imported, handles);
  }

  /** The variable at the root of `router`, `this.router`, `router.get(…)` and `Router().get(…)`. */
  #owner(node: Node): string {
    const root = chainRoot(node);
    if (root !== undefined) return this.#chains.get(root) ?? `@${root.start}`;
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
      return this.#owner(node.callee.object);
    return lastName(node);
  }

  /** Every path that an argument may be: several in a list, or one for each turn of a loop. */
  #texts(node: Node | undefined): string[] {
    const nodes = node?.type === 'ArrayExpression' ? node.elements : [node];
    return nodes.flatMap((each) => {
      const choices = each?.type === 'Identifier' ? this.#facts.choices.get(each.name) : undefined;
      return (choices ?? [each]).map(this.#read).filter((text) => text !== undefined);
    });
  }

  /** What in an argument may stand for a router: `router`, `createRouter(x)`, `[a, b]`, `require('./users').router`. */
  #targets(node: Node): Target[] {
    const loaded = loadedName(node);
    if (loaded !== undefined) return [{ loaded: true, ...loaded }];
    const root = chainRoot(node);
    if (root !== undefined) return [{ name: this.#owner(node) }];
    switch (node.type) {
      case 'Identifier': {
        const choices = this.#facts.choices.get(node.name);
        return choices === undefined ? [{ name: node.name }] : choices.flatMap((each) => this.#targets(each));
      }
      case 'CallExpression':
      case 'NewExpression':
        return this.#targets(node.callee);
      case 'MemberExpression':
        return this.#targets(node.object);
      case 'AwaitExpression':
        return this.#targets(node.argument);
      case 'ArrayExpression':
        return node.elements.flatMap((element) => (element === null ? [] : this.#targets(element)));
      default:
        return [];
    }
  }
}

/** Fastify: `app.register(routes, { prefix: '/api' })`. */
function registerPrefix(call: CallExpression | NewExpression, read: ReadText): string {
  return read(call.arguments.map((argument) => propertyOf(argument, 'prefix')).find(Boolean)) ?? '';
}

/** The `router.route('/x')` that a chain of verbs hangs on. */
function routeCall(node: Node): CallExpression | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  return lastName(node.callee) === 'route' ? node : routeCall(node.callee.object);
}

function mayHandle({ type }: Node): boolean {
  return /Function|Identifier|CallExpression|MemberExpression|ArrayExpression|AwaitExpression/.test(type);
}
