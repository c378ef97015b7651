import type { Node } from '@babel/types';
import { walk } from '../source/walk.ts';
import { lastName, type OwnerKind, ownerNamed } from './makers.ts';
import type { ModuleNames } from './module-facts.ts';

/** What functions are given to register routes on, however they call it. */
export interface GivenServers {
  /** What the owner is called that an identifier means. */
  names: Map<Node, string>;
  kinds: Map<string, OwnerKind>;
}

const SERVER_TYPE =
  /^(?:Fastify(?:Base)?Instance|Express|Application|I?Router|KoaRouter|Hono|OpenAPIHono|Elysia)$/;
const PLUGIN_TYPE = /^FastifyPlugin(?:Async|Callback)?(?:\w+)?$/;

/**
 * The parameters of a module's functions that are servers: by their type, or as a framework's plugin. What an exported
 * function is given is one where somebody registers it.
 */
export function givenServers(nodes: readonly Node[], names: ModuleNames): GivenServers {
  const found: GivenServers = { names: new Map(), kinds: new Map() };
  const plugins = pluginsAmong(nodes, names);
  const exported = exportedAmong(nodes, names);
  for (const node of nodes) {
    if (!isFunction(node)) continue;
    for (const [index, parameter] of node.params.entries()) {
      if (parameter.type !== 'Identifier' || ownerNamed(parameter.name) !== false) continue;
      const isPlugin = index === 0 && plugins.has(node);
      const isGiven = index === 0 && exported.has(node);
      if (isPlugin || isTyped(parameter, SERVER_TYPE)) give(node, parameter.name, 'unknown', found);
      else if (isGiven && !('typeAnnotation' in parameter && parameter.typeAnnotation))
        give(node, parameter.name, 'plugin', found);
    }
  }
  return found;
}

function give(node: Node, parameter: string, kind: OwnerKind, { names, kinds }: GivenServers): void {
  const name = `${parameter}@${node.start}`;
  kinds.set(name, kind);
  walk(node, (inner) => {
    if (inner.type === 'Identifier' && inner.name === parameter) names.set(inner, name);
  });
}

/** Functions that are of a plugin's type, or given to what makes one. */
function pluginsAmong(nodes: readonly Node[], { imports }: ModuleNames): Set<Node> {
  const functions = namedFunctions(nodes);
  const found = new Set<Node>();
  const add = (node: Node | null | undefined) => {
    const meant = node?.type === 'Identifier' ? functions.get(node.name) : node;
    if (meant) found.add(meant);
  };
  for (const node of nodes) {
    if (node.type === 'VariableDeclarator' && isTyped(node.id, PLUGIN_TYPE)) add(node.init);
    if (node.type === 'TSSatisfiesExpression' || node.type === 'TSAsExpression')
      if (isNamed(node.typeAnnotation, PLUGIN_TYPE)) add(inner(node.expression));
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') continue;
    if (imports.get(node.callee.name)?.specifier === 'fastify-plugin') add(node.arguments[0]);
  }
  return found;
}

function exportedAmong(nodes: readonly Node[], { exports }: ModuleNames): Set<Node> {
  const functions = namedFunctions(nodes);
  return new Set(
    [...exports.values()].flatMap((each) => {
      const node = 'local' in each ? functions.get(each.local) : 'node' in each ? each.node : undefined;
      return node === undefined ? [] : [node];
    }),
  );
}

function namedFunctions(nodes: readonly Node[]): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const node of nodes) {
    if (node.type === 'FunctionDeclaration' && node.id) found.set(node.id.name, node);
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init)
      found.set(node.id.name, node.init);
  }
  return found;
}

function inner(node: Node): Node {
  return node.type === 'ParenthesizedExpression' ? inner(node.expression) : node;
}

function isFunction(node: Node): node is Node & { params: Node[] } {
  return /Function/.test(node.type) && 'params' in node;
}

function isTyped(named: Node, type: RegExp): boolean {
  const annotation = 'typeAnnotation' in named ? named.typeAnnotation : undefined;
  return annotation?.type === 'TSTypeAnnotation' && isNamed(annotation.typeAnnotation, type);
}

/** Whether a type is of such a name: `FastifyInstance`, `express.Router`. */
function isNamed(type: Node, name: RegExp): boolean {
  if (type.type !== 'TSTypeReference') return false;
  const { typeName } = type;
  return name.test(typeName.type === 'TSQualifiedName' ? typeName.right.name : lastName(typeName));
}
