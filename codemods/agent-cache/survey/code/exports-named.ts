import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { commonJsTarget } from './exports.ts';
import { keyName } from './members.ts';
import { writtenName } from './written-name.ts';
import { keptWith } from '../../source/kept-with.ts';

/** Where an export comes from: an expression or declaration of the file, or a name of another module. */
export type ExportSource = ({ value: NodePath } | { module: string }) & {
  /** The member of it that is the export; undefined when it is the whole. */
  member?: string;
};

/** What a file may export under a name, the likeliest first: ES exports, and CommonJS assignments. */
export function* exportsNamed(
  program: NodePath<t.Program | t.TSModuleBlock>,
  name: string,
): Iterable<ExportSource> {
  const statements = keptWith(program, 'exporting statements', () => exportingStatements(program));
  for (const { statement, names } of statements) {
    if (names?.has(name) === false) continue;
    if (statement.isExportNamedDeclaration()) yield* fromNamed(statement, name);
    else if (statement.isExportDefaultDeclaration()) yield { value: statement.get('declaration') };
    else if (statement.isTSExportAssignment()) yield* fromWhole(statement.get('expression'), name);
    else if (statement.isExpressionStatement()) yield* fromCommonJs(statement, name);
  }
  for (const { statement } of statements) {
    if (statement.isExportAllDeclaration()) yield { module: statement.node.source.value, member: name };
  }
}

/** The names that a file itself gives what it exports, and the modules of which it hands on all that they export. */
export function namesExported(program: NodePath<t.Program>): { names: string[]; modules: string[] } {
  const found: { names: string[]; modules: string[] } = { names: [], modules: [] };
  for (const { statement, names } of keptWith(program, 'exporting statements', () =>
    exportingStatements(program),
  )) {
    if (statement.isExportAllDeclaration()) found.modules.push(statement.node.source.value);
    else if (names) found.names.push(...[...names].filter((name) => name !== undefined));
    else if (statement.isExpressionStatement()) found.names.push(...assignedNames(statement.node.expression));
  }
  return found;
}

/** `exports.a = …`, and `module.exports = { a, … }`. */
function assignedNames(assignment: t.Expression): string[] {
  if (assignment.type !== 'AssignmentExpression') return [];
  const target = commonJsTarget(assignment.left);
  if (target !== '') return target === undefined ? [] : [target];
  const { right } = assignment;
  return right.type === 'ObjectExpression' ? right.properties.flatMap((each) => keyName(each) ?? []) : [];
}

/** A statement that may export something, and under which names it alone does; undefined where those do not matter. */
interface Exporting {
  statement: NodePath<t.Statement>;
  names?: ReadonlySet<string | undefined>;
}

/** A barrel is asked for each name that somebody imports of it, and asks as many modules. */
function exportingStatements(program: NodePath<t.Program | t.TSModuleBlock>): Exporting[] {
  return (program.get('body') as NodePath<t.Statement>[]).flatMap((statement): Exporting[] => {
    if (statement.isExportNamedDeclaration()) return [{ statement, names: namesIn(statement) }];
    if (statement.isExportDefaultDeclaration()) return [{ statement, names: new Set(['default']) }];
    const isOther =
      statement.isExportAllDeclaration() ||
      statement.isTSExportAssignment() ||
      (statement.isExpressionStatement() && statement.node.expression.type === 'AssignmentExpression');
    return isOther ? [{ statement }] : [];
  });
}

function namesIn(statement: NodePath<t.ExportNamedDeclaration>): Set<string | undefined> {
  const declaration = statement.get('declaration');
  if (!declaration.node)
    return new Set(statement.node.specifiers.map(({ exported }) => writtenName(exported)));
  const own = nameOfOwn(declaration.node);
  return new Set([...own, ...Object.keys(declaration.getOuterBindingIdentifiers())]);
}

/** The name of what Babel finds none for: an enum, a namespace. */
function nameOfOwn(declaration: t.Node | null | undefined): string[] {
  if (declaration?.type !== 'TSEnumDeclaration' && declaration?.type !== 'TSModuleDeclaration') return [];
  return declaration.id.type === 'Identifier' ? [declaration.id.name] : [];
}

function* fromNamed(statement: NodePath<t.ExportNamedDeclaration>, name: string): Iterable<ExportSource> {
  const declaration = statement.get('declaration');
  if (declaration.node) {
    // The parser's scopes know no enums.
    if (declaration.isTSEnumDeclaration() && declaration.node.id.name === name) yield { value: declaration };
    const declared = statement.scope.getBinding(name)?.path;
    if (declared?.find(({ node }) => node === declaration.node))
      yield { value: declared.isVariableDeclarator() ? namedIn(declared, name) : declared };
    return;
  }
  for (const specifier of statement.get('specifiers')) {
    const { exported } = specifier.node;
    if (writtenName(exported) !== name) continue;
    const module = statement.node.source?.value;
    if (specifier.isExportNamespaceSpecifier() && module !== undefined) yield { module };
    if (!specifier.isExportSpecifier()) continue;
    if (module === undefined) yield { value: specifier.get('local') };
    else yield { module, member: specifier.node.local.name };
  }
}

/** The name in a declaration: of `export const { make, load } = tools` that of the property. */
function namedIn(declarator: NodePath<t.VariableDeclarator>, name: string): NodePath {
  const id = declarator.get('id') as NodePath;
  if (!id.isObjectPattern()) return id;
  for (const property of id.get('properties')) {
    const value = property.isObjectProperty() ? (property.get('value') as NodePath) : undefined;
    if (value?.isIdentifier({ name })) return value;
  }
  return id;
}

function* fromCommonJs(statement: NodePath<t.ExpressionStatement>, name: string): Iterable<ExportSource> {
  const assignment = statement.get('expression');
  if (!assignment.isAssignmentExpression()) return;
  const target = commonJsTarget(assignment.node.left);
  const value = assignment.get('right');
  if (target === '') yield* fromWhole(value, name);
  else if (target === name) yield { value };
}

/** The whole module is the default export, and others are members of it. */
function* fromWhole(value: NodePath, name: string): Iterable<ExportSource> {
  yield name === 'default' ? { value } : { value, member: name };
}
