import type { CallExpression, NewExpression, Node } from '@babel/types';
import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { walk } from '../source/walk.ts';
import { type Lookup, objectNode } from './constant-string.ts';
import type { ModuleFacts, Target } from './facts.ts';
import type { GivenServers } from './given-servers.ts';
import { propertyOf } from './instruments.ts';
import type { LoadedFolders } from './loaded-folders.ts';
import { chainRoot, lastName, madeBy, type OwnerKind } from './makers.ts';
import { type ImportedOwner, kindOfOwner } from './owners.ts';

type ReadText = (node: Node | null | undefined) => string | undefined;

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);
const MOUNTS = new Set(['use', 'mount', 'register']);

/** Reads the routes and the mounts of a module, call by call. */
export class RouteReader {
  readonly #facts: ModuleFacts;
  readonly #read: ReadText;
  readonly #lookup: Lookup;
  readonly #imported: ImportedOwner;
  readonly #chains: ReadonlyMap<Node, string>;
  /** What is given to functions that are registered where they stand, wherever they use it. */
  readonly #given: GivenServers;
  readonly #within: (node: Node) => readonly string[];
  readonly #folders: LoadedFolders;

  constructor(
    facts: ModuleFacts,
    { read, lookup }: { read: ReadText; lookup: Lookup },
    imported: ImportedOwner,
    chains: ReadonlyMap<Node, string>,
    within: (node: Node) => readonly string[],
    given: GivenServers,
    folders: LoadedFolders,
  ) {
    this.#given = given;
    this.#folders = folders;
    this.#within = within;
    this.#facts = facts;
    this.#read = read;
    this.#lookup = lookup;
    this.#imported = imported;
    this.#chains = chains;
  }

  call(call: CallExpression): void {
    const { callee } = call;
    const member =
      callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee : undefined;
    const verb = member?.property.type === 'Identifier' ? member.property.name : '';
    if (member !== undefined && verb === 'route') this.#routeObjects(call, member.object);
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
    const paths = this.#texts(chained === undefined ? first : chained.arguments[0]);
    this.#add(call, owner, [verb], paths);
  }

  /** `fastify.route({ method, url, handler })`, and `server.route([{ method, path, handler }])` of hapi. */
  #routeObjects(call: CallExpression, object: Node): void {
    const given = objectNode(call.arguments[0], this.#lookup);
    const each = given?.type === 'ArrayExpression' ? given.elements : [given];
    for (const route of each) {
      const fields = route ? objectNode(route, this.#lookup) : undefined;
      const paths = this.#texts(propertyOf(fields, 'url') ?? propertyOf(fields, 'path'));
      const methods = this.#texts(objectNode(propertyOf(fields, 'method'), this.#lookup));
      if (paths.length === 0 || propertyOf(fields, 'handler') === undefined) continue;
      const owner = this.#owner(object);
      const kind = this.#kind(owner, object, true);
      if (kind === undefined) continue;
      this.#facts.owners.set(owner, kind);
      this.#add(call, owner, methods, paths);
    }
  }

  #add(call: CallExpression, owner: string, methods: readonly string[], paths: readonly string[]): void {
    const prefix = this.#prefixOf(owner);
    const within = this.#within(call);
    for (const method of methods)
      for (const path of paths)
        this.#facts.routes.push({
          method: method === '*' ? 'ALL' : method.toUpperCase(),
          path: `${prefix}${path}`,
          owner,
          within,
        });
  }

  #mount(call: CallExpression, object: Node | undefined): void {
    const [first, ...rest] = call.arguments;
    const prefixes = this.#texts(first).filter((text) => text.startsWith('/'));
    if (prefixes.length === 0 && object === undefined) return;
    const owner = object === undefined ? '' : this.#owner(object);
    const named = prefixes.length === 0 && rest.length > 0 ? this.#folders.namedPath(first) : undefined;
    const given = prefixes.length === 0 && named === undefined ? call.arguments : rest;
    const targets = given.flatMap((node) => this.#plugin(call, node) ?? this.#targets(node));
    const only = given.length === 1 ? given[0] : undefined;
    const folder = this.#folders.of(call, only, only === undefined ? [] : targets);
    if (targets.length === 0 && folder === undefined) return;
    if (object !== undefined) {
      const kind = this.#kind(owner, object, true);
      if (kind !== undefined) this.#facts.owners.set(owner, kind);
    }
    for (const prefix of prefixes.length === 0 ? [registerPrefix(call, this.#read)] : prefixes)
      this.#facts.mounts.push({
        prefix,
        owner,
        targets: folder === undefined ? targets : [],
        within: this.#within(call),
        ...(folder && { folder: named === undefined ? folder : { ...folder, named } }),
      });
  }

  /** A function that is registered where it stands: what it is given is a router of its own. */
  #plugin(call: CallExpression, node: Node): Target[] | undefined {
    if (lastName(call.callee) !== 'register' || !/Function/.test(node.type) || !('params' in node))
      return undefined;
    const [first] = node.params as Node[];
    if (first?.type !== 'Identifier') return undefined;
    const name = `${first.name}@${node.start}`;
    walk(node, (inner) => {
      if (inner.type === 'Identifier' && inner.name === first.name) this.#given.names.set(inner, name);
    });
    return [{ name }];
  }

  /** What a router was made with: `new Router({ prefix: '/health' })`. */
  #prefixOf(owner: string): string {
    const made = this.#facts.constants.get(owner);
    return made?.type === 'NewExpression' || made?.type === 'CallExpression'
      ? registerPrefix(made, this.#read)
      : '';
  }

  #kind(owner: string, object: Node, handles: boolean): OwnerKind | undefined {
    if (/.@/.test(owner)) return this.#given.kinds.get(owner) ?? 'unknown';
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
    return this.#given.names.get(node) ?? lastName(node);
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
  const given = call.arguments.flatMap((each) => [each, propertyOf(each, 'options')]);
  return read(given.map((each) => propertyOf(each, 'prefix')).find(Boolean)) ?? '';
}

/** The `router.route('/x')` that a chain of verbs hangs on. */
function routeCall(node: Node): CallExpression | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  return lastName(node.callee) === 'route' ? node : routeCall(node.callee.object);
}

function mayHandle(node: Node): boolean {
  if ('expression' in node && /^TS\w+(?:Expression|Assertion)$/.test(node.type))
    return mayHandle(node.expression as Node);
  const { type } = node;
  return /Function|Identifier|CallExpression|MemberExpression|ArrayExpression|AwaitExpression/.test(type);
}
