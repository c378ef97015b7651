import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, Migration } from '../migration.ts';
import { rangeOf } from './edit.ts';

type Specifier = t.ImportDeclaration['specifiers'][number];

/** Makes the import of the class one of its type alone. */
export function makeTypeOnly(migration: Migration, { statement, binding }: AgentBinding): void {
  if (!statement.isImportDeclaration()) return;
  const { specifiers } = statement.node;
  if (specifiers.every((node) => node === binding.path.node || isInlineType(node)))
    makeWholeTypeOnly(migration, statement);
  else if (binding.path.isImportSpecifier()) {
    migration.edits.appendLeft(rangeOf(binding.path.node).start, 'type ');
  }
}

/**
 * Takes the name of the class out of an import or `require` of more than it.
 * @returns false when the statement names nothing else, so that it has to go as a whole
 */
export function dropSpecifier(migration: Migration, { statement, binding }: AgentBinding): boolean {
  if (statement.isImportDeclaration()) return dropFromImport(migration, statement, binding.path.node);
  const siblings = siblingsIn(statement.node);
  const own = siblings.find((node) => nameOf(node) === binding.identifier.name);
  if (siblings.length < 2 || !own) return false;
  dropFromList(migration, siblings, own);
  return true;
}

function dropFromImport(
  migration: Migration,
  statement: NodePath<t.ImportDeclaration>,
  own: t.Node,
): boolean {
  const { specifiers } = statement.node;
  const others = specifiers.filter((node) => node !== own);
  if (others.length === 0) return false;
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
  const { start, end } = rangeOf(own);
  const { text, edits } = migration;
  if (own.type !== 'ImportSpecifier') edits.remove(start, end + text.slice(end).search(/[{*]/));
  else if (named.length > 1) dropFromList(migration, named, own);
  else edits.remove(rangeOf(others[0] ?? own).end, text.indexOf('}', end) + 1);
  if (others.every(isInlineType)) makeWholeTypeOnly(migration, statement, own);
  return true;
}

/** `import { type A, B }` as `import type { A, B }`. */
function makeWholeTypeOnly(
  migration: Migration,
  statement: NodePath<t.ImportDeclaration>,
  gone?: t.Node,
): void {
  const { text, edits } = migration;
  edits.appendLeft(rangeOf(statement.node).start + 'import'.length, ' type');
  for (const node of statement.node.specifiers) {
    if (node === gone || !isInlineType(node)) continue;
    const { start } = rangeOf(node);
    edits.remove(start, start + (/^type\s+/.exec(text.slice(start))?.[0].length ?? 0));
  }
}

function isInlineType(node: Specifier): boolean {
  return node.type === 'ImportSpecifier' && node.importKind === 'type';
}

function dropFromList(migration: Migration, list: readonly t.Node[], own: t.Node): void {
  const index = list.indexOf(own);
  const [previous, next] = [list[index - 1], list[index + 1]];
  if (next) migration.edits.remove(rangeOf(own).start, rangeOf(next).start);
  else if (previous) migration.edits.remove(rangeOf(previous).end, rangeOf(own).end);
}

function siblingsIn(statement: t.Node): t.Node[] {
  if (statement.type !== 'VariableDeclaration') return [];
  if (statement.declarations.length > 1) return statement.declarations;
  const id = statement.declarations[0]?.id;
  return id?.type === 'ObjectPattern' ? id.properties : [];
}

function nameOf(node: t.Node): string | undefined {
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') return node.id.name;
  if (node.type === 'ObjectProperty' && node.value.type === 'Identifier') return node.value.name;
  return undefined;
}
