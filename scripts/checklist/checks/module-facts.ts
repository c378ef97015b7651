import {
  arrayExpression,
  type Expression,
  type File,
  isExpression,
  type Node,
  numericLiteral,
  type ObjectPattern,
  type Statement,
  stringLiteral,
  type TSEnumDeclaration,
} from '@babel/types';
import { type ModuleModel, modelOf } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { madeBy } from './makers.ts';
import { type OwnClients, ownClients } from './own-clients.ts';
import { type Lookup, objectNode } from './constant-string.ts';

/** Where a name of a module comes from. */
export interface LoadedName {
  specifier: string;
  /** The exported name; `*` for a namespace. */
  name: string;
}

/** Finds a constant that another module exports. */
export type ImportedConstant = (specifier: string, name: string) => Node | undefined;

/** What the names of a loop stand for in one turn of it. */
export type Turn = ReadonlyMap<string, Node>;

/** The names of a module that an expression in it may mean. */
export interface ModuleNames {
  imports: Map<string, LoadedName>;
  /** Modules whose names this one hands on. */
  reexports: string[];
  /** Modules that this one loads for what they do alone. */
  bare: string[];
  /** Initialisers of constants, to read strings from. */
  constants: Map<string, Expression | TSEnumDeclaration>;
  /** What the names of loops over constant lists stand for, turn by turn. */
  turns: Map<string, Turn[]>;
  /** Names of parameters: what they stand for is given by others. */
  parameters: Set<string>;
  /** What the module exports, by exported name. */
  exports: ModuleModel['exports'];
  /** Names of functions and classes that the module declares. */
  functions: Set<string>;
  /** Its own clients of HTTP. */
  clients: OwnClients;
}

/** Collects a module's names; constants of inner scopes count too, as route files keep their routers in functions. */
export function readNames(
  file: File,
  nodes: readonly Node[],
  importedConstant: ImportedConstant,
): ModuleNames {
  const { program } = file;
  const names: ModuleNames = {
    imports: new Map(),
    reexports: [],
    bare: [],
    constants: new Map(),
    turns: new Map(),
    parameters: new Set(),
    exports: modelOf('', file.program).exports,
    functions: new Set(),
    clients: ownClients(nodes),
  };
  for (const statement of program.body) readStatement(statement, names);
  for (const node of nodes) {
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration')
      names.functions.add(node.id?.name ?? '');
    if (node.type === 'TSEnumDeclaration') names.constants.set(node.id.name, node);
    if ('params' in node && Array.isArray(node.params))
      for (const each of node.params) if (each.type === 'Identifier') names.parameters.add(each.name);
    if (node.type !== 'VariableDeclarator' || !node.init) continue;
    const required = madeBy(node.init) === undefined ? requiredModule(node.init) : undefined;
    if (node.id.type === 'ObjectPattern' && required !== undefined)
      readPattern(node.id, required, names.imports);
    if (node.id.type !== 'Identifier') continue;
    if (required !== undefined) names.imports.set(node.id.name, { specifier: required, name: 'default' });
    else names.constants.set(node.id.name, node.init);
  }
  const lookup = (name: string) => {
    const imported = names.imports.get(name);
    return names.constants.get(name) ?? (imported && importedConstant(imported.specifier, imported.name));
  };
  for (const node of nodes)
    if (node.type === 'ForStatement') readIndexLoop(node, nodes, names, lookup);
    else readLoop(node, names, lookup);
  return names;
}

/** `for (const [path, handler] of routes)` and `routes.forEach(([path, handler]) => …)` over a constant list. */
function readLoop(node: Node, names: ModuleNames, lookup: Lookup): void {
  let patterns: readonly (Node | null | undefined)[];
  let list: Node | undefined;
  if (node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration') {
    patterns = [node.left.declarations[0]?.id];
    list = node.right;
  } else if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const [callback] = node.arguments;
    if (callback === undefined || !('params' in callback)) return;
    list = node.callee.object;
    patterns = isMap(list, lookup) ? callback.params.slice(0, 2) : callback.params.slice(0, 1);
  } else return;
  const rows = entriesNode(list, lookup) ?? objectNode(list, lookup);
  if (rows?.type !== 'ArrayExpression') return;
  for (const row of rows.elements) {
    if (row === null) continue;
    const turn = new Map<string, Node>();
    const value = objectNode(row, lookup) ?? row;
    // The value of a map comes before its key.
    if (patterns.length > 1 && value.type === 'ArrayExpression')
      for (const [index, pattern] of patterns.entries()) readRow(pattern, value.elements[1 - index], turn);
    else readRow(patterns[0], value, turn);
    for (const name of turn.keys()) names.turns.set(name, [...(names.turns.get(name) ?? []), turn]);
  }
}

/** `for (let i = 0; i < routes.length; i += 1)`, with what is declared to be `routes[i]` in it. */
function readIndexLoop(
  loop: Extract<Node, { type: 'ForStatement' }>,
  nodes: readonly Node[],
  names: ModuleNames,
  lookup: Lookup,
): void {
  const { test, start, end } = loop;
  if (test?.type !== 'BinaryExpression' || test.left.type !== 'Identifier') return;
  const { left, right } = test;
  const first = firstTurn(loop, left.name);
  if (first === undefined || !/^(?:<|!==?)$/.test(test.operator)) return;
  if (right.type !== 'MemberExpression' || writtenName(right.property, right.computed) !== 'length') return;
  const { object } = right;
  const rows = objectNode(object, lookup);
  if (rows?.type !== 'ArrayExpression' || object.type !== 'Identifier') return;
  const isRow = (node: Node | null | undefined) =>
    node?.type === 'MemberExpression' &&
    node.computed &&
    node.object.type === 'Identifier' &&
    node.object.name === object.name &&
    node.property.type === 'Identifier' &&
    node.property.name === left.name;
  const patterns = nodes.flatMap((each) => {
    const isInside = (each.start ?? 0) > (start ?? 0) && (each.end ?? 0) < (end ?? 0);
    return isInside && each.type === 'VariableDeclarator' && isRow(each.init) ? [each.id] : [];
  });
  for (const [index, row] of rows.elements.entries()) {
    if (index < first) continue;
    const turn = new Map<string, Node>([[left.name, numericLiteral(index)]]);
    for (const pattern of patterns) readRow(pattern, row && (objectNode(row, lookup) ?? row), turn);
    for (const name of turn.keys()) names.turns.set(name, [...(names.turns.get(name) ?? []), turn]);
  }
}

/** The number that a loop begins with which goes on by one; undefined for any other. */
function firstTurn(
  { init, update }: Extract<Node, { type: 'ForStatement' }>,
  name: string,
): number | undefined {
  const isOwn = (node: Node) => node.type === 'Identifier' && node.name === name;
  const isByOne =
    update?.type === 'UpdateExpression'
      ? update.operator === '++' && isOwn(update.argument)
      : update?.type === 'AssignmentExpression' &&
        update.operator === '+=' &&
        isOwn(update.left) &&
        update.right.type === 'NumericLiteral' &&
        update.right.value === 1;
  const declared = init?.type === 'VariableDeclaration' ? init.declarations : [];
  const begun = declared.find(({ id }) => isOwn(id))?.init;
  return isByOne && begun?.type === 'NumericLiteral' ? begun.value : undefined;
}

function isMap(list: Node | undefined, lookup: (name: string) => Node | undefined): boolean {
  const made = list?.type === 'Identifier' ? lookup(list.name) : list;
  return made?.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === 'Map';
}

/** `Object.entries({ '/health': health })` and `new Map([['/health', health]])`, as a list of pairs; or of keys, or values. */
function entriesNode(list: Node | undefined, lookup: (name: string) => Node | undefined): Node | undefined {
  const made = list?.type === 'Identifier' ? lookup(list.name) : list;
  if (made?.type === 'NewExpression' && isMap(made, lookup)) return objectNode(made.arguments[0], lookup);
  if (made?.type !== 'CallExpression' || made.callee.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = made.callee;
  if (object.type !== 'Identifier' || object.name !== 'Object') return undefined;
  const of = objectNode(made.arguments[0], lookup);
  const asked = writtenName(property, computed);
  if (of?.type !== 'ObjectExpression' || !/^(?:entries|keys|values)$/.test(asked ?? '')) return undefined;
  const items = of.properties.flatMap((each) => {
    const name = each.type === 'ObjectProperty' ? writtenName(each.key, each.computed) : undefined;
    if (each.type !== 'ObjectProperty' || name === undefined || !isExpression(each.value)) return [];
    if (asked === 'keys') return [stringLiteral(name)];
    return [asked === 'values' ? each.value : arrayExpression([stringLiteral(name), each.value])];
  });
  return arrayExpression(items);
}

function readRow(
  pattern: Node | null | undefined,
  row: Node | null | undefined,
  turn: Map<string, Node>,
): void {
  if (!pattern || !row) return;
  if (pattern.type === 'Identifier') turn.set(pattern.name, row);
  if (pattern.type === 'ArrayPattern' && row.type === 'ArrayExpression')
    for (const [index, target] of pattern.elements.entries()) readRow(target, row.elements[index], turn);
  if (pattern.type !== 'ObjectPattern' || row.type !== 'ObjectExpression') return;
  for (const property of pattern.properties) {
    if (property.type !== 'ObjectProperty' || property.key.type !== 'Identifier') continue;
    const { name } = property.key;
    const given = row.properties.find(
      (each) => each.type === 'ObjectProperty' && each.key.type === 'Identifier' && each.key.name === name,
    );
    if (given?.type === 'ObjectProperty') readRow(property.value, given.value, turn);
  }
}

function readStatement(statement: Statement, { imports, reexports, bare }: ModuleNames): void {
  if (statement.type === 'ImportDeclaration') {
    if (statement.specifiers.length === 0) bare.push(statement.source.value);
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
