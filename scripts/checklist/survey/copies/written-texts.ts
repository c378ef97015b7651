import type { CallExpression, Node, ObjectExpression } from '@babel/types';
import { childrenOf } from '../../../../codemods/agent-cache/source/children.ts';
import type { ModuleModel } from '../../../../codemods/agent-cache/survey/code/module-model.ts';
import { loadedName } from '../../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { patternNames } from '../../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { writtenName } from '../../../../codemods/agent-cache/survey/code/written-name.ts';
import type { ModuleGraph } from '../../source/module-graph.ts';
import { HOLE, parameterMark } from './holes.ts';
import { type Names, namesIn } from './names-in.ts';
import { isFunction, lastName, wrapped } from '../way-syntax.ts';

const MOST_TEXTS = 12;
const DEEPEST = 10;

/** What only says where a path is, or is the text that it is given. */
const HANDS_ON =
  /^(?:String|fileURLToPath|pathToFileURL|encodeURI|encodeURIComponent|decodeURI|from|normalize|realpathSync|toString|trim|valueOf|toNamespacedPath)$/;
const READS =
  /^(?:readFile|readFileSync|readText|transform|transformSync|transpileModule|stripTypeScriptTypes)$/;

/**
 * The texts that the expressions of a file may be, as far as it writes them: with `HOLE` for a part that nothing tells,
 * and a character of its own for a parameter of the function around it.
 */
export class WrittenTexts {
  readonly model: ModuleModel;
  readonly #graph: ModuleGraph;
  #names: Names | undefined;

  constructor(model: ModuleModel, graph: ModuleGraph) {
    this.model = model;
    this.#graph = graph;
  }

  /** @param around the functions around the expression, the innermost last */
  of(node: Node | null | undefined, around: readonly Node[], depth = 0): string[] {
    if (!node || depth > DEEPEST) return [HOLE];
    const of = (inner: Node | null | undefined) => this.of(inner, around, depth + 1);
    const together = (parts: readonly (Node | string)[]) =>
      parts.reduce<string[]>(
        (texts, part) => joined(texts, typeof part === 'string' ? [part] : of(part)),
        [''],
      );
    switch (node.type) {
      case 'StringLiteral':
        return [node.value];
      case 'NumericLiteral':
        return [String(node.value)];
      case 'TemplateLiteral':
        return together(
          node.quasis.flatMap(({ value }, index) => [
            value.cooked ?? value.raw,
            ...node.expressions.slice(index, index + 1),
          ]),
        );
      case 'TaggedTemplateExpression':
        return of(node.quasi);
      case 'BinaryExpression':
        return node.operator === '+' ? together([node.left, node.right]) : [HOLE];
      case 'ConditionalExpression':
        return most([...of(node.consequent), ...of(node.alternate)]);
      case 'LogicalExpression':
        return most([...of(node.left), ...of(node.right)]);
      case 'AssignmentExpression':
        return of(node.right);
      case 'Identifier':
        return this.#ofName(node.name, around, depth);
      case 'MemberExpression':
        return this.#ofMember(node, around, depth);
      case 'NewExpression':
        return lastName(node.callee) === 'URL' ? of(node.arguments[0]) : [HOLE];
      case 'CallExpression':
        return this.#ofCall(node, around, depth);
      default: {
        const below = wrapped(node);
        return below === undefined ? [HOLE] : of(below);
      }
    }
  }

  /** Whether a specifier leads to a file of the tree. */
  isOfTree(specifier: string): boolean {
    return this.#graph.resolve(this.model.file, specifier) !== undefined;
  }

  /** What a name of the file may stand for: what it is set to, or a member of what it is taken from. */
  behind(name: string): { values: readonly Node[]; picked?: { from: Node; name: string } } {
    const { values, picked } = this.#read();
    const from = picked.get(name);
    return { values: values.get(name) ?? [], ...(from === undefined ? {} : { picked: from }) };
  }

  #ofName(name: string, around: readonly Node[], depth: number): string[] {
    const { values, listed, appended, changed } = this.#read();
    const at = around.findLastIndex((each) => isFunction(each) && each.params.some((one) => has(one, name)));
    const owner = around[at];
    if (isFunction(owner))
      return [
        parameterMark(
          at,
          owner.params.findIndex((one) => isName(one, name)),
        ),
      ];
    const imported = this.model.imports.get(name);
    const set = [
      ...(values.get(name) ?? []),
      ...(listed.get(name) ?? []).flatMap((each) => this.#items(each)),
    ];
    const texts = [
      ...set.flatMap((each) => this.of(each, around, depth + 1)),
      ...(imported === undefined ? [] : this.#ofOther(imported, depth)),
    ];
    const starts = texts.length === 0 ? [HOLE] : most(texts);
    const ends = (appended.get(name) ?? []).flatMap((each) => this.of(each, around, depth + 1));
    return most([
      ...starts,
      ...(ends.length === 0 ? [] : joined(starts, ends)),
      ...(changed.has(name) ? joined(starts, [`?${HOLE}`]) : []),
    ]);
  }

  #ofOther(imported: { specifier: string; name: string }, depth: number): string[] {
    const origin = this.#graph.imported(this.model.file, imported);
    if (origin === undefined || !('model' in origin) || !('local' in origin.exported)) return [HOLE];
    return new WrittenTexts(origin.model, this.#graph).#ofName(origin.exported.local, [], depth + 1);
  }

  #ofMember(
    node: Extract<Node, { type: 'MemberExpression' }>,
    around: readonly Node[],
    depth: number,
  ): string[] {
    const name = writtenName(node.property, node.computed);
    if (/^(?:href|pathname|default)$/.test(name ?? '')) return this.of(node.object, around, depth + 1);
    const values = this.#wholes(node.object, depth).flatMap((whole) =>
      whole.type === 'ObjectExpression' ? valuesAt(whole, name) : itemsOf(whole),
    );
    if (values.length === 0) values.push(...(this.#read().fields.get(name ?? '') ?? []));
    return values.length === 0 ? [HOLE] : most(values.flatMap((each) => this.of(each, around, depth + 1)));
  }

  #items(list: Node): Node[] {
    return this.#wholes(list, 0).flatMap(itemsOf);
  }

  /** The objects and lists that an expression may be. */
  #wholes(node: Node, depth: number): Node[] {
    if (depth > DEEPEST) return [];
    if (node.type === 'ObjectExpression' || node.type === 'ArrayExpression') return [node];
    if (node.type === 'Identifier')
      return this.behind(node.name).values.flatMap((each) => this.#wholes(each, depth + 1));
    if (node.type === 'CallExpression' && lastName(node.callee) === 'freeze')
      return node.arguments.slice(0, 1).flatMap((each) => this.#wholes(each, depth + 1));
    const below = wrapped(node);
    return below === undefined ? [] : this.#wholes(below, depth + 1);
  }

  #ofCall(node: CallExpression, around: readonly Node[], depth: number): string[] {
    const { callee, arguments: given } = node;
    const name = lastName(callee);
    const object = callee.type === 'MemberExpression' ? callee.object : undefined;
    const of = (inner: Node | undefined) => this.of(inner, around, depth + 1);
    if (name === 'resolve' && given.length === 1) return of(given[0]);
    if ((name === 'join' || name === 'resolve') && given.length > 1)
      return given.reduce<string[]>(
        (texts, part, index) => {
          const isHere = index === 0 && /^(?:__dirname|dirname)$/.test(lastName(part));
          return joined(texts, isHere ? ['.'] : of(part).map((each) => (index === 0 ? each : `/${each}`)));
        },
        [''],
      );
    if (name === 'join' && object !== undefined) return this.#ofJoin(object, given[0], around, depth);
    if (name === 'concat' && object !== undefined)
      return given.reduce<string[]>((texts, part) => joined(texts, of(part)), of(object));
    if (READS.test(name)) return joined([HOLE], of(given[0]));
    if (!HANDS_ON.test(name)) return this.#ofReturns(callee, depth);
    return of(/^(?:toString|trim|valueOf)$/.test(name) ? object : given[0]);
  }

  /** What a function of the file, or of another one, gives. */
  #ofReturns(callee: Node, depth: number): string[] {
    if (callee.type !== 'Identifier' || depth > DEEPEST) return [HOLE];
    const imported = this.model.imports.get(callee.name);
    const origin = imported && this.#graph.imported(this.model.file, imported);
    if (origin !== undefined && 'model' in origin && 'local' in origin.exported)
      return new WrittenTexts(origin.model, this.#graph).#ofReturnsBy(origin.exported.local, depth + 1);
    return this.#ofReturnsBy(callee.name, depth);
  }

  #ofReturnsBy(name: string, depth: number): string[] {
    const given = this.behind(name).values.filter(isFunction).flatMap(returnedBy);
    return given.length === 0 ? [HOLE] : most(given.flatMap((each) => this.of(each, [], depth + 1)));
  }

  /** `['a', b].join('?')` */
  #ofJoin(list: Node, separator: Node | undefined, around: readonly Node[], depth: number): string[] {
    if (list.type !== 'ArrayExpression') return [HOLE];
    const between = separator === undefined ? [','] : this.of(separator, around, depth + 1);
    return list.elements.reduce<string[]>(
      (texts, each, index) => {
        const own = this.of(each, around, depth + 1);
        return joined(texts, index === 0 ? own : joined(between, own));
      },
      [''],
    );
  }

  #read(): Names {
    this.#names ??= namesIn(this.model.program);
    return this.#names;
  }
}

/** What a function gives, by its own returns. */
function returnedBy({ body }: { body: Node }): Node[] {
  if (body.type !== 'BlockStatement') return [body];
  const found: Node[] = [];
  const enter = (node: Node): void => {
    if (isFunction(node)) return;
    if (node.type === 'ReturnStatement' && node.argument) found.push(node.argument);
    for (const child of childrenOf(node)) enter(child);
  };
  enter(body);
  return found;
}

function valuesAt({ properties }: ObjectExpression, name: string | undefined): Node[] {
  return properties.flatMap((each) =>
    each.type === 'ObjectProperty' && (name === undefined || writtenName(each.key, each.computed) === name)
      ? [each.value]
      : [],
  );
}

function itemsOf(list: Node): Node[] {
  return list.type === 'ArrayExpression' ? list.elements.filter((each) => each !== null) : [];
}

/** The package, or module of Node.js or the tree, that an expression is of: a name that it exports, or what that gives. */
export function specifierBehind(node: Node, texts: WrittenTexts, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined;
  const of = (inner: Node) => specifierBehind(inner, texts, depth + 1);
  const loaded = loadedName(node);
  if (loaded !== undefined) return loaded.specifier;
  if (node.type === 'Identifier') {
    const imported = texts.model.imports.get(node.name);
    if (imported !== undefined) return imported.specifier;
    const { values, picked } = texts.behind(node.name);
    return [...values, ...(picked === undefined ? [] : [picked.from])].map(of).find(Boolean);
  }
  if (node.type === 'MemberExpression') return of(node.object);
  if (node.type === 'CallExpression' && lastName(node.callee) === 'promisify' && node.arguments[0])
    return of(node.arguments[0]);
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return of(node.callee);
  const below = wrapped(node);
  return below === undefined ? undefined : of(below);
}

function has(pattern: Node, name: string): boolean {
  return patternNames(pattern.type === 'TSParameterProperty' ? pattern.parameter : pattern).includes(name);
}

function isName(pattern: Node, name: string): boolean {
  const inner = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
  return inner.type === 'Identifier' && inner.name === name;
}

function joined(starts: readonly string[], ends: readonly string[]): string[] {
  return most(starts.flatMap((start) => ends.map((end) => start + end)));
}

function most(texts: readonly string[]): string[] {
  return [...new Set(texts)].slice(0, MOST_TEXTS);
}

/** The name that a function has where it is from: in the package, or the module, that the file imports it of. */
export function importedAs(callee: Node, texts: WrittenTexts): string {
  const name = lastName(callee);
  return callee.type === 'Identifier' ? (texts.model.imports.get(name)?.name ?? name) : name;
}
