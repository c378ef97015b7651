import type * as t from '@babel/types';
import type { Memo, Migration, Site } from '../../migration.ts';
import { memoAround } from '../../survey/factories/own-memo.ts';
import { rangeOf, semicolonOf } from '../../source/edit.ts';
import { dropFromList } from '../text/drop-from-list.ts';
import { removeStatement } from '../text/remove-statement.ts';

/** What keeps the agent of a place which is rewritten, and goes with that. */
export function memoOfRewired({ plan, expression }: Site, migration: Migration): Memo | undefined {
  const isRewired = plan !== undefined && plan.form !== 'manual';
  return isRewired ? memoAround(expression, migration)?.memo : undefined;
}

/** What keeps agents for the functions and the places that give the shared one now. */
export function replacedMemos(migration: Migration): Memo[] {
  const { factories, sites } = migration;
  return [
    ...factories.flatMap(({ fate, memo }) => (memo && fate !== 'keep' ? memo : [])),
    ...sites.flatMap((site) => memoOfRewired(site, migration) ?? []),
  ];
}

/** What kept an agent gives what `acquired` gives, and keeps nothing. */
export function replaceMemo(migration: Migration, { code, told }: Memo, acquired: string): void {
  const [first, last] = [code[0]?.node, code.at(-1)?.node];
  if (!first || !last) return;
  const line = told[0]?.node.loc?.start.line;
  if (line !== undefined)
    migration.notes.push({
      line,
      text: 'what was logged beside the first construction went with it, since the cache builds the agent now: log it there, if it is to be told',
    });
  for (const each of code) migration.removedNodes.add(each.node);
  const { text } = migration;
  let { start, end } = { start: rangeOf(first).start, end: rangeOf(last).end };
  if (first.type.endsWith('Statement')) {
    migration.edits.update(start, end, `return ${acquired}${semicolonOf(migration, last)}`);
    return;
  }
  // Only an assignment needs the parentheses around it.
  const around = /^\s*\)/.exec(text.slice(end));
  const before = /\(\s*$/.exec(text.slice(0, start));
  if (around && before) [start, end] = [before.index, end + around[0].length];
  migration.edits.update(start, end, acquired);
}

/** Takes away the variables and the fields that agents were kept in, but for those that go with what is around them. */
export function dropKept(migration: Migration, memos: readonly Memo[]): void {
  const variables = new Map<t.VariableDeclaration, Set<t.Node>>();
  for (const { declared } of memos) {
    if (declared.find(({ node }) => migration.removedNodes.has(node))) continue;
    const { node, parent } = declared;
    migration.removedNodes.add(node);
    if (parent.type !== 'VariableDeclaration') removeStatement(migration, node);
    else variables.set(parent, (variables.get(parent) ?? new Set()).add(node));
  }
  for (const [statement, gone] of variables) {
    if (statement.declarations.every((each) => gone.has(each))) removeStatement(migration, statement);
    else dropFromList(migration, statement.declarations, gone);
  }
}
