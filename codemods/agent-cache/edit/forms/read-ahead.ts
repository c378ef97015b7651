import type { NodePath } from '@babel/traverse';
import { isValidIdentifier, type MemberExpression, type Statement } from '@babel/types';
import type { Migration, ReadAhead } from '../../migration.ts';
import { replaceNode, textOf } from '../../source/edit.ts';
import { insertBefore } from './declare-provider.ts';
import { capitalised } from '../../source/client-noun.ts';

/** Names that no constant should have, although the syntax lets some. */
const TAKEN = /^(arguments|eval|undefined)$/;

/** Declares parts of what a call is given as constants before a statement, and names those in their place. */
export function readAhead(migration: Migration, { parts, before }: ReadAhead): void {
  for (const part of parts) {
    const name = freeName(part, before, migration);
    migration.readAhead.push({ name, before });
    insertBefore(migration, before, `const ${name} = ${textOf(migration, part.node)}`, {
      aboveComments: true,
    });
    migration.keptNodes.add(part.node);
    const { parent } = part;
    const isShorthand =
      parent.type === 'ObjectProperty' &&
      !parent.computed &&
      parent.key.type === 'Identifier' &&
      parent.key.name === name;
    replaceNode(migration, isShorthand ? parent : part.node, name);
  }
}

/** The name of the property, or another one where the place has that for something else. */
function freeName(
  part: NodePath,
  before: NodePath<Statement>,
  { readAhead: known, program }: Migration,
): string {
  const { property } = part.node as MemberExpression;
  const wanted = property.type === 'Identifier' ? property.name : 'given';
  const isFree = (name: string) =>
    isValidIdentifier(name) &&
    !TAKEN.test(name) &&
    !before.scope.hasBinding(name) &&
    !program.scope.hasGlobal(name) &&
    !known.some((each) => each.name === name && each.before.scope === before.scope);
  if (isFree(wanted)) return wanted;
  const given = `given${capitalised(wanted)}`;
  if (isFree(given)) return given;
  for (let number = 2; ; number++) if (isFree(`${given}${number}`)) return `${given}${number}`;
}
