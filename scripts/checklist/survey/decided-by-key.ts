import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { patternNames } from '../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { isFunction, lastName } from './way-syntax.ts';

const DEEPEST = 4;
/** What tells who asks, by its name: what is kept by it nobody else is given. */
const WHO_ASKS = /(?:^|\.)(?:\w*user\w*(?:\(\))?|id|sub|uid|jti|\w*token|session\w*)$/i;

/**
 * Whether the key under which something is kept decides about it: what the value has of the request, the key has as well.
 * True also where the place is not read so.
 *
 * @param offset where the value is written
 * @param reads where the request is asked
 */
export function isDecidedByKey(program: Node, offset: number, reads: readonly number[]): boolean {
  const around = nodesAt(program, offset);
  const written = around.flatMap((each) => keyAndValue(each) ?? []).at(-1);
  const fn = around.findLast((each) => isFunction(each));
  if (written === undefined || fn === undefined) return true;
  const [key, value] = written;
  if (namesWhoAsks(key, fn)) return true;
  const known = partsOf(key, fn, reads);
  return [...partsOf(value, fn, reads)].every((part) =>
    [...known].some((each) => part === each || part.startsWith(`${each}.`)),
  );
}

/** `kept[key] = value` and `kept.set(key, value)`. */
function keyAndValue(node: Node): [key: Node, value: Node][] | undefined {
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && node.left.computed)
    return [[node.left.property, node.right]];
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const [key, value] = node.arguments;
  return lastName(node.callee) === 'set' && key && value ? [[key, value]] : undefined;
}

/** What an expression has of the request: names of the function that were set to it, and members of these. */
function partsOf(node: Node, fn: Node, reads: readonly number[], depth = 0): Set<string> {
  const parts = new Set<string>();
  const visit = (at: Node): void => {
    if (isFunction(at)) return;
    const text = chainOf(at);
    const [root] = text?.split('.') ?? [];
    if (text !== undefined && root !== undefined) {
      const declared = declaratorOf(root, fn);
      if (declared?.type !== 'VariableDeclarator' || !declared.init) {
        if (reads.some((each) => isWithin(each, at))) parts.add(text);
        return;
      }
      const isRead = reads.some((each) => isWithin(each, declared.init));
      const inner = partsOf(declared.init, fn, reads, depth + 1);
      // A name for something of another one is that.
      if (inner.size > 0 && declared.id.type === 'Identifier' && depth < DEEPEST)
        for (const each of inner) parts.add(text.includes('.') ? each + text.slice(root.length) : each);
      else if (isRead || inner.size > 0) parts.add(text);
      return;
    }
    for (const child of childrenOf(at)) visit(child);
  };
  visit(node);
  return parts;
}

/** Whether something of a key is called like who asks, wherever that is from. */
function namesWhoAsks(node: Node, fn: Node, depth = 0): boolean {
  const text = chainOf(node);
  if (text === undefined) return childrenOf(node).some((child) => namesWhoAsks(child, fn, depth));
  if (WHO_ASKS.test(text)) return true;
  const declared = depth < DEEPEST ? declaratorOf(text, fn) : undefined;
  if (declared?.type !== 'VariableDeclarator' || declared.id.type !== 'Identifier') return false;
  return declared.init ? namesWhoAsks(declared.init, fn, depth + 1) : false;
}

/** `store.token`, as it is written; undefined for what is no chain of names. */
function chainOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'TSNonNullExpression') return chainOf(node.expression);
  if (node.type === 'CallExpression' && node.arguments.length === 0) {
    const called = chainOf(node.callee);
    return called && `${called}()`;
  }
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined;
  const object = chainOf(node.object);
  return object === undefined || node.computed ? undefined : `${object}.${lastName(node)}`;
}

function declaratorOf(name: string, node: Node): Node | undefined {
  if (node.type === 'VariableDeclarator' && patternNames(node.id).includes(name)) return node;
  for (const child of childrenOf(node)) {
    const found = declaratorOf(name, child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nodesAt(program: Node, offset: number): Node[] {
  let at: Node | undefined = program;
  const found: Node[] = [];
  while (at !== undefined) {
    found.push(at);
    at = childrenOf(at).find((child) => isWithin(offset, child));
  }
  return found;
}

function isWithin(offset: number, node: Node | null | undefined): boolean {
  return !!node && (node.start ?? 0) <= offset && offset < (node.end ?? 0);
}
