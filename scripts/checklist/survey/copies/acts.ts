import path from 'node:path';
import type { CallExpression, Node } from '@babel/types';
import { childrenOf } from '../../../../codemods/agent-cache/source/children.ts';
import { calledFunction } from '../dropping-helpers.ts';
import type { FullScene } from '../verify-cache.ts';
import { isFunction, lastName } from '../way-syntax.ts';
import { parametersIn, withoutParameters } from './holes.ts';
import type { Deed } from './deed.ts';
import { deedOf, MAY_LOAD_ANEW } from './loads.ts';
import { MAY_PUT } from './puts.ts';
import { textsWithin } from './starts.ts';
import { WrittenTexts } from './written-texts.ts';

/** What is done with modules, and where. */
export interface Act {
  node: Node;
  kind: Deed['kind'];
  /** What the modules load is meant as well. */
  isDeep: boolean;
  /** Something else is put in the place of what others have of the module: of what names, empty where nothing tells. */
  isPut?: boolean;
  names?: readonly string[];
  /** What is around it, the module first. */
  ancestors: readonly Node[];
  /** The names of modules, or texts of programs, as `WrittenTexts` gives them; undefined for all modules. */
  texts: readonly string[] | undefined;
  /** The files that names of modules may be relative to, that of the act first. */
  from: readonly [file: string, ...others: string[]];
}

/** A function of the tree that does something with the module that it is given. */
interface Helper {
  code: Node;
  name: string;
  index: number;
  file: string;
  kind: Deed['kind'];
  isDeep: boolean;
  /** What stands behind the name that it is given. */
  rest: string;
}

/** A call, with what is around it. */
interface Place {
  call: CallExpression;
  ancestors: readonly Node[];
}

/** All that files of a tree do with modules, themselves or by functions of the tree that do so with what they are given. */
export class Acts {
  readonly #scene: FullScene;
  readonly #names: RegExp;
  readonly #helpers: Helper[] = [];
  readonly #texts = new Map<string, WrittenTexts | undefined>();
  readonly #calls = new Map<string, readonly Place[]>();

  /** @param names what a text says that names a module whose parts others may write to */
  constructor(scene: FullScene, names: RegExp) {
    this.#scene = scene;
    this.#names = names;
  }

  /** @param files of the tree, by their paths in it */
  of(files: readonly string[]): Act[] {
    const { root, detection } = this.#scene;
    const textOf = (itemPath: string) => detection.project.read(path.join(root, itemPath)) ?? '';
    const mayDo = (text: string) =>
      MAY_LOAD_ANEW.test(text) || (MAY_PUT.test(text) && this.#names.test(text));
    const doing = files.filter((each) => mayDo(textOf(each)));
    const own = doing.flatMap((each) => this.#ownIn(path.join(root, each)));
    const helped = () => {
      const names = [...new Set(this.#helpers.map(({ name }) => name))];
      if (names.length === 0) return [];
      const asking = files.filter((each) => names.some((name) => textOf(each).includes(name)));
      return [...new Set([...doing, ...asking])].flatMap((each) => this.#helpedIn(path.join(root, each)));
    };
    // First who does so with what they are given, then who gives them something.
    for (const act of own) this.#learn(act);
    let last: Act[] = [];
    for (let size = 0; size !== this.#helpers.length; ) {
      size = this.#helpers.length;
      last = helped();
      for (const act of last) this.#learn(act);
    }
    return [...own, ...last];
  }

  #ownIn(file: string): Act[] {
    const acts: Act[] = [];
    this.#visit(file, (node, around, texts) => acts.push(...this.#own(node, around, texts)));
    return acts;
  }

  #helpedIn(file: string): Act[] {
    const texts = this.#textsOf(file);
    return texts === undefined ? [] : this.#callsIn(file).flatMap((each) => this.#helped(each, texts));
  }

  /** The calls of a file, which are asked for anew with each function that is found to do something. */
  #callsIn(file: string): readonly Place[] {
    const known = this.#calls.get(file);
    if (known) return known;
    const calls: Place[] = [];
    this.#visit(file, (node, around) => {
      if (node.type === 'CallExpression') calls.push({ call: node, ancestors: [...around] });
    });
    this.#calls.set(file, calls);
    return calls;
  }

  /** @param look what is around a node is another one at the next */
  #visit(file: string, look: (node: Node, around: readonly Node[], texts: WrittenTexts) => void): void {
    const texts = this.#textsOf(file);
    const around: Node[] = [];
    const visit = (node: Node, within: WrittenTexts): void => {
      look(node, around, within);
      around.push(node);
      for (const child of childrenOf(node)) visit(child, within);
      around.pop();
    };
    if (texts !== undefined) visit(texts.model.program, texts);
  }

  #own(node: Node, ancestors: readonly Node[], texts: WrittenTexts): Act[] {
    const deed = deedOf(node, texts);
    if (deed === undefined) return [];
    const written = deed.module && textsWithin(deed.module, texts, ancestors.filter(isFunction));
    const { kind, isDeep = false, isPut, names } = deed;
    const from: Act['from'] = [texts.model.file];
    return [{ node, kind, isDeep, isPut, names, ancestors: [...ancestors], texts: written, from }];
  }

  /** What functions of the tree do with what a call gives them. */
  #helped({ call: node, ancestors }: Place, texts: WrittenTexts): Act[] {
    const name = lastName(node.callee);
    const isMember = node.callee.type === 'MemberExpression';
    // Nearly all calls are of methods that no such function is called like.
    if (isMember && !this.#helpers.some((each) => each.name === name)) return [];
    const called = isMember ? undefined : calledFunction(node, texts.model, this.#scene.graph);
    const meant = called === undefined ? texts.behind(name).values.filter(isFunction) : [called];
    return this.#helpers.flatMap((helper) => {
      const given = node.arguments[helper.index];
      // What a method is of is not followed: its name has to do.
      const isMeant = isMember ? helper.name === name : meant.some((each) => each === helper.code);
      if (!isMeant || given === undefined) return [];
      const written = textsWithin([given], texts, ancestors.filter(isFunction)).map(
        (each) => each + helper.rest,
      );
      const from: Act['from'] = [texts.model.file, helper.file];
      const { kind, isDeep } = helper;
      return [{ node, kind, isDeep, ancestors, texts: written, from }];
    });
  }

  #learn({ kind, isDeep, texts, ancestors, from: [file] }: Act): void {
    const around = ancestors.filter(isFunction);
    for (const text of texts ?? [])
      for (const { at, index } of parametersIn(text)) {
        const code = around[at];
        const name = code && nameOfFunction(code, ancestors, file);
        const isKnown = this.#helpers.some(
          (each) => each.code === code && each.index === index && each.kind === kind,
        );
        if (code === undefined || name === undefined || isKnown) continue;
        const rest = kind === 'load' ? (/[?#].*$/s.exec(withoutParameters(text))?.[0] ?? '') : '';
        this.#helpers.push({ code, name, index, file, kind, isDeep, rest });
      }
  }

  #textsOf(file: string): WrittenTexts | undefined {
    if (!this.#texts.has(file)) {
      const model = this.#scene.graph.model(file);
      this.#texts.set(file, model && new WrittenTexts(model, this.#scene.graph));
    }
    return this.#texts.get(file);
  }
}

/** What those call a function who call it, or the file whose default it is; undefined for one without a name. */
export function nameOfFunction(code: Node, ancestors: readonly Node[], file: string): string | undefined {
  if ('id' in code && code.id?.type === 'Identifier') return code.id.name;
  if ('key' in code) return lastName(code.key as Node) || undefined;
  const around = ancestors[ancestors.indexOf(code) - 1];
  switch (around?.type) {
    case 'VariableDeclarator':
      return lastName(around.id) || undefined;
    case 'ObjectProperty':
    case 'ClassProperty':
      return lastName(around.key) || undefined;
    case 'AssignmentExpression':
      return lastName(around.left) || undefined;
    case 'ExportDefaultDeclaration':
      return moduleName(file);
    default:
      return undefined;
  }
}

/** What a module is called: its folder, where it is the index of one. */
export function moduleName(file: string): string {
  const { name, dir } = path.parse(file);
  return name === 'index' ? path.basename(dir) : name;
}
