import type * as t from '@babel/types';

/** Calls that neither fail nor answer: conversions, text and list operations, logging. */
const QUIET_ROOT =
  /^(console|log|logger|Math|JSON|Number|String|Boolean|Object|Array|Date|performance|parseInt|parseFloat|Symbol|BigInt)$/;
const QUIET_METHOD =
  /^(trim|split|join|map|filter|slice|concat|includes|startsWith|endsWith|toString|toLowerCase|toUpperCase|replace|at|keys|values|entries|has|toISOString|getTime|debug|info|warn|trace|child|now)$/;

const NONE: ReadonlySet<t.Node> = new Set();

/** Whether running the node can neither leave the function nor fail in a way that callers would see. */
export function isQuiet(node: t.Node, allowed: ReadonlySet<t.Node> = NONE): boolean {
  if (allowed.has(node) || (node.type === 'AwaitExpression' && allowed.has(node.argument))) return true;
  if (/Function|^ObjectMethod$|^ClassMethod$/.test(node.type)) return true;
  if (/^(ReturnStatement|ThrowStatement|AwaitExpression|YieldExpression|ForOfStatement)$/.test(node.type))
    return false;
  if (node.type === 'CallExpression' && !isQuietCall(node.callee)) return false;
  return childrenOf(node).every((child) => isQuiet(child, allowed));
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
  return rootMatches(callee) || QUIET_METHOD.test(callee.property.name);
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
