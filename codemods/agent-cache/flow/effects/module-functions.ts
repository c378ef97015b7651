import type * as t from '@babel/types';
import { joinPaths } from '../../survey/code/exported-paths.ts';
import { commonJsTarget } from '../../survey/code/exports.ts';
import { keyName } from '../../survey/code/members.ts';
import { writtenName } from '../../survey/code/written-name.ts';

/** The functions of a module by the names on the way to them, and what it exports, as what of them. */
export interface ModuleFunctions {
  /** `open`, `Agents.open` of an object, a static or an instance. */
  own: ReadonlyMap<string, t.Function>;
  exported: readonly (readonly [path: string, own: string])[];
}

/** How a value is called that a module exports without a name of its own. */
const UNNAMED = '*';

/** The functions that a module has at its top: by themselves, in objects and classes, and in instances of those. */
export function functionsOfModule(body: readonly t.Statement[]): ModuleFunctions {
  const values = new Map<string, t.Node>();
  const exported: [string, string][] = [];
  const addExport = (path: string, value: t.Node) => {
    if (value.type === 'Identifier') exported.push([path, value.name]);
    else {
      values.set(UNNAMED + path, value);
      exported.push([path, UNNAMED + path]);
    }
  };
  for (const statement of body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? (statement.declaration ?? undefined) : statement;
    for (const [name, value] of declaration ? declaredIn(declaration) : []) {
      values.set(name, value);
      if (statement.type === 'ExportNamedDeclaration') exported.push([name, name]);
    }
    if (statement.type === 'ExportNamedDeclaration' && declaration?.type === 'TSModuleDeclaration')
      if (declaration.id.type === 'Identifier') exported.push([declaration.id.name, declaration.id.name]);
    if (statement.type === 'ExportNamedDeclaration' && !statement.source)
      for (const each of statement.specifiers)
        if (each.type === 'ExportSpecifier')
          exported.push([writtenName(each.exported) ?? '', each.local.name]);
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration: value } = statement;
      const name = 'id' in value ? value.id?.name : undefined;
      if (name !== undefined) values.set(name, value);
      if (name === undefined) addExport('default', value);
      else exported.push(['default', name]);
    }
    const assigned = assignedIn(statement);
    if (assigned) addExport(...assigned);
  }
  const own = new Map<string, t.Function>(body.flatMap(addedIn));
  for (const [name, value] of values) collect(name, value, values, own);
  return { own, exported: exported.flatMap((each) => partsOf(each, values)) };
}

/** `exports.open = …`, `module.exports = { open }` */
function assignedIn(statement: t.Statement): [string, t.Node] | undefined {
  const { expression } = statement.type === 'ExpressionStatement' ? statement : { expression: undefined };
  if (expression?.type !== 'AssignmentExpression') return undefined;
  const path = commonJsTarget(expression.left);
  return path === undefined ? undefined : [path, expression.right];
}

/** What is added to what has a name: `Client.open = () => …`, `namespace Client { export function open() {} }` */
function addedIn(statement: t.Statement): [string, t.Function][] {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declared?.type === 'TSModuleDeclaration') {
    const { id, body } = declared;
    if (id.type !== 'Identifier' || body.type !== 'TSModuleBlock') return [];
    return body.body.flatMap((each) =>
      (each.type === 'ExportNamedDeclaration' && each.declaration
        ? declaredIn(each.declaration)
        : []
      ).flatMap(([name, value]): [string, t.Function][] =>
        isFunction(value) ? [[`${id.name}.${name}`, value]] : [],
      ),
    );
  }
  const { expression } = statement.type === 'ExpressionStatement' ? statement : { expression: undefined };
  if (expression?.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression') return [];
  const { object, property, computed } = expression.left;
  const name = writtenName(property, computed);
  const isOwn = object.type === 'Identifier' && name !== undefined && isFunction(expression.right);
  return isOwn ? [[`${object.name}.${name}`, expression.right as t.Function]] : [];
}

function declaredIn(statement: t.Statement): [string, t.Node][] {
  if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration')
    return statement.id ? [[statement.id.name, statement]] : [];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }): [string, t.Node][] =>
    id.type === 'Identifier' && init ? [[id.name, init]] : [],
  );
}

/** What is exported, and the names in an object that is written out where it is exported: `module.exports = { open }`. */
function partsOf([path, own]: [string, string], values: ReadonlyMap<string, t.Node>): [string, string][] {
  const value = values.get(own);
  const named = (value?.type === 'ObjectExpression' ? value.properties : []).flatMap(
    (each): [string, string][] => {
      const name = keyName(each);
      const isName = each.type === 'ObjectProperty' && each.value.type === 'Identifier';
      return isName && name !== undefined ? [[joinPaths(path, name), (each.value as t.Identifier).name]] : [];
    },
  );
  return [[path, own], ...named];
}

function collect(
  name: string,
  value: t.Node,
  values: ReadonlyMap<string, t.Node>,
  own: Map<string, t.Function>,
): void {
  if (isFunction(value)) own.set(name, value);
  else if (value.type === 'ObjectExpression') for (const each of value.properties) addMember(name, each, own);
  else if (isClass(value)) for (const each of value.body.body) if (isStatic(each)) addMember(name, each, own);
  if (value.type !== 'NewExpression' || value.callee.type !== 'Identifier') return;
  const type = values.get(value.callee.name);
  if (type && isClass(type))
    for (const each of type.body.body) if (!isStatic(each)) addMember(name, each, own);
}

function addMember(owner: string, member: t.Node, own: Map<string, t.Function>): void {
  const name = keyName(member);
  const value = 'value' in member ? (member.value as t.Node | null | undefined) : member;
  const isMethod = value?.type === 'ObjectMethod' || value?.type === 'ClassMethod';
  const isOther = isMethod && value.kind !== 'method';
  if (name !== undefined && value && !isOther && (isMethod || isFunction(value)))
    own.set(`${owner}.${name}`, value);
}

function isStatic(member: t.Node): boolean {
  return 'static' in member && member.static === true;
}

function isClass(node: t.Node): node is t.Class {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

function isFunction(node: t.Node): node is t.Function {
  return /^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(node.type);
}
