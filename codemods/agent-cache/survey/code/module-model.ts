import type * as t from '@babel/types';
import { commonJsTarget } from './exports.ts';
import { type LoadedName, loadedName } from './loaded-name.ts';
import { patternNames } from './pattern-names.ts';
import { writtenName } from './written-name.ts';

/** What stands behind an exported name: a name or an expression of the module itself, or a name of another one. */
export type Exported = { local: string } | { node: t.Node } | LoadedName;

/** What a module says of its names at its top; nothing of what its code does. */
export interface ModuleModel {
  file: string;
  program: t.Program;
  /** By local name, imports of types left out. */
  imports: Map<string, LoadedName>;
  /** `default` for what CommonJS exports as a whole. */
  exports: Map<string, Exported>;
  /** Modules all of whose names this one hands on. */
  handsOn: string[];
  /** What names at the top of the module stand for: a function, a class, the declarator of a variable. */
  declarations: Map<string, t.Node>;
  /** Whether it exports by assignments. */
  isCommonJs: boolean;
  /** Assignments that its syntax tells the exports of; it may have others. */
  assignments: number;
}

/** Reads the names of a parsed module: imports, `require`, exports of either kind, declarations. */
export function modelOf(file: string, program: t.Program): ModuleModel {
  const model: ModuleModel = {
    file,
    program,
    imports: new Map(),
    exports: new Map(),
    handsOn: [],
    declarations: new Map(),
    isCommonJs: false,
    assignments: 0,
  };
  for (const statement of program.body) readStatement(statement, model);
  return model;
}

function readStatement(statement: t.Statement, model: ModuleModel): void {
  switch (statement.type) {
    case 'ImportDeclaration':
      readImport(statement, model);
      return;
    case 'TSImportEqualsDeclaration': {
      const { id, moduleReference: reference } = statement;
      if (reference.type !== 'TSExternalModuleReference') declare(statement, model);
      else model.imports.set(id.name, { specifier: reference.expression.value, name: '*' });
      return;
    }
    case 'ExportAllDeclaration':
      if (statement.exportKind !== 'type') model.handsOn.push(statement.source.value);
      return;
    case 'ExportNamedDeclaration':
      readNamedExport(statement, model);
      return;
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement;
      model.exports.set(
        'default',
        declaration.type === 'Identifier' ? { local: declaration.name } : { node: declaration },
      );
      declare(declaration, model);
      return;
    }
    case 'TSExportAssignment':
      exportWhole(statement.expression, model);
      return;
    case 'ExpressionStatement':
      if (statement.expression.type === 'AssignmentExpression') readAssignment(statement.expression, model);
      return;
    default:
      declare(statement, model);
  }
}

function readImport({ importKind, specifiers, source }: t.ImportDeclaration, { imports }: ModuleModel): void {
  if (importKind === 'type' || importKind === 'typeof') return;
  for (const each of specifiers) {
    if (each.type === 'ImportSpecifier' && each.importKind === 'type') continue;
    imports.set(each.local.name, { specifier: source.value, name: importedName(each) });
  }
}

function importedName(specifier: t.ImportDeclaration['specifiers'][number]): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return specifier.type === 'ImportSpecifier' ? (writtenName(specifier.imported) ?? '') : 'default';
}

function declare(statement: t.Node, { declarations, imports }: ModuleModel): void {
  if (statement.type !== 'VariableDeclaration') {
    if ('id' in statement && statement.id?.type === 'Identifier')
      declarations.set(statement.id.name, statement);
    return;
  }
  for (const each of statement.declarations) {
    const loaded = each.init ? loadedName(each.init) : undefined;
    if (loaded && each.id.type === 'Identifier') imports.set(each.id.name, loaded);
    else if (loaded?.name === '*' && each.id.type === 'ObjectPattern')
      readPicked(each.id, loaded.specifier, imports);
    else for (const name of patternNames(each.id)) declarations.set(name, each);
  }
}

/** `const { a, b: { c }, ...others } = require('x')` */
function readPicked(
  { properties }: t.ObjectPattern,
  specifier: string,
  imports: ModuleModel['imports'],
): void {
  for (const property of properties) {
    if (property.type === 'RestElement') {
      if (property.argument.type === 'Identifier')
        imports.set(property.argument.name, { specifier, name: '*' });
      continue;
    }
    const name = writtenName(property.key, property.computed);
    const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (name !== undefined && target.type === 'Identifier') imports.set(target.name, { specifier, name });
  }
}

function readNamedExport(statement: t.ExportNamedDeclaration, model: ModuleModel): void {
  if (statement.exportKind === 'type') return;
  const { declaration, source, specifiers } = statement;
  if (declaration) {
    declare(declaration, model);
    for (const name of declaredNames(declaration)) model.exports.set(name, { local: name });
  }
  for (const specifier of specifiers) {
    if (specifier.type === 'ExportSpecifier' && specifier.exportKind === 'type') continue;
    const exported = writtenName(specifier.exported) ?? '';
    const name = specifier.type === 'ExportSpecifier' ? (writtenName(specifier.local) ?? '') : '*';
    model.exports.set(exported, source ? { specifier: source.value, name } : { local: name });
  }
}

function declaredNames(declaration: t.Declaration): string[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => patternNames(id));
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
}

/** `module.exports = …`, `module.exports.a = …`, `exports.a = …`. */
function readAssignment({ left, right }: t.AssignmentExpression, model: ModuleModel): void {
  const target = commonJsTarget(left);
  if (target === undefined) return;
  if (target === '') {
    exportWhole(right, model);
    return;
  }
  model.isCommonJs = true;
  model.assignments += 1;
  model.exports.set(target, exportedBy(right));
}

function exportWhole(node: t.Node, model: ModuleModel): void {
  model.isCommonJs = true;
  model.exports.set('default', exportedBy(node));
  if (node.type !== 'ObjectExpression') return;
  let isTold = true;
  for (const property of node.properties) {
    const spread = property.type === 'SpreadElement' ? loadedBy(property.argument, model) : undefined;
    const name = property.type === 'SpreadElement' ? undefined : writtenName(property.key, property.computed);
    if (spread?.name === '*') model.handsOn.push(spread.specifier);
    else if (property.type === 'SpreadElement' || name === undefined) isTold = false;
    else
      model.exports.set(
        name,
        property.type === 'ObjectMethod' ? { node: property } : exportedBy(property.value),
      );
  }
  if (isTold) model.assignments += 1;
}

/** What a name of the module, or a load, brings from another one. */
function loadedBy(node: t.Node, { imports }: ModuleModel): LoadedName | undefined {
  return node.type === 'Identifier' ? imports.get(node.name) : loadedName(node);
}

function exportedBy(node: t.Node): Exported {
  if (node.type === 'Identifier') return { local: node.name };
  return loadedName(node) ?? { node };
}
