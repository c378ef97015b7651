import { readFileSync } from 'node:fs';
import type { Node } from '@babel/types';
import type { ModuleGraph } from '../source/module-graph.ts';
import type { LoadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { isNode, walk } from '../source/walk.ts';

/** A place of a file. Line and column are 1-based. */
export interface SourcePlace {
  line: number;
  column: number;
}

/** A name that a file imports of another module, and the first place where it does. */
export interface UsedName {
  local: string;
  imported: LoadedName;
  /** The file that the specifier leads to; undefined for packages and what is not there. */
  target: string | undefined;
}

/** Every value that a module imports, a namespace by each member that is read of it. */
export function usedNames(model: ModuleModel, graph: ModuleGraph): UsedName[] {
  return Array.from(model.imports, ([local, imported]) =>
    imported.name === '*' ? membersOf(local, imported, model) : [{ local, imported }],
  )
    .flat()
    .map((used) => ({ ...used, target: graph.resolve(model.file, used.imported.specifier) }));
}

function membersOf(
  local: string,
  imported: LoadedName,
  { program }: ModuleModel,
): Omit<UsedName, 'target'>[] {
  const names = new Set<string>();
  walk(program, (node) => {
    if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return;
    if (
      node.object.type === 'Identifier' &&
      node.object.name === local &&
      node.property.type === 'Identifier' &&
      !node.computed
    )
      names.add(node.property.name);
  });
  return Array.from(names, (name) => ({ local: `${local}.${name}`, imported: { ...imported, name } }));
}

/** How a place uses a name: by calling it, with what becomes of the result, or as a value. */
export interface NameUse extends SourcePlace {
  form: 'call' | 'dropped' | 'value';
  /** The first names of the calls that it is given to, also deep in what they are given: `configure` of `configure({ make })`. */
  givenTo: readonly string[];
}

/** The places where a module uses a local name (`make`, or `cache.make`), imports and exports aside. */
export function usesOfName(local: string, { program }: ModuleModel): NameUse[] {
  const uses: NameUse[] = [];
  look(program, []);
  return uses;

  function look(node: Node, givenTo: readonly string[], form: NameUse['form'] = 'value'): void {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportSpecifier') return;
    if (isName(node, local) && node.loc != null) {
      uses.push({ line: node.loc.start.line, column: node.loc.start.column + 1, form, givenTo });
      return;
    }
    if (node.type === 'CallExpression') {
      look(node.callee, givenTo, form === 'dropped' ? 'dropped' : 'call');
      for (const each of node.arguments) look(each, [...givenTo, firstName(node.callee)]);
      return;
    }
    for (const [key, value] of Object.entries(node)) {
      if (isPlainKey(node, key)) continue;
      // `make().x` uses what is given, and so does all that is no call of its own.
      const inner =
        node.type === 'ExpressionStatement' || (node.type === 'AwaitExpression' && form === 'dropped');
      for (const child of Array.isArray(value) ? value : [value])
        if (isNode(child)) look(child, givenTo, inner ? 'dropped' : 'value');
    }
  }
}

/** Names of properties that are no names of the module. */
function isPlainKey(node: Node, key: string): boolean {
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
    return key === 'property' && !node.computed;
  return node.type === 'ObjectProperty' && key === 'key' && !node.computed;
}

function firstName(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
    return firstName(node.object);
  return node.type === 'CallExpression' ? firstName(node.callee) : '';
}

function isName(node: Node, local: string): boolean {
  if (node.type === 'Identifier') return node.name === local;
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.object.type === 'Identifier' &&
    node.property.type === 'Identifier' &&
    `${node.object.name}.${node.property.name}` === local
  );
}

/** Where a text first stands in a file. */
export function placeOfText(file: string, text: string): SourcePlace {
  const source = readFileSync(file, 'utf8');
  const before = source.slice(0, Math.max(0, source.indexOf(text))).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
