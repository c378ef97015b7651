import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../../codemods/agent-cache/migration.ts';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import { requiredModule } from '../../../codemods/agent-cache/survey/code/required-module.ts';
import { pickedAs } from './picked-as.ts';
import { namesOfPattern } from '../../../codemods/agent-cache/survey/values/declared-values.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { typeText } from '../../../codemods/agent-cache/survey/values/type-text.ts';
import { readValue } from '../../../codemods/agent-cache/survey/values/value-reader.ts';

/** Arguments as another module can write them: their code, and what that has to import. */
export interface PortableArguments {
  /** The same for arguments that come to the same. */
  key: string;
  code: string;
  /** The type arguments of the construction, `<Row>`; empty where it has none. */
  types: string;
  imports: readonly PortableImport[];
}

/** A name that code takes from a file of the tree, or from a package. */
export interface PortableImport {
  local: string;
  /** `default`, a name, or `*` for the whole module. */
  imported: string;
  file?: string;
  module: string;
  /** It is a type, of which nothing is left when the code runs. */
  isType?: true;
  /** What the statement says behind its module: `with { type: 'json' }`. */
  attributes?: string;
}

const MAX_STEPS = 8;

/**
 * The arguments of a construction, where they are the same at every request: constants of the file are written out.
 * Undefined where one of them differs by the call, or has a name that another module cannot have.
 */
export function portableArguments(
  construction: NodePath<t.NewExpression | t.CallExpression>,
  migration: Source,
): PortableArguments | undefined {
  const given = construction.get('arguments') as NodePath[];
  const imports: PortableImport[] = [];
  const types = portableTypes(construction, migration, imports);
  if (!types) return undefined;
  const keys: string[] = [types.key];
  const codes: string[] = [];
  for (const each of given) {
    const value = each.isSpreadElement() ? undefined : readValue(each, migration);
    const code = value && 'text' in value ? codeOf(each, migration, imports, MAX_STEPS) : undefined;
    if (!value || !('text' in value) || code === undefined) return undefined;
    keys.push(value.text);
    codes.push(code);
  }
  return { key: keys.join(', '), code: codes.join(', '), types: types.code, imports };
}

/** The type arguments of a construction, where another module can write them. */
export function portableTypes(
  construction: NodePath<t.NewExpression | t.CallExpression>,
  migration: Source,
  imports: PortableImport[],
): { key: string; code: string } | undefined {
  const { typeParameters: types } = construction.node;
  if (types?.type !== 'TSTypeParameterInstantiation') return { key: '', code: '' };
  const path = construction.get('typeParameters') as NodePath<t.TSTypeParameterInstantiation>;
  for (const name of new Set(typeNamesIn(path))) {
    const imported = typeImport(name, migration);
    if (imported === 'own') return undefined;
    if (imported && imports.every(({ local }) => local !== name)) imports.push(imported);
  }
  const key = path
    .get('params')
    .map((each) => typeText(each, migration))
    .join(', ');
  return { key, code: migration.text.slice(types.start ?? 0, types.end ?? 0) };
}

function typeNamesIn(path: NodePath): string[] {
  const names: string[] = [];
  path.traverse({
    Identifier({ node, key, parent }) {
      const isOwn = key === 'key' || (parent.type === 'TSQualifiedName' && key === 'right');
      if (!isOwn) names.push(node.name);
    },
  });
  return names;
}

/** Where a type comes from: `own` for one that the file does not export; undefined for one that all files know. */
function typeImport(name: string, migration: Source): PortableImport | 'own' | undefined {
  const { program, path, text } = migration;
  const binding = program.scope.getBinding(name);
  const statement = binding?.path.parentPath;
  if (binding && statement?.isImportDeclaration()) {
    const found = importOf(binding, statement, migration);
    return found ? { ...found, isType: true } : 'own';
  }
  // A `$` of a name is none of a pattern, and no edge of a word is beside it.
  const word = `(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`;
  if (
    new RegExp(`\\bexport\\s+(?:declare\\s+)?(?:abstract\\s+)?(?:interface|type|class|enum)\\s+${word}`).test(
      text,
    )
  )
    return { local: name, imported: name, module: '', file: path, isType: true };
  const isDeclared = new RegExp(
    `\\b(?:interface|type|class|enum)\\s+${word}|<[^<>()]*${word}[^<>()]*>\\s*\\(`,
  );
  return binding || isDeclared.test(text.replaceAll(/\bnew\s+[\w.]+</g, '')) ? 'own' : undefined;
}

/** What an import gives a name, as another file may import it. */
function importOf(
  { path, identifier }: Binding,
  statement: NodePath<t.ImportDeclaration>,
  migration: Source,
): PortableImport | undefined {
  const module = statement.node.source.value;
  const imported = path.isImportSpecifier()
    ? writtenName(path.node.imported)
    : path.isImportNamespaceSpecifier()
      ? '*'
      : 'default';
  if (imported === undefined) return undefined;
  const file = migration.project?.resolve(migration.path, module);
  const { end } = statement.node.source;
  const behind = migration.text
    .slice(end ?? 0, statement.node.end ?? 0)
    .replace(/;?\s*$/, '')
    .trim();
  return {
    local: identifier.name,
    imported,
    module,
    ...(file !== undefined && { file }),
    ...(/^(with|assert)\b/.test(behind) && { attributes: behind }),
  };
}

/** What `require` gives a name, as another file may have it; undefined for what is not required as a whole or by a name. */
function requiredImport({ path, identifier }: Binding, migration: Source): PortableImport | undefined {
  if (!path.isVariableDeclarator()) return undefined;
  const { id, init } = path.node;
  const required = requiredModule(init);
  if (!required) return undefined;
  const key = id.type === 'ObjectPattern' ? pickedAs(id, identifier.name) : required.property;
  const isKnown = id.type === 'Identifier' || (key !== undefined && required.property === undefined);
  return isKnown ? loaded(required.module.value, key ?? '*', identifier.name, migration) : undefined;
}

/** A module that is loaded where its value is read: it goes by its own name. */
function loadedInPlace(call: NodePath<t.CallExpression>, migration: Source): PortableImport | undefined {
  const required = requiredModule(call.node);
  if (!required) return undefined;
  const module = required.module.value;
  const words =
    module
      .replace(/(\/index)?(\.[cm]?[jt]sx?|\.json)?$/, '')
      .split('/')
      .at(-1) ?? '';
  const name = words
    .replaceAll(/\W+(\w)/g, (_, first: string) => first.toUpperCase())
    .replaceAll(/^\d|\W/g, '');
  const isTaken = name === '' || RESERVED.test(name) || migration.program.scope.hasBinding(name);
  return loaded(module, '*', isTaken ? `${name}Module` : name, migration);
}

/** Words of the language, and names that a cache module has already. */
const RESERVED = /^(default|class|import|export|package|module|exports|require|cache|shared|create)$/;

function loaded(module: string, imported: string, local: string, migration: Source): PortableImport {
  const file = migration.project?.resolve(migration.path, module);
  return { local, imported, module, ...(file !== undefined && { file }) };
}

function codeOf(
  path: NodePath,
  migration: Source,
  imports: PortableImport[],
  steps: number,
): string | undefined {
  if (steps === 0) return undefined;
  const start = path.node.start ?? 0;
  let code = migration.text.slice(start, path.node.end ?? 0);
  // From the end on, so that offsets before it stay what they are.
  for (const part of partsIn(path).reverse()) {
    const written = replacement(part, migration, imports, { steps, isWhole: part === path });
    if (written === undefined) return undefined;
    const [from, to] = [(part.node.start ?? 0) - start, (part.node.end ?? 0) - start];
    const isShorthand = part.parentPath?.isObjectProperty({ shorthand: true }) === true;
    const name = migration.text.slice(part.node.start ?? 0, part.node.end ?? 0);
    const whole = isShorthand && written !== name ? `${name}: ${written}` : written;
    code = code.slice(0, from) + whole + code.slice(to);
  }
  return code;
}

type Part = NodePath<t.Identifier> | NodePath<t.CallExpression>;

/** The names in an expression, and the modules that it loads. */
function partsIn(path: NodePath): Part[] {
  if (path.isIdentifier()) return [path];
  const parts: Part[] = [];
  const noteLoad = (call: NodePath<t.CallExpression>) => {
    if (!requiredModule(call.node)) return;
    parts.push(call);
    call.skip();
  };
  if (path.isCallExpression() && requiredModule(path.node)) return [path];
  path.traverse({
    Identifier(name) {
      if (name.isReferencedIdentifier()) parts.push(name as NodePath<t.Identifier>);
    },
    CallExpression: noteLoad,
  });
  return parts;
}

/** What stands for a name, or for a module that is loaded, in another module; undefined where nothing can. */
function replacement(
  name: Part,
  migration: Source,
  imports: PortableImport[],
  { steps, isWhole }: { steps: number; isWhole: boolean },
): string | undefined {
  if (name.isCallExpression()) {
    const found = loadedInPlace(name, migration);
    if (found) imports.push(found);
    return found?.local;
  }
  const local = (name as NodePath<t.Identifier>).node.name;
  const binding = name.scope.getBinding(local);
  if (!binding) return local;
  const { path } = binding;
  const statement = path.parentPath;
  if (statement?.isImportDeclaration()) {
    const found = importOf(binding, statement, migration);
    if (!found) return undefined;
    imports.push(found);
    return local;
  }
  const required = requiredImport(binding, migration);
  if (required) {
    imports.push(required);
    return local;
  }
  const init = path.isVariableDeclarator() ? (path.get('init') as NodePath) : undefined;
  const picked = path.isVariableDeclarator()
    ? namesOfPattern(path.get('id') as NodePath, binding)
    : undefined;
  if (!init?.node || !picked) return undefined;
  const value = codeOf(init, migration, imports, steps - 1);
  const fallback = picked.fallback ? codeOf(picked.fallback, migration, imports, steps - 1) : '';
  if (value === undefined || fallback === undefined) return undefined;
  const isMember = picked.names.length > 0;
  const members = isMember ? picked.names.map(memberText).join('') : '';
  const isSimple = SIMPLE.test(init.node.type);
  const code = isMember && !isSimple ? `(${value})${members}` : `${value}${members}`;
  if (picked.fallback) return `(${code} ?? ${fallback})`;
  return isSimple || isMember || isWhole || standsAlone(name) ? code : `(${code})`;
}

const SIMPLE = /^(\w*Literal|Identifier|MemberExpression|CallExpression|ObjectExpression)$/;

function memberText(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** Whether any expression may stand in the place of a name as it is: as a value of an object or a list, or an argument. */
function standsAlone(name: NodePath): boolean {
  const { parentPath: parent } = name;
  if (parent?.isObjectProperty()) return name.key === 'value';
  return (
    parent?.isArrayExpression() === true ||
    parent?.isTemplateLiteral() === true ||
    name.listKey === 'arguments'
  );
}
