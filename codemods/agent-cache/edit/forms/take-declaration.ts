import type { SoleDeclaration } from '../../survey/code/declarations.ts';
import type { Migration } from '../../migration.ts';
import { dropFromList } from '../text/drop-from-list.ts';
import { type Taking, removeStatement } from '../text/remove-statement.ts';

/** Takes a declaration away, with its statement where nothing else is left in that. */
export function takeDeclaration(
  migration: Migration,
  { statement, declarator }: SoleDeclaration,
  taking: Taking,
): void {
  const { declarations } = statement.node;
  migration.removedNodes.add(declarator.node);
  const gone = declarations.filter((each) => migration.removedNodes.has(each));
  if (gone.length === declarations.length) removeStatement(migration, statement.node, taking);
  else dropFromList(migration, declarations, new Set(gone));
}
