import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory } from '../../migration.ts';
import { isPromiseMethod } from '../functions/failure-handlers.ts';
import { isGuarding, isNoPromise, leavesByItself } from './guarding-statements.ts';
import { isWithoutEffect } from '../code/without-effect.ts';
import { outermostSame, transparentParent, withoutTypes, withTypes } from '../code/wrappers.ts';

/** Whether a function's body only returns `source`, perhaps from a `try` that maps its failure. */
export function factoryShape(fn: Factory['fn'], source: NodePath): Pick<Factory, 'guard'> | undefined {
  const body = fn.get('body');
  if (Array.isArray(body)) return undefined;
  if (!body.isBlockStatement())
    return outermostSame(source).node === body.node ? { guard: undefined } : undefined;
  const statements = body.get('body');
  const [only, ...rest] = statements;
  if (rest.length === 0 && only?.isTryStatement()) {
    const guard = guardOf(only);
    return guard && returnsOnly(only.get('block').get('body'), source) ? { guard } : undefined;
  }
  return returnsOnly(statements, source) ? { guard: undefined } : assignedInTry(statements, source);
}

/** Whether a function only asks whether it may build `source`, and returns that, or leaves by itself. */
export function isGuardedBuilder(fn: Factory['fn'], source: NodePath): boolean {
  if (factoryShape(fn, source)) return false;
  const body = fn.get('body') as NodePath;
  return body.isBlockStatement() ? isGuarded(body.get('body'), source) : isChosen(body, source);
}

/** Whether statements are such as leave by themselves or go on, around one that returns `source`. */
function isGuarded(statements: NodePath<t.Statement>[], source: NodePath): boolean {
  const at = statements.findIndex((each) => source.isDescendant(each));
  const [own, ...rest] = statements.slice(at);
  if (!own || !statements.slice(0, at).every(isGuarding)) return false;
  if (own.isVariableDeclaration()) return returnsOnly([own, ...rest], source);
  if (!rest.every(goesOnOrLeaves)) return false;
  if (own.isReturnStatement()) return isChosen(own.get('argument') as NodePath, source);
  return branchesOf(own)?.every((branch) => isGuardedBranch(branch, source)) ?? false;
}

/** The statements of each way through an `if` or a `switch` that only asks; undefined for any other statement. */
function branchesOf(statement: NodePath): NodePath<t.Statement>[][] | undefined {
  if (statement.isIfStatement() && isWithoutEffect(statement.node.test))
    return [statement.get('consequent'), statement.get('alternate')].map((branch) =>
      branch.isStatement() ? [branch] : [],
    );
  if (!statement.isSwitchStatement() || !isWithoutEffect(statement.node.discriminant)) return undefined;
  const cases = statement.get('cases');
  return cases.every(({ node: { test } }) => !test || isWithoutEffect(test))
    ? cases.map((each) => each.get('consequent'))
    : undefined;
}

function isGuardedBranch(branch: NodePath<t.Statement>[], source: NodePath): boolean {
  const within = branch.flatMap((each) => (each.isBlockStatement() ? each.get('body') : [each]));
  return within.some((each) => source.isDescendant(each))
    ? isGuarded(within, source)
    : within.every(goesOnOrLeaves);
}

function goesOnOrLeaves(statement: NodePath<t.Statement>): boolean {
  return statement.isBreakStatement() || isGuarding(statement) || leavesByItself(statement.node);
}

/** `source`, or a choice between that and what is no agent: `ready ? new Agent() : null`. */
function isChosen(value: NodePath, source: NodePath): boolean {
  const choice = withoutTypes(value);
  if (choice.node === source.node) return true;
  const within = (part: NodePath, test: t.Node) => isWithoutEffect(test) && isChosen(part, source);
  if (choice.isLogicalExpression({ operator: '&&' })) return within(choice.get('right'), choice.node.left);
  if (!choice.isConditionalExpression()) return false;
  const [one, other] = [choice.get('consequent'), choice.get('alternate')];
  const { test } = choice.node;
  return isNoPromise(other.node) ? within(one, test) : isNoPromise(one.node) && within(other, test);
}

/** `let agent; try { agent = <source>; } catch {…} return agent;`: the guard is the same as with a `return` in it. */
function assignedInTry(
  [declaration, tried, returned, ...rest]: NodePath<t.Statement>[],
  source: NodePath,
): Pick<Factory, 'guard'> | undefined {
  if (rest.length > 0 || !declaration?.isVariableDeclaration() || !tried?.isTryStatement()) return undefined;
  const [declarator] = declaration.node.declarations;
  const assignment = transparentParent(source);
  const [only] = tried.get('block').get('body');
  if (declaration.node.declarations.length !== 1 || declarator?.id.type !== 'Identifier') return undefined;
  if (tried.node.block.body.length !== 1 || !only?.isExpressionStatement()) return undefined;
  if (!assignment.isAssignmentExpression({ operator: '=' }) || assignment.parentPath.node !== only.node)
    return undefined;
  const { name } = declarator.id;
  const { left } = assignment.node;
  if (left.type !== 'Identifier' || left.name !== name || !returnsName(returned, name)) return undefined;
  // Where it is given a value elsewhere, or is read in the `catch`, the clause is about more than the failure.
  const binding = declaration.scope.getBinding(name);
  const isOnlyThis = binding?.constantViolations.length === 1 && binding.referencePaths.length === 1;
  const guard = isOnlyThis && isNothing(declarator.init) ? guardOf(tried) : undefined;
  return guard && { guard };
}

function isNothing(value: t.Expression | null | undefined): boolean {
  return (
    !value || value.type === 'NullLiteral' || (value.type === 'Identifier' && value.name === 'undefined')
  );
}

function guardOf(tried: NodePath<t.TryStatement>): NodePath<t.CatchClause> | undefined {
  const handler = tried.get('handler');
  return handler.isCatchClause() && !tried.node.finalizer ? handler : undefined;
}

function returnsOnly(statements: NodePath<t.Statement>[], source: NodePath): boolean {
  const [first, second] = statements;
  if (statements.length === 1) {
    return Boolean(first?.isReturnStatement()) && transparentParent(source).node === first?.node;
  }
  if (statements.length !== 2 || !first?.isVariableDeclaration()) return false;
  const [declarator] = first.node.declarations;
  return (
    first.node.declarations.length === 1 &&
    declarator?.id.type === 'Identifier' &&
    transparentParent(source).node === declarator &&
    returnsName(second, declarator.id.name)
  );
}

function returnsName(statement: NodePath<t.Statement> | undefined, name: string): boolean {
  const returned = statement?.isReturnStatement() ? statement.node.argument : undefined;
  return returned?.type === 'Identifier' && returned.name === name;
}

/** `Promise.resolve(new Agent())`: what gives that gives a promise, without being async. */
export function promiseAround(source: NodePath): NodePath | undefined {
  const value = withTypes(source);
  const { parentPath: call } = value;
  if (!call?.isCallExpression() || value.listKey !== 'arguments' || call.node.arguments.length !== 1)
    return undefined;
  return isPromiseMethod(call, /^resolve$/) ? call : undefined;
}
