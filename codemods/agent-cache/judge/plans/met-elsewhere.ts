import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { failurePathOf } from '../../flow/failures/failure-path.ts';
import {
  askedByVariable,
  askedOfErrors,
  askedOfPackage,
  mayMeet,
} from '../../flow/failures/asked-of-errors.ts';
import { type Thrown, thrownByConstructor } from '../../flow/failures/thrown-by-constructor.ts';
import type { Plan, Surveyed } from '../../migration.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { isLogCall } from '../../survey/code/log-calls.ts';
import { programOfFile } from '../../survey/code/opened-files.ts';
import { propertyName } from '../../survey/code/members.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { writtenName } from '../../survey/code/written-name.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { type FailureHandler, handlersAround } from '../../survey/functions/failure-handlers.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { manual } from '../rules/manual.ts';

/**
 * Leaves a place whose agent would be got where another handler than today's meets what its constructor throws, and some
 * code goes by that: an error middleware that answers a `ConfigError` with 501, or Express itself by the error's status.
 */
export function meetingWhatIsThrown(
  plan: Plan,
  { expression, fn }: { expression: NodePath; fn: FunctionPath },
  migration: Surveyed,
): Plan {
  if (plan.form !== 'move' && plan.form !== 'chain') return plan;
  const today = new Set<t.Node>(handlersAround(expression, fn).map(({ node }) => node));
  const handlers =
    plan.form === 'move'
      ? plan.before.flatMap((each) => handlersAround(each, fn))
      : plan.calls.flatMap(({ use }) => failurePathOf(use, fn, migration).handlers);
  const met = handlers.find((each) => !today.has(each.node) && !passesOn(each));
  if (!met) return plan;
  const asked = thrownByConstructor(migration)
    .map((each) => askedFor(each, migration))
    .find(Boolean);
  return asked ? manual(reasonAt('failure-told-elsewhere', asked, migration)) : plan;
}

/** Whether what a handler meets comes out of it as it was: `finally`, `catch (error) { log(error); throw error; }`. */
function passesOn(handler: FailureHandler): boolean {
  if (!handler.isTryStatement())
    return handler.node.type === 'CallExpression' && isNamed(handler.node.callee, 'finally');
  const { handler: caught } = handler.node;
  if (!caught) return !leaves(handler.get('finalizer') as NodePath);
  const last = caught.body.body.at(-1);
  const passed = last?.type === 'ThrowStatement' ? last.argument : givenToNext(last);
  if (passed?.type !== 'Identifier' || caught.param?.type !== 'Identifier') return false;
  const names = new Set([caught.param.name]);
  return (
    caught.body.body.slice(0, -1).every((each) => writesALine(each) || isOtherName(each, names)) &&
    names.has(passed.name)
  );
}

/** `const failure = error`: notes it among the names of the error. */
function isOtherName(statement: t.Statement, names: Set<string>): boolean {
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return false;
  return statement.declarations.every(({ id, init }) => {
    const value =
      init?.type === 'TSAsExpression' || init?.type === 'TSNonNullExpression' ? init.expression : init;
    const isIt = id.type === 'Identifier' && value?.type === 'Identifier' && names.has(value.name);
    if (isIt) names.add(id.name);
    return isIt;
  });
}

/** Whether nothing but a line of a log is written: an answer that goes out before the error would be another one. */
function writesALine(statement: t.Statement): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  const call = expression.type === 'AwaitExpression' ? expression.argument : expression;
  return call.type === 'CallExpression' && isLogCall(call);
}

/** Whether what is thrown is lost on the way: `finally { return; }`. */
function leaves(finalizer: NodePath): boolean {
  let found = false;
  finalizer.traverse({
    Function: (inner) => inner.skip(),
    'ReturnStatement|BreakStatement|ContinueStatement': () => {
      found = true;
    },
  });
  return found;
}

function givenToNext(statement: t.Statement | undefined): t.Node | undefined {
  const call =
    statement?.type === 'ReturnStatement'
      ? statement.argument
      : statement?.type === 'ExpressionStatement'
        ? statement.expression
        : undefined;
  return call?.type === 'CallExpression' && isNamed(call.callee, 'next') ? call.arguments[0] : undefined;
}

function isNamed(callee: t.Node, name: string): boolean {
  const named = callee.type === 'MemberExpression' ? callee.property : callee;
  return named.type === 'Identifier' && named.name === name;
}

/** What a file has in its text that asks an error for its own. */
const TELL_TEXT = ['message', 'String', 'toString', 'stack'];

const known = new OncePerProject<NodePath | undefined>();

/**
 * Where code of the tree goes by an error: a use of its class that is no construction, a text that is its code, a part
 * that others have not, what its message says.
 */
function askedFor(thrown: Thrown, migration: Surveyed): NodePath | undefined {
  const { project, path } = migration;
  if (!project) return undefined;
  const first = (word: string, about: string, find: (program: NodePath<t.Program>) => NodePath | undefined) =>
    known.of(project, `${word} ${about}`, () => {
      for (const file of new Set([absolutePath(path), ...project.filesOfAllMentioning(path, word)])) {
        const program = project.read(file)?.includes(word) ? programOfFile(file, migration) : undefined;
        const found = program && find(program);
        if (found) return found;
      }
      return undefined;
    });
  const { at, names, parts, messages, from, hasStatus, hasClass } = thrown;
  for (const name of names) {
    const asked = first(name, '', (program) => asksFor(name, program));
    if (asked) return asked;
  }
  for (const part of parts) {
    const about = JSON.stringify(part);
    const asked = first(part.name.replace('constructor.', ''), about, (program) =>
      askedOfErrors(program, { names, parts: [part], messages: [] }, migration),
    );
    if (asked) return asked;
  }
  for (const message of messages)
    for (const word of TELL_TEXT) {
      const asked = first(word, JSON.stringify(message) ?? '', (program) =>
        askedOfErrors(program, { names, parts: [], messages: [message] }, migration),
      );
      if (asked) return asked;
    }
  const byVariable = hasClass ? first('instanceof', '', askedByVariable) : undefined;
  if (byVariable) return byVariable;
  const asked = from && first('instanceof', from, (program) => askedOfPackage(program, from));
  return asked || (hasStatus && project.expressMajorOf(path) !== undefined ? at : undefined);
}

function asksFor(name: string, program: NodePath<t.Program>): NodePath | undefined {
  let found: NodePath | undefined;
  program.traverse({
    Identifier(path) {
      if (path.node.name === name && !found && isClassUsed(path)) found = path;
    },
    StringLiteral(path) {
      if (path.node.value === name && !found && isCompared(path)) found = path;
    },
    ImportSpecifier({ node: { imported, local }, scope }) {
      if (found || writtenName(imported) !== name || local.name === name) return;
      found = scope.getBinding(local.name)?.referencePaths.find(isClassUsed);
    },
    TSType: (type) => type.skip(),
  });
  return found;
}

/** How static methods are named that tell whether an error is one of the class. */
const ASKS = /^(is|has|matches|guard)([A-Z]|$)/;

/** Whether a name of a class stands for what tells its instances apart, and not where it is declared, built or handed on. */
function isClassUsed(path: NodePath): boolean {
  const { parent, key } = path;
  if (parent.type === 'NewExpression' && key === 'callee') return false;
  if (parent.type === 'ObjectProperty')
    return key === 'key' ? !parent.shorthand && !isPattern(path) : !isHandedOn(path);
  if (parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression') {
    // `errors.ConfigError`, and `ConfigError.is(error)`
    if (key === 'property') return path.parentPath !== null && isClassUsed(path.parentPath);
    return path.parentPath?.key === 'callee' && ASKS.test(propertyName(parent) ?? '');
  }
  // `Error.captureStackTrace(this, ConfigError)`
  if (parent.type === 'CallExpression' && isNamed(parent.callee, 'captureStackTrace')) return false;
  return (
    (parent.type === 'BinaryExpression' && isAskedOfError(path)) ||
    parent.type === 'ArrayExpression' ||
    parent.type === 'CallExpression' ||
    parent.type === 'SwitchCase'
  );
}

/** `error instanceof TypeError`, where it is no error of a `catch` that nothing of the tree comes out of. */
function isAskedOfError({ parentPath, key }: NodePath): boolean {
  const other = parentPath?.get(key === 'left' ? 'right' : 'left') as NodePath;
  const caught = bindingOf(withoutTypes(other))?.path;
  return !caught?.isCatchClause() || mayMeet(caught);
}

function isPattern({ parentPath }: NodePath): boolean {
  return parentPath?.parentPath?.isObjectPattern() === true;
}

/** `module.exports = { ConfigError }`, and what a pattern takes of a module. */
function isHandedOn(path: NodePath): boolean {
  return isPattern(path) || path.parentPath?.parentPath?.parentPath?.isAssignmentExpression() === true;
}

/** Whether a text is what something is compared with, or looked up by. */
function isCompared({ parent, key }: NodePath): boolean {
  if (parent.type === 'ObjectProperty') return key === 'key';
  return /^(BinaryExpression|SwitchCase|ArrayExpression|MemberExpression)$/.test(parent.type);
}
