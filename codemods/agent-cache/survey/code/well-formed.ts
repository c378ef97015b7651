import type * as t from '@babel/types';
import type { Kind } from './kinds.ts';
import { propertyName } from './members.ts';

type KindOf = (node: t.Node) => Kind | undefined;

/** What a constant is declared with, or which part of that it is. */
export type InitOf = (name: string) => { init: t.Node; part?: string } | undefined;

/** How many constants a text may be away. */
const MAX_NAMES = 4;

/** Parts of a request whose texts were decoded from UTF-8, or never had more than bytes. */
const DECODED = /^(query|params|headers|path|url|originalUrl|baseUrl|method|hostname|ip)$/;

/** Methods that keep the halves of a character together. */
const KEEPS = /^(trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|toFixed|toISOString|join)$/;

/**
 * Whether a text has no half of a character, which could not be encoded: it is written out, a number, or comes from a
 * part of a request that has none. A body in JSON may have some, and what is cut off a text.
 */
export function isWellFormed(node: t.Node, kindOf: KindOf, initOf: InitOf, names = MAX_NAMES): boolean {
  const of = (each: t.Node) => isWellFormed(each, kindOf, initOf, names);
  if (/^(number|flag)$/.test(kindOf(node) ?? '')) return true;
  switch (node.type) {
    case 'Identifier': {
      const declared = names > 0 ? initOf(node.name) : undefined;
      if (!declared) return false;
      const { init, part } = declared;
      if (part === undefined) return isWellFormed(init, kindOf, initOf, names - 1);
      return kindOf(init) === 'request' ? DECODED.test(part) : isDecoded(init, kindOf);
    }
    case 'StringLiteral':
      return isWhole(node.value);
    case 'TemplateLiteral':
      return node.expressions.every(of) && node.quasis.every(({ value }) => isWhole(value.cooked ?? ''));
    case 'LogicalExpression':
      return of(node.left) && of(node.right);
    case 'BinaryExpression':
      return node.operator === '+' && of(node.left) && of(node.right);
    case 'ConditionalExpression':
      return of(node.consequent) && of(node.alternate);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return of(node.expression);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return isDecoded(node, kindOf);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return isWellFormedCall(node, kindOf, of);
    default:
      return false;
  }
}

function isDecoded(node: t.Node, kindOf: KindOf): boolean {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return false;
  if (kindOf(node.object) === 'request') return DECODED.test(propertyName(node) ?? '');
  return isDecoded(node.object, kindOf);
}

function isWellFormedCall(
  { callee, arguments: given }: t.CallExpression | t.OptionalCallExpression,
  kindOf: KindOf,
  of: (node: t.Node) => boolean,
): boolean {
  if (callee.type === 'Identifier') return callee.name === 'String' && given.every(of);
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return false;
  const name = propertyName(callee) ?? '';
  if (kindOf(callee.object) === 'request') return /^(get|header)$/.test(name);
  return KEEPS.test(name) && given.every(of) && of(callee.object);
}

function isWhole(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
