import type * as t from '@babel/types';
import { isData, type Kind } from './kinds.ts';
import { type InitOf, isWellFormed } from './well-formed.ts';

/** A call that cannot fail, if evaluating its arguments does not. */
export interface KnownCall {
  /** What it gives. */
  gives: Kind | undefined;
  /** What its callback is given; without it the call may be given no function. */
  callback?: readonly (Kind | undefined)[];
}

type KindOf = (node: t.Node) => Kind | undefined;
type Given = readonly t.Node[];

const METHODS_OF_LOGS =
  /^(trace|debug|info|log|warn|error|fatal|child|time|timeEnd|timeLog|count|group|groupEnd|dir|table)$/;

/** What functions of the language give that take any value. */
const ANY: Readonly<Record<string, Kind>> = {
  String: 'text',
  Boolean: 'flag',
  Number: 'number',
  parseInt: 'number',
  parseFloat: 'number',
  isNaN: 'flag',
  isFinite: 'flag',
  'Array.isArray': 'flag',
  'Array.of': 'list',
  'Number.isInteger': 'flag',
  'Number.isSafeInteger': 'flag',
  'Number.isFinite': 'flag',
  'Number.isNaN': 'flag',
  'Number.parseInt': 'number',
  'Number.parseFloat': 'number',
  'Object.is': 'flag',
  'Date.now': 'number',
  'Date.UTC': 'number',
  'performance.now': 'number',
  'process.uptime': 'number',
  'crypto.randomUUID': 'text',
};

const OF_OBJECT: Readonly<Record<string, Kind>> = {
  'Object.keys': 'texts',
  'Object.values': 'list',
  'Object.entries': 'pairs',
};

/** Methods of texts that take nothing but numbers and texts, by what they give. */
const TEXT_OF_TEXT =
  /^(trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|valueOf|slice|substring|substr|charAt|concat)$/;
const NUMBER_OF_TEXT = /^(charCodeAt|codePointAt)$/;
/** Methods of texts that take another text, where a regular expression may be an error. */
const ASKS_TEXT = /^(includes|startsWith|endsWith)$/;
const FINDS_TEXT = /^(indexOf|lastIndexOf|localeCompare)$/;
const OF_DATE = /^(get\w+|valueOf|toString|toDateString|toTimeString)$/;
const OF_MAP = /^(get|set|has|delete|clear|append|toString)$/;
const OF_SET = /^(add|has|delete|clear)$/;
const GIVEN_BY_TABLE = new Map<string, Kind>([
  ['set', 'map'],
  ['add', 'set'],
  ['has', 'flag'],
  ['delete', 'flag'],
  ['toString', 'text'],
]);
/** Methods by which a request is read. */
const READS_REQUEST = /^(get|header|is|accepts|acceptsCharsets|acceptsEncodings|acceptsLanguages)$/;

/** A call of a function of the language by its name, `String` or `Math.max`. */
export function globalCall(
  name: string,
  given: Given,
  kindOf: KindOf,
  initOf: InitOf = () => undefined,
): KnownCall | undefined {
  if (Object.hasOwn(ANY, name)) return { gives: ANY[name] };
  const [first, second] = given;
  const kind = first && kindOf(first);
  if (name.startsWith('Math.')) return { gives: 'number' };
  if (name.startsWith('console.'))
    return METHODS_OF_LOGS.test(name.slice(8)) ? { gives: undefined } : undefined;
  if (/^Object\.(keys|values|entries)$/.test(name))
    return isPresentData(kind) ? { gives: OF_OBJECT[name] } : undefined;
  if (name === 'Object.fromEntries') return kind === 'pairs' ? { gives: 'present' } : undefined;
  if (name === 'encodeURIComponent')
    return first && isWellFormed(first, kindOf, initOf) ? { gives: 'text' } : undefined;
  if (name === 'Object.freeze') return { gives: kind };
  if (name === 'Buffer.from') return kind === 'text' && isEncoding(second) ? { gives: 'bytes' } : undefined;
  if (name === 'Object.hasOwn') return isPresentData(kind) ? { gives: 'flag' } : undefined;
  if (name === 'Array.from')
    return /^(texts|list|pairs)$/.test(kind ?? '') && !second ? { gives: kind } : undefined;
  if (name !== 'JSON.stringify') return undefined;
  // What came with a request has neither circles nor a `toJSON`.
  const isTold = first !== undefined && (isData(kind) || isListOfData(first, kindOf));
  return isTold && (!second || second.type === 'NullLiteral') ? { gives: 'text' } : undefined;
}

/** A call of a method of a value. */
export function methodCall(
  kind: Kind | undefined,
  name: string,
  given: Given,
  kindOf: KindOf,
): KnownCall | undefined {
  switch (kind) {
    case 'text':
      return methodOfText(name, given, kindOf);
    case 'number':
      return methodOfNumber(name, given);
    case 'pattern':
      return name === 'test' ? { gives: 'flag' } : undefined;
    case 'time':
    case 'date':
      // A date that is none has no such text.
      if (kind === 'time' && /^to(ISOString|JSON)$/.test(name)) return { gives: 'text' };
      return OF_DATE.test(name) ? { gives: /^(get|value)/.test(name) ? 'number' : 'text' } : undefined;
    case 'texts':
    case 'pairs':
    case 'list':
      return methodOfList(kind, name, given, kindOf);
    case 'map':
      return OF_MAP.test(name) ? { gives: GIVEN_BY_TABLE.get(name) } : undefined;
    case 'set':
      return OF_SET.test(name) ? { gives: GIVEN_BY_TABLE.get(name) } : undefined;
    case 'bytes':
      return name === 'toString' && given.length <= 1 && isEncoding(given[0]) ? { gives: 'text' } : undefined;
    case 'hash':
      return methodOfHash(name, given, kindOf);
    case 'request':
      return READS_REQUEST.test(name) && isText(given[0], kindOf) ? { gives: 'data' } : undefined;
    case 'flag':
    case 'present':
      // As `String(…)` of it.
      return name === 'toString' && given.length === 0 ? { gives: 'text' } : undefined;
    default:
      return undefined;
  }
}

/** A call of a method of what is called a log. */
export function logCall(callee: t.Node, name: string): KnownCall | undefined {
  const holder = callee.type === 'MemberExpression' && !callee.computed ? callee.property : callee;
  const called =
    holder.type === 'Identifier' ? holder.name : holder.type === 'PrivateName' ? holder.id.name : '';
  return /^_?(log|logger)$/.test(called) && METHODS_OF_LOGS.test(name) ? { gives: undefined } : undefined;
}

function isPresentData(kind: Kind | undefined): boolean {
  return /^(present|record|list|pairs|texts|text)$/.test(kind ?? '');
}

/** `[req.query.id, { limit }]`: a list that is written out, of nothing but data. */
function isListOfData(node: t.Node, kindOf: KindOf): boolean {
  return (
    node.type === 'ArrayExpression' && node.elements.every((each) => each !== null && isData(kindOf(each)))
  );
}

/** An encoding that Node has for sure; none stands for its own choice. */
function isEncoding(node: t.Node | undefined): boolean {
  if (!node) return true;
  return (
    node.type === 'StringLiteral' &&
    /^(utf-?8|hex|base64|base64url|ascii|latin1|binary|utf16le)$/.test(node.value)
  );
}

/** A hash is filled with texts, and gives one when it is told how to write it: only once. */
function methodOfHash(name: string, given: Given, kindOf: KindOf): KnownCall | undefined {
  const [first] = given;
  if (name === 'update')
    return given.length === 1 && /^(text|bytes)$/.test((first && kindOf(first)) ?? '')
      ? { gives: 'hash' }
      : undefined;
  return name === 'digest' && first && isEncoding(first) ? { gives: 'text' } : undefined;
}

function isText(node: t.Node | undefined, kindOf: KindOf): boolean {
  return node !== undefined && kindOf(node) === 'text';
}

function methodOfText(name: string, given: Given, kindOf: KindOf): KnownCall | undefined {
  if (TEXT_OF_TEXT.test(name)) return { gives: 'text' };
  if (NUMBER_OF_TEXT.test(name)) return { gives: name === 'charCodeAt' ? 'number' : 'data' };
  if (name === 'at') return { gives: 'data' };
  const [first, second] = given;
  const kind = first && kindOf(first);
  const asked = ASKS_TEXT.test(name) ? 'flag' : FINDS_TEXT.test(name) ? 'number' : undefined;
  if (asked) return /^(text|data)$/.test(kind ?? '') ? { gives: asked } : undefined;
  const isSearched = kind === 'text' || kind === 'pattern';
  if (name === 'split') return !first || isSearched ? { gives: 'texts' } : undefined;
  if (name === 'match' || name === 'search')
    return isSearched ? { gives: name === 'search' ? 'number' : 'data' } : undefined;
  if (name === 'repeat') return isFewTimes(first) ? { gives: 'text' } : undefined;
  if (/^pad(Start|End)$/.test(name)) return first?.type === 'NumericLiteral' ? { gives: 'text' } : undefined;
  // `replaceAll` fails for a pattern that is not global.
  const isReplaced = name === 'replace' ? isSearched : name === 'replaceAll' && kind === 'text';
  if (!isReplaced || !second) return undefined;
  return { gives: 'text', ...(kindOf(second) !== 'text' && { callback: ['text'] }) };
}

/** How often a text of a request can be repeated without growing too long to be one. */
const MAX_TIMES = 1000;

function isFewTimes(times: t.Node | undefined): boolean {
  return times?.type === 'NumericLiteral' && times.value <= MAX_TIMES;
}

function methodOfNumber(name: string, [first]: Given): KnownCall | undefined {
  if (name === 'valueOf') return { gives: 'number' };
  const digits = first?.type === 'NumericLiteral' ? first.value : undefined;
  if (first && digits === undefined) return undefined;
  if (name === 'toFixed') return (digits ?? 0) <= 100 ? { gives: 'text' } : undefined;
  const isBase = digits === undefined || (digits >= 2 && digits <= 36);
  return name === 'toString' && isBase ? { gives: 'text' } : undefined;
}

function methodOfList(
  kind: 'texts' | 'pairs' | 'list',
  name: string,
  given: Given,
  kindOf: KindOf,
): KnownCall | undefined {
  const element: Kind | undefined = kind === 'texts' ? 'text' : kind === 'pairs' ? 'list' : undefined;
  const callback = [element, 'number', kind] as const;
  switch (name) {
    case 'join':
      return { gives: 'text' };
    case 'slice':
    case 'reverse':
    case 'toReversed':
      return { gives: kind };
    case 'concat':
    case 'flat':
      return { gives: 'list' };
    case 'includes':
      return { gives: 'flag' };
    case 'indexOf':
    case 'lastIndexOf':
      return { gives: 'number' };
    case 'at':
      return { gives: kind === 'texts' ? 'data' : undefined };
    case 'filter':
      return { gives: kind, callback };
    case 'find':
    case 'findLast':
      return { gives: kind === 'texts' ? 'data' : undefined, callback };
    case 'findIndex':
    case 'findLastIndex':
      return { gives: 'number', callback };
    case 'some':
    case 'every':
      return { gives: 'flag', callback };
    case 'map':
      return { gives: givesTexts(given[0], element, kindOf) ? 'texts' : 'list', callback };
    case 'sort':
    case 'toSorted':
      return { gives: kind, ...(given.length > 0 && { callback: [element, element] }) };
    default:
      return undefined;
  }
}

/** `.map(String)`, `.map((id) => id.trim())` of texts. */
function givesTexts(given: t.Node | undefined, element: Kind | undefined, kindOf: KindOf): boolean {
  if (given?.type === 'Identifier') return given.name === 'String';
  if (given?.type !== 'ArrowFunctionExpression' || given.body.type === 'BlockStatement') return false;
  const [param] = given.params;
  if (kindOf(given.body) === 'text') return true;
  // A chain of methods of the element itself.
  let root: t.Node = given.body;
  while (root.type === 'CallExpression' && root.callee.type === 'MemberExpression') {
    const { property, object }: t.MemberExpression = root.callee;
    if (property.type !== 'Identifier' || !TEXT_OF_TEXT.test(property.name)) return false;
    root = object;
  }
  return (
    element === 'text' &&
    param?.type === 'Identifier' &&
    root.type === 'Identifier' &&
    root.name === param.name
  );
}
