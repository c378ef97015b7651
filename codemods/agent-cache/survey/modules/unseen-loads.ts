import path from 'node:path';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { liesAmongTests } from '../../files/excluded.ts';
import { childrenOf } from '../../source/children.ts';
import { constantsOf } from '../../source/constants.ts';
import { sourcesOf } from '../../source/sources.ts';
import { known, type PathPieces, type PathScope, staticPath } from '../../source/static-path.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { mayLead } from './load-paths.ts';
import { globbedModules, HAS_GLOB } from './module-globs.ts';

/** A place that loads modules which no import names. */
export interface UnseenLoad {
  file: string;
  /** Both 1-based, the column in UTF-16 units. */
  line: number;
  column: number;
  /** What is known of the path that it loads. */
  pieces: PathPieces;
  /** The exports that it takes of what it loads; undefined where it may take any. */
  picked: readonly string[] | undefined;
}

const LOADS_UNSEEN =
  /(?<![\w$.#])(?:require|import)\s*\(\s*(?:[^'"\s)]|(?:'[^']*'|"[^"]*")\s*\+)|\.\s*require\s*\(|\bcreateRequire\b|\brequire\s*\.\s*(?:resolve|context)\b|\bimport\.meta\.glob|=\s*require\b\s*[;,\n]|\brequire-?(?:dir|all)|\binclude-?all\b/i;

/** Packages that load whole folders. */
const LOADS_ALL = /^(require-?(dir|all|directory)|include-?all)$/i;

const loads = new OncePerProject<readonly UnseenLoad[]>();

/**
 * The first place in the package of a file where code may load it by a name that is made when it runs: by an expression,
 * by a `require` of another name, by whole folders.
 * @param exported the names of the exports that matter; undefined where any does
 */
export function unseenLoadOf(
  file: string,
  exported: ReadonlySet<string> | undefined,
  project: Project,
): UnseenLoad | undefined {
  return loadsAround(file, project).find(
    (load) =>
      mayLead(load, file, project) &&
      (load.file !== file || load.pieces[0] === undefined) &&
      takes(load, exported),
  );
}

function takes({ picked }: UnseenLoad, exported: ReadonlySet<string> | undefined): boolean {
  if (picked === undefined || exported === undefined || exported.has('default')) return true;
  return picked.some((name) => exported.has(name));
}

function loadsAround(file: string, project: Project): readonly UnseenLoad[] {
  const root = project.packageRootOf(file) ?? path.posix.dirname(file);
  return loads.of(project, root, () => {
    const files = ['require', 'import'].flatMap((word) => project.filesMentioning(file, word));
    // What tests load is none of the service.
    const own = files.filter((each) => !liesAmongTests(path.posix.relative(root, each)));
    return [...new Set([file, ...own])].flatMap((each) => loadsIn(each, root, project));
  });
}

/** What the code of a file loads so, its comments and texts aside. A file that does not parse may load anything. */
function loadsIn(file: string, root: string, project: Project): readonly UnseenLoad[] {
  const text = project.read(file) ?? '';
  if (!mayLoadUnseen(text)) return [];
  try {
    const { program } = sourcesOf(project).tree(file, text.replace(/^\uFEFF/, ''));
    return unseenLoadsIn(program, file, root);
  } catch {
    return [{ file, line: 1, column: 1, pieces: [undefined], picked: undefined }];
  }
}

/**
 * What a program loads by names that no import has.
 * @param file where it stands, absolute
 * @param root the folder that its process is started in
 */
export function unseenLoadsIn(program: t.Program, file: string, root: string): readonly UnseenLoad[] {
  const search = new Search({ file, root, constants: constantsOf(program) });
  search.look(program, []);
  return search.found;
}

/** Whether a text may load something so. */
export function mayLoadUnseen(text: string): boolean {
  return LOADS_UNSEEN.test(text) || HAS_GLOB.test(text);
}

class Search {
  readonly found: UnseenLoad[] = [];
  readonly #scope: PathScope;
  /** The names of what `createRequire` gave, and of `require` itself. */
  readonly #requires: ReadonlySet<string>;

  constructor(scope: PathScope) {
    this.#scope = scope;
    this.#requires = new Set(
      [...scope.constants].flatMap(([name, value]) =>
        isCallOf(value, 'createRequire') || isRequire(value) ? [name] : [],
      ),
    );
  }

  /** @param around the nodes that `node` stands in, the nearest last */
  look(node: t.Node, around: readonly t.Node[]): void {
    if (node.type === 'TSImportType') return;
    const pieces = this.#loaded(node) ?? globbedModules(node, around, this.#scope.file);
    if (pieces) this.#add(node, pieces, around);
    const inner = [...around, node];
    for (const child of childrenOf(node)) this.look(child, inner);
  }

  #loaded(node: t.Node): PathPieces | undefined {
    if (node.type === 'StringLiteral') return LOADS_ALL.test(node.value) ? [undefined] : undefined;
    if (node.type === 'ImportExpression') return this.#unless(isText(node.source), node.source);
    if (node.type !== 'CallExpression') return undefined;
    const { callee, arguments: given } = node;
    const [first] = given;
    if (callee.type === 'Import') return this.#unless(isText(first), first);
    if (callee.type === 'Identifier') {
      if (callee.name === 'require' && !this.#isElsewhere('require'))
        return this.#unless(isText(first), first);
      return this.#requires.has(callee.name) ? this.#path(first) : undefined;
    }
    if (isCallOf(callee, 'createRequire')) return this.#path(first);
    return callee.type === 'MemberExpression' ? this.#ofMember(callee, first) : undefined;
  }

  #ofMember({ object, property }: t.MemberExpression, first: t.Node | undefined): PathPieces | undefined {
    const name = property.type === 'Identifier' ? property.name : '';
    if (object.type === 'MetaProperty')
      return name.startsWith('glob') ? globbed(this.#path(first)) : undefined;
    const ofRequire = isRequire(object);
    if (ofRequire && name === 'context') return [...this.#path(first), '/', undefined];
    if (ofRequire && name === 'resolve') return this.#path(first);
    if (name !== 'require') return undefined;
    // The main module may be any.
    const isMain = object.type === 'MemberExpression';
    const pieces = this.#path(first);
    return isMain && pieces[0]?.startsWith('.')
      ? [undefined, pieces[0].replace(/^(\.\.?\/)+/, '/'), ...pieces.slice(1)]
      : pieces;
  }

  /** A `require` that `createRequire` gave for another file. */
  #isElsewhere(name: string): boolean {
    const made = this.#scope.constants.get(name);
    if (made?.type !== 'CallExpression') return false;
    return known(staticPath(made.arguments[0], this.#scope)) !== this.#scope.file;
  }

  #unless(isSeen: boolean, node: t.Node | undefined): PathPieces | undefined {
    return isSeen ? undefined : this.#path(node);
  }

  #path(node: t.Node | undefined): PathPieces {
    return staticPath(node, this.#scope);
  }

  #add(node: t.Node, pieces: PathPieces, around: readonly t.Node[]): void {
    const { line = 1, column = 0 } = node.loc?.start ?? {};
    this.found.push({
      file: this.#scope.file,
      line,
      column: column + 1,
      pieces,
      picked: pickedOf(node, around),
    });
  }
}

/** The names that code takes of the module that an expression gives: `load(x).a`, `const { a } = await import(x)`. */
function pickedOf(node: t.Node, around: readonly t.Node[]): string[] | undefined {
  const parent = around.at(-1);
  if (parent?.type === 'AwaitExpression') return pickedOf(parent, around.slice(0, -1));
  if (parent?.type === 'MemberExpression' && parent.object === node)
    return parent.property.type === 'Identifier' && !parent.computed ? [parent.property.name] : undefined;
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'ObjectPattern') return undefined;
  const names = parent.id.properties.map((each) =>
    each.type === 'ObjectProperty' && !each.computed && each.key.type === 'Identifier'
      ? each.key.name
      : undefined,
  );
  return names.every((name) => name !== undefined) ? (names as string[]) : undefined;
}

function globbed(pieces: PathPieces): PathPieces {
  return pieces.flatMap((piece) =>
    piece === undefined
      ? [piece]
      : piece
          .split(/\*+|\{[^}]*\}|\[[^\]]*\]/)
          .flatMap((part, at) => (at === 0 ? [part] : [undefined, part])),
  );
}

function isCallOf(node: t.Node, name: string): boolean {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name === name;
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === name
  );
}

function isRequire(node: t.Node): boolean {
  return node.type === 'Identifier' && node.name === 'require';
}

function isText(node: t.Node | undefined): boolean {
  return (
    node?.type === 'StringLiteral' || (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
  );
}
