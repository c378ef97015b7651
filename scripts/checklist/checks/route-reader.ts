import type { CallExpression, NewExpression, Node } from '@babel/types';
import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { walk } from '../source/walk.ts';
import { type Lookup, memberNode, objectNode } from './constant-string.ts';
import type { ModuleFacts, Target } from './facts.ts';
import type { GivenServers } from './given-servers.ts';
import { propertyOf } from './instruments.ts';
import type { LoadedFolders } from './loaded-folders.ts';
import { chainRoot, lastName, madeBy, type OwnerKind } from './makers.ts';
import type { Turn } from './module-facts.ts';
import { type ImportedOwner, kindOfOwner } from './owners.ts';

type ReadText = (node: Node | null | undefined) => string | undefined;

interface Reading {
  read: ReadText;
  lookup: Lookup;
  /** Does something while the names of a loop stand for what they are in one of its turns. */
  inTurn: (turn: Turn | undefined, does: () => void) => void;
  /** The other file in whose list a name stands. */
  homeOf: (node: Node) => string | undefined;
}

/** Stands in a path for what the source does not tell. */
export const UNTOLD = '\0';
/** What paths are called. */
const PATH_NAME = /(?:^|_)(?:p|key|at)$|path|prefix|base|url|route$|mount|endpoint|slug|segment|^name$/i;
const MAKES_PATH = /^(?:join|String|concat|resolve|format|withPrefix|prefixed)$|Path$/;
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);
const MOUNTS = new Set(['use', 'mount', 'register']);

/** Reads the routes and the mounts of a module, call by call. */
export class RouteReader {
  readonly #facts: ModuleFacts;
  readonly #read: ReadText;
  readonly #lookup: Lookup;
  readonly #inTurn: Reading['inTurn'];
  readonly #homeOf: Reading['homeOf'];
  readonly #imported: ImportedOwner;
  readonly #chains: ReadonlyMap<Node, string>;
  /** What is given to functions that are registered where they stand, wherever they use it. */
  readonly #given: GivenServers;
  readonly #within: (node: Node) => readonly string[];
  readonly #folders: LoadedFolders;

  constructor(
    facts: ModuleFacts,
    { read, lookup, inTurn, homeOf }: Reading,
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
    this.#inTurn = inTurn;
    this.#homeOf = homeOf;
    this.#imported = imported;
    this.#chains = chains;
  }

  call(call: CallExpression): void {
    const { callee } = call;
    const member =
      callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee : undefined;
    const verb = member?.property.type === 'Identifier' ? member.property.name : '';
    if (member !== undefined && verb === 'route') this.#routeObjects(call, member.object);
    const isRoute = member !== undefined && VERBS.has(verb);
    if (!isRoute && member !== undefined && !MOUNTS.has(verb)) return;
    for (const turn of this.#turnsOf(call))
      this.#inTurn(turn, () => {
        if (isRoute) this.#route(call, member.object, verb);
        else this.#mount(call, member?.object);
      });
  }

  /** The turns of the loop whose names a call is given; the one that there is where it is given none. */
  #turnsOf(call: CallExpression): readonly (Turn | undefined)[] {
    const { turns } = this.#facts;
    if (turns.size === 0) return [undefined];
    const names = new Set<string>();
    for (const each of call.arguments)
      if (!/Function/.test(each.type))
        walk(each, (node) => {
          if (node.type === 'Identifier' && turns.has(node.name)) names.add(node.name);
        });
    const [first] = names;
    if (first === undefined) return [undefined];
    const whole = turns.get(first)?.filter((turn) => [...names].every((name) => turn.has(name))) ?? [];
    return whole.length === 0 ? [undefined] : whole;
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
    const isUntold = object !== undefined && rest.length > 0 && this.#mayBePath(first);
    const texts = this.#texts(first).filter((text) => text.startsWith('/'));
    const named = texts.length === 0 && rest.length > 0 ? this.#folders.namedPath(first) : undefined;
    const prefixes = texts.length === 0 && named === undefined && isUntold ? [UNTOLD] : texts;
    if (prefixes.length === 0 && object === undefined) return;
    const owner = object === undefined ? '' : this.#owner(object);
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
    return made ?? kindOfOwner({ name: owner, node: object, handles }, this.#facts, this.#imported);
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
    return nodes.map(this.#read).filter((text) => text !== undefined);
  }

  /** Whether an argument is a path that the source does not tell, and neither a router nor what stands before one. */
  #mayBePath(node: Node | undefined): boolean {
    switch (node?.type) {
      case 'BinaryExpression':
        return node.operator === '+';
      case 'TemplateLiteral':
      case 'RegExpLiteral':
        return true;
      case 'MemberExpression':
        return PATH_NAME.test(lastName(node)) || lastName(node.object) === 'env';
      case 'CallExpression':
        return MAKES_PATH.test(lastName(node.callee));
      case 'Identifier': {
        const made = this.#lookup(node.name);
        return made === undefined || made === node ? PATH_NAME.test(node.name) : this.#mayBePath(made);
      }
      default: {
        const below = node && 'expression' in node ? node.expression : undefined;
        return typeof below === 'object' && below !== null && this.#mayBePath(below);
      }
    }
  }

  /** What in an argument may stand for a router: `router`, `createRouter(x)`, `[a, b]`, `require('./users').router`. */
  #targets(node: Node): Target[] {
    const loaded = loadedName(node);
    if (loaded !== undefined) return [{ loaded: true, ...loaded }];
    const root = chainRoot(node);
    if (root !== undefined) return [{ name: this.#owner(node) }];
    switch (node.type) {
      case 'Identifier': {
        const file = this.#homeOf(node);
        if (file !== undefined) return [{ name: node.name, file }];
        const each = this.#facts.turns.has(node.name) ? this.#lookup(node.name) : undefined;
        return each === undefined || each === node ? [{ name: node.name }] : this.#targets(each);
      }
      case 'CallExpression':
      case 'NewExpression':
        return this.#targets(node.callee);
      case 'MemberExpression': {
        const part = memberNode(node, this.#lookup);
        return this.#targets(part ?? node.object);
      }
      case 'AwaitExpression':
        return this.#targets(node.argument);
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'ParenthesizedExpression':
        return this.#targets(node.expression);
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
