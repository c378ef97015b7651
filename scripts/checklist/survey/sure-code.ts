import type { Function as FunctionNode, Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { isNode } from '../source/walk.ts';

/** Visits the nodes that run whenever their function does: nothing below a condition or a handler of failures. */
export function visit(
  node: Node,
  inside: FunctionNode | undefined,
  look: (node: Node, inside: FunctionNode | undefined) => void,
  isSure = true,
): void {
  look(node, isSure ? inside : undefined);
  for (const [key, value] of Object.entries(node)) {
    const sure = isSure && !isConditional(node, key);
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue;
      if (isFunction(node)) visit(child, node, look);
      else if (isFunction(child) && inside !== undefined && runsEachTime(node)) {
        // As if it stood there: it runs for each run of the function around it.
        visit(child.body, inside, look, sure);
      } else visit(child, inside, look, sure);
    }
  }
}

/** `response.on('finish', …)`, `queueMicrotask(…)`: the end of what is answered, or of what runs. */
function runsEachTime(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const name = lastName(node.callee) ?? '';
  const [first] = node.arguments;
  if (/^(?:on|once|addListener)$/.test(name))
    return first?.type === 'StringLiteral' && /^(?:finish|close|end)$/.test(first.value);
  return /^(?:queueMicrotask|setImmediate|nextTick|onFinished|finally)$/.test(name);
}

function isConditional({ type }: Node, key: string): boolean {
  if (key === 'consequent' || key === 'alternate' || key === 'handler') return true;
  return type === 'LogicalExpression' && key === 'right';
}

export function isFunction(node: Node): node is FunctionNode {
  return /Function|ObjectMethod|ClassMethod|ClassPrivateMethod/.test(node.type);
}

export function lastName(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined;
  return writtenName(node.property, node.computed);
}
