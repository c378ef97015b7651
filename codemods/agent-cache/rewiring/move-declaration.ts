import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { inlineAcquisition, keptCall } from '../analysis/acquisition.ts';
import { soleDeclarator } from '../analysis/declarations.ts';
import type { Migration, Site } from '../migration.ts';
import { rangeOf, statementEnd } from '../source/edit.ts';
import { removeStatement } from '../source/remove-statement.ts';
import { declareProvider, insertBefore } from './declare-provider.ts';

/** Takes a declaration of the agent away, and declares it, awaited, before each of the given statements. */
export function moveDeclaration(
  migration: Migration,
  site: Site,
  before: readonly NodePath<t.Statement>[],
): void {
  const { expression } = site;
  const declaration = soleDeclarator(expression);
  if (!declaration) return;
  const { statement, id } = declaration;
  const offset = rangeOf(statement.node).start;
  const text = migration.text.slice(offset, statementEnd(migration, statement.node));
  const head = text.slice(0, rangeOf(id).end - offset);
  const tail = text.slice(rangeOf(expression.node).end - offset).replace(/;$/, '');
  removeStatement(migration, statement.node, { withComments: false });
  for (const place of before) {
    const acquired =
      keptCall(migration, site) ??
      (migration.isTask
        ? `${declareProvider(migration, place)}.getAgent()`
        : inlineAcquisition(migration, place));
    insertBefore(migration, place, `${head} = await ${acquired}${tail}`);
  }
}
