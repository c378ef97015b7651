import path from 'node:path';
import type { Node } from '@babel/types';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { constantString } from '../checks/constant-string.ts';
import { fixedNames } from '../checks/live-code.ts';
import type { ModuleGraph } from '../source/module-graph.ts';
import { walk } from '../source/walk.ts';
import { isMemberOf, lastName } from './way-syntax.ts';

/** A text that may load modules by something else than a specifier that stands where it is loaded. */
const MAY_LOAD =
  /\bimport\s*\(\s*(?:[^'"\s)]|(['"])[^'"]*\1\s*\+)|\bcreateRequire\b|=\s*require\b|\brequire\s*\(\s*[^'"\s)]|\bmodule\.require\b/;

/** Whether a text loads modules in such a way, and names one of the files. */
export function mayLoad(text: string, names: RegExp): boolean {
  return MAY_LOAD.test(text) && names.test(text);
}

/** Modules that a file loads by a constant, a text that is put together, or a loader by another name. */
export class UntoldLoads {
  readonly #model: ModuleModel;
  readonly #graph: ModuleGraph;
  readonly #targets: readonly string[];
  #names: { loaders: Set<string>; constants: Map<string, Node>; texts: string[] } | undefined;

  /** @param targets the files that loads are told of, absolute */
  constructor(model: ModuleModel, graph: ModuleGraph, targets: Iterable<string>) {
    this.#model = model;
    this.#graph = graph;
    this.#targets = [...targets];
  }

  /** The files that a call may load; none for any other expression, and where nothing tells. */
  filesOf(node: Node): string[] {
    const source = this.#sourceOf(node);
    if (source === undefined) return [];
    const { constants, texts } = this.#read();
    const text = constantString(source, (name) => constants.get(name));
    if (text !== undefined) {
      const file = this.#graph.resolve(this.#model.file, text);
      return file === undefined ? [] : [file];
    }
    const isMeant =
      source.type === 'TemplateLiteral'
        ? matching(source.quasis.map(({ value }) => value.raw))
        : (specifier: string) => texts.some((each) => each.includes(path.basename(specifier)));
    return this.#targets.filter((file) => isMeant(this.#specifierOf(file)));
  }

  /** What a call loads: the argument of `import(…)`, of `require(…)` and of what stands for it. */
  #sourceOf(node: Node): Node | undefined {
    if (node.type === 'ImportExpression') return node.source;
    if (node.type !== 'CallExpression') return undefined;
    const { callee, arguments: given } = node;
    const [first] = given;
    const isLoader =
      callee.type === 'Import' ||
      (callee.type === 'Identifier' &&
        (callee.name === 'require' || this.#read().loaders.has(callee.name))) ||
      isMemberOf(callee, 'module', /^require$/);
    if (!isLoader) return undefined;
    return first?.type === 'CallExpression' && isMemberOf(first.callee, 'require', /^resolve$/)
      ? first.arguments[0]
      : first;
  }

  /** As a file of this one's would be imported, without its extension. */
  #specifierOf(file: string): string {
    const relative = path.relative(path.dirname(this.#model.file), file).split(path.sep).join('/');
    const bare = relative.replace(/\.[cm]?[jt]sx?$/, '');
    return bare.startsWith('.') ? bare : `./${bare}`;
  }

  #read(): { loaders: Set<string>; constants: Map<string, Node>; texts: string[] } {
    if (this.#names !== undefined) return this.#names;
    const names = { loaders: new Set<string>(), constants: new Map<string, Node>(), texts: [] as string[] };
    this.#names = names;
    const nodes: Node[] = [];
    walk(this.#model.program, (node) => {
      nodes.push(node);
      if (node.type === 'StringLiteral') names.texts.push(node.value);
      if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) return;
      const { init } = node;
      const makes = init.type === 'CallExpression' && lastName(init.callee) === 'createRequire';
      if (makes || (init.type === 'Identifier' && init.name === 'require')) names.loaders.add(node.id.name);
      else names.constants.set(node.id.name, init);
    });
    const fixed = fixedNames(nodes);
    for (const name of names.constants.keys()) if (!fixed.has(name)) names.constants.delete(name);
    return names;
  }
}

function matching(parts: readonly string[]): (specifier: string) => boolean {
  const pattern = new RegExp(`^${parts.map(escapeRegExp).join('.*')}$`);
  return (specifier) =>
    ['', '.ts', '.js', '.mjs', '.cjs'].some((extension) => pattern.test(specifier + extension));
}
