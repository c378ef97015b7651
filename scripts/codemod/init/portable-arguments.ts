import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../../codemods/agent-cache/migration.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { readValue } from '../../../codemods/agent-cache/survey/values/value-reader.ts';

/** Arguments as another module can write them: their code, and what that has to import. */
export interface PortableArguments {
  /** The same for arguments that come to the same. */
  key: string;
  code: string;
  imports: readonly PortableImport[];
}

/** A name that code takes from a file of the tree, or from a package. */
export interface PortableImport {
  local: string;
  /** `default`, a name, or `*` for the whole module. */
  imported: string;
  file?: string;
  module: string;
}

const MAX_STEPS = 8;

/**
 * The arguments of a construction, where they are the same at every request: constants of the file are written out.
 * Undefined where one of them differs by the call, or has a name that another module cannot have.
 */
export function portableArguments(
  given: readonly NodePath[],
  migration: Source,
): PortableArguments | undefined {
  const keys: string[] = [];
  const codes: string[] = [];
  const imports: PortableImport[] = [];
  for (const each of given) {
    const value = each.isSpreadElement() ? undefined : readValue(each, migration);
    const code = value && 'text' in value ? codeOf(each, migration, imports, MAX_STEPS) : undefined;
    if (!value || !('text' in value) || code === undefined) return undefined;
    keys.push(value.text);
    codes.push(code);
  }
  return { key: keys.join(', '), code: codes.join(', '), imports };
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
  for (const name of namesIn(path).reverse()) {
    const written = replacement(name, migration, imports, { steps, isWhole: name === path });
    if (written === undefined) return undefined;
    const at = (name.node.start ?? 0) - start;
    const isShorthand = name.parentPath?.isObjectProperty({ shorthand: true }) === true;
    const whole = isShorthand && written !== name.node.name ? `${name.node.name}: ${written}` : written;
    code = code.slice(0, at) + whole + code.slice(at + name.node.name.length);
  }
  return code;
}

function namesIn(path: NodePath): NodePath<t.Identifier>[] {
  if (path.isIdentifier()) return [path];
  const names: NodePath<t.Identifier>[] = [];
  path.traverse({
    Identifier(name) {
      if (name.isReferencedIdentifier()) names.push(name);
    },
  });
  return names;
}

/** What stands for a name in another module; undefined where nothing can. */
function replacement(
  name: NodePath<t.Identifier>,
  migration: Source,
  imports: PortableImport[],
  { steps, isWhole }: { steps: number; isWhole: boolean },
): string | undefined {
  const local = name.node.name;
  const binding = name.scope.getBinding(local);
  if (!binding) return local;
  const { path } = binding;
  const statement = path.parentPath;
  if (statement?.isImportDeclaration()) {
    const module = statement.node.source.value;
    const imported = path.isImportSpecifier()
      ? writtenName(path.node.imported)
      : path.isImportNamespaceSpecifier()
        ? '*'
        : 'default';
    if (imported === undefined) return undefined;
    const file = migration.project?.resolve(migration.path, module);
    imports.push({ local, imported, module, ...(file !== undefined && { file }) });
    return local;
  }
  const init =
    path.isVariableDeclarator() && path.node.id.type === 'Identifier' ? path.get('init') : undefined;
  if (!init?.node) return undefined;
  const value = init as NodePath;
  const code = codeOf(value, migration, imports, steps - 1);
  const isSimple = /^(\w*Literal|Identifier|MemberExpression|CallExpression|ObjectExpression)$/.test(
    value.node.type,
  );
  return code === undefined || isSimple || isWhole ? code : `(${code})`;
}
