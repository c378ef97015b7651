import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory } from '../migration.ts';
import { outermostSame } from './wrappers.ts';

/** The names under which other files can import a factory: `default` for a default export or a whole module. */
export function exportNamesOf({
  fn,
  name,
  references,
}: Pick<Factory, 'fn' | 'name' | 'references'>): string[] {
  const statement = exportStatementOf(fn);
  const values = fn.isFunctionDeclaration() ? references : [...references, outermostSame(fn)];
  const names = values.flatMap((value) => exportedNameAt(value) ?? []);
  if (statement?.isExportDefaultDeclaration()) names.push('default');
  else if (statement) names.push(name);
  return [...new Set(names)];
}

/** The `export` around a function's own declaration. */
export function exportStatementOf(fn: Factory['fn']): NodePath<t.ExportDeclaration> | undefined {
  const declaration = fn.isFunctionDeclaration() ? fn : fn.findParent((path) => path.isVariableDeclaration());
  const parent = declaration?.parentPath;
  return parent?.isExportNamedDeclaration() || parent?.isExportDefaultDeclaration() ? parent : undefined;
}

/** The name under which a value is exported where it stands; undefined where it is not. */
export function exportedNameAt(reference: NodePath): string | undefined {
  const { parentPath: parent } = reference;
  if (!parent) return undefined;
  if (parent.isExportSpecifier()) {
    const { exported } = parent.node;
    return exported.type === 'Identifier' ? exported.name : exported.value;
  }
  if (parent.isExportDefaultDeclaration()) return 'default';
  if (parent.isObjectProperty() && reference.key === 'value') {
    const { key } = parent.node;
    const assignment = parent.parentPath.parentPath;
    const isExport =
      assignment?.isAssignmentExpression() && commonJsTarget(assignment.node.left) === 'default';
    return isExport && key.type === 'Identifier' ? key.name : undefined;
  }
  if (!parent.isAssignmentExpression() || reference.key !== 'right') return undefined;
  return commonJsTarget(parent.node.left);
}

/** What an assignment to the node exports: `default` for `module.exports`, a name for `exports.name`. */
export function commonJsTarget(left: t.Node): string | undefined {
  if (left.type !== 'MemberExpression' || left.property.type !== 'Identifier') return undefined;
  const { object, property } = left;
  if (object.type === 'Identifier' && object.name === 'module' && property.name === 'exports')
    return 'default';
  const isExports = object.type === 'Identifier' && object.name === 'exports';
  return isExports || commonJsTarget(object) === 'default' ? property.name : undefined;
}
