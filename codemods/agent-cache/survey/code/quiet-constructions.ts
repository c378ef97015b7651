import type * as t from '@babel/types';
import type { Kind } from './kinds.ts';
import { isGlobal, type Names } from './names-in-code.ts';
import { kindOf } from './value-kinds.ts';

/** Whether building something of the language cannot fail; `quiet` answers that for what it is given. */
export function isQuietNew(
  { callee, arguments: given }: t.NewExpression,
  names: Names,
  quiet: (node: t.Node | null) => boolean,
): boolean {
  if (callee.type !== 'Identifier' || !isGlobal(callee.name, names)) return false;
  const [first] = given;
  const kind = first && kindOf(first, names);
  switch (callee.name) {
    case 'Map':
    case 'WeakMap':
      // Its entries have to be pairs.
      return (
        !first ||
        (first.type === 'ArrayExpression' && first.elements.every((each) => isQuietPair(each, quiet)))
      );
    case 'Set':
      return !first || (/^(texts|list|pairs|text)$/.test(kind ?? '') && quiet(first));
    case 'URLSearchParams':
      return !first || ((kind === 'text' || isPlainObject(first, kind, names)) && quiet(first));
    case 'WeakSet':
    case 'AbortController':
    case 'Headers':
      return !first;
    case 'Date':
    case 'Error':
    case 'TypeError':
    case 'RangeError':
      return given.every(quiet);
    default:
      return false;
  }
}

/** `{ id: req.params.id }`, `req.query`: an object of data, and no list. */
function isPlainObject(node: t.Node, kind: Kind | undefined, names: Names): boolean {
  if (kind !== 'present') return false;
  if (node.type === 'ObjectExpression') return true;
  return node.type === 'MemberExpression' && kindOf(node.object, names) === 'request';
}

function isQuietPair(node: t.Node | null, quiet: (node: t.Node | null) => boolean): boolean {
  return node?.type === 'ArrayExpression' && quiet(node);
}
