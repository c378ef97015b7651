import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { type Exports, partAt } from '../code/exported-paths.ts';
import { exportedNameAt } from '../code/exports.ts';
import { moduleHolders } from './module-holders.ts';
import { fileOf } from '../code/opened-files.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { isTypeWrapper } from '../code/wrappers.ts';
import { writtenName } from '../code/written-name.ts';
import { asImported, filesGiven } from './files-given.ts';
import { programAround } from '../code/program-around.ts';

/**
 * The first place where another file may get at what a module exports without a name for it: `lib[kind]`,
 * `Object.values(lib)`. A search by name does not see those.
 */
export function unnamedUse(
  exported: NodePath,
  paths: readonly string[],
  source: Source,
): NodePath | undefined {
  const file = absolutePath(fileOf(exported, source));
  for (const { there, exportsOf } of filesGiven(file, asImported(paths, programAround(exported)), source)) {
    const found = there && unnamedIn(there, exportsOf);
    if (found) return found;
  }
  return undefined;
}

function unnamedIn(there: Source, exportsOf: (specifier: string) => Exports<boolean>): NodePath | undefined {
  for (const { specifier, path: at, expressions, opaque } of moduleHolders(there)) {
    const part = opaque ? new Map<string, boolean>() : partAt(exportsOf(specifier), at);
    for (const expression of part.size === 0 ? [] : expressions) {
      const found = unnamedAt(expression, part);
      if (found) return found;
    }
  }
  return undefined;
}

/** Follows an expression that stands for what holds the export at the paths of `part`. */
function unnamedAt(expression: NodePath, part: Exports<boolean>): NodePath | undefined {
  const { parentPath: parent, key } = expression;
  if (!parent || part.size === 0 || part.has('') || isNoUse(expression, parent)) return undefined;
  if (isTypeWrapper(parent)) return unnamedAt(parent, part);
  if ((parent.isMemberExpression() || parent.isOptionalMemberExpression()) && key === 'object') {
    const name = writtenName(parent.node.property, parent.node.computed);
    return name === undefined ? parent : unnamedAt(parent, partAt(part, name));
  }
  if (parent.isVariableDeclarator() && parent.node.id.type === 'ObjectPattern')
    return isPickedFrom(parent.node.id, part) ? undefined : parent;
  return expression;
}

/** It is handed on, called as a whole, loaded for its effects, or named in a type. */
function isNoUse(expression: NodePath, parent: NodePath): boolean {
  if (exportedNameAt(expression) !== undefined || parent.isExpressionStatement()) return true;
  if (parent.isSpreadElement()) return exportedNameAt(parent.parentPath as NodePath) !== undefined;
  if (expression.key === 'callee' || parent.isBinaryExpression()) return true;
  return parent.isTSQualifiedName() || parent.isTSTypeQuery() || parent.isTSType();
}

/** Whether a pattern names what it takes, or leaves the export out of the rest. */
function isPickedFrom({ properties }: t.ObjectPattern, part: Exports<boolean>): boolean {
  const names = properties.map((each) =>
    each.type === 'ObjectProperty' ? writtenName(each.key, each.computed) : undefined,
  );
  const unnamed = properties.filter((_, index) => names[index] === undefined);
  return (
    unnamed.length === 0 ||
    (unnamed.every(({ type }) => type === 'RestElement') &&
      [...part.keys()].every((each) => names.includes(each.split('.')[0])))
  );
}
