import type { Node } from '@babel/types';
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
  values: readonly (readonly [Node, Value])[],
  run: Run,
  truth?: boolean,
): Value | undefined {
  if (
    !values.every(([node, value]) => isData(value) || (node.type === 'ObjectExpression' && isRecord(value)))
  )
    return undefined;
  const untold = values.map(([, value]) => value).filter((value) => isUntold(value));
  const [first] = untold;
  const told = {
    ...(untold.some(isOfCaller) && { fromCaller: true }),
    ...(truth !== undefined && { truth }),
    ...(untold.every((each) => each.isConstant) && { isConstant: true }),
  };
  if (first === undefined) return run.unknown();
  const key = values
    .map(([, value]) => (value.is === 'primitive' ? String(value.value) : `#${value.id}`))
    .join()
    .concat(String(truth));
  const known = first.joins?.get(key);
  if (known !== undefined) return known;
  const joined = run.thing('unknown', told);
  for (const each of untold) each.joins = new Map(each.joins).set(key, joined);
  return joined;
}

/** Whether it is a number, a text, or something that is not known. */
export function isData(value: Value, depth = 0): boolean {
  return value.is === 'primitive' || isUntold(value, depth);
}

function isRecord(value: Value): boolean {
  return isPlainObject(value) && [...value.properties.values()].every((each) => isData(each));
}
