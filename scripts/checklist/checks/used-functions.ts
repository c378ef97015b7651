import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { lastName } from './makers.ts';
import type { ModuleNames } from './module-facts.ts';

/** What stands for a function that a module exports without a name. */
export const UNNAMED = '=default';

/** By the names that a module uses, beside declaring, importing and exporting them: the functions around each use. */
export function usesOf(
  nodes: readonly Node[],
  around: ReadonlyMap<Node, readonly string[]>,
): Map<string, (readonly string[])[]> {
  const apart = namesApart(nodes);
  const uses = new Map<string, (readonly string[])[]>();
  for (const node of nodes) {
    if (node.type !== 'Identifier' || apart.has(node)) continue;
    const within = around.get(node) ?? [];
    // That it calls itself is no use of a function.
    if (!within.includes(node.name)) uses.set(node.name, [...(uses.get(node.name) ?? []), within]);
  }
  return uses;
}

/** Identifiers that only declare, import or export what they name, or are names of properties. */
function namesApart(nodes: readonly Node[]): Set<unknown> {
  const apart = new Set<unknown>();
  for (const node of nodes) {
    if ('id' in node) apart.add(node.id);
    if (/^(?:Import|Export)\w*Specifier$/.test(node.type))
      for (const each of Object.values(node)) apart.add(each);
    if (node.type === 'ExportDefaultDeclaration') apart.add(node.declaration);
    if (node.type === 'MemberExpression' && !node.computed) apart.add(node.property);
    if (node.type === 'ObjectProperty' && !node.computed && !node.shorthand) apart.add(node.key);
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern')
      for (const each of node.id.properties)
        if (each.type === 'ObjectProperty') apart.add(each.key).add(each.value);
    if (node.type !== 'AssignmentExpression' || !isExports(node.left)) continue;
    apart.add(node.right);
    if (node.right.type === 'ObjectExpression')
      for (const each of node.right.properties)
        if (each.type === 'ObjectProperty') apart.add(each.key).add(each.value);
  }
  return apart;
}

/** The functions that have a name, and the methods that nothing but code of the tree calls, around each node. */
export function functionsAround(program: Node): Map<Node, readonly string[]> {
  const found = new Map<Node, readonly string[]>();
  const names = new Map<Node, string>();
  const go = (node: Node, within: readonly string[]): void => {
    found.set(node, within);
    for (const [made, name] of namedBy(node)) names.set(made, name);
    const name = names.get(node);
    const inner = name === undefined ? within : [...within, name];
    for (const child of childrenOf(node)) go(child, inner);
  };
  go(program, []);
  return found;
}

function isFunction(node: Node | null | undefined): node is Node {
  return node != null && /Function/.test(node.type);
}

/** The functions that a node gives a name. */
function namedBy(node: Node): (readonly [Node, string])[] {
  switch (node.type) {
    case 'FunctionDeclaration':
      return [[node, node.id?.name ?? UNNAMED]];
    case 'VariableDeclarator':
      return node.id.type === 'Identifier' && isFunction(node.init) ? [[node.init, node.id.name]] : [];
    case 'ExportDefaultDeclaration':
      return isFunction(node.declaration) && node.declaration.type !== 'FunctionDeclaration'
        ? [[node.declaration, UNNAMED]]
        : [];
    case 'ClassDeclaration':
    case 'ClassExpression': {
      // What a framework extends, implements or decorates, it calls.
      if (node.superClass || (node.implements?.length ?? 0) > 0 || (node.decorators?.length ?? 0) > 0)
        return [];
      return node.body.body.flatMap((member) => {
        if (member.type !== 'ClassMethod' && member.type !== 'ClassPrivateMethod') return [];
        // Whoever uses the class may construct it.
        if (member.kind === 'constructor') return node.id ? [[member, node.id.name] as const] : [];
        const name = writtenName(member.key, member.type === 'ClassMethod' && member.computed);
        const isPlain = member.kind === 'method' && (member.decorators?.length ?? 0) === 0;
        return isPlain && name !== undefined ? [[member, methodName(name)] as const] : [];
      });
    }
    default:
      return [];
  }
}

const METHOD = '.';

function methodName(name: string): string {
  return `${METHOD}${name}`;
}

/** Whether what `functionsAround` tells of is a method, which is called by its name without the dot. */
export function isMethod(name: string): boolean {
  return name.startsWith(METHOD);
}

/** `module.exports`, `exports.x` and `module.exports.x`. */
function isExports(node: Node): boolean {
  if (node.type !== 'MemberExpression') return false;
  const owner = lastName(node.object);
  return owner === 'exports' || (owner === 'module' && lastName(node) === 'exports');
}

/** What only adds to a server, and does not start it or hand it on. */
const REGISTERING =
  /^(?:get|post|put|patch|delete|head|options|all|use|mount|register|route|set|enable|disable|engine|param|locals|on|decorate|addHook|setErrorHandler|setNotFoundHandler|onError|notFound)$/;

/** What a statement adds to, and does nothing else with: `app.get(…).post(…)`; nothing for `app.use(…).listen(3000)`. */
function addedTo(expression: Node): Node[] {
  const found: Node[] = [];
  let at = expression;
  while (at.type === 'AwaitExpression' || at.type === 'UnaryExpression') at = at.argument;
  while (at.type === 'CallExpression' || at.type === 'OptionalCallExpression') {
    const { callee }: { callee: Node } = at;
    if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return [];
    if (callee.computed || !REGISTERING.test(writtenName(callee.property) ?? '')) return [];
    found.push(callee.object);
    at = callee.object;
  }
  return found;
}

/** The variables and fields that are used for more than to add routes to them: what listens, is handed on, or exported. */
export function servedNames(nodes: readonly Node[], exported: ReadonlySet<string>): Set<string> {
  const apart = namesApart(nodes);
  const served = new Set(exported);
  for (const node of nodes) {
    if (node.type === 'AssignmentExpression') apart.add(node.left);
    if (node.type === 'ExpressionStatement') for (const each of addedTo(node.expression)) apart.add(each);
  }
  for (const node of nodes) {
    const name = node.type === 'Identifier' || node.type === 'MemberExpression' ? lastName(node) : '';
    if (name !== '' && !apart.has(node)) served.add(name);
  }
  return served;
}

/** The names of a module's own that it exports. */
export function exportedNames({ exports }: ModuleNames): Set<string> {
  return new Set(
    [...exports.values()].flatMap((each) =>
      'local' in each ? [each.local] : 'node' in each ? [nameOf(each.node)] : [],
    ),
  );
}

/** What an exported function or class calls itself. */
export function nameOf(node: Node): string {
  return 'id' in node && node.id && typeof node.id === 'object' && 'name' in node.id
    ? String(node.id.name)
    : UNNAMED;
}
