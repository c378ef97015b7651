import type { Expression, File, Node, ObjectPattern, Statement } from '@babel/types';

/** Where a name of a module comes from. */
export interface ImportedName {
  specifier: string;
  /** The exported name; `*` for a namespace. */
  name: string;
}

/** The names of a module that an expression in it may mean. */
export interface ModuleNames {
  imports: Map<string, ImportedName>;
  /** Modules whose names this one hands on. */
  reexports: string[];
  /** Initialisers of constants, to read strings from. */
  constants: Map<string, Expression>;
  /** Names of functions and classes that the module declares. */
  functions: Set<string>;
}

/** Collects a module's names; constants of inner scopes count too, as route files keep their routers in functions. */
export function readNames({ program }: File, nodes: readonly Node[]): ModuleNames {
  const names: ModuleNames = {
    imports: new Map(),
    reexports: [],
    constants: new Map(),
    functions: new Set(),
  };
  for (const statement of program.body) readStatement(statement, names);
  for (const node of nodes) {
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration')
      names.functions.add(node.id?.name ?? '');
    if (node.type !== 'VariableDeclarator' || !node.init) continue;
    const required = requiredModule(node.init);
    if (node.id.type === 'ObjectPattern' && required !== undefined)
      readPattern(node.id, required, names.imports);
    if (node.id.type !== 'Identifier') continue;
    if (required !== undefined) names.imports.set(node.id.name, { specifier: required, name: 'default' });
    else names.constants.set(node.id.name, node.init);
  }
  return names;
}

function readStatement(statement: Statement, { imports, reexports }: ModuleNames): void {
  if (statement.type === 'ImportDeclaration') {
    for (const specifier of statement.specifiers) {
      imports.set(specifier.local.name, { specifier: statement.source.value, name: importedName(specifier) });
    }
  }
  if (statement.type === 'ExportAllDeclaration') reexports.push(statement.source.value);
  if (statement.type === 'ExportNamedDeclaration' && statement.source) reexports.push(statement.source.value);
}

/** `const { router, x: y } = require('./users')`. */
function readPattern(
  { properties }: ObjectPattern,
  specifier: string,
  imports: ModuleNames['imports'],
): void {
  for (const property of properties) {
    if (property.type !== 'ObjectProperty' || property.value.type !== 'Identifier') continue;
    const name = property.key.type === 'Identifier' ? property.key.name : property.value.name;
    imports.set(property.value.name, { specifier, name });
  }
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  if (specifier.type !== 'ImportSpecifier') return 'default';
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}

/** `require('./x')` and `await import('./x')`, also with a property or a call behind it. */
function requiredModule(node: Node): string | undefined {
  if (node.type === 'MemberExpression') return requiredModule(node.object);
  if (node.type === 'AwaitExpression' || node.type === 'ParenthesizedExpression')
    return requiredModule(node.type === 'AwaitExpression' ? node.argument : node.expression);
  if (node.type !== 'CallExpression') return undefined;
  const [argument] = node.arguments;
  const { callee } = node;
  const loads = callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require');
  if (loads && argument?.type === 'StringLiteral') return argument.value;
  return requiredModule(callee);
}
