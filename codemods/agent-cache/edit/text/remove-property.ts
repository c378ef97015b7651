import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { rangeOf } from '../../source/edit.ts';
import { removeStatement } from './remove-statement.ts';

/** Removes a property of an object with its comma: the one behind it, or for the last one that before it. */
export function removeProperty(
  migration: Migration,
  property: NodePath,
  object: NodePath<t.ObjectExpression>,
): void {
  const { text, edits } = migration;
  const { end } = rangeOf(property.node);
  const comma = /^\s*,/.exec(text.slice(end, rangeOf(object.node).end));
  if (comma) {
    removeStatement(migration, property.node, { end: end + comma[0].length });
    return;
  }
  const before = object.node.properties
    .slice(0, Number(property.key))
    .reverse()
    .find((each) => !migration.removedNodes.has(each));
  removeStatement(migration, property.node);
  if (!before) return;
  const from = rangeOf(before).end;
  const last = /^\s*,/.exec(text.slice(from, rangeOf(property.node).start));
  if (last) edits.remove(from, from + last[0].length);
}
