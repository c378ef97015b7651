import type * as t from '@babel/types';
import { unwrapped } from '../../source/unwrapped.ts';
import { keyName, propertyName } from '../../survey/code/members.ts';
import type { Machine } from './machine.ts';
import type { Frame } from './values.ts';
import { variableOf } from './variables.ts';

/** Calls that give all of what they are given, in another form. */
const KEEPS_ALL =
  /^(String|stringify|toString|join|concat|encodeURIComponent|hash|digest|update|createHash|md5|sha\d+|\w*[kK]ey)$/;
/** How many names and functions may lie between a key and what it is made of. */
const DEEPEST = 12;

/** What a name of the code stands for: ways to what a caller gave, or an expression. */
type Named = (names: readonly string[]) => { ways: readonly string[] } | { init: t.Node };

/** The ways to what a caller gave that a key has all of: `id` and `q.token` of `id + q.token`, and none of `id ? 1 : 2`. */
export function waysInKey(key: t.Node, frame: Frame, machine: Machine): string[] {
  const named: Named = (names) => {
    const found = variableOf(names[0] ?? '', frame);
    if (!found || found.frame.parent === undefined) return { ways: [] };
    const { init } = found.variable;
    return init ? { init } : { ways: [names.join('.')] };
  };
  return new KeyReader(machine, frame).ways(key, named, 0);
}

class KeyReader {
  readonly #machine: Machine;
  readonly #frame: Frame;

  constructor(machine: Machine, frame: Frame) {
    this.#machine = machine;
    this.#frame = frame;
  }

  ways(key: t.Node, named: Named, depth: number): string[] {
    const node = unwrapped(key);
    const below = (each: t.Node | null | undefined) =>
      each && depth <= DEEPEST ? this.ways(each, named, depth) : [];
    const names = namesOf(node);
    if (names) {
      const found = named(names);
      if ('ways' in found) return [...found.ways];
      return depth < DEEPEST ? this.ways(found.init, named, depth + 1) : [];
    }
    switch (node.type) {
      case 'TemplateLiteral':
        return node.expressions.flatMap(below);
      case 'BinaryExpression':
        return node.operator === '+' ? [node.left, node.right].flatMap(below) : [];
      case 'LogicalExpression':
        return node.operator === '&&' ? [] : below(node.left);
      case 'ConditionalExpression':
        return chosenBy(below(node.test), below(node.consequent), below(node.alternate));
      case 'ArrayExpression':
        return node.elements.flatMap(below);
      case 'ObjectExpression':
        return node.properties.flatMap((each) => below(each.type === 'ObjectProperty' ? each.value : each));
      case 'SpreadElement':
      case 'AwaitExpression':
        return below(node.argument);
      case 'CallExpression':
        return this.#ofCall(node, below, depth);
      default:
        return [];
    }
  }

  /** What a call has all of that it is given: one of the tree by what it returns, any other by its name. */
  #ofCall({ callee, arguments: given }: t.CallExpression, below: (node: t.Node) => string[], depth: number) {
    const isOwn =
      callee.type === 'Identifier' || (isMember(callee) && callee.object.type === 'ThisExpression');
    const called = isOwn ? this.#machine.run.evaluate(callee, this.#frame) : undefined;
    const [code, ...others] = [...(called?.things.keys() ?? [])].flatMap((each) => each.code ?? []);
    if (code && 'params' in code.node) {
      if (others.length > 0 || depth >= DEEPEST) return [];
      const { returned, named } = returnedBy(code.node);
      return (returned ? this.ways(returned, named, depth + 1) : []).flatMap((way) => {
        const [position = '', ...names] = way.split('.');
        return givenAt(position, given).flatMap((each) => partsGiven(each, names, below));
      });
    }
    const name = isMember(callee)
      ? (propertyName(callee) ?? '')
      : callee.type === 'Identifier'
        ? callee.name
        : '';
    if (!KEEPS_ALL.test(name)) return [];
    return [...(isMember(callee) ? below(callee.object) : []), ...given.flatMap(below)];
  }
}

/** `token ? token : 'none'`: what both have, and what one has that the other one is chosen by. */
function chosenBy(test: readonly string[], met: readonly string[], unmet: readonly string[]): string[] {
  const all = [...new Set([...met, ...unmet])];
  return all.filter((way) => test.includes(way) || (met.includes(way) && unmet.includes(way)));
}

/** What a function gives that does no more than to declare names before, whose parameters are called by their position. */
function returnedBy({ body, params }: t.Function): { returned?: t.Node; named: Named } {
  const known = new Map<string, { ways: readonly string[] } | { init: t.Node }>();
  for (const [index, param] of params.entries())
    for (const [name, names] of namesTaken(param))
      known.set(name, { ways: [[`${param.type === 'RestElement' ? '-' : ''}${index}`, ...names].join('.')] });
  const named: Named = ([root = '', ...names]) => {
    const found = known.get(root) ?? { ways: [] };
    return 'ways' in found ? { ways: found.ways.map((way) => [way, ...names].join('.')) } : found;
  };
  if (body.type !== 'BlockStatement') return { returned: body, named };
  const last = body.body.at(-1);
  for (const each of body.body.slice(0, -1)) {
    if (each.type !== 'VariableDeclaration' || each.kind !== 'const') return { named };
    for (const { id, init } of each.declarations)
      if (id.type === 'Identifier' && init) known.set(id.name, { init });
      else
        for (const [name, names] of init ? namesTaken(id) : []) known.set(name, partOf(init, names, named));
  }
  const returned = last?.type === 'ReturnStatement' ? last.argument : undefined;
  return { named, ...(returned && { returned }) };
}

function partOf(
  init: t.Node | null | undefined,
  names: readonly string[],
  named: Named,
): { ways: readonly string[] } {
  const above = init ? namesOf(init) : undefined;
  const found = above && named([...above, ...names]);
  return found && 'ways' in found ? found : { ways: [] };
}

/** The names that a pattern declares, each with the names of the part that it takes. */
function namesTaken(pattern: t.Node): [string, string[]][] {
  if (pattern.type === 'Identifier') return [[pattern.name, []]];
  if (pattern.type === 'AssignmentPattern') return namesTaken(pattern.left);
  if (pattern.type === 'RestElement') return namesTaken(pattern.argument);
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((each): [string, string[]][] => {
    const key = each.type === 'ObjectProperty' ? keyName(each) : undefined;
    if (each.type !== 'ObjectProperty' || key === undefined) return [];
    return namesTaken(each.value).map(([name, names]) => [name, [key, ...names]]);
  });
}

/** The arguments that a parameter stands for: a position, or all from one on. */
function givenAt(position: string, given: t.CallExpression['arguments']): t.Node[] {
  const index = Math.abs(Number(position));
  return position.startsWith('-') ? given.slice(index) : given.slice(index, index + 1);
}

/** The part of what is given that is called so. */
function partsGiven(given: t.Node, names: readonly string[], below: (node: t.Node) => string[]): string[] {
  const [first, ...rest] = names;
  const node = unwrapped(given);
  if (first === undefined) return below(node);
  if (node.type !== 'ObjectExpression') return below(node).map((way) => [way, ...names].join('.'));
  const part = node.properties.find((each) => keyName(each) === first);
  return part?.type === 'ObjectProperty' ? partsGiven(part.value, rest, below) : [];
}

export function isMember(node: t.Node): node is t.MemberExpression | t.OptionalMemberExpression {
  return node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
}

/** `['input', 'id']` of `input.id`; undefined where the names are not written, or begin with none. */
export function namesOf(node: t.Node): string[] | undefined {
  const inner = unwrapped(node);
  if (inner.type === 'Identifier') return [inner.name];
  const name = isMember(inner) ? propertyName(inner) : undefined;
  const above = isMember(inner) && name !== undefined ? namesOf(inner.object) : undefined;
  return above && name !== undefined ? [...above, name] : undefined;
}
