import type * as t from '@babel/types';

/** Calls that neither fail nor answer: conversions, text and list operations, logging. */
const QUIET_ROOT =
  /^(console|log|logger|Math|JSON|Number|String|Boolean|Object|Array|Date|performance|parseInt|parseFloat|Symbol)$/;
const QUIET_METHOD =
  /^(trim|split|join|map|filter|slice|concat|includes|startsWith|endsWith|toString|toLowerCase|toUpperCase|replace|at|keys|values|entries|has|toISOString|getTime|debug|info|warn|trace|child|now)$/;

/** Methods by which a request is read. */
const REQUEST = /^_?(req|request)$/i;
const READS_REQUEST = /^(get|header|is|accepts|acceptsCharsets|acceptsEncodings|acceptsLanguages)$/;

const NONE: ReadonlySet<t.Node> = new Set();

/**
 * Whether running the node can neither leave the function nor fail in a way that callers would see. What ends before
 * the offset `from` does not count.
 */
export function isQuiet(node: t.Node, allowed: ReadonlySet<t.Node> = NONE, from = 0): boolean {
  if (from > 0 && (node.end ?? 0) <= from) return true;
  if (allowed.has(node) || (node.type === 'AwaitExpression' && allowed.has(node.argument))) return true;
  if (/Function|^ObjectMethod$|^ClassMethod$/.test(node.type)) return true;
  if (/^(ReturnStatement|ThrowStatement|AwaitExpression|YieldExpression|ForOfStatement)$/.test(node.type))
    return false;
  if (node.type === 'CallExpression' && !isQuietCall(node.callee)) return false;
  return childrenOf(node).every((child) => isQuiet(child, allowed, from));
}

/** Whether evaluating the expression has no effect, so that it can go. */
export function isWithoutEffect(node: t.Node): boolean {
  if (/Function|^ObjectMethod$/.test(node.type)) return true;
  if (/^(Assignment|Update|Await|Yield|New|Import|TaggedTemplate|OptionalCall)Expression$/.test(node.type))
    return false;
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return false;
  if (node.type === 'CallExpression' && !isConversion(node.callee)) return false;
  return childrenOf(node).every(isWithoutEffect);
}

function isConversion(callee: t.Node): boolean {
  return callee.type === 'Identifier' && /^(Number|String|Boolean|parseInt|parseFloat)$/.test(callee.name);
}

function isQuietCall(callee: t.Node): boolean {
  if (callee.type === 'Identifier') return QUIET_ROOT.test(callee.name);
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { object, property } = callee;
  const isRequest = object.type === 'Identifier' && REQUEST.test(object.name);
  if (object.type === 'Identifier' && object.name === 'JSON' && property.name === 'parse') return false;
  if (isRequest && READS_REQUEST.test(property.name)) return true;
  return rootMatches(callee) || QUIET_METHOD.test(property.name);
}

function rootMatches(node: t.Node): boolean {
  if (node.type === 'MemberExpression') return rootMatches(node.object);
  return node.type === 'Identifier' && QUIET_ROOT.test(node.name);
}

/** The nodes directly below a node. */
export function childrenOf(node: t.Node): t.Node[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    /^(loc|extra|.*[cC]omments)$/.test(key) ? [] : [value].flat().filter(isNode),
  );
}

function isNode(value: unknown): value is t.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
