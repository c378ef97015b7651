import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { reportDone } from '../analysis/report.ts';
import type { Factory, Migration } from '../migration.ts';
import { removeStatement } from '../source/remove-statement.ts';

/** Takes away the factories that nothing uses any more. */
export function removeFactories(migration: Migration): void {
  for (const factory of migration.factories) {
    if (factory.fate !== 'remove') continue;
    const statement = declarationOf(factory);
    reportDone(migration, statement.node, 'factory', 'removed');
    removeStatement(migration, statement.node);
  }
}

function declarationOf({ fn }: Factory): NodePath<t.Node> {
  return fn.isFunctionDeclaration() ? fn : (fn.getStatementParent() ?? fn);
}
