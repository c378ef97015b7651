import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { usesOfPattern } from '../../survey/factories/option-uses.ts';
import { keyName } from '../../survey/code/members.ts';
import { walksOver } from './table-walks.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/**
 * Where the element of a row is named when its table is walked: the uses of `handler` in
 * `for (const [path, handler] of [['/', list]])`. Undefined when something else is done with the table.
 */
export function usesOfRowElement(element: NodePath, source: Source): NodePath[] | undefined {
  const row = element.parentPath;
  const table = row?.parentPath;
  if (!row?.isArrayExpression() || !table?.isArrayExpression()) return undefined;
  return usesIn(table, source, (pattern) => usesOfElement(pattern, Number(element.key)));
}

/** The same for a property of a row, as of `{ path: '/', handler: list }`. */
export function usesOfRowProperty(property: NodePath, source: Source): NodePath[] | undefined {
  const row = property.parentPath;
  const table = row?.parentPath;
  const name = keyName(property.node);
  if (name === undefined || !row?.isObjectExpression() || !table?.isArrayExpression()) return undefined;
  // What is spread, or stands behind it, may have the name too.
  const isAlone = row.node.properties.every((each) => each === property.node || keyName(each) !== name);
  const isPlain = row.node.properties.every(({ type }) => type !== 'SpreadElement');
  return isAlone && isPlain ? usesIn(table, source, (pattern) => usesOfPattern(pattern, name)) : undefined;
}

function usesIn(
  table: NodePath,
  source: Source,
  usesOf: (pattern: NodePath) => readonly NodePath[] | undefined,
): NodePath[] | undefined {
  const walks = walksOver([table], source);
  if (!walks || walks.routes.length > 0) return undefined;
  const uses = walks.rows.map(usesOf);
  return uses.every((each) => each !== undefined) ? uses.flat() : undefined;
}

function usesOfElement(pattern: NodePath, index: number): readonly NodePath[] | undefined {
  const name = pattern.isArrayPattern() ? pattern.get('elements')[index] : undefined;
  return name?.isIdentifier() ? bindingOf(name)?.referencePaths : undefined;
}
