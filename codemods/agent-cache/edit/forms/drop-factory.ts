import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { declarationOf, whereGiven } from '../../survey/code/where-given.ts';
import type { Factory, Migration } from '../../migration.ts';
import { dropFromList } from '../text/drop-from-list.ts';
import { removeStatement } from '../text/remove-statement.ts';

/** Takes away what declares a factory, and leaves what else its statement declares. */
export function dropFactory(migration: Migration, { fn }: Factory): void {
  const whole = declarationOf(fn);
  const own = declaratorOf(fn);
  const declarations = own?.declarations.filter((each) => each !== own.declarator) ?? [];
  if (!own || declarations.every((each) => isOfFactory(each, migration))) {
    if (!migration.removedNodes.has(whole.node)) removeStatement(migration, whole.node);
    return;
  }
  migration.removedNodes.add(own.declarator);
  const gone = own.declarations.filter((each) => migration.removedNodes.has(each));
  dropFromList(migration, own.declarations, new Set(gone));
}

/** Whether a factory's statement declares something that stays. */
export function sharesItsStatement({ fn }: Factory, migration: Migration): boolean {
  const own = declaratorOf(fn);
  return own?.declarations.some((each) => each !== own.declarator && !isOfFactory(each, migration)) ?? false;
}

function declaratorOf(
  fn: NodePath,
): { declarator: t.VariableDeclarator; declarations: readonly t.VariableDeclarator[] } | undefined {
  const declarator = whereGiven(fn).parentPath;
  const statement = declarator?.isVariableDeclarator() ? declarator.parentPath : undefined;
  if (!declarator?.isVariableDeclarator() || !statement?.isVariableDeclaration()) return undefined;
  return { declarator: declarator.node, declarations: statement.node.declarations };
}

function isOfFactory(declarator: t.VariableDeclarator, { factories }: Migration): boolean {
  return factories.some(
    ({ fn, fate }) =>
      (fate === 'remove' || fate === 'reexport') && declaratorOf(fn)?.declarator === declarator,
  );
}
