import { cacheSpecifier } from '../analysis/module-paths.ts';
import type { AgentBinding, Migration } from '../migration.ts';
import { existingCacheImports } from '../analysis/cache-imports.ts';
import { addSpecifiers, importStatement } from '../source/import-text.ts';
import { dropSpecifier, makeTypeOnly } from '../source/import-edits.ts';
import { rangeOf, textOf } from '../source/edit.ts';
import { removeStatement } from '../source/remove-statement.ts';
import { indentationAt, lineEndingAt } from '../source/text-style.ts';
import { remainingUse } from '../analysis/remaining-use.ts';

/** Imports what the new code uses, and takes away or makes type-only what it no longer uses. */
export function updateImports(migration: Migration): void {
  const place = migration.agentBindings.find(({ typeOnly }) => !typeOnly) ?? migration.agentBindings[0];
  let pending = newImport(migration, place);
  for (const agentBinding of migration.agentBindings) {
    const use = remainingUse(migration, agentBinding);
    if (use === 'untouched' || use === 'value') continue;
    if (use === 'type') makeTypeOnly(migration, agentBinding);
    else if (!dropSpecifier(migration, agentBinding)) {
      if (pending !== undefined && agentBinding === place) {
        const { start, end } = rangeOf(agentBinding.statement.node);
        migration.edits.update(start, end, pending);
        pending = undefined;
      } else {
        removeStatement(migration, agentBinding.statement.node, { withComments: false });
      }
    }
  }
  if (pending !== undefined && place) insertAfter(migration, place, pending);
}

/** The statement that imports what is missing; undefined when an import that stands could take it in. */
function newImport(migration: Migration, place: AgentBinding | undefined): string | undefined {
  if (migration.cacheNames.size === 0 || !place) return undefined;
  const present = existingCacheImports(migration).find(
    ({ typeOnly, exported }) => !typeOnly && exported !== '*',
  );
  if (present) {
    addSpecifiers(migration, present.statement, migration.cacheNames);
    return undefined;
  }
  const specifier = cacheSpecifier(place.module.value, migration) ?? '';
  const quote = textOf(migration, place.module).startsWith('"') ? '"' : "'";
  const semicolon = textOf(migration, place.statement.node).endsWith(';') ? ';' : '';
  const style = place.statement.isVariableDeclaration() ? 'require' : 'import';
  return importStatement(migration.cacheNames, `${quote}${specifier}${quote}`, style) + semicolon;
}

function insertAfter(migration: Migration, place: AgentBinding, statement: string): void {
  const { text, style, edits } = migration;
  const { start, end } = rangeOf(place.statement.node);
  edits.appendRight(end, lineEndingAt(text, start, style) + indentationAt(text, start) + statement);
}
