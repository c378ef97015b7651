import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { freeProviderName, providerCall } from '../text/acquisition.ts';
import type { Migration, Source } from '../../migration.ts';
import { rangeOf } from '../../source/edit.ts';
import { startWithComments } from '../text/remove-statement.ts';
import { indentationAt, lineEndingAt, lineStart } from '../../source/text-style.ts';

/**
 * Declares a task's provider before a statement, or finds the one that is declared there already.
 * @returns the provider's name
 */
export function declareProvider(
  migration: Migration,
  statement: NodePath<t.Statement>,
  where?: Where,
): string {
  const present = visibleProvider(migration, statement);
  if (present !== undefined) return present;
  const name = freeProviderName(migration, statement);
  migration.providers.push({ name, before: statement });
  insertBefore(migration, statement, `const ${name} = ${providerCall(migration, statement)}`, where);
  return name;
}

/** The name of a provider that the edits declare and that a statement can use. */
export function visibleProvider(
  { providers }: Migration,
  statement: NodePath<t.Statement>,
): string | undefined {
  return providers.find(({ before }) => isVisible(before, statement))?.name;
}

interface Where {
  /** The comment behind the statement on its line. */
  comment?: string;
  /** Above the comments of the other statement, not between them and it. */
  aboveComments?: boolean;
}

/** Puts a statement (without its semicolon) before another, on a line of its own where that has one. */
export function insertBefore(
  migration: Migration,
  statement: NodePath<t.Statement>,
  code: string,
  { comment = '', aboveComments = false }: Where = {},
): void {
  const { text, style, edits } = migration;
  const { start } = aboveComments
    ? { start: startWithComments(text, statement.node) }
    : rangeOf(statement.node);
  const before = text.slice(lineStart(text, start), start);
  // A comment before the statement on its line goes on standing before it.
  const ownLine = isBlank(before);
  const separator = ownLine ? lineEndingAt(text, start, style) + indentationAt(text, start) : ' ';
  const beside = ownLine && comment ? ` ${comment}` : '';
  const at = ownLine ? start - before.trimStart().length : start;
  edits.appendLeft(at, `${code}${ownLine ? style.semicolon : ';'}${beside}${separator}`);
}

/** Whether a statement begins its line, but for comments. */
export function beginsLine({ text }: Source, { node }: NodePath<t.Statement>): boolean {
  const { start } = rangeOf(node);
  return isBlank(text.slice(lineStart(text, start), start));
}

function isBlank(before: string): boolean {
  return before.replaceAll(/\/\*.*?\*\//g, '').trim() === '';
}

/** Whether what is declared before one statement can be used from another: the same list of statements, or within. */
function isVisible(before: NodePath<t.Statement>, from: NodePath<t.Statement>): boolean {
  if (before.getFunctionParent()?.node !== from.getFunctionParent()?.node) return false;
  const same = from.find((path) => path.container === before.container && path.listKey === before.listKey);
  return same !== null && Number(same.key) >= Number(before.key);
}
