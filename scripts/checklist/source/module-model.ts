import type { ExportNamedDeclaration, File, Node, ObjectPattern, Program, Statement } from '@babel/types';

/** Where a name of a module comes from. */
export interface ImportedName {
  specifier: string;
  /** The exported name; `*` for the module itself. */
  name: string;
}

/** What stands behind an exported name: a name or an expression of the module itself, or a name of another one. */
export type Exported = { local: string } | { node: Node } | ImportedName;

/** What a module says of its names; nothing of what its code does. */
export interface ModuleModel {
  file: string;
  program: Program;
  /** By local name, imports of types left out. */
  imports: Map<string, ImportedName>;
  exports: Map<string, Exported>;
  /** Modules all of whose names this one hands on. */
  handsOn: string[];
  /** What names at the top of the module stand for: a function, a class, the declarator of a variable. */
  declarations: Map<string, Node>;
  /** Whether calls may add exports that its syntax does not tell. */
  isFilled?: boolean;
  /** Whether it exports by assignments. */
  isCommonJs: boolean;
}

/** Reads the names of a parsed module: imports, `require`, exports of either kind, declarations. */
export function modelOf(file: string, { program }: File): ModuleModel {
  const model: ModuleModel = {
    file,
    program,
    imports: new Map(),
    exports: new Map(),
    handsOn: [],
    declarations: new Map(),
    isCommonJs: false,
  };
  for (const statement of program.body) readStatement(statement, model);
  return model;
}

function readStatement(statement: Statement, model: ModuleModel): void {
  switch (statement.type) {
    case 'ImportDeclaration':
      if (statement.importKind === 'type' || statement.importKind === 'typeof') return;
      for (const specifier of statement.specifiers) {
        if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue;
        model.imports.set(specifier.local.name, {
          specifier: statement.source.value,
          name: importedName(specifier),
        });
      }
      return;
    case 'TSImportEqualsDeclaration':
      if (statement.moduleReference.type === 'TSExternalModuleReference')
        model.imports.set(statement.id.name, {
          specifier: statement.moduleReference.expression.value,
          name: '*',
        });
      else declare(statement, model);
      return;
    case 'ExportAllDeclaration':
      if (statement.exportKind !== 'type') model.handsOn.push(statement.source.value);
      return;
    case 'ExportNamedDeclaration':
      readNamedExport(statement, model);
      return;
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement;
      const id =
        'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : undefined;
      if (declaration.type === 'Identifier') model.exports.set('default', { local: declaration.name });
      else model.exports.set('default', { node: declaration });
      if (id !== undefined) model.declarations.set(id, declaration);
      return;
    }
    case 'TSExportAssignment':
      exportWhole(statement.expression, model);
      return;
    case 'ExpressionStatement':
      if (statement.expression.type === 'AssignmentExpression')
        readAssignment(statement.expression.left, statement.expression.right, model);
      return;
    default:
      declare(statement, model);
  }
}

function declare(statement: Node, { declarations, imports }: ModuleModel): void {
  if (statement.type === 'VariableDeclaration') {
    for (const each of statement.declarations) {
      const required = each.init ? requiredName(each.init) : undefined;
      if (required !== undefined && each.id.type === 'Identifier') imports.set(each.id.name, required);
      else if (required?.name === '*' && each.id.type === 'ObjectPattern')
        readPattern(each.id, required.specifier, imports);
      else if (each.id.type === 'Identifier') declarations.set(each.id.name, each);
      else if (each.id.type === 'ObjectPattern')
        for (const name of namesIn(each.id)) declarations.set(name, each);
    }
  } else if ('id' in statement && statement.id?.type === 'Identifier') {
    declarations.set(statement.id.name, statement);
  }
}

function readNamedExport(statement: ExportNamedDeclaration, model: ModuleModel): void {
  if (statement.exportKind === 'type') return;
  const { declaration, source, specifiers } = statement;
  if (declaration) {
    declare(declaration, model);
    if (declaration.type === 'VariableDeclaration') {
      for (const { id } of declaration.declarations) {
        const names = id.type === 'Identifier' ? [id.name] : id.type === 'ObjectPattern' ? namesIn(id) : [];
        for (const name of names) model.exports.set(name, { local: name });
      }
    } else if ('id' in declaration && declaration.id?.type === 'Identifier') {
      model.exports.set(declaration.id.name, { local: declaration.id.name });
    }
  }
  for (const specifier of specifiers) {
    if (specifier.type === 'ExportSpecifier' && specifier.exportKind === 'type') continue;
    const exported =
      specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value;
    const local = specifier.type === 'ExportSpecifier' ? specifier.local.name : '*';
    if (source) model.exports.set(exported, { specifier: source.value, name: local });
    else model.exports.set(exported, { local });
  }
}

/** `module.exports = …`, `module.exports.a = …`, `exports.a = …`. */
function readAssignment(left: Node, right: Node, model: ModuleModel): void {
  if (left.type !== 'MemberExpression') return;
  if (isNamed(left.object, 'module') && keyOf(left.property, left.computed) === 'exports') {
    exportWhole(right, model);
    return;
  }
  const holdsExports =
    isNamed(left.object, 'exports') ||
    (left.object.type === 'MemberExpression' &&
      isNamed(left.object.object, 'module') &&
      keyOf(left.object.property, left.object.computed) === 'exports');
  const name = keyOf(left.property, left.computed);
  if (!holdsExports || name === undefined) return;
  model.isCommonJs = true;
  model.exports.set(name, exportedOf(right));
}

function exportWhole(node: Node, model: ModuleModel): void {
  model.isCommonJs = true;
  model.exports.set('default', exportedOf(node));
  if (node.type !== 'ObjectExpression') return;
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const required = requiredName(property.argument);
      if (required?.name === '*') model.handsOn.push(required.specifier);
      continue;
    }
    const name = keyOf(property.key, property.computed);
    if (name === undefined) continue;
    model.exports.set(
      name,
      property.type === 'ObjectMethod' ? { node: property } : exportedOf(property.value),
    );
  }
}

function exportedOf(node: Node): Exported {
  if (node.type === 'Identifier') return { local: node.name };
  return requiredName(node) ?? { node };
}

function readPattern(
  { properties }: ObjectPattern,
  specifier: string,
  imports: ModuleModel['imports'],
): void {
  for (const property of properties) {
    if (property.type === 'RestElement') {
      if (property.argument.type === 'Identifier')
        imports.set(property.argument.name, { specifier, name: '*' });
      continue;
    }
    const name = keyOf(property.key, property.computed);
    const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (name !== undefined && target.type === 'Identifier') imports.set(target.name, { specifier, name });
  }
}

function namesIn({ properties }: ObjectPattern): string[] {
  return properties.flatMap((property) => {
    const value = property.type === 'RestElement' ? property.argument : property.value;
    const target = value.type === 'AssignmentPattern' ? value.left : value;
    return target.type === 'Identifier' ? [target.name] : [];
  });
}

/** `require('x')`, `(await import('x')).a`: the module, or a name of it. */
export function requiredName(node: Node): ImportedName | undefined {
  switch (node.type) {
    case 'MemberExpression': {
      const whole = requiredName(node.object);
      const name = keyOf(node.property, node.computed);
      return whole?.name === '*' && name !== undefined ? { ...whole, name } : undefined;
    }
    case 'AwaitExpression':
      return requiredName(node.argument);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return requiredName(node.expression);
    case 'ImportExpression':
      return node.source.type === 'StringLiteral' ? { specifier: node.source.value, name: '*' } : undefined;
    case 'CallExpression': {
      const [argument] = node.arguments;
      const loads = node.callee.type === 'Import' || isNamed(node.callee, 'require');
      return loads && argument?.type === 'StringLiteral'
        ? { specifier: argument.value, name: '*' }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The name of a property; undefined where it is computed of something else than a text. */
export function keyOf(key: Node, computed: boolean): string | undefined {
  if (key.type === 'StringLiteral') return key.value;
  if (key.type === 'NumericLiteral') return String(key.value);
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  return !computed && key.type === 'Identifier' ? key.name : undefined;
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  if (specifier.type !== 'ImportSpecifier') return 'default';
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}
