import type { CallExpression, NewExpression, Node } from '@babel/types';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';
import { constantString } from './constant-string.ts';
import { type ModuleNames, readNames } from './module-facts.ts';
import { walk } from '../source/walk.ts';

/** A route as its file registers it. */
export interface RouteFact {
  /** Upper case; `ALL` answers every method. */
  method: string;
  path: string;
  /** The variable it is registered on. */
  owner: string;
}

/** A router hung below a path of another one. */
export interface MountFact {
  prefix: string;
  /** The variable that takes it; empty when a helper does the mounting. */
  owner: string;
  /** The names that stand for what is mounted. */
  targets: string[];
}

/** What one module says about routes and metrics. */
export interface ModuleFacts extends ModuleNames {
  routes: RouteFact[];
  mounts: MountFact[];
  metrics: Set<string>;
}

/** Finds a constant that another module exports. */
export type ImportedConstant = (specifier: string, name: string) => Node | undefined;

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);
const ROUTER_NAME = /(?:app|router|routes?|server|api|fastify)$/i;
const INSTRUMENT = /counter|gauge|histogram|summary|metric/i;
const MOUNTS = new Set(['use', 'mount', 'register']);

/** @throws SyntaxError when the text does not parse */
export function readModule(file: string, text: string, importedConstant: ImportedConstant): ModuleFacts {
  const tree = parseSource(file, text);
  const nodes: Node[] = [];
  walk(tree.program, (node) => nodes.push(node));
  const names = readNames(tree, nodes);
  const facts: ModuleFacts = { ...names, routes: [], mounts: [], metrics: new Set() };
  const lookup = (name: string) => {
    const imported = names.imports.get(name);
    return imported === undefined
      ? names.constants.get(name)
      : importedConstant(imported.specifier, imported.name);
  };
  const read = (node: Node | null | undefined) => constantString(node, lookup);
  for (const node of nodes) {
    if (node.type === 'CallExpression') readCall(node, facts, read);
    if (node.type === 'CallExpression' || node.type === 'NewExpression') readInstrument(node, facts, read);
  }
  return facts;
}

type ReadText = (node: Node | null | undefined) => string | undefined;

function readCall(call: CallExpression, facts: ModuleFacts, read: ReadText): void {
  const { callee } = call;
  const member =
    callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee : undefined;
  const verb = member?.property.type === 'Identifier' ? member.property.name : '';
  const [first, ...rest] = call.arguments;
  if (member !== undefined && VERBS.has(verb)) {
    const chained = routeCall(member.object);
    const owner = ownerOf(member.object);
    if (!isRouter(owner, facts)) return;
    const handlers = chained === undefined ? rest : call.arguments;
    if (!handlers.some(mayHandle)) return;
    const paths = chained === undefined ? texts(first, read) : texts(chained.arguments[0], read);
    for (const path of paths) facts.routes.push({ method: verb.toUpperCase(), path, owner });
    return;
  }
  if (member !== undefined && !MOUNTS.has(verb)) return;
  const prefixes = texts(first, read).filter((text) => text.startsWith('/'));
  if (prefixes.length === 0 && member === undefined) return;
  const targets = (prefixes.length === 0 ? call.arguments : rest).flatMap(targetNames);
  if (targets.length === 0) return;
  const owner = member === undefined ? '' : ownerOf(member.object);
  for (const prefix of prefixes.length === 0 ? [registerPrefix(call, read)] : prefixes) {
    facts.mounts.push({ prefix, owner, targets });
  }
}

/** Fastify: `app.register(routes, { prefix: '/api' })`. */
function registerPrefix(call: CallExpression, read: ReadText): string {
  return read(call.arguments.map((argument) => propertyOf(argument, 'prefix')).find(Boolean)) ?? '';
}

/** `new Counter({ name: '…' })` of prom-client, also through a helper that takes its help; `createCounter('…')`. */
function readInstrument(call: CallExpression | NewExpression, facts: ModuleFacts, read: ReadText): void {
  const [first] = call.arguments;
  const described = propertyOf(first, 'help') ?? propertyOf(first, 'description');
  if (described === undefined && !INSTRUMENT.test(lastName(call.callee))) return;
  for (const name of [read(propertyOf(first, 'name')), read(first)]) {
    if (name !== undefined) facts.metrics.add(name);
  }
}

function texts(node: Node | undefined, read: ReadText): string[] {
  const nodes = node?.type === 'ArrayExpression' ? node.elements : [node];
  return nodes.map(read).filter((text) => text !== undefined);
}

/** The `router.route('/x')` that a chain of verbs hangs on. */
function routeCall(node: Node): CallExpression | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  return lastName(node.callee) === 'route' ? node : routeCall(node.callee.object);
}

/** The variable at the root of `router`, `this.router`, `router.get(…)` and `router.route(…)`. */
function ownerOf(node: Node): string {
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
    return ownerOf(node.callee.object);
  return lastName(node);
}

function isRouter(owner: string, { constants }: ModuleNames): boolean {
  const init = constants.get(owner);
  if (init?.type === 'CallExpression' || init?.type === 'NewExpression') {
    return (
      /^(?:express|Router|fastify|Fastify|Hono|Koa|restify)$/.test(lastName(init.callee)) ||
      ROUTER_NAME.test(owner)
    );
  }
  return ROUTER_NAME.test(owner);
}

function mayHandle({ type }: Node): boolean {
  return /Function|Identifier|CallExpression|MemberExpression|ArrayExpression|AwaitExpression/.test(type);
}

/** The names in an argument that may stand for a router: `router`, `createRouter(x)`, `[a, b]`, `routes.users`. */
function targetNames(node: Node): string[] {
  switch (node.type) {
    case 'Identifier':
      return [node.name];
    case 'CallExpression':
    case 'NewExpression':
      return targetNames(node.callee);
    case 'MemberExpression':
      return targetNames(node.object);
    case 'AwaitExpression':
      return targetNames(node.argument);
    case 'ArrayExpression':
      return node.elements.flatMap((element) => (element === null ? [] : targetNames(element)));
    default:
      return [];
  }
}

function propertyOf(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties) {
    if (property.type !== 'ObjectProperty' || property.computed) continue;
    if (property.key.type === 'Identifier' && property.key.name === key) return property.value;
    if (property.key.type === 'StringLiteral' && property.key.value === key) return property.value;
  }
  return undefined;
}

function lastName(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return lastName(node.property);
  return '';
}
