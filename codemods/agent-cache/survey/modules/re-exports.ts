import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { type Exports, joinPaths, partAt } from '../code/exported-paths.ts';
import { writtenName } from '../code/written-name.ts';
import { modelOf } from '../code/module-model.ts';
import { moduleHolders } from './module-holders.ts';
import { usesOf } from './module-uses.ts';

/** What a module that the file names exports; empty for what does not matter. */
type ExportsOf<Value> = (specifier: string) => Exports<Value>;

/**
 * What the file exports of what other modules do, under its own paths: barrels, whatever they are written like. Those
 * that hand a name on as a type alone count too, unless `values` are asked for, which code can call.
 */
export function handedOn<Value>(
  source: Source,
  exportsOf: ExportsOf<Value>,
  { values = false }: { values?: boolean } = {},
): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const statement of source.program.node.body) {
    if (values && 'exportKind' in statement && statement.exportKind === 'type') continue;
    if (statement.type === 'ExportAllDeclaration') {
      const own = modelOf(source.path, source.program.node).exports;
      for (const [path, value] of exportsOf(statement.source.value)) {
        const [name = ''] = path.split('.');
        if (name !== '' && name !== 'default' && !own.has(name)) found.set(path, value);
      }
    } else if (statement.type === 'ExportNamedDeclaration' && statement.source) {
      for (const [path, value] of fromSpecifiers(statement, exportsOf(statement.source.value), values))
        found.set(path, value);
    }
  }
  for (const { specifier, path, expressions, opaque, import: own } of moduleHolders(source)) {
    const part =
      opaque || (values && own?.typeOnly) ? new Map<string, Value>() : partAt(exportsOf(specifier), path);
    if (part.size === 0) continue;
    for (const expression of expressions) {
      for (const use of usesOf(expression, part)) {
        if (use.form !== 'export') continue;
        const replaced = namesBehind(expression);
        for (const [rest, value] of use.part) {
          if (!replaced.has(rest.split('.')[0] ?? '')) found.set(joinPaths(use.path, rest), value);
        }
      }
    }
  }
  return isCommonJs(source.program.node) ? asImportedByDefault(found) : found;
}

/** Whether a program exports by assignments: to `exports`, or TypeScript's `export =`. */
export function isCommonJs({ sourceType, body }: t.Program): boolean {
  return sourceType === 'script' || body.some(({ type }) => type === 'TSExportAssignment');
}

/** A whole module of CommonJS is what others import from it by default. */
export function asImportedByDefault<Value>(exports: Exports<Value>): Map<string, Value> {
  return new Map(
    [...exports].flatMap(([path, value]) => [
      [path, value],
      [joinPaths('default', path), value],
    ]),
  );
}

function fromSpecifiers<Value>(
  { specifiers }: t.ExportNamedDeclaration,
  theirs: Exports<Value>,
  values: boolean,
): [string, Value][] {
  return specifiers.flatMap((specifier): [string, Value][] => {
    const name = writtenName(specifier.exported);
    if (name === undefined || (values && 'exportKind' in specifier && specifier.exportKind === 'type'))
      return [];
    const local = specifier.type === 'ExportSpecifier' ? specifier.local.name : '';
    return [...partAt(theirs, local)].map(([rest, value]) => [joinPaths(name, rest), value]);
  });
}

/** The names that stand behind `...expression` in an object, and replace what it brings. */
function namesBehind({ parentPath: spread }: NodePath): Set<string> {
  const object = spread?.isSpreadElement() ? spread.parent : undefined;
  if (!spread || object?.type !== 'ObjectExpression') return new Set();
  const behind = object.properties.slice(Number(spread.key) + 1);
  return new Set(
    behind.flatMap((each) =>
      each.type === 'SpreadElement' ? [] : (writtenName(each.key, each.computed) ?? []),
    ),
  );
}
