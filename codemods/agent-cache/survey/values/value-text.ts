import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Leaf } from './writes/way.ts';

/**
 * What an expression comes to, in words that are the same for every expression that comes to the same; or the first
 * part of it that cannot be told.
 */
export type ReadValue = Told | { unknown: NodePath; why: Unknown };

interface Told {
  text: string;
  /** What a text is put together of, where it is. */
  parts?: readonly TextPart[];
}

/** A part of a text: as it is written, or what something comes to. */
type TextPart = { literal: string } | { value: string };

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
  return (
    computed(operator, read) ||
    (operator === '+' && concatenated(read)) ||
    joined(read, (texts) => `(${operator} ${texts.join(' ')})`)
  );
}

const NUMBER = /^-?\d+$/;

/** What is computed of whole numbers that stand there: `30 * 1000` is `30_000`. */
function computed(operator: string, read: readonly ReadValue[]): ReadValue | undefined {
  const texts = read.map((each) => ('text' in each ? each.text : ''));
  if (operator === '!' && /^[01]$/.test(texts.join())) return { text: String(texts[0] === '0') };
  if (texts.length !== 2 || !texts.every((each) => NUMBER.test(each))) return undefined;
  const [left = 0, right = 0] = texts.map(Number);
  const value =
    operator === '*' ? left * right : operator === '+' ? left + right : operator === '-' ? left - right : NaN;
  return Number.isSafeInteger(value) ? { text: String(value) } : undefined;
}

const LITERAL = /^"(?:[^"\\]|\\.)*"$/;
const SETTING = /^(?:process\.env\.\w+|\((?:\?\?|\|\|) process\.env\.\w+ "(?:[^"\\]|\\.)*"\))$/;

/** `'a-' + x` is `\`a-${x}\``, where neither is a number or an object, which would be added or converted otherwise. */
function concatenated(read: readonly ReadValue[]): ReadValue | undefined {
  const told = read.filter((each): each is Told => 'text' in each);
  const isString = ({ text, parts }: Told) => parts !== undefined || LITERAL.test(text);
  if (told.length < read.length || !told.some(isString)) return undefined;
  if (!told.every((each) => isString(each) || SETTING.test(each.text))) return undefined;
  return textOfParts(told.flatMap(partsOf));
}

function partsOf({ text, parts }: Told): readonly TextPart[] {
  return parts ?? [LITERAL.test(text) ? { literal: JSON.parse(text) as string } : { value: text }];
}

/** A text that is put together: in the same words, however its parts are written. */
function textOfParts(parts: readonly TextPart[]): Told {
  const quasis = [''];
  const values: string[] = [];
  for (const part of parts) {
    if ('literal' in part) quasis.push(`${quasis.pop()}${part.literal}`);
    else {
      values.push(part.value);
      quasis.push('');
    }
  }
  const [only, ...more] = values;
  if (only === undefined) return { text: JSON.stringify(quasis.join('')) };
  const isBare = more.length === 0 && quasis.every((each) => each === '');
  const text = isBare ? `String(${only})` : `(text ${JSON.stringify(quasis)} ${values.join(' ')})`;
  return { text, parts };
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
  const literals = value.node.quasis.map(({ value: { cooked, raw } }) => ({ literal: cooked ?? raw }));
  const parts: TextPart[] = [];
  for (const [index, literal] of literals.entries()) {
    parts.push(literal);
    const expression = (value.get('expressions') as NodePath[])[index];
    const read = expression && next(expression);
    if (read && 'unknown' in read) return read;
    if (read) parts.push(...partsOf(read));
  }
  return textOfParts(parts);
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

/** What is known of a value by its words: whether it has members, and whether these have some. */
export function leafOf(text: string): Leaf {
  if (/^(String\(|\(text )/.test(text)) return 'text';
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  // What has a place of its own may be anything.
  if (bare.includes('#')) return 'unknown';
  const lists = bare.match(/[[{]/g)?.length ?? 0;
  return lists === 0 ? 'text' : lists === 1 && /^[[{]/.test(bare) ? 'flat' : 'object';
}
