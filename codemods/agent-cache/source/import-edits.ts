import type * as t from '@babel/types';
import type { AgentBinding, Migration } from '../migration.ts';
import { rangeOf } from './edit.ts';

/** Makes the import of the class one of its type alone. */
export function makeTypeOnly(migration: Migration, { statement, binding }: AgentBinding): void {
  if (!statement.isImportDeclaration()) return;
  const { start } = rangeOf(statement.node);
  if (statement.node.specifiers.length === 1) migration.edits.appendLeft(start + 'import'.length, ' type');
  else if (binding.path.isImportSpecifier())
    migration.edits.appendLeft(rangeOf(binding.path.node).start, 'type ');
}

/**
 * Takes the name of the class out of an import or `require` of more than it.
 * @returns false when the statement names nothing else, so that it has to go as a whole
 */
export function dropSpecifier(migration: Migration, { statement, binding }: AgentBinding): boolean {
  const siblings = siblingsOf(statement.node);
  const index = siblings.findIndex((node) => namesOf(node).includes(binding.identifier.name));
  if (siblings.length < 2 || index < 0) return false;
  const own = siblings[index];
  const [previous, next] = [siblings[index - 1], siblings[index + 1]];
  if (own && next) migration.edits.remove(rangeOf(own).start, rangeOf(next).start);
  else if (own && previous) migration.edits.remove(rangeOf(previous).end, rangeOf(own).end);
  return true;
}

function siblingsOf(statement: AgentBinding['statement']['node']): t.Node[] {
  if (statement.type === 'ImportDeclaration') return statement.specifiers;
  if (statement.type !== 'VariableDeclaration') return [];
  if (statement.declarations.length > 1) return statement.declarations;
  const id = statement.declarations[0]?.id;
  return id?.type === 'ObjectPattern' ? id.properties : [];
}

function namesOf(node: t.Node): string[] {
  if ('local' in node && node.local && typeof node.local === 'object' && 'name' in node.local) {
    return [String(node.local.name)];
  }
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') return [node.id.name];
  if (node.type === 'ObjectProperty' && node.value.type === 'Identifier') return [node.value.name];
  return [];
}
