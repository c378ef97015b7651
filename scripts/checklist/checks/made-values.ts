import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../source/walk.ts';
import { lastName, ownerNamed } from './makers.ts';

/** By which names a module has its functions, classes and objects. */
export class NamedNodes {
  readonly #names = new Map<Node, string>();
  readonly #values = new Map<string, Node>();

  constructor(nodes: readonly Node[]) {
    for (const node of nodes) {
      if (node.type === 'VariableDeclarator' && node.init) {
        this.#names.set(node.init, lastName(node.id));
        this.#values.set(lastName(node.id), node.init);
      }
      if (node.type === 'AssignmentExpression') this.#names.set(node.right, lastName(node.left));
    }
  }

  /** The name of a function or a class; `default` for one without. */
  of(node: Node): string {
    if ('id' in node && node.id && typeof node.id === 'object' && 'name' in node.id)
      return String(node.id.name);
    const name = this.#names.get(node) ?? 'exports';
    return name === 'exports' ? 'default' : name;
  }

  /** What a variable of the module is made of. */
  valueOf(name: string): Node | undefined {
    return this.#values.get(name);
  }
}

/** What made a value, by its name: a class, a function. */
export function makerIn(node: Node | null | undefined): string | undefined {
  switch (node?.type) {
    case 'AwaitExpression':
      return makerIn(node.argument);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return makerIn(node.expression);
    case 'CallExpression':
    case 'NewExpression':
      return rootName(node.callee) || undefined;
    default:
      return undefined;
  }
}

/** The name at the root of `a.b.c`. */
function rootName(node: Node): string {
  if (node.type === 'MemberExpression') return rootName(node.object);
  return node.type === 'Identifier' ? node.name : '';
}

/** What a function gives, as it is written. */
export function givesBack(fn: Node): Node[] {
  const given: Node[] = [];
  const look = (node: Node): void => {
    if (node.type === 'ReturnStatement' && node.argument) given.push(node.argument);
    for (const child of childrenOf(node)) if (!isFunction(child)) look(child);
  };
  if (!('body' in fn) || typeof fn.body !== 'object' || fn.body === null) return given;
  const body = fn.body as Node;
  if (body.type === 'BlockStatement') look(body);
  else given.push(body);
  return given;
}

export function isFunction(node: Node): node is Node & { params: Node[] } {
  return /Function|Method/.test(node.type) && 'params' in node;
}

/** What fields and parameters are made with, or typed as: by their names, and where they stand. */
export function madeWith(nodes: readonly Node[]): {
  madeWith: ReadonlyMap<string, string>;
  standing: ReadonlyMap<Node, string>;
} {
  const byName = new Map<string, string>();
  const standing = new Map<Node, string>();
  for (const node of nodes) {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') noteFields(node, standing);
    if (node.type === 'ClassProperty' || node.type === 'ClassPrivateProperty') note(byName, node);
    if (node.type === 'AssignmentExpression') {
      const maker = makerIn(node.right);
      if (maker !== undefined) byName.set(lastName(node.left), maker);
    }
    if (isFunction(node)) for (const each of node.params) noteParameter(each, node, standing);
    if (node.type === 'CallExpression') noteCallback(node, standing);
  }
  return { madeWith: byName, standing };
}

/** What it is made with is empty where nobody says it: it is another one than a variable of that name. */
function noteParameter(each: Node, fn: Node, standing: Map<Node, string>): void {
  const param = each.type === 'TSParameterProperty' ? each.parameter : each;
  if (param.type === 'Identifier') standFor(param.name, typeOf(param) ?? '', fn, standing);
}

/** `connect().then((router) => …)` */
function noteCallback(call: Extract<Node, { type: 'CallExpression' }>, standing: Map<Node, string>): void {
  const { callee } = call;
  if (callee.type !== 'MemberExpression' || lastName(callee) !== 'then') return;
  const [given] = call.arguments;
  const maker = makerIn(callee.object);
  const [param] = given && isFunction(given) ? given.params : [];
  if (given && maker !== undefined && param?.type === 'Identifier')
    standFor(param.name, maker, given, standing);
}

/** A name in a function, but where another one inside has a parameter of that name. */
function standFor(name: string, maker: string, fn: Node, standing: Map<Node, string>): void {
  if (ownerNamed(name) === false) return;
  const look = (node: Node): void => {
    if (node.type === 'Identifier' && node.name === name && (maker !== '' || !standing.has(node)))
      standing.set(node, maker);
    for (const child of childrenOf(node)) {
      const hides =
        isFunction(child) &&
        child.params.some((each) => (each.type === 'Identifier' ? each.name : '') === name);
      if (!hides) look(child);
    }
  };
  for (const child of childrenOf(fn)) look(child);
}

/** The fields of a class, by what it makes them with. */
function noteFields(type: Node & { body: Node }, standing: Map<Node, string>): void {
  const fields = new Map<string, string>();
  walk(type.body, (node) => {
    if (node.type === 'ClassProperty' || node.type === 'ClassPrivateProperty') note(fields, node);
    if (node.type === 'TSParameterProperty' && node.parameter.type === 'Identifier')
      setIfKnown(fields, node.parameter.name, typeOf(node.parameter));
    if (node.type === 'AssignmentExpression' && isOwnField(node.left))
      setIfKnown(fields, lastName(node.left), makerIn(node.right));
  });
  if (fields.size === 0) return;
  walk(type.body, (node) => {
    const maker = isOwnField(node) ? fields.get(lastName(node)) : undefined;
    if (maker !== undefined) standing.set(node, maker);
  });
}

function isOwnField(node: Node): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'ThisExpression';
}

function note(
  fields: Map<string, string>,
  node: Extract<Node, { type: 'ClassProperty' | 'ClassPrivateProperty' }>,
): void {
  const name = writtenName(node.key, node.type === 'ClassProperty' && node.computed) ?? '';
  setIfKnown(fields, name, makerIn(node.value) ?? typeOf(node));
}

function setIfKnown(names: Map<string, string>, name: string, maker: string | undefined): void {
  if (maker !== undefined) names.set(name, maker);
}

function typeOf(node: { typeAnnotation?: Node | null | undefined }): string | undefined {
  const { typeAnnotation } = node;
  const type = typeAnnotation?.type === 'TSTypeAnnotation' ? typeAnnotation.typeAnnotation : undefined;
  return type?.type === 'TSTypeReference' ? lastName(type.typeName) : undefined;
}
