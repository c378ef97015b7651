import type * as t from '@babel/types';
import { makeClass, makeFunction } from './functions.ts';
import { emptiesOf } from './guards.ts';
import type { Machine, Site } from './machine.ts';
import { consumed } from './iterators.ts';
import { assign, counted, nameOfKey, targetCells } from './targets.ts';
import { unwrapped } from '../../source/unwrapped.ts';
import { calledOn, takenApart } from './called-on.ts';
import { builtBy, callOf, newOf, taggedOf } from './call-expressions.ts';
import {
  type Frame,
  FROM,
  join,
  NOTHING,
  only,
  PLAIN,
  plain,
  type Thing,
  type Value,
  withFrom,
} from './values.ts';
import { sharedGlobal, nativeGlobal } from './globals.ts';
import { asText } from './written-out.ts';
import { lookUp } from './variables.ts';

const GIVES_PLAIN =
  /^(StringLiteral|NumericLiteral|BooleanLiteral|BigIntLiteral|RegExpLiteral|NullLiteral|TemplateElement|JSXText)$/;
const WRAPS =
  /^(TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|TSInstantiationExpression|ParenthesizedExpression|TypeCastExpression|ChainExpression)$/;

/** What an expression may be, and what evaluating it does. */
export function evaluate(node: t.Node, frame: Frame, machine: Machine, dropped = false): Value {
  if (!machine.step()) return NOTHING;
  if (node.type === 'RegExpLiteral' && /[gy]/.test(node.flags))
    return only(machine.make(node, 'opaque', 'RegExp', frame.file), 0, FROM.plain);
  if (GIVES_PLAIN.test(node.type)) return node.type === 'NullLiteral' ? NOTHING : PLAIN;
  if (WRAPS.test(node.type) && 'expression' in node)
    return evaluate(node.expression as t.Node, frame, machine, dropped);
  switch (node.type) {
    case 'Identifier':
      return identifier(node, frame, machine);
    case 'ThisExpression':
      return frame.self;
    case 'MetaProperty':
      return machine.get(builtBy(frame)?.instance ?? NOTHING, 'constructor', siteOf(node, frame));
    case 'Super':
      return frame.home?.proto ? only(frame.home.proto) : NOTHING;
    case 'TemplateLiteral':
      return textOf(node.expressions, siteOf(node, frame), machine);
    case 'TaggedTemplateExpression':
      return taggedOf(node, frame, machine, dropped);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return only(makeFunction(node, frame, machine));
    case 'ClassExpression':
      return only(makeClass(node, frame, machine));
    case 'ObjectExpression':
      return objectOf(node, frame, machine);
    case 'ArrayExpression':
    case 'TupleExpression':
      return arrayOf(node.elements, node, frame, machine);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return memberOf(node, frame, machine);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return machine.given?.(node, frame.file) ?? callOf(node, frame, machine, dropped);
    case 'NewExpression':
      return machine.given?.(node, frame.file) ?? newOf(node, frame, machine);
    case 'ImportExpression':
      return importOf(node.source, frame, machine);
    case 'AssignmentExpression':
      return assignment(node, frame, machine);
    case 'UpdateExpression':
      return update(node, frame, machine, dropped);
    case 'UnaryExpression':
      return unary(node, frame, machine);
    case 'AwaitExpression':
      return awaited(evaluate(node.argument, frame, machine, dropped));
    case 'YieldExpression':
      if (node.argument) {
        const yielded = evaluate(node.argument, frame, machine);
        if (node.delegate) consumed(yielded, siteOf(node, frame), machine);
        frame.returned = join(frame.returned, yielded);
      }
      return NOTHING;
    case 'BinaryExpression':
      return textOf([node.left, node.right], siteOf(node, frame), machine, node.operator);
    case 'LogicalExpression':
      return logical(node, frame, machine, dropped);
    case 'ConditionalExpression': {
      evaluate(node.test, frame, machine);
      const then = guarded(emptiesOf(node.test, true, frame, machine), machine, () =>
        evaluate(node.consequent, frame, machine, dropped),
      );
      const otherwise = guarded(emptiesOf(node.test, false, frame, machine), machine, () =>
        evaluate(node.alternate, frame, machine, dropped),
      );
      return join(then, otherwise);
    }
    case 'SequenceExpression': {
      const last = node.expressions.at(-1);
      for (const each of node.expressions.slice(0, -1)) evaluate(each, frame, machine, true);
      return last ? evaluate(last, frame, machine, dropped) : NOTHING;
    }
    case 'SpreadElement': {
      const spread = evaluate(node.argument, frame, machine);
      consumed(spread, siteOf(node, frame), machine);
      return machine.get(spread, '*', siteOf(node, frame));
    }
    default:
      return NOTHING;
  }
}

/** Operators that ask for no text of an object. */
const COMPARES = /^([!=]==?|in|instanceof)$/;

function textOf(parts: readonly t.Node[], site: Site, machine: Machine, operator = '+'): Value {
  const values = parts.map((each) => evaluate(each, site.frame, machine));
  if (!COMPARES.test(operator)) for (const value of values) asText(value, site, machine);
  const by = operator === '+' ? 'String' : operator;
  return plain(values.reduce((bits, { from }) => bits | machine.madeOf(from & ~FROM.plain, by), 0));
}

export function siteOf(node: t.Node, frame: Frame, dropped = false): Site {
  return { node, file: frame.file, offset: node.start ?? 0, dropped, frame };
}

/** Runs some code that is only reached where some cells are empty. */
export function guarded<Result>(cells: readonly string[], machine: Machine, run: () => Result): Result {
  const before = machine.guards;
  machine.guardBy(cells);
  try {
    return run();
  } finally {
    machine.guards = before;
  }
}

/** What a promise gives: one that the code makes stands for what it is resolved with. */
function awaited(value: Value): Value {
  const resolved = [...value.things.keys()].flatMap((thing) =>
    thing.label === 'Promise' ? (thing.props.get('*') ?? []) : [],
  );
  return resolved.length === 0 ? value : join(value, ...resolved);
}

function identifier(node: t.Identifier, frame: Frame, machine: Machine): Value {
  if (node.name === 'undefined' || node.name === 'NaN') return NOTHING;
  const found = lookUp(node.name, frame, machine, siteOf(node, frame));
  if (found) return found;
  if (node.name === 'arguments') {
    const list = machine.make(`arguments ${frame.id}`, 'array', 'arguments', frame.file);
    machine.put(list, '*', join(...frame.args));
    return only(list);
  }
  const site = siteOf(node, frame);
  const shared = machine.epoch === 'new' ? sharedGlobal('globalThis', node.name, site, machine) : undefined;
  return shared ?? only(nativeGlobal(node.name, machine));
}

function objectOf(node: t.ObjectExpression, frame: Frame, machine: Machine): Value {
  const thing = machine.make(node, 'object', '', frame.file);
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      copyInto(thing, evaluate(property.argument, frame, machine), siteOf(property, frame), machine);
      continue;
    }
    const name = nameOfKey(property.key, property.computed, frame, machine);
    if (property.type === 'ObjectMethod') {
      const fn = makeFunction(property, frame, machine, thing);
      if (property.kind === 'method') machine.put(thing, name, only(fn));
      else {
        const known = thing.accessors.get(name);
        thing.accessors.set(name, { ...known, [property.kind]: fn });
      }
    } else machine.put(thing, name, evaluate(property.value, frame, machine));
  }
  return only(thing);
}

/** A copy of the properties of all that a value may be: what they hold is not copied. */
export function copyInto(target: Thing, source: Value, site: Site, machine: Machine): void {
  if (source.from !== 0) machine.put(target, '*', { things: NOTHING.things, from: source.from });
  for (const [thing, reach] of source.things) {
    const names = thing.kind === 'opaque' ? ['*'] : [...thing.props.keys(), ...thing.accessors.keys()];
    for (const name of names) {
      if (name.startsWith('.')) continue;
      machine.put(target, name, machine.get(only(thing, reach), name, site));
    }
  }
}

export function arrayOf(
  elements: readonly (t.Node | null)[],
  node: t.Node,
  frame: Frame,
  machine: Machine,
): Value {
  const thing = machine.make(node, 'array', '', frame.file);
  let hasSpread = false;
  for (const [index, element] of elements.entries()) {
    if (!element) continue;
    hasSpread ||= element.type === 'SpreadElement';
    machine.put(thing, hasSpread ? '*' : String(index), evaluate(element, frame, machine));
  }
  return only(thing);
}

function memberOf(
  node: t.MemberExpression | t.OptionalMemberExpression,
  frame: Frame,
  machine: Machine,
): Value {
  takenApart.add(unwrapped(node.object));
  const owner = evaluate(node.object, frame, machine);
  const name = nameOfKey(node.property, node.computed, frame, machine);
  // A part of what is called on is read for the call as well.
  return machine.get(owner, name, siteOf(node, frame), calledOn.has(node));
}

export function importOf(source: t.Node, frame: Frame, machine: Machine): Value {
  evaluate(source, frame, machine);
  return source.type === 'StringLiteral' ? machine.run.imported(source.value, '*', frame.file) : NOTHING;
}

function assignment(node: t.AssignmentExpression, frame: Frame, machine: Machine): Value {
  const { left, operator, right } = node;
  if (operator === '=') {
    const guards = repeats(left, right) ? targetCells(left, frame, machine) : [];
    const value = guarded(guards, machine, () => evaluate(right, frame, machine));
    guarded(guards, machine, () => assign(left, value, frame, machine, { empty: isEmpty(right) }));
    return value;
  }
  const known = evaluate(left as t.Expression, frame, machine);
  if (operator === '??=' || operator === '||=') {
    return guarded(targetCells(left, frame, machine), machine, () => {
      const value = evaluate(right, frame, machine);
      assign(left, value, frame, machine);
      return join(known, value);
    });
  }
  const value = evaluate(right, frame, machine);
  const result = operator === '&&=' ? join(known, value) : plain((known.from | value.from) & ~FROM.plain);
  assign(left, operator === '&&=' ? value : result, frame, machine, {
    how: operator === '&&=' ? 'assign' : 'change',
  });
  return result;
}

/** `this.x = this.x ?? make()`: an assignment that keeps what is there. */
function repeats(left: t.Node, right: t.Expression): boolean {
  if (right.type === 'LogicalExpression' && right.operator !== '&&') return isSame(left, right.left);
  return (
    right.type === 'ConditionalExpression' &&
    (isSame(left, right.consequent) || isSame(left, right.alternate))
  );
}

function isSame(one: t.Node, other: t.Node): boolean {
  if (one.type !== other.type) return false;
  if (one.type === 'ThisExpression') return true;
  if (one.type === 'Identifier' && other.type === 'Identifier') return one.name === other.name;
  if (one.type === 'PrivateName' && other.type === 'PrivateName') return one.id.name === other.id.name;
  if (one.type !== 'MemberExpression' || other.type !== 'MemberExpression') return false;
  return isSame(one.object, other.object) && isSame(one.property, other.property);
}

/** Whether a value stands for there being none. */
export function isEmpty(node: t.Node): boolean {
  if (node.type === 'NullLiteral') return true;
  if (node.type === 'BooleanLiteral') return !node.value;
  if (node.type === 'UnaryExpression') return node.operator === 'void';
  return node.type === 'Identifier' && node.name === 'undefined';
}

function update(node: t.UpdateExpression, frame: Frame, machine: Machine, dropped: boolean): Value {
  // Who only counts up does not use what is there.
  const known = dropped ? undefined : evaluate(node.argument, frame, machine);
  return counted(node.argument, known, frame, machine);
}

function unary(node: t.UnaryExpression, frame: Frame, machine: Machine): Value {
  const { argument, operator } = node;
  if (operator === 'delete') {
    assign(argument as t.LVal, NOTHING, frame, machine, { empty: true });
    return PLAIN;
  }
  const value = evaluate(argument, frame, machine, operator === 'void');
  return operator === 'void' ? NOTHING : plain(machine.madeOf(value.from & ~FROM.plain, operator));
}

function logical(node: t.LogicalExpression, frame: Frame, machine: Machine, dropped: boolean): Value {
  const left = evaluate(node.left, frame, machine);
  const cells = emptiesOf(node.left, node.operator === '&&', frame, machine);
  const right = guarded(cells, machine, () => evaluate(node.right, frame, machine, dropped));
  return node.operator === '&&' ? withFrom(right, left.from & ~FROM.plain) : join(left, right);
}
