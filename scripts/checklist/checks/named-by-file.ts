import path from 'node:path';
import type { Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../source/walk.ts';
import type { Lookup } from './constant-string.ts';
import { lastName } from './makers.ts';

/** What stands in a path for the name of a file, without what it ends with, and with that. */
const STEM = '\0';
const NAME = '\x01';
const EACH = /^(?:forEach|map|flatMap)$/;

/** Tells of paths that are made of the names of files which a loop goes through. */
export class NamesOfFiles {
  readonly #lookup: Lookup;
  /** Names of loops. */
  readonly #each = new Set<string>();
  /** `const { name } = path.parse(file)`. */
  readonly #stems = new Set<string>();

  constructor(nodes: readonly Node[], lookup: Lookup) {
    this.#lookup = lookup;
    for (const node of nodes) {
      if (node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration')
        this.#note(node.left.declarations[0]?.id);
      if (node.type === 'CallExpression' && EACH.test(lastName(node.callee))) {
        const [callback] = node.arguments;
        if (callback && 'params' in callback) this.#note((callback.params as Node[])[0]);
      }
      if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern') continue;
      if (node.init?.type !== 'CallExpression' || lastName(node.init.callee) !== 'parse') continue;
      for (const each of node.id.properties)
        if (each.type === 'ObjectProperty' && writtenName(each.key, each.computed) === 'name')
          this.#stems.add(each.value.type === 'Identifier' ? each.value.name : '');
    }
  }

  /** The path that an expression makes of a file's name, with what stands for that; undefined where it makes none. */
  pathOf(node: Node | undefined): string | undefined {
    const text = this.#textOf(node, 0);
    return text?.includes(STEM) === true || text?.includes(NAME) === true ? text : undefined;
  }

  #note(name: Node | undefined): void {
    if (name?.type === 'Identifier') this.#each.add(name.name);
  }

  #textOf(node: Node | undefined, depth: number): string | undefined {
    if (node === undefined || depth > 8) return undefined;
    const read = (inner: Node) => this.#textOf(inner, depth + 1);
    switch (node.type) {
      case 'StringLiteral':
        return node.value;
      case 'Identifier':
        if (this.#stems.has(node.name)) return STEM;
        return this.#each.has(node.name) ? NAME : this.#textOf(this.#lookup(node.name), depth + 1);
      case 'BinaryExpression':
        return node.operator === '+' ? together([read(node.left), read(node.right)]) : undefined;
      case 'TemplateLiteral':
        return together(
          node.quasis.flatMap(({ value }, at) => {
            const inner = node.expressions[at];
            return [value.cooked ?? '', ...(inner === undefined ? [] : [read(inner)])];
          }),
        );
      case 'MemberExpression': {
        const isFirst = node.computed && node.property.type === 'NumericLiteral' && node.property.value === 0;
        const made = node.object.type === 'CallExpression' ? lastName(node.object.callee) : '';
        const isStem = isFirst ? made === 'split' : made === 'parse' && lastName(node) === 'name';
        return isStem && this.#isOfEach(node.object) ? STEM : undefined;
      }
      case 'CallExpression':
        return this.#made(lastName(node.callee), node.callee, node.arguments, depth);
      default:
        return undefined;
    }
  }

  /** `path.basename(file, '.js')`, `file.replace(/\.js$/, '')`, `file.slice(0, -3)`. */
  #made(method: string, callee: Node, given: readonly Node[], depth: number): string | undefined {
    const object = callee.type === 'MemberExpression' ? callee.object : undefined;
    if (object === undefined) return undefined;
    if (method === 'basename' && given[0] && this.#isOfEach(given[0])) return given.length > 1 ? STEM : NAME;
    if (/^to(?:LowerCase|String)$/.test(method)) return this.#textOf(object, depth + 1);
    const isCut =
      (method === 'replace' && given[1]?.type === 'StringLiteral' && given[1].value === '') ||
      (/^(?:slice|substring)$/.test(method) && given.length === 2) ||
      (method === 'shift' && object.type === 'CallExpression' && lastName(object.callee) === 'split');
    return isCut && this.#isOfEach(object) ? STEM : undefined;
  }

  #isOfEach(node: Node): boolean {
    let isSo = false;
    walk(node, (inner) => {
      isSo ||= inner.type === 'Identifier' && this.#each.has(inner.name);
    });
    return isSo;
  }
}

function together(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

/** The path that a file is mounted below; an index stands for its folder. */
export function pathFor(named: string, file: string): string {
  const { name, base } = path.parse(file);
  const isIndex = name === 'index';
  const folder = path.basename(path.dirname(file));
  return named.replaceAll(STEM, isIndex ? folder : name).replaceAll(NAME, isIndex ? folder : base);
}
