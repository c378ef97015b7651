import type * as t from '@babel/types';
import { keyName, propertyName } from './members.ts';
import { initOf, isGlobal, type Names } from './names-in-code.ts';

const CONVERTS = /^(toString|valueOf|toJSON)$/;

/**
 * Whether making a text or a number of a value may run code of the tree, or fail: it is built by a class, has a method of
 * its own for that, has none at all, or is one of the values that do not go with others.
 */
export function isOddOperand(node: t.Node, names: Names, steps = 4): boolean {
  const of = (inner: t.Node) => isOddOperand(inner, names, steps);
  switch (node.type) {
    case 'Identifier': {
      const init = initOf(node.name, names);
      return steps > 0 && init !== undefined && !init.part && isOddOperand(init.init, names, steps - 1);
    }
    case 'BigIntLiteral':
      return true;
    case 'NewExpression':
      return (
        node.callee.type !== 'Identifier' ||
        !isGlobal(node.callee.name, names) ||
        node.callee.name === 'Proxy'
      );
    case 'CallExpression':
      return isMadeOdd(node, names);
    case 'ObjectExpression':
      return node.properties.some((each) => isConversion(each) || isOddProperty(each, names, steps));
    case 'ArrayExpression':
      return node.elements.some((each) => each !== null && of(each));
    case 'ConditionalExpression':
      return of(node.consequent) || of(node.alternate);
    case 'LogicalExpression':
      return of(node.left) || of(node.right);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return of(node.expression);
    default:
      return false;
  }
}

/** `Symbol()`, `BigInt(1)`, `Object.create(null)` */
function isMadeOdd({ callee }: t.CallExpression, names: Names): boolean {
  if (callee.type === 'Identifier')
    return /^(Symbol|BigInt)$/.test(callee.name) && isGlobal(callee.name, names);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  const called = `${callee.object.name}.${propertyName(callee)}`;
  return (
    /^(Object\.(create|setPrototypeOf)|Symbol\.for)$/.test(called) && isGlobal(callee.object.name, names)
  );
}

function isConversion(property: t.ObjectExpression['properties'][number]): boolean {
  if (property.type === 'SpreadElement') return false;
  // A computed name may be `Symbol.toPrimitive`.
  return property.computed ? property.key.type !== 'StringLiteral' : CONVERTS.test(keyName(property) ?? '');
}

function isOddProperty(
  property: t.ObjectExpression['properties'][number],
  names: Names,
  steps: number,
): boolean {
  return property.type === 'ObjectProperty' && steps > 0 && isOddOperand(property.value, names, steps - 1);
}

/** Whether what something is built with may be one of those: `new Date(odd)`. */
export function hasOddArgument({ arguments: given }: t.NewExpression, names: Names): boolean {
  return given.some((each) => isOddOperand(each, names));
}
