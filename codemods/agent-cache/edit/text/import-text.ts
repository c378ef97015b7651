import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { rangeOf } from '../../source/edit.ts';

/** How a file has other modules: `import { x } from`, `const { x } = require`, or TypeScript's `import x = require`. */
export type ImportStyle = 'import' | 'require' | 'import-equals';

/**
 * The text of an import or `require` of `names` (export → local name) from a quoted module, without semicolon. With
 * `import-equals` the only name is that of the whole module.
 */
export function importStatement(
  names: ReadonlyMap<string, string>,
  quotedModule: string,
  style: ImportStyle,
): string {
  const [whole] = names.values();
  if (style === 'import-equals') return `import ${whole} = require(${quotedModule})`;
  const list = specifierTexts(names, style).join(', ');
  return style === 'import'
    ? `import { ${list} } from ${quotedModule}`
    : `const { ${list} } = require(${quotedModule})`;
}

/** Adds names to the braces of an import or `require` that stands, in the layout that it has. */
export function addSpecifiers(
  migration: Migration,
  statement: NodePath<t.ImportDeclaration | t.VariableDeclaration | t.TSImportEqualsDeclaration>,
  names: ReadonlyMap<string, string>,
): void {
  const last = lastSpecifier(statement.node);
  if (!last) return;
  const { start, end } = rangeOf(last);
  const before = migration.text.slice(rangeOf(statement.node).start, start);
  const separator = /,?(\s*)$/.exec(before)?.[1] || ' ';
  const style = statement.isImportDeclaration() ? 'import' : 'require';
  const added = specifierTexts(names, style).map((specifier) => `,${separator}${specifier}`);
  migration.edits.appendLeft(end, added.join(''));
}

function lastSpecifier(statement: t.Statement): t.Node | undefined {
  if (statement.type === 'ImportDeclaration') return statement.specifiers.at(-1);
  const id = statement.type === 'VariableDeclaration' ? statement.declarations[0]?.id : undefined;
  return id?.type === 'ObjectPattern' ? id.properties.at(-1) : undefined;
}

/** What stands in the braces of an import or a `require` for names (export → local name). */
export function specifierTexts(
  names: ReadonlyMap<string, string>,
  style: Exclude<ImportStyle, 'import-equals'>,
): string[] {
  const renamed = style === 'import' ? ' as ' : ': ';
  return [...names]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([exported, local]) => (exported === local ? local : exported + renamed + local));
}
