import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { patternNames } from '../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { ModuleGraph } from '../source/module-graph.ts';
import { isCallNode, isField, isFunction, lastName, wrapped } from './way-syntax.ts';

/** Where an expression stands: in which file, and in which functions, the innermost last. */
export interface Standing {
  file: string;
  around: readonly Node[];
}

/** A function, or anything else, and where it stands. */
export interface Placed {
  node: Node;
  at: Standing;
}

const IS_TOLD =
  /^(?:VariableDeclarator|AssignmentExpression|ForOfStatement|ObjectProperty|ReturnStatement|TSParameterProperty|Class(?:Private|Accessor)?Property|(?:Optional)?CallExpression|NewExpression|.*Function.*|.*Method)$/;

/** What gives names to values in the files of a tree, and the functions that calls mean by them. */
export class NamedCode {
  /** What gives a name, a field or a parameter something, and what is given back. */
  readonly places: Placed[] = [];
  readonly #functions = new Map<string, Placed[]>();
  readonly #declared = new Map<Node | string, Set<string>>();
  readonly #written = new Map<string, Set<string>>();

  /** The functions of a name of a file, of `new Shop` for a constructor, and of `.run` for a method. */
  called(key: string): readonly Placed[] {
    return this.#functions.get(key) ?? [];
  }

  /** Whether a file declares a name at its top. */
  declares(file: string, name: string): boolean {
    return this.#declared.get(file)?.has(name) === true;
  }

  /** Whether a file writes to fields of a name. */
  writes(file: string, name: string): boolean {
    return this.#written.get(file)?.has(name) === true;
  }

  /** Where a name is declared: in a function, or in the file. */
  ownerOf(name: string, { file, around }: Standing): Node | string {
    return around.findLast((each) => isFunction(each) && this.#declared.get(each)?.has(name)) ?? file;
  }

  /** Reads a file, or a part of it. */
  read(node: Node, at: Standing): void {
    const inner = isFunction(node) ? { ...at, around: [...at.around, node] } : at;
    if (isFunction(node)) {
      for (const each of node.params) for (const name of namesIn(each)) add(this.#declared, node, name);
      if ('id' in node && node.id) this.#name(node.id.name, node, at);
    }
    const owner = at.around.at(-1) ?? at.file;
    if (node.type === 'VariableDeclarator')
      for (const name of patternNames(node.id)) add(this.#declared, owner, name);
    if (node.type === 'ClassDeclaration' && node.id) add(this.#declared, owner, node.id.name);
    this.#nameOf(node, at);
    if (IS_TOLD.test(node.type)) this.places.push({ node, at: inner });
    for (const child of childrenOf(node)) this.read(child, inner);
  }

  /** Notes the functions that a node gives a name. */
  #nameOf(node: Node, at: Standing): void {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier')
      this.#name(node.id.name, node.init, at);
    if (node.type === 'AssignmentExpression') {
      const isMember = node.left.type === 'MemberExpression';
      if (isMember) this.#write(lastName(node.left), at);
      this.#name(isMember ? `.${lastName(node.left)}` : lastName(node.left), node.right, at);
    }
    if (node.type === 'ExportDefaultDeclaration') this.#name('default', node.declaration, at);
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression')
      for (const member of node.body.body)
        if (member.type === 'ClassMethod' && member.kind === 'constructor' && node.id)
          this.#name(`new ${node.id.name}`, member, at);
    if (node.type === 'ObjectProperty' || isField(node)) {
      const name = keyName(node);
      if (name !== undefined) this.#write(name, at);
      this.#name(`.${name}`, 'value' in node ? node.value : undefined, at);
    }
    if (node.type.endsWith('Method') && isFunction(node)) this.#name(`.${keyName(node)}`, node, at);
  }

  #name(name: string, code: Node | null | undefined, at: Standing): void {
    if (!code || !isFunction(code)) return;
    const isMember = name.startsWith('.');
    const isTop = !isMember && at.around.length === 0 && !name.startsWith('new ');
    // What a file exports is a member of the file.
    for (const key of [isMember ? name : `${at.file} ${name}`, ...(isTop ? [`.${name}`] : [])])
      this.#functions.set(key, [...(this.#functions.get(key) ?? []), { node: code, at }]);
  }

  #write(name: string, { file }: Standing): void {
    add(this.#written, file, name);
  }
}

/** Notes a name; whether it is new there. */
export function add<Key, Name>(names: Map<Key, Set<Name>>, key: Key, name: Name): boolean {
  const known = names.get(key) ?? new Set<Name>();
  names.set(key, known);
  return !known.has(name) && known.add(name).size > 0;
}

/** The names of a parameter. */
export function namesIn(param: Node): string[] {
  return patternNames(param.type === 'TSParameterProperty' ? param.parameter : param);
}

/** The name of a property or a member, where it is written out. */
export function keyName(node: Node): string | undefined {
  if (!('key' in node)) return undefined;
  return writtenName(node.key as Node, 'computed' in node && node.computed === true);
}

/** The elements of a list that is written out, also of promises that are awaited together. */
export function elementsOf(node: Node): readonly (Node | null)[] | undefined {
  const below = wrapped(node);
  if (below) return elementsOf(below);
  if (node.type === 'ArrayExpression')
    return node.elements.some((each) => each?.type === 'SpreadElement') ? undefined : node.elements;
  const isTogether = isCallNode(node) && /^(?:all|allSettled)$/.test(lastName(node.callee));
  const [first] = isTogether ? node.arguments : [];
  return first && elementsOf(first);
}

/** Whether the type that is written at something names a class: of it, of a promise of it. */
export function isSaidToBe(node: Node, className: string): boolean {
  const type = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  const names = (each: Node): boolean =>
    (each.type === 'Identifier' && each.name === className) || childrenOf(each).some(names);
  return type !== null && type !== undefined && names(type as Node);
}

/** Where a name that a file imports from another one of the tree is declared, and as what. */
export function originOf(
  name: string,
  file: string,
  graph: ModuleGraph,
): { file: string; name: string } | undefined {
  const imported = graph.model(file)?.imports.get(name);
  const origin = imported && graph.imported(file, imported);
  if (origin === undefined || !('model' in origin)) return undefined;
  const { model, exported } = origin;
  return { file: model.file, name: 'local' in exported ? exported.local : 'default' };
}
