import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory } from '../../migration.ts';
import { isPromiseMethod } from '../functions/failure-handlers.ts';
import { isGuarding } from './guarding-statements.ts';
import { outermostSame, transparentParent, withTypes } from '../code/wrappers.ts';

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

/** Whether a function's body only asks whether it may build `source`, and then returns that. */
export function isGuardedBuilder(fn: Factory['fn'], source: NodePath): boolean {
  const body = fn.get('body') as NodePath;
  const statements = body.isBlockStatement() ? body.get('body') : [];
  const guards = statements.findIndex((each) => source.isDescendant(each));
  return (
    guards > 0 &&
    statements.slice(0, guards).every(isGuarding) &&
    returnsOnly(statements.slice(guards), source)
  );
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
