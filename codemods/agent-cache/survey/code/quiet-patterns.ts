import type * as t from '@babel/types';
import type { Kind } from './kinds.ts';
import { isReadable } from './quiet-parts.ts';

type Quiet = (node: t.Node) => boolean;

/**
 * Whether a value can be taken apart: it is there, and so is what is taken apart of it. `quiet` answers that for the
 * defaults of the parts.
 */
export function isQuietPattern(pattern: t.Node, whole: Kind | undefined, quiet: Quiet): boolean {
  if (pattern.type === 'Identifier') return true;
  if (pattern.type === 'ArrayPattern') {
    const isList = /^(texts|list|pairs)$/.test(whole ?? '');
    return isList && pattern.elements.every((each) => !each || isPlainTaken(each, quiet));
  }
  if (pattern.type !== 'ObjectPattern' || !isReadable(whole)) return false;
  return pattern.properties.every((each) => {
    if (each.type === 'RestElement') return true;
    return !each.computed && isPlainTaken(each.value, quiet);
  });
}

function isPlainTaken(node: t.Node, quiet: Quiet): boolean {
  if (node.type === 'RestElement') return node.argument.type === 'Identifier';
  if (node.type !== 'AssignmentPattern') return node.type === 'Identifier';
  return node.left.type === 'Identifier' && quiet(node.right);
}
