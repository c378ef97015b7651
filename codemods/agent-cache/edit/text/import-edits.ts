import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, Migration } from '../../migration.ts';
import { dropFromList } from './drop-from-list.ts';
import { rangeOf } from '../../source/edit.ts';

type Specifier = t.ImportDeclaration['specifiers'][number];

/** Makes the import of the class one of its type alone. */
export function makeTypeOnly(migration: Migration, { statement, binding }: AgentBinding): void {
  if (!statement.isImportDeclaration()) return;
  const { specifiers } = statement.node;
  const own = binding.path.node;
  if (own.type === 'ImportDefaultSpecifier' && specifiers.length > 1)
    makeDefaultTypeOnly(migration, statement, own);
  else if (specifiers.every((node) => node === own || isInlineType(node)))
    makeWholeTypeOnly(migration, statement);
  else if (binding.path.isImportSpecifier()) {
    migration.edits.appendLeft(rangeOf(binding.path.node).start, 'type ');
  }
}

/**
 * Takes names out of an import or `require` of more than them.
 * @returns false when the statement names nothing else, so that it has to go as a whole
 */
export function dropSpecifiers(
  migration: Migration,
  statement: AgentBinding['statement'],
  bindings: readonly AgentBinding[],
): boolean {
  if (statement.isImportDeclaration()) {
    const gone = new Set<t.Node>(bindings.map(({ binding }) => binding.path.node));
    return dropFromImport(migration, statement, gone);
  }
  if (!statement.isVariableDeclaration()) return false;
  const { declarations } = statement.node;
  const emptied = new Set<t.Node>();
  for (const declarator of declarations) {
    const own = new Set(bindings.filter(({ binding }) => binding.path.node === declarator).map(nameOf));
    const properties: t.Node[] =
      declarator.id.type === 'ObjectPattern' ? declarator.id.properties : [declarator.id];
    const gone = new Set(properties.filter((node) => own.has(localNameOf(node))));
    if (gone.size === properties.length) emptied.add(declarator);
    else if (gone.size > 0) dropFromList(migration, properties, gone);
  }
  if (emptied.size < declarations.length) dropFromList(migration, declarations, emptied);
  return emptied.size < declarations.length;
}

function dropFromImport(
  migration: Migration,
  statement: NodePath<t.ImportDeclaration>,
  gone: ReadonlySet<t.Node>,
): boolean {
  const { specifiers } = statement.node;
  const others = specifiers.filter((node) => !gone.has(node));
  if (others.length === 0) return false;
  const { text, edits } = migration;
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
  const [first] = specifiers;
  const hasDefault = first !== undefined && first.type !== 'ImportSpecifier';
  if (hasDefault && gone.has(first)) {
    const { start, end } = rangeOf(first);
    edits.remove(start, end + text.slice(end).search(/[{*]/));
  }
  if (named.length > 0 && named.every((node) => gone.has(node))) {
    edits.remove(
      rangeOf(others.at(-1) ?? statement.node).end,
      text.indexOf('}', rangeOf(named.at(-1) ?? statement.node).end) + 1,
    );
  } else if (!keepOnOneLine(migration, statement, gone)) dropFromList(migration, named, gone);
  if (others.every(isInlineType)) makeWholeTypeOnly(migration, statement, gone);
  return true;
}

/** The width in which every formatter writes the names of an import on one line, where they fit. */
const LINE_WIDTH = 80;

/** Takes names out of braces of several lines whose other names fit into one; false where they stay as they are. */
function keepOnOneLine(
  { text, edits }: Migration,
  { node }: NodePath<t.ImportDeclaration>,
  gone: ReadonlySet<t.Node>,
): boolean {
  const kept = node.specifiers.filter((specifier) => !gone.has(specifier));
  const [first, last] = [kept[0], kept.at(-1)];
  const { start, end } = rangeOf(node);
  const [open, close] = [text.indexOf('{', start), text.indexOf('}', start)];
  const names = kept.map((specifier) => text.slice(specifier.start ?? 0, specifier.end ?? 0)).join(', ');
  const isPlain = node.specifiers.every(({ type }) => type === 'ImportSpecifier');
  if (!first || !last || !isPlain || !/^[^/]*[\r\n][^/]*$/.test(text.slice(open, close))) return false;
  if (`import { ${names} }`.length + (end - close) > LINE_WIDTH) return false;
  edits.update(open + 1, rangeOf(first).start, ' ');
  for (const [index, specifier] of kept.entries()) {
    const next = kept[index + 1];
    edits.update(rangeOf(specifier).end, next ? rangeOf(next).start : close, next ? ', ' : ' ');
  }
  return true;
}

/** `import A, { B }` as `import { type default as A, B }`: a default and names cannot be types in one `import type`. */
function makeDefaultTypeOnly(
  migration: Migration,
  statement: NodePath<t.ImportDeclaration>,
  own: t.ImportDefaultSpecifier,
): void {
  const { text, edits } = migration;
  const { start, end } = rangeOf(own);
  const brace = text.slice(end).search(/[{*]/);
  if (text[end + brace] !== '{') return;
  const others = statement.node.specifiers.filter((node) => node !== own);
  const isWhole = others.every(isInlineType);
  edits.update(start, end + brace + 1, `{ ${isWhole ? '' : 'type '}default as ${own.local.name},`);
  if (isWhole) makeWholeTypeOnly(migration, statement);
}

/** `import { type A, B }` as `import type { A, B }`, and `import defer * as a`, which no type can be, as the same. */
function makeWholeTypeOnly(
  migration: Migration,
  statement: NodePath<t.ImportDeclaration>,
  gone: ReadonlySet<t.Node> = new Set(),
): void {
  const { text, edits } = migration;
  const behind = rangeOf(statement.node).start + 'import'.length;
  const phase = /^\s+(?:defer|source)(?=\s)/.exec(text.slice(behind))?.[0];
  if (statement.node.phase && phase) edits.update(behind, behind + phase.length, ' type');
  else edits.appendLeft(behind, ' type');
  for (const node of statement.node.specifiers) {
    if (gone.has(node) || !isInlineType(node)) continue;
    const { start } = rangeOf(node);
    edits.remove(start, start + (/^type\s+/.exec(text.slice(start))?.[0].length ?? 0));
  }
}

function isInlineType(node: Specifier): boolean {
  return node.type === 'ImportSpecifier' && node.importKind === 'type';
}

function nameOf({ binding }: AgentBinding): string | undefined {
  return binding.identifier.name;
}

function localNameOf(node: t.Node): string | undefined {
  const local = node.type === 'ObjectProperty' ? node.value : node;
  return local.type === 'Identifier' ? local.name : undefined;
}
