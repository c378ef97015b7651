import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory } from '../../migration.ts';
import { joinPaths } from './exported-paths.ts';
import { writtenName } from './written-name.ts';
import { whereGiven } from './where-given.ts';

/** The paths by which other files can reach a factory: `default` for a default export, empty for a whole module. */
export function exportNamesOf({
  fn,
  name,
  references,
  member,
}: Pick<Factory, 'fn' | 'name' | 'references' | 'member'>): string[] {
  if (member) return [...member.exportPaths];
  const statement = exportStatementOf(fn);
  const values = fn.isFunctionDeclaration() ? references : [...references, whereGiven(fn)];
  const names = values.flatMap((value) => exportedNameAt(value) ?? []);
  if (statement?.isExportDefaultDeclaration()) names.push('default');
  else if (statement) names.push(name);
  return [...new Set(names)];
}

/** The `export` around a function's own declaration. */
export function exportStatementOf(fn: Factory['fn']): NodePath<t.ExportDeclaration> | undefined {
  const declarator = whereGiven(fn).parentPath;
  const variable = declarator?.isVariableDeclarator() ? declarator.parentPath : undefined;
  const parent = (fn.isFunctionDeclaration() ? fn : variable)?.parentPath;
  return parent?.isExportNamedDeclaration() || parent?.isExportDefaultDeclaration() ? parent : undefined;
}

/**
 * The path under which a value is exported where it stands, as `name`, `default`, `default.name` or, for a whole
 * module of CommonJS, the empty path; undefined where it is not.
 */
export function exportedNameAt(reference: NodePath): string | undefined {
  const { parentPath: parent } = reference;
  if (!parent) return undefined;
  if (parent.isExportSpecifier()) return writtenName(parent.node.exported);
  if (parent.isExportDefaultDeclaration()) return 'default';
  if (parent.isTSExportAssignment()) return '';
  if (parent.isObjectProperty() && reference.key === 'value') {
    const group = exportedNameAt(parent.parentPath);
    const name = writtenName(parent.node.key, parent.node.computed);
    return group === undefined || name === undefined ? undefined : joinPaths(group, name);
  }
  return parent.isAssignmentExpression() && reference.key === 'right' ? assignedName(parent) : undefined;
}

/** `exports.name = …`; with `exports = ` before or after it, but not with another name: one value has one path. */
function assignedName(assignment: NodePath<t.AssignmentExpression>): string | undefined {
  if (assignment.node.operator !== '=') return undefined;
  if (isExportsAlias(assignment)) return exportedNameAt(assignment);
  const { parentPath: parent } = assignment;
  return parent.isExpressionStatement() || isExportsAlias(parent)
    ? commonJsTarget(assignment.node.left)
    : undefined;
}

/** The path of what is exported and given a name at once: `const service = (module.exports = { … })`. */
export function exportedWithName(value: NodePath): string | undefined {
  const { parentPath: assignment } = value;
  if (!assignment?.isAssignmentExpression({ operator: '=' }) || value.key !== 'right') return undefined;
  let outer: NodePath = assignment;
  while (outer.parentPath && isExportsAlias(outer.parentPath)) outer = outer.parentPath;
  if (!outer.parentPath?.isVariableDeclarator()) return undefined;
  return isExportsAlias(assignment) ? undefined : commonJsTarget(assignment.node.left);
}

function isExportsAlias(assignment: NodePath): boolean {
  if (!assignment.isAssignmentExpression()) return false;
  const { left } = assignment.node;
  return left.type === 'Identifier' && left.name === 'exports';
}

/** What an assignment to the node exports: the empty path for `module.exports`, a name for `exports.name`. */
export function commonJsTarget(left: t.Node): string | undefined {
  if (left.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = left;
  const name = writtenName(property, computed);
  if (name === undefined) return undefined;
  if (object.type === 'Identifier' && object.name === 'module') return name === 'exports' ? '' : undefined;
  const isExports = object.type === 'Identifier' && object.name === 'exports';
  return isExports || commonJsTarget(object) === '' ? name : undefined;
}
