import { importExample } from '../survey/modules/import-example.ts';
import { cacheSpecifier } from '../survey/modules/cache-specifier.ts';
import type { AgentBinding, Migration } from '../migration.ts';
import { existingCacheImports, WHOLE_MODULE } from '../survey/modules/cache-imports.ts';
import { addSpecifiers, type ImportStyle, importStatement } from './text/import-text.ts';
import { lateStatement } from './text/late-names.ts';
import { joinImport } from './text/join-import.ts';
import { dropSpecifiers, makeTypeOnly } from './text/import-edits.ts';
import { rangeOf, semicolonOf, statementEnd, textOf } from '../source/edit.ts';
import { endWithDirective, removeDirectives, removeStatement } from './text/remove-statement.ts';
import { indentationAt, lineEndingAt } from '../source/text-style.ts';
import { remainingUse } from './remaining-use.ts';

/** Whether nothing else is taken of a module beside the name: `const { Client, errors } = sdk` goes on to need that. */
function isAllOfItsDeclaration({ binding: { path } }: AgentBinding): boolean {
  const { id } = path.isVariableDeclarator() ? path.node : {};
  return id?.type !== 'ObjectPattern' || id.properties.length === 1;
}

/** Imports what the new code uses, and takes away or makes type-only what it no longer uses. */
export function updateImports(migration: Migration): void {
  const place = importExample(migration);
  const imports = [...migration.agentBindings, ...migration.remoteFactories.map((remote) => remote.import)];
  const unused = [...migration.orphans];
  const types: AgentBinding[] = [];
  // What only an alias named goes with it.
  for (const each of imports.sort((a, b) => Number(b.isAlias ?? false) - Number(a.isAlias ?? false))) {
    const use = remainingUse(migration, each);
    if (each.isAlias && use === 'none' && isAllOfItsDeclaration(each))
      migration.removedNodes.add(each.binding.path.node);
    if (use === 'type') types.push(each);
    else if (use === 'none') unused.push(each);
  }
  let pending = newImport(migration, place, { unused, types });
  for (const each of types) makeTypeOnly(migration, each);
  for (const statement of new Set(unused.map((each) => each.statement))) {
    const bindings = unused.filter((each) => each.statement === statement);
    const [late] = bindings.map((each) => lateStatement(migration, each));
    if (dropSpecifiers(migration, statement, bindings)) continue;
    if (late !== undefined) {
      migration.edits.update(rangeOf(statement.node).start, statementEnd(migration, statement.node), late);
      migration.lateNames.delete(statement.node);
    } else if (pending !== undefined && place?.statement === statement) {
      const end = statementEnd(migration, statement.node);
      removeDirectives(migration, statement.node);
      migration.edits.update(rangeOf(statement.node).start, endWithDirective(migration.text, end), pending);
      pending = undefined;
    } else {
      removeStatement(migration, statement.node, { comments: 'none' });
    }
  }
  if (pending !== undefined && place) insertAfter(migration, place, pending);
  for (const each of imports) {
    const late = lateStatement(migration, each);
    if (late !== undefined) insertAfter(migration, each, late);
    migration.lateNames.delete(each.statement.node);
  }
}

/** The statement that imports what is missing; undefined when an import that stands could take it in. */
function newImport(
  migration: Migration,
  place: AgentBinding | undefined,
  going: { unused: AgentBinding[]; types: readonly AgentBinding[] },
): string | undefined {
  if (migration.cacheNames.size === 0 || !place) return undefined;
  for (const { statement, typeOnly, exported, handedOn } of existingCacheImports(migration)) {
    if (typeOnly || handedOn || exported === WHOLE_MODULE) continue;
    addSpecifiers(migration, statement, migration.cacheNames);
    return undefined;
  }
  const quote = textOf(migration, place.module).startsWith('"') ? '"' : "'";
  const semicolon = semicolonOf(migration, place.statement.node);
  const { style, text } = migration;
  const statements: string[] = [];
  for (const [specifier, { whole, named }] of namesBySpecifier(migration, place)) {
    const module = `${quote}${specifier}${quote}`;
    if (whole.size > 0) statements.push(importStatement(whole, module, 'import-equals') + semicolon);
    if (named.size > 0 && !joinImport(migration, { specifier, names: named }, going))
      statements.push(importStatement(named, module, styleOf(place)) + semicolon);
  }
  if (statements.length === 0) return undefined;
  return statements.join(lineEndingAt(text, rangeOf(place.statement.node).start, style));
}

interface MissingNames {
  /** The whole module's. */
  whole: Map<string, string>;
  named: Map<string, string>;
}

/** What is missing of the cache, by the specifier that has it: a package may export each of its names elsewhere. */
function namesBySpecifier(migration: Migration, place: AgentBinding): Map<string, MissingNames> {
  const found = new Map<string, MissingNames>();
  for (const [exported, name] of migration.cacheNames) {
    const wanted = exported === WHOLE_MODULE ? undefined : exported;
    const specifier = cacheSpecifier(place.module.value, migration, wanted) ?? '';
    const names = found.get(specifier) ?? { whole: new Map(), named: new Map() };
    (wanted === undefined ? names.whole : names.named).set(exported, name);
    found.set(specifier, names);
  }
  return found;
}

function styleOf({ statement }: AgentBinding): ImportStyle {
  return statement.isVariableDeclaration() ? 'require' : 'import';
}

function insertAfter(migration: Migration, place: AgentBinding, statement: string): void {
  const { text, style, edits } = migration;
  const { start } = rangeOf(place.statement.node);
  const end = statementEnd(migration, place.statement.node);
  edits.appendRight(end, lineEndingAt(text, start, style) + indentationAt(text, start) + statement);
}
