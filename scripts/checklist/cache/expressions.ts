import type { Node, ObjectExpression, TemplateLiteral } from '@babel/types';
import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { timeText } from './clock.ts';
import { eitherOf, inTable, isPlain, isUntold } from './data.ts';
import { hear } from './emitters.ts';
import type { Machine } from './machine.ts';
import type { Run } from './run.ts';
import { Thrown } from './thrown.ts';
import { listOf } from './lists.ts';
import { classOf, constructed, read } from './objects.ts';
import { objectText, textOfParts } from './object-text.ts';
import { binary, unknownOf } from './operators.ts';
import { namesBehind, spread } from './spread.ts';
import { oneOfFew } from './telling.ts';
import { deleteFrom, write } from './property-writes.ts';
import { regularExpression } from './conversions.ts';
import {
  isOfCaller,
  isRejection,
  primitive,
  type Scope,
  settledValue,
  type Thing,
  truthOf,
  UNDEFINED,
  type Value,
} from './values.ts';

/** What an expression comes to; something that is not known for every form that is not understood. */
export function evaluateExpression(node: Node, scope: Scope, machine: Machine): Value {
  const evaluate = (inner: Node) => machine.evaluate(inner, scope);
  const { run } = machine;
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return primitive(node.value);
    case 'BigIntLiteral':
      return primitive(BigInt(node.value));
    case 'NullLiteral':
      return primitive(null);
    case 'TemplateLiteral':
      return template(node, evaluate, machine);
    case 'Identifier':
      return machine.name(node.name, scope);
    case 'ThisExpression':
      return scope.owner('this')?.names.get('this') ?? UNDEFINED;
    case 'Super':
      return superOf(scope);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
      return machine.closure(node, scope);
    case 'ObjectMethod':
      return machine.closure(node, scope);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return classOf(node, scope, machine);
    case 'ObjectExpression':
      return object(node, scope, machine);
    case 'ArrayExpression':
      return listOf(argumentsOf(node.elements, scope, machine), run);
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const target = evaluate(node.object);
      if (node.optional === true && !isUntold(target) && machine.isNullish(target)) return UNDEFINED;
      const name = machine.keyAt(node.property, node.computed, scope);
      const key = name === undefined && isPlain(node.property) ? evaluate(node.property) : undefined;
      return (key && inTable(target, key, run)) ?? read(target, name, machine);
    }
    case 'CallExpression':
    case 'OptionalCallExpression':
      return call(node, scope, machine);
    case 'NewExpression':
      return constructed(evaluate(node.callee), argumentsOf(node.arguments, scope, machine), machine);
    case 'AssignmentExpression':
      return assignment(node, scope, machine);
    case 'LogicalExpression': {
      const left = evaluate(node.left);
      if (isUntold(left) && isPlain(node.right)) {
        const right = evaluate(node.right);
        const told = { truth: truthOfBoth(node.operator, right), test: primitive(node.operator) };
        const joined = eitherOf([node.left, node.right], [left, right], run, told);
        if (joined !== undefined) return joined;
      }
      if (node.operator === '??') return machine.isNullish(left) ? evaluate(node.right) : left;
      return machine.holds(left) === (node.operator === '||') ? left : evaluate(node.right);
    }
    case 'ConditionalExpression': {
      const test = evaluate(node.test);
      if (isUntold(test) && isPlain(node.consequent) && isPlain(node.alternate)) {
        const ways = [node.consequent, node.alternate];
        const joined = eitherOf(ways, ways.map(evaluate), run, { test });
        if (joined !== undefined) return joined;
      }
      return evaluate(machine.holds(test) ? node.consequent : node.alternate);
    }
    case 'SequenceExpression':
      return node.expressions.map(evaluate).at(-1) ?? UNDEFINED;
    case 'AwaitExpression': {
      const awaited = settledValue(evaluate(node.argument));
      if (isRejection(awaited)) throw new Thrown('rejected');
      return awaited;
    }
    case 'UnaryExpression': {
      if (node.operator === 'delete') return remove(node.argument, scope, machine);
      const value = evaluate(node.argument);
      if (node.operator === 'void') return UNDEFINED;
      if (node.operator === 'typeof' && value.is !== 'primitive' && value.sample !== undefined)
        return primitive('string');
      const told = unary(node.operator, value);
      if (told !== undefined) return told;
      const isGiven = value.is !== 'primitive' && value.part !== undefined;
      const truth = node.operator === '!' && !isGiven ? truthOf(value) : undefined;
      if (truth !== undefined) return primitive(!truth);
      const few = node.operator === '!' ? oneOfFew('!', [value], run) : undefined;
      const unknown = few ?? unknownOf(node.operator, machine, value);
      return node.operator === '!' && value.is !== 'primitive' ? { ...unknown, negationOf: value } : unknown;
    }
    case 'BinaryExpression':
      return binary(node.operator, evaluate(node.left), evaluate(node.right), machine);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'TypeCastExpression':
      return evaluate(node.expression);
    case 'ImportExpression':
      return node.source.type === 'StringLiteral'
        ? machine.required(node.source.value, scope)
        : run.unknown();
    case 'YieldExpression':
      if (node.argument) evaluate(node.argument);
      return run.unknown();
    case 'TaggedTemplateExpression':
      return machine.call(
        evaluate(node.tag),
        [run.unknown(), ...node.quasi.expressions.map(evaluate)],
        UNDEFINED,
      );
    case 'UpdateExpression': {
      const before = counted(evaluate(node.argument), run);
      const after = binary(node.operator === '++' ? '+' : '-', before, oneLike(before), machine);
      place(node.argument, after, scope, machine);
      return node.prefix ? after : before;
    }
    case 'RegExpLiteral':
      return regularExpression(node, machine);
    default:
      return run.unknown();
  }
}

/** Whether `… && right` or `… || right` is true, whatever stands on the left; undefined where that decides. */
function truthOfBoth(operator: string, right: Value): boolean | undefined {
  const truth = truthOf(right);
  if (operator === '&&') return truth === false ? false : undefined;
  return operator === '||' && truth === true ? true : undefined;
}

function template(node: TemplateLiteral, evaluate: (node: Node) => Value, machine: Machine): Value {
  const parts = node.expressions
    .map(evaluate)
    .map((part) => objectText(part, machine) ?? timeText(part) ?? part);
  return textOfParts(
    node.quasis.flatMap((quasi, at) => [quasi.value.cooked ?? '', parts[at] ?? '']),
    machine.run,
  );
}

function superOf(scope: Scope): Value {
  const self = scope.owner('this')?.names.get('this');
  if (self === undefined || self.is === 'primitive') return UNDEFINED;
  return self;
}

function object(node: ObjectExpression, scope: Scope, machine: Machine): Thing {
  const made = machine.run.thing('object');
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      spread(made, machine.evaluate(property.argument, scope), namesBehind(property, node));
      continue;
    }
    const name = machine.keyAt(property.key, property.computed, scope);
    if (name === undefined) continue;
    if (property.type === 'ObjectMethod' && property.kind === 'get')
      made.getters = new Map(made.getters).set(name, (self) => machine.invoke(property, scope, [], self));
    else if (property.type === 'ObjectMethod' && property.kind === 'set')
      made.setters = new Map(made.setters).set(name, (self, value) => {
        machine.invoke(property, scope, [value], self);
      });
    else if (property.type === 'ObjectMethod') made.properties.set(name, machine.closure(property, scope));
    else made.properties.set(name, machine.evaluate(property.value, scope));
  }
  return made;
}

function call(
  node: Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' }>,
  scope: Scope,
  machine: Machine,
): Value {
  const { callee } = node;
  const loaded = loadedName(node);
  if (loaded !== undefined) return machine.required(loaded.specifier, scope);
  if (callee.type === 'Super') return UNDEFINED;
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  const self = isMember ? machine.evaluate(callee.object, scope) : UNDEFINED;
  const isQuiet = isUntold(self) && node.arguments.every(isPlain);
  if (isMember && callee.optional === true && !isQuiet && machine.isNullish(self)) return UNDEFINED;
  const name = isMember ? machine.keyAt(callee.property, callee.computed, scope) : undefined;
  const target = isMember ? read(self, name, machine) : machine.evaluate(callee, scope);
  const isUntoldCall = isUntold(target) && node.arguments.every(isPlain);
  if (node.optional === true && !isUntoldCall && machine.isNullish(target)) return UNDEFINED;
  const args = argumentsOf(node.arguments, scope, machine);
  const given = machine.call(target, args, self);
  if (target.is === 'unknown') hear(self, name, args, machine);
  return given;
}

function argumentsOf(nodes: readonly (Node | null)[], scope: Scope, machine: Machine): Value[] {
  return nodes.flatMap((node) => {
    if (node === null) return UNDEFINED;
    if (node.type !== 'SpreadElement') return machine.evaluate(node, scope);
    const list = machine.evaluate(node.argument, scope);
    if (list.is !== 'primitive' && list.isList === true) return [...list.properties.values()];
    return isOfCaller(list) ? list : machine.run.unknown();
  });
}

function assignment(
  { left, right, operator }: Extract<Node, { type: 'AssignmentExpression' }>,
  scope: Scope,
  machine: Machine,
): Value {
  if (operator === '??=' || operator === '||=' || operator === '&&=') {
    const present = machine.evaluate(left, scope);
    const keeps =
      operator === '??=' ? !machine.isNullish(present) : machine.truth(present) === (operator === '||=');
    if (keeps) return present;
  }
  const isWhole = /^(?:=|\?\?=|\|\|=|&&=)$/.test(operator);
  const before = isWhole ? UNDEFINED : counted(machine.evaluate(left, scope), machine.run);
  const value = machine.evaluate(right, scope);
  const assigned = isWhole ? value : binary(operator.slice(0, -1), before, value, machine);
  place(left, assigned, scope, machine);
  return assigned;
}

/** Gives a name or a property a value. */
function place(target: Node, value: Value, scope: Scope, machine: Machine): void {
  if (target.type === 'MemberExpression')
    write(
      machine.evaluate(target.object, scope),
      machine.keyAt(target.property, target.computed, scope),
      value,
      machine,
    );
  else machine.assign(target, value, scope);
}

/** `delete owner.name`; of a name that nobody knows, any may be gone. */
function remove(target: Node, scope: Scope, machine: Machine): Value {
  if (target.type === 'MemberExpression' || target.type === 'OptionalMemberExpression')
    deleteFrom(
      machine.evaluate(target.object, scope),
      machine.keyAt(target.property, target.computed, scope),
      machine,
    );
  return primitive(true);
}

/** What is counted up from; in a loop nobody knows how often that was done. */
function counted(value: Value, run: Run): Value {
  return run.loops > 0 ? run.unknown() : value;
}

function oneLike(value: Value): Value {
  return primitive(value.is === 'primitive' && typeof value.value === 'bigint' ? 1n : 1);
}

/** What a sign, or the question for a type, makes of a value of which enough is known. */
function unary(operator: string, value: Value): Value | undefined {
  if (operator === 'typeof') {
    if (value.is === 'primitive') return primitive(value.value === null ? 'object' : typeof value.value);
    if (value.sample !== undefined) return undefined;
    return value.is === 'unknown' ? undefined : primitive(value.is === 'object' ? 'object' : 'function');
  }
  if (operator === '+' && value.is !== 'primitive' && value.reckoned !== undefined) return value;
  if (value.is !== 'primitive' || typeof value.value !== 'number') return undefined;
  return operator === '-' ? primitive(-value.value) : operator === '+' ? value : undefined;
}
