import type * as t from '@babel/types';
import { reportDone } from '../report.ts';
import { wholeOwner } from '../settle/settle-members.ts';
import type { Migration } from '../migration.ts';
import { declarationOf } from '../survey/code/where-given.ts';
import { overloadsOf } from '../survey/code/overloads.ts';
import { dropFactory } from './forms/drop-factory.ts';
import { removeProperty } from './text/remove-property.ts';
import { removeStatement } from './text/remove-statement.ts';

/** Takes away the factories that nothing uses any more. */
export function removeFactories(migration: Migration): void {
  const owners = new Set<t.Node>();
  for (const factory of migration.factories) {
    if (factory.fate !== 'remove') continue;
    const { member } = factory;
    const declaration = member ? member.path : declarationOf(factory.fn);
    reportDone(migration, declaration.node, 'factory', 'removed');
    for (const overload of overloadsOf(factory.fn)) removeStatement(migration, overload.node);
    const owner = member && wholeOwner(member, migration);
    if (owner && owners.has(owner.node)) continue;
    if (owner) owners.add(owner.node);
    if (!owner && member?.owner.isObjectExpression()) removeProperty(migration, member.path, member.owner);
    else if (owner || member) removeStatement(migration, (owner ?? declaration).node);
    else dropFactory(migration, factory);
  }
}
