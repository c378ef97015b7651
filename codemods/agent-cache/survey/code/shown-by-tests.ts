import type * as t from '@babel/types';
import type { Kind } from './kinds.ts';
import { propertyName } from './members.ts';
import { isGlobal, type Names, plainPath } from './names-in-code.ts';
import { kindOf } from './value-kinds.ts';

const OF_TYPE: Readonly<Record<string, Kind>> = { string: 'text', number: 'number', boolean: 'flag' };

/** What a test shows of the values that it asks about, where it comes out so: by their texts, `req.query.id`. */
export function shownBy(test: t.Node, isTrue: boolean, names: Names): (readonly [string, Kind])[] {
  switch (test.type) {
    case 'ParenthesizedExpression':
      return shownBy(test.expression, isTrue, names);
    case 'UnaryExpression':
      return test.operator === '!' ? shownBy(test.argument, !isTrue, names) : [];
    case 'LogicalExpression':
      if (test.operator !== (isTrue ? '&&' : '||')) return [];
      return [...shownBy(test.left, isTrue, names), ...shownBy(test.right, isTrue, names)];
    case 'BinaryExpression':
      return shownByComparison(test, isTrue, names);
    case 'CallExpression':
      return isTrue && isListTest(test, names) ? found(test.arguments[0], 'list', names) : [];
    default:
      // What counts as true is there.
      return isTrue && kindOf(test, names) === 'data' ? found(test, 'present', names) : [];
  }
}

function shownByComparison(
  { operator, left, right }: t.BinaryExpression,
  isTrue: boolean,
  names: Names,
): (readonly [string, Kind])[] {
  if (!/^[=!]==?$/.test(operator)) return [];
  const isEqual = operator.startsWith('=') === isTrue;
  if (left.type === 'UnaryExpression' && left.operator === 'typeof' && right.type === 'StringLiteral') {
    const kind = isEqual ? OF_TYPE[right.value] : undefined;
    return kind ? found(left.argument, kind, names) : [];
  }
  const isNothing = right.type === 'NullLiteral';
  const isLoose = operator.length === 2;
  return isNothing && isLoose && !isEqual && kindOf(left, names) === 'data'
    ? found(left, 'present', names)
    : [];
}

/** Only what stays the same between the test and what follows: constants, parameters, and parts of them. */
function found(node: t.Node | undefined, kind: Kind, { scope, inner }: Names): (readonly [string, Kind])[] {
  const path = node && plainPath(node);
  const name = path?.split('.')[0];
  if (path === undefined || name === undefined) return [];
  const isSame = scope.getBinding(name)?.constant ?? inner.has(name);
  return isSame ? [[path, kind]] : [];
}

function isListTest({ callee }: t.CallExpression, names: Names): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Array' &&
    isGlobal('Array', names) &&
    propertyName(callee) === 'isArray'
  );
}
