import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/**
 * What an expression comes to, in words that are the same for every expression that comes to the same; or the first
 * part of it that cannot be told.
 */
export type ReadValue = { text: string } | { unknown: NodePath; why: Unknown };

/**
 * Why a value cannot be told: it `varies` with the call, it is an object or a function with an `identity` of its own,
 * it is `written` somewhere, or the code does not show it (`unread`).
 */
export type Unknown = 'varies' | 'identity' | 'written' | 'unread';

/** A part of an expression that cannot be told. */
export function unknown(at: NodePath, why: Unknown): ReadValue {
  return { unknown: at, why };
}

/** Reads a part of an expression. */
export type Next = (path: NodePath) => ReadValue;

/** What an operator makes of its operands. */
export function combined(operator: string, parts: readonly NodePath[], next: Next): ReadValue {
  const read = parts.map(next);
  const [first] = read;
  // What is never missing needs no default.
  if (operator === '??' && first && 'text' in first && isPresent(first.text)) return first;
  return joined(read, (texts) => `(${operator} ${texts.join(' ')})`);
}

/** The words for several parts together, or the first of them that cannot be told. */
export function joined(parts: readonly ReadValue[], text: (parts: string[]) => string): ReadValue {
  const texts: string[] = [];
  for (const part of parts) {
    if ('unknown' in part) return part;
    texts.push(part.text);
  }
  return { text: text(texts) };
}

/** A template, whose expressions are read one by one. */
export function templateText(value: NodePath<t.TemplateLiteral>, next: Next): ReadValue {
  const quasis = value.node.quasis.map(({ value: { cooked, raw } }) => cooked ?? raw);
  if (quasis.length === 1) return { text: JSON.stringify(quasis[0]) };
  const expressions = (value.get('expressions') as NodePath[]).map(next);
  return joined(expressions, (texts) => `(text ${JSON.stringify(quasis)} ${texts.join(' ')})`);
}

/** A list that is written out, without anything that is spread into it. */
export function listText(value: NodePath<t.ArrayExpression>, next: Next): ReadValue {
  const elements = value.get('elements') as NodePath[];
  const odd = elements.find(({ node }) => !node || node.type === 'SpreadElement');
  return odd ? unknown(value, 'unread') : joined(elements.map(next), (texts) => `[${texts.join(', ')}]`);
}

/** Whether what was read is neither `undefined` nor `null` for sure. */
export function isPresent(text: string): boolean {
  return (
    /^("|[[{]|-?\d|true$|false$|String\(|\(text )/.test(text) ||
    /^\((\?\?|\|\|) process\.env\.\w+ "(?:[^"\\]|\\.)*"\)$/.test(text)
  );
}

/** Whether what was read is a text for sure: others may have methods of the same names. */
export function isText(text: string): boolean {
  return (
    /^("|process\.env\.|import\.meta\.env\.|String\(|\(text )/.test(text) ||
    /^\((\?\?|\|\|) (process\.env\.\w+|") /.test(text)
  );
}
