import type { Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import { declaredWithin } from './declared-within.ts';
import type { Kind } from './kinds.ts';
import type { KnownCall } from './known-calls.ts';
import { propertyName } from './members.ts';
import { callbackNames, isRawText, knownCall } from './quiet-calls.ts';
import { isQuietPattern } from './quiet-patterns.ts';
import { hasOddArgument, isOddOperand } from './odd-operands.ts';
import { isQuietOperator, isQuietUnary } from './quiet-operators.ts';
import { shownBy } from './shown-by-tests.ts';
import {
  beforeBreak,
  isOptionalAt,
  isPartOfGlobal,
  isPrimitive,
  isQuietClass,
  isReadable,
  OF_MODULES,
} from './quiet-parts.ts';
import { kindOf } from './value-kinds.ts';
import { isQuietNew } from './quiet-constructions.ts';
import { isGlobal, type Names, type TypeOfPart } from './names-in-code.ts';

/** What is known of the code beside what it shows. */
interface Known {
  /** What is known to be quiet. */
  allowed?: ReadonlySet<t.Node>;
  /** What ends before this offset does not count. */
  from?: number;
  typeOfPart?: TypeOfPart | undefined;
  /** What is known of the parameters of the function whose body it is: what that gives back leaves it, and no more. */
  given?: ReadonlyMap<string, Kind | undefined>;
}

interface Question extends Names, Required<Pick<Known, 'allowed' | 'from'>> {
  /** Within a callback that is run here a `return` leaves only that. */
  isCallback: boolean;
}

const NONE: ReadonlySet<t.Node> = new Set();

/**
 * Whether running the node can neither leave the function nor fail in a way that callers would see: it is made of
 * nothing but what is known to be so. `scope` is that around it.
 */
export function isQuiet(
  node: t.Node,
  scope: Scope,
  { allowed = NONE, from = 0, typeOfPart, given }: Known = {},
): boolean {
  const own = [...declaredWithin(node)].map((name) => [name, undefined] as const);
  const inner = new Map([...own, ...(given ?? [])]);
  return quiet(node, { scope, inner, allowed, from, typeOfPart, isCallback: given !== undefined });
}

function quiet(node: t.Node | null | undefined, question: Question): boolean {
  if (!node) return true;
  const { allowed, from } = question;
  if (from > 0 && (node.end ?? 0) <= from) return true;
  // What is known to be quiet may be given what is not.
  if (allowed.has(node) && node.type === 'NewExpression')
    return node.arguments.every((each) => isQuietGiven(each, question));
  if (allowed.has(node) || (node.type === 'AwaitExpression' && allowed.has(node.argument))) return true;
  return isQuietStatement(node, question) ?? isQuietExpression(node, question);
}

/** Undefined for what is no statement. */
function isQuietStatement(node: t.Node, question: Question): boolean | undefined {
  const all = (...nodes: readonly (t.Node | null | undefined)[]) =>
    nodes.every((each) => quiet(each, question));
  switch (node.type) {
    case 'BlockStatement':
      return isQuietList(node.body, question);
    case 'EmptyStatement':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return true;
    case 'ClassDeclaration':
      return isQuietClass(node);
    case 'ExpressionStatement':
      return all(node.expression);
    case 'VariableDeclaration':
      return (
        /^(const|let|var)$/.test(node.kind) &&
        node.declarations.every((each) => isQuietDeclarator(each, question))
      );
    case 'VariableDeclarator':
      return isQuietDeclarator(node, question);
    case 'IfStatement':
      return isQuietChoice(node, question);
    case 'SwitchStatement':
      return (
        all(node.discriminant) &&
        node.cases.every(({ test, consequent }) => all(test, ...beforeBreak(consequent)))
      );
    case 'ForStatement':
      return all(node.init, node.test, node.update, node.body);
    case 'ForInStatement':
      return node.left.type === 'VariableDeclaration' && all(node.right, node.body);
    case 'WhileStatement':
    case 'DoWhileStatement':
      return all(node.test, node.body);
    case 'TryStatement':
      return all(node.block, node.handler?.body, node.finalizer);
    case 'ReturnStatement':
      return question.isCallback && all(node.argument);
    default:
      return node.type.endsWith('Statement') ? false : undefined;
  }
}

function isQuietExpression(node: t.Node, question: Question): boolean {
  const all = (...nodes: readonly (t.Node | null | undefined)[]) =>
    nodes.every((each) => quiet(each, question));
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'BigIntLiteral':
    case 'RegExpLiteral':
    case 'MetaProperty':
    case 'ThisExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true;
    case 'ClassExpression':
      return isQuietClass(node);
    case 'Identifier':
      return !isGlobal(node.name, question) || node.name in globalThis || OF_MODULES.test(node.name);
    case 'TemplateLiteral':
      return node.expressions.every((each) => quiet(each, question) && !isOddOperand(each, question));
    case 'ArrayExpression':
      return node.elements.every((each) => isQuietGiven(each, question));
    case 'ObjectExpression':
      return node.properties.every((each) => isQuietProperty(each, question));
    case 'UnaryExpression':
      return isQuietUnary(node, question) && all(node.argument);
    case 'BinaryExpression':
      return isQuietOperator(node, question) && all(node.left, node.right);
    case 'LogicalExpression':
      return (
        all(node.left) &&
        quiet(
          node.right,
          node.operator === '??' ? question : knowing(node.left, node.operator === '&&', question),
        )
      );
    case 'ConditionalExpression':
      return isQuietChoice(node, question);
    case 'SequenceExpression':
      return all(...node.expressions);
    case 'AssignmentExpression':
      return isQuietAssignment(node, question);
    case 'UpdateExpression':
      return isQuietTarget(node.argument, question);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return isQuietMember(node, question);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return isQuietCall(node, question);
    case 'NewExpression':
      return (
        isQuietNew(node, question, (each) => isQuietGiven(each, question)) && !hasOddArgument(node, question)
      );
    case 'TaggedTemplateExpression':
      return isRawText(node.tag, question) && all(...node.quasi.expressions);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
      return all(node.expression);
    default:
      return false;
  }
}

function isQuietChoice(
  { test, consequent, alternate }: t.IfStatement | t.ConditionalExpression,
  question: Question,
): boolean {
  return (
    quiet(test, question) &&
    quiet(consequent, knowing(test, true, question)) &&
    quiet(alternate, knowing(test, false, question))
  );
}

/** Statements one after the other: behind `if (!id) return`, the test of that is known to have failed. */
function isQuietList(statements: readonly t.Statement[], question: Question): boolean {
  let known = question;
  return statements.every((each) => {
    if (!quiet(each, known)) return false;
    if (each.type === 'IfStatement' && !each.alternate && endsIn(each.consequent))
      known = knowing(each.test, false, known);
    return true;
  });
}

function endsIn(node: t.Statement): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement';
}

/** The question, with what is known where a test has come out so. */
function knowing(test: t.Node, isTrue: boolean, question: Question): Question {
  const found = shownBy(test, isTrue, question);
  return found.length > 0 ? { ...question, shown: new Map([...(question.shown ?? []), ...found]) } : question;
}

function isQuietDeclarator({ id, init }: t.VariableDeclarator, question: Question): boolean {
  if (!quiet(init, question)) return false;
  if (id.type === 'Identifier' || !init) return id.type === 'Identifier';
  const kind = isHolder(init, question) ? 'record' : kindOf(init, question);
  return isQuietPattern(id, kind, (each) => quiet(each, question));
}

/** What gives an agent, or something that holds one, gives no less than an object. */
function isHolder(node: t.Node, { allowed }: Question): boolean {
  return allowed.has(node.type === 'AwaitExpression' ? node.argument : node);
}

/** An element of a list, or an argument: what is spread has to be a list. */
function isQuietGiven(node: t.Node | null, question: Question): boolean {
  if (node?.type !== 'SpreadElement') return quiet(node, question);
  return /^(texts|list|pairs)$/.test(kindOf(node.argument, question) ?? '') && quiet(node.argument, question);
}

function isQuietProperty(node: t.ObjectExpression['properties'][number], question: Question): boolean {
  if (node.type === 'SpreadElement') {
    const { argument } = node;
    const kind = isHolder(argument, question) ? 'record' : kindOf(argument, question);
    return (kind === 'data' || isReadable(kind)) && quiet(argument, question);
  }
  const isNamed = !node.computed || isPrimitive(kindOf(node.key, question));
  const key = node.computed ? node.key : undefined;
  return isNamed && quiet(key, question) && (node.type === 'ObjectMethod' || quiet(node.value, question));
}

function isQuietAssignment({ operator, left, right }: t.AssignmentExpression, question: Question): boolean {
  // `sum += odd`
  const isCounted = !/^(=|\?\?=|\|\|=|&&=)$/.test(operator);
  return (
    isQuietTarget(left, question) && quiet(right, question) && !(isCounted && isOddOperand(right, question))
  );
}

/** A variable, or a part of a value of the function's own. */
function isQuietTarget(node: t.Node, question: Question): boolean {
  if (node.type === 'Identifier') return true;
  if (node.type !== 'MemberExpression') return false;
  const kind = kindOf(node.object, question);
  const isOwn = /^(record|present|list|texts|request)$/.test(kind ?? '');
  return isOwn && quiet(node.object, question) && (!node.computed || isQuietKey(node, question));
}

function isQuietKey(
  { property, computed }: { property: t.Node; computed?: boolean },
  question: Question,
): boolean {
  return !computed || (quiet(property, question) && !isOddOperand(property, question));
}

function isQuietMember(node: t.MemberExpression | t.OptionalMemberExpression, question: Question): boolean {
  const { object } = node;
  if (!isQuietKey(node, question)) return false;
  if (object.type === 'Identifier' && isGlobal(object.name, question))
    return isPartOfGlobal(object.name, propertyName(node));
  if (object.type === 'ThisExpression') return false;
  const kind = kindOf(object, question);
  const isThere = isReadable(kind) || (kind === 'data' && isOptionalAt(node));
  return isThere && quiet(object, question);
}

function isQuietCall(node: t.CallExpression | t.OptionalCallExpression, question: Question): boolean {
  const known = knownCall(node, question, (each) => quiet(each, question));
  // `[odd].join()`
  const { object } = node.callee as Partial<t.MemberExpression>;
  if (!known || [object, ...node.arguments].some((each) => each && isOddOperand(each, question)))
    return false;
  return node.arguments.every((each) => isQuietArgument(each, known, question));
}

function isQuietArgument(node: t.Node, { callback }: KnownCall, question: Question): boolean {
  if (!callback || isPrimitive(kindOf(node, question))) return isQuietGiven(node, question);
  if (node.type === 'Identifier')
    return isGlobal(node.name, question) && /^(String|Number|Boolean|parseFloat)$/.test(node.name);
  return isQuietCallback(node, callback, question);
}

/** Whether a callback that runs at once does nothing but what is quiet. */
function isQuietCallback(node: t.Node, given: readonly (Kind | undefined)[], question: Question): boolean {
  const names = callbackNames(node, given, question);
  return names !== undefined && quiet(names.body, { ...question, ...names.within, isCallback: true });
}
