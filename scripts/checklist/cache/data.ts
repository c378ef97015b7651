import type { Node } from '@babel/types';
import { toldOf } from './key-text.ts';
import type { Run } from './run.ts';
import { isOfCaller, isPlainObject, type Thing, type Value } from './values.ts';

/** What has no effect, and of which it does not matter how often it is asked. */
const PURE_OWNERS = /^(?:Math|Number|Date|performance|JSON)$/;

/** Whether nothing is known of a value but that somebody gave it, so that it may be any other as well. */
export function isUntold(value: Value, depth = 0): value is Thing {
  return (
    value.is === 'unknown' &&
    !value.agent &&
    value.isOfRequest !== true &&
    value.sample === undefined &&
    value.isMadeOutside !== true &&
    value.deferred === undefined &&
    value.reckoned === undefined &&
    value.fresh === undefined &&
    (value.properties.size === 0 ||
      (depth < 3 && [...value.properties.values()].every((each) => isData(each, depth + 1))))
  );
}

/** Whether an expression only looks: at names, members, literals, and what is computed of those. */
export function isPlain(node: Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'ThisExpression':
      return true;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return isPlain(node.object) && (!node.computed || isPlain(node.property));
    case 'TemplateLiteral':
      return node.expressions.every(isPlain);
    case 'UnaryExpression':
      return node.operator !== 'delete' && isPlain(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isPlain(node.left) && isPlain(node.right);
    case 'ConditionalExpression':
      return [node.test, node.consequent, node.alternate].every(isPlain);
    case 'CallExpression': {
      const { callee } = node;
      const isPure =
        callee.type === 'MemberExpression' &&
        callee.object.type === 'Identifier' &&
        PURE_OWNERS.test(callee.object.name);
      return isPure && node.arguments.every(isPlain);
    }
    case 'ObjectExpression':
      return node.properties.every(
        (each) => each.type === 'ObjectProperty' && !each.computed && isPlain(each.value),
      );
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return isPlain(node.expression);
    default:
      return false;
  }
}

/**
 * One of some values, of which it does not matter which: numbers, texts, what is not known, and records that are made
 * there. The same alternatives are the same value. Undefined for others.
 */
export function eitherOf(
  nodes: readonly Node[],
  values: readonly Value[],
  run: Run,
  { truth, test }: { truth?: boolean | undefined; test: Value },
): Value | undefined {
  const isEasy = (value: Value, index: number) =>
    isData(value) || (nodes[index]?.type === 'ObjectExpression' && isRecord(value));
  if (!values.every(isEasy)) return undefined;
  const untold = values.filter((value) => isUntold(value));
  const [first] = untold;
  const asked = toldOf([test, ...values.flatMap((each) => [':', each])]);
  if (first === undefined) return asked === undefined ? run.unknown() : run.thing('unknown', asked);
  const told = {
    ...(untold.some(isOfCaller) && { fromCaller: true }),
    ...(truth !== undefined && { truth }),
    ...(untold.every((each) => each.isConstant) && { isConstant: true }),
    ...asked,
  };
  const key = values
    .map((value) => (value.is === 'primitive' ? String(value.value) : `#${value.id}`))
    .join()
    .concat(String(truth), asked?.told ?? '');
  const known = first.joins?.get(key);
  if (known !== undefined) return known;
  const joined = run.thing('unknown', told);
  for (const each of untold) each.joins = new Map(each.joins).set(key, joined);
  return joined;
}

/** What an object of constants, or of what callers give, has under a name that they give; undefined for all others. */
export function inTable(table: Value, key: Value, run: Run): Value | undefined {
  const told = isPlainObject(table) ? toldOf([table, '[', key, ']']) : undefined;
  return told && run.thing('unknown', told);
}

/** Whether it is a number, a text, or something that is not known. */
export function isData(value: Value, depth = 0): boolean {
  return value.is === 'primitive' || isUntold(value, depth);
}

function isRecord(value: Value): boolean {
  return isPlainObject(value) && [...value.properties.values()].every((each) => isData(each));
}
