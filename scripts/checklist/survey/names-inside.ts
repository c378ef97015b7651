import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { patternNames } from '../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { isFunction } from './way-syntax.ts';

/** Whether some code declares a variable or a function by a name, however deep. */
export function declares(node: Node, name: string): boolean {
  if (node.type === 'VariableDeclarator' && patternNames(node.id).includes(name)) return true;
  if (node.type === 'FunctionDeclaration' && node.id?.name === name) return true;
  return childrenOf(node).some((child) => declares(child, name));
}

/** Whether a function takes what it is given by `arguments`. */
export function usesArguments(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'arguments';
  return childrenOf(node).some(
    (child) => (!isFunction(child) || child.type === 'ArrowFunctionExpression') && usesArguments(child),
  );
}

/** Whether a name stands anywhere in some code. */
export function mentions(node: Node, name: string): boolean {
  return (
    (node.type === 'Identifier' && node.name === name) ||
    childrenOf(node).some((each) => mentions(each, name))
  );
}
