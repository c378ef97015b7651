import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { cacheExport, cacheName } from './text/cache-names.ts';
import { exportedNameAt, exportStatementOf } from '../survey/code/exports.ts';
import { overloadsOf } from '../survey/code/overloads.ts';
import { importExample } from '../survey/modules/import-example.ts';
import { cacheSpecifier } from '../survey/modules/cache-specifier.ts';
import { reportDone } from '../report.ts';
import type { Factory, Migration } from '../migration.ts';
import { rangeOf, replaceNode, semicolonOf, statementEnd, textOf } from '../source/edit.ts';
import { lineEndingAt } from '../source/text-style.ts';
import { dropFactory, sharesItsStatement } from './forms/drop-factory.ts';
import { removeStatement } from './text/remove-statement.ts';

/** Exports the cache's own function under the names of the factories that other files import. */
export function reexportFactories(migration: Migration): void {
  for (const factory of migration.factories) {
    if (factory.fate !== 'reexport') continue;
    const statement = exportStatementOf(factory.fn);
    reportDone(migration, (statement ?? factory.fn).node, 'factory', 'removed');
    for (const overload of overloadsOf(factory.fn)) removeStatement(migration, overload.node);
    for (const reference of factory.references) replaceExport(migration, reference);
    if (exportedNameAt(factory.fn) !== undefined && !factory.fn.isFunctionDeclaration())
      replaceExport(migration, factory.fn);
    else if (statement) replaceStatement(migration, factory, statement);
    else dropFactory(migration, factory);
  }
}

function replaceStatement(
  migration: Migration,
  factory: Factory,
  statement: NodePath<t.ExportDeclaration>,
): void {
  const example = importExample(migration);
  const specifier = example && cacheSpecifier(example.module.value, migration, migration.options.factory);
  if (!example || specifier === undefined) return;
  const quote = textOf(migration, example.module).startsWith('"') ? '"' : "'";
  const semicolon = semicolonOf(migration, example.statement.node);
  // A semicolon in front of the next statement ends this one, for a parser.
  const [ending = semicolon] = /\s*[\r\n]\s*;$/.exec(textOf(migration, statement.node)) ?? [];
  const { factory: exported } = migration.options;
  const name = statement.isExportDefaultDeclaration() ? 'default' : factory.name;
  const names = name === exported ? exported : `${exported} as ${name}`;
  const text = `export { ${names} } from ${quote}${specifier}${quote}`;
  const isShared = sharesItsStatement(factory, migration);
  if (!isShared && !migration.removedNodes.has(statement.node)) {
    replaceNode(migration, statement.node, text + ending);
    return;
  }
  const { start } = rangeOf(statement.node);
  const lineBreak = lineEndingAt(migration.text, start, migration.style);
  if (isShared) dropFactory(migration, factory);
  migration.edits.appendRight(statementEnd(migration, statement.node), lineBreak + text + semicolon);
}

function replaceExport(migration: Migration, reference: NodePath): void {
  const exported = exportedNameAt(reference);
  const { parentPath: parent } = reference;
  if (exported === undefined || !parent) return;
  const { factory } = migration.options;
  if (parent.isExportSpecifier()) {
    const name = cacheName(migration, factory);
    // A name that is a text stays one.
    const own = textOf(migration, parent.node.exported);
    replaceNode(migration, parent.node, name === own ? name : `${name} as ${own}`);
    return;
  }
  const name = cacheExport(migration, factory, reference);
  if (parent.isObjectProperty()) {
    const key = textOf(migration, parent.node.key);
    replaceNode(migration, parent.node, name === key ? name : `${key}: ${name}`);
  } else replaceNode(migration, reference.node, name);
}
