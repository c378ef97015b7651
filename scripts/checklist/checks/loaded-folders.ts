import path from 'node:path';
import type { CallExpression, Node } from '@babel/types';
import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { constantString, type Lookup, objectNode } from './constant-string.ts';
import { propertyOf } from './instruments.ts';
import { lastName } from './makers.ts';
import { NamesOfFiles, pathFor } from './named-by-file.ts';
import type { FolderFact, Target } from './facts.ts';
import type { ModuleNames } from './module-facts.ts';

const AUTOLOAD = /^(?:@fastify\/|fastify-)autoload$/;

/** Tells of calls that mount all modules of a folder. */
export class LoadedFolders {
  readonly #names: ModuleNames;
  readonly #file: string;
  readonly #lookup: Lookup;
  readonly #listed: FolderFact | undefined;
  readonly #fileNames: NamesOfFiles | undefined;
  /** Names of what was loaded and is handed on. */
  readonly #loaded = new Set<string>();

  constructor(nodes: readonly Node[], names: ModuleNames, file: string, lookup: Lookup) {
    this.#names = names;
    this.#file = file;
    this.#lookup = lookup;
    this.#listed = listedFolder(nodes, file, lookup);
    this.#fileNames = this.#listed && new NamesOfFiles(nodes, lookup);
    for (const node of nodes) this.#noteThen(node);
  }

  /** `import(x).then((module) => …)`. */
  #noteThen(node: Node): void {
    if (node.type !== 'CallExpression' || lastName(node.callee) !== 'then') return;
    const [callback] = node.arguments;
    const isLoaded = node.callee.type === 'MemberExpression' && loadsUntold(node.callee.object);
    const [given] = isLoaded && callback && 'params' in callback ? (callback.params as Node[]) : [];
    if (given?.type === 'Identifier') this.#loaded.add(given.name);
    if (given?.type !== 'ObjectPattern') return;
    for (const each of given.properties)
      if (each.type === 'ObjectProperty' && each.value.type === 'Identifier')
        this.#loaded.add(each.value.name);
  }

  /** The path that a call mounts modules below, made of the names of their files; undefined where it is none. */
  namedPath(node: Node | undefined): string | undefined {
    return this.#fileNames?.pathOf(node);
  }

  /** @param given what the call mounts, and `targets` what that may stand for, where it says below which path */
  of(call: CallExpression, given: Node | undefined, targets: readonly Target[]): FolderFact | undefined {
    const loaded = autoloaded(call, this.#names, this.#file, this.#lookup);
    if (loaded !== undefined || this.#listed === undefined) return loaded;
    const { imports, functions, parameters } = this.#names;
    if (given !== undefined && loadsUntold(withoutWrapping(given))) return this.#listed;
    const isListed = targets.some((target) => {
      if ('loaded' in target || /@|^=/.test(target.name)) return false;
      const { name } = target;
      if (this.#loaded.has(name)) return true;
      const made = this.#names.constants.get(name);
      if (made === undefined)
        return name === 'require' || !(imports.has(name) || functions.has(name) || parameters.has(name));
      return loadsUntold(withoutWrapping(made));
    });
    return isListed ? this.#listed : undefined;
  }
}

/** `(await import(x)).default`, as `import(x)`. */
function withoutWrapping(node: Node): Node {
  if (node.type === 'AwaitExpression') return withoutWrapping(node.argument);
  if (node.type === 'MemberExpression') return withoutWrapping(node.object);
  return 'expression' in node && typeof node.expression === 'object' && node.expression !== null
    ? withoutWrapping(node.expression as Node)
    : node;
}

/** What `register(autoload, { dir })` loads; undefined for any other call. */
function autoloaded(
  call: CallExpression,
  names: ModuleNames,
  file: string,
  lookup: Lookup,
): FolderFact | undefined {
  const [plugin, given] = call.arguments;
  const imported =
    plugin?.type === 'Identifier' ? names.imports.get(plugin.name) : plugin && loadedName(plugin);
  if (imported === undefined || !AUTOLOAD.test(imported.specifier)) return undefined;
  const options = given && objectNode(given, lookup);
  const prefixed = propertyOf(options, 'dirNameRoutePrefix');
  return {
    path: folderAt(propertyOf(options, 'dir'), file, lookup),
    isPrefixed: !(prefixed?.type === 'BooleanLiteral' && !prefixed.value),
  };
}

/** The folder whose names a module lists, to load what is in it; undefined where it lists none or loads nothing so. */
function listedFolder(nodes: readonly Node[], file: string, lookup: Lookup): FolderFact | undefined {
  const listing = nodes.find(
    (node): node is CallExpression =>
      node.type === 'CallExpression' && (LISTS.test(lastName(node.callee)) || isGlob(node)),
  );
  if (listing === undefined || !nodes.some(loadsUntold)) return undefined;
  const [first, options] = listing.arguments;
  const given = options && objectNode(options, lookup);
  if (!isGlob(listing)) {
    const recursive = propertyOf(given, 'recursive');
    const isDeep = recursive?.type === 'BooleanLiteral' && recursive.value;
    const from = folderAt(first, file, lookup);
    const named = from === undefined ? givenFolder(listing, nodes, file, lookup) : undefined;
    return { path: from, isPrefixed: false, ...(isDeep && { isGlob: 'deep' }), ...named };
  }
  const pattern = folderAt(first, file, lookup) ?? constantString(first, lookup);
  const [, folder = '', rest = ''] = /^(.*?)(?:^|[/\\])([^/\\]*\*.*)$/.exec(pattern ?? '') ?? [];
  const cwd = propertyOf(given, 'cwd');
  const below = cwd === undefined ? '' : folderAt(cwd, file, lookup);
  return {
    path: rest === '' || below === undefined ? undefined : path.join(below, folder),
    isPrefixed: false,
    isGlob: rest.includes('**') ? 'deep' : 'own',
  };
}

/** The folder that a function lists which it is given; also those in it, where the function calls itself for them. */
function givenFolder(
  listing: CallExpression,
  nodes: readonly Node[],
  file: string,
  lookup: Lookup,
): Pick<FolderFact, 'path' | 'isGlob'> | undefined {
  const [asked] = listing.arguments;
  if (asked?.type !== 'Identifier') return undefined;
  const isWithin = (node: Node, around: Node) =>
    (node.start ?? 0) > (around.start ?? 0) && (node.end ?? 0) < (around.end ?? 0);
  const [around] = nodes
    .filter((each) => /Function/.test(each.type) && 'params' in each && isWithin(listing, each))
    .filter((each) => parametersOf(each).some((param) => nameOf(param) === asked.name))
    .slice(-1);
  if (around === undefined) return undefined;
  const name = nameOfFunction(around, nodes);
  const position = parametersOf(around).findIndex((param) => nameOf(param) === asked.name);
  const param = parametersOf(around)[position];
  const usual = param?.type === 'AssignmentPattern' ? param.right : undefined;
  const calls = nodes.filter(
    (each): each is CallExpression =>
      each.type === 'CallExpression' && each.callee.type === 'Identifier' && each.callee.name === name,
  );
  const isDeep = calls.some((each) => isWithin(each, around));
  const outer = calls.filter((each) => !isWithin(each, around));
  const [call, ...others] = outer;
  if (call === undefined || others.length > 0) return undefined;
  return {
    path: folderAt(call.arguments[position] ?? usual, file, lookup),
    ...(isDeep && { isGlob: 'deep' }),
  };
}

function parametersOf(node: Node): readonly Node[] {
  return 'params' in node && Array.isArray(node.params) ? (node.params as Node[]) : [];
}

function nameOf(param: Node): string {
  return lastName(param.type === 'AssignmentPattern' ? param.left : param);
}

function nameOfFunction(node: Node, nodes: readonly Node[]): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  const declared = nodes.find((each) => each.type === 'VariableDeclarator' && each.init === node);
  return declared?.type === 'VariableDeclarator' ? lastName(declared.id) : undefined;
}

const LISTS = /^readdir(?:Sync)?$/;

/** `globSync('routes/*.js')`, `fg.sync(…)`, `await glob(…)`. */
function isGlob({ callee }: CallExpression): boolean {
  if (/^glob(?:Sync|by|bySync)?$/.test(lastName(callee))) return true;
  return (
    callee.type === 'MemberExpression' &&
    lastName(callee) === 'sync' &&
    /^(?:fg|fastGlob|glob|globby)$/.test(lastName(callee.object))
  );
}

/** `require(name)` and `import(name)` of what does not stand there. */
function loadsUntold(node: Node): boolean {
  if (node.type === 'ImportExpression') return node.source.type !== 'StringLiteral';
  if (node.type !== 'CallExpression' || loadedName(node) !== undefined) return false;
  return (
    node.callee.type === 'Import' || (node.callee.type === 'Identifier' && node.callee.name === 'require')
  );
}

/** The folder that an expression names from the place of its file. */
function folderAt(node: Node | undefined, file: string, lookup: Lookup, depth = 0): string | undefined {
  if (node === undefined || depth > 8) return undefined;
  const of = (inner: Node | undefined) => folderAt(inner, file, lookup, depth + 1);
  const here = path.dirname(file);
  switch (node.type) {
    case 'Identifier':
      return node.name === '__dirname' ? here : node.name === '__filename' ? file : of(lookup(node.name));
    case 'MemberExpression': {
      const name = writtenName(node.property, node.computed);
      if (node.object.type === 'MetaProperty')
        return name === 'dirname' ? here : name === 'filename' || name === 'url' ? file : undefined;
      return name === 'pathname' || name === 'href' ? of(node.object) : undefined;
    }
    case 'TemplateLiteral': {
      const [first] = node.expressions;
      const [start, rest] = node.quasis;
      const from = node.expressions.length === 1 && start?.value.raw === '' ? of(first) : undefined;
      return from && path.join(from, rest?.value.cooked ?? '');
    }
    case 'BinaryExpression': {
      const from = node.left.type === 'PrivateName' ? undefined : of(node.left);
      const rest = constantString(node.right, lookup);
      return from !== undefined && rest !== undefined ? path.join(from, rest) : undefined;
    }
    case 'NewExpression': {
      const to = constantString(node.arguments[0], lookup);
      const from = lastName(node.callee) === 'URL' ? of(node.arguments[1]) : undefined;
      return from !== undefined && to !== undefined ? path.join(path.dirname(from), to) : undefined;
    }
    case 'CallExpression': {
      const [first, ...rest] = node.arguments;
      const name = lastName(node.callee);
      if (name === 'fileURLToPath') return of(first);
      const from = /^(?:join|resolve|dirname)$/.test(name) ? of(first) : undefined;
      if (from === undefined || name === 'dirname') return from && path.dirname(from);
      const parts = rest.map((each) => constantString(each, lookup));
      return parts.every((each) => each !== undefined) ? path.join(from, ...parts) : undefined;
    }
    default:
      return undefined;
  }
}

/** The files of a folder that are loaded, with the part of the path that each has of the folders in it. */
export function loadedFrom(
  { path: folder, isPrefixed, named, isGlob: by }: FolderFact,
  files: readonly string[],
): { file: string; prefix: string }[] {
  if (folder === undefined) return [];
  const inside = files.filter((file) => file.startsWith(`${folder}${path.sep}`));
  const isIndex = (file: string) => /^index\.[cm]?[jt]s$/.test(path.basename(file));
  const isOwn = (file: string) =>
    path.dirname(file) === folder ||
    (by === undefined && isIndex(file) && path.dirname(path.dirname(file)) === folder);
  const own = isPrefixed || by === 'deep' ? inside : inside.filter(isOwn);
  return own.flatMap((file) => {
    const siblings = own.filter((each) => path.dirname(each) === path.dirname(file));
    // Beside an index, nothing else of a folder is loaded by itself.
    if (isPrefixed && !isIndex(file) && siblings.some(isIndex)) return [];
    const shown = path.relative(folder, path.dirname(file)).split(path.sep).join('/');
    return [{ file, prefix: named !== undefined ? pathFor(named, file) : isPrefixed ? shown : '' }];
  });
}
