import { isBuiltin } from 'node:module';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { calledOfModule } from '../code/loaded-by.ts';
import { writtenName } from '../code/written-name.ts';

/** A module that a call is given the path of, by which it may load that. */
export interface OtherLoad {
  module: t.Node;
  /** What it gives may be asked for what the module does not export. */
  opaque: boolean;
}

/** Names by which runners of tests load the original of what is mocked, whatever path it has. */
const LOADERS = /^(requireActual|importActual|reRequire)$/;
const OPENS = /^(rewire|quibble)$/;
const MAY_LOAD =
  /\b(?:requireActual|importActual|reRequire|importOriginal)\b|(?<!\brequire|\bimport)\(\s*['"]\.{1,2}\//;

/** Whether a text may load a module by another name than `require` and `import`. */
export function mayLoadOtherwise(text: string): boolean {
  return MAY_LOAD.test(text);
}

/**
 * What a call may load by another name: `jest.requireActual('./open')`, `proxyquire('./open', {})`, and any function that
 * is given the path of a module, since nothing tells what it gives; `await importOriginal()` of what is mocked.
 */
export function loadedOtherwise(call: NodePath<t.CallExpression>): OtherLoad | undefined {
  const callee = call.get('callee') as NodePath;
  // What Node does with a path is to read it, or to run it elsewhere.
  if (isBuiltin(calledOfModule(callee.node, call.scope)?.specifier ?? '')) return undefined;
  const name = calledName(callee.node);
  const [first] = call.node.arguments;
  const module = originalOf(callee) ?? (first && (LOADERS.test(name) || isPath(first)) ? first : undefined);
  return module && { module, opaque: OPENS.test(name) };
}

function calledName(callee: t.Node): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? (writtenName(callee.property, callee.computed) ?? '') : '';
}

function isPath(node: t.Node): boolean {
  return node.type === 'StringLiteral' && /^\.{1,2}\//.test(node.value);
}

/** The module whose original a mock is given to load: `vi.mock('./open', async (importOriginal) => …)`. */
function originalOf(callee: NodePath): t.Node | undefined {
  const binding = callee.isIdentifier() ? callee.scope.getBinding(callee.node.name) : undefined;
  const factory = binding?.kind === 'param' ? binding.scope.path : undefined;
  if (!binding || !factory?.isFunction() || factory.node.params[0] !== binding.identifier) return undefined;
  const { parent, key, listKey } = factory;
  const isGiven = parent.type === 'CallExpression' && listKey === 'arguments' && key === 1;
  const [module] = isGiven ? parent.arguments : [];
  return module && isPath(module) ? module : undefined;
}
