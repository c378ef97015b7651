import type * as t from '@babel/types';
import type { Problem, Source, Surveyed } from '../../migration.ts';
import { callersOf, consumesPromise, isCallbackThatIsAwaited } from '../../survey/functions/callers.ts';
import { forbidsPromise } from '../../survey/functions/promises-by-type.ts';
import { methodOf } from '../../survey/functions/failure-handlers.ts';
import { reason } from '../../reasons/reason.ts';
import { handlerProblem, synchronousProblem } from './handler-problem.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import { ownMethods } from '../../flow/effects/own-methods.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { returnsIn } from '../../survey/code/returned-values.ts';

/** Why a function cannot become async without a difference to whoever calls it; undefined when it can. */
export function promotionProblem(fn: FunctionPath, migration: Surveyed): Problem | undefined {
  const problem = signatureProblem(fn, migration);
  if (problem) return problem;
  if (isHandler(fn)) return handlerProblem(fn, migration);
  if (givesPromise(fn, migration)) return undefined;
  if (isCallbackThatIsAwaited(fn)) return undefined;
  const callers = callersOf(fn);
  if (callers && !isExported(fn)) return callers.every(consumesPromise) ? undefined : synchronousProblem();
  const value = outermostSame(fn);
  const call = value.parentPath;
  if (call?.isCallExpression() && value.listKey === 'arguments') return callbackProblem(methodOf(call));
  return synchronousProblem();
}

/** Why a function's own types keep it from becoming async. */
export function signatureProblem(fn: FunctionPath, source: Source): Problem | undefined {
  if (hasOddSignature(fn)) {
    return reason('odd-signature');
  }
  if (forbidsPromise(fn, source)) {
    return reason('type-allows-no-promise');
  }
  return undefined;
}

/** Whether the function returns a promise on every path already: its callers wait for it, whoever they are. */
function givesPromise(fn: FunctionPath, migration: Surveyed): boolean {
  const { body } = fn.node;
  if (body.type !== 'BlockStatement') return isPromise(body, migration);
  const returned = returnsIn(fn).map(({ node }) => node.argument);
  return (
    endsHere(body) && returned.length > 0 && returned.every((each) => each && isPromise(each, migration))
  );
}

/** Whether nothing comes after a statement of a function: it always returns or throws. */
function endsHere(node: t.Statement | undefined): boolean {
  if (node?.type === 'BlockStatement') return endsHere(node.body.at(-1));
  if (node?.type === 'TryStatement')
    return (
      endsHere(node.finalizer ?? undefined) ||
      (endsHere(node.block) && (!node.handler || endsHere(node.handler.body)))
    );
  if (node?.type === 'IfStatement') return endsHere(node.consequent) && endsHere(node.alternate ?? undefined);
  return node?.type === 'ReturnStatement' || node?.type === 'ThrowStatement';
}

/** `x.then(…)`, `Promise.all(…)`, a call of one of the agent's async methods. */
function isPromise(node: t.Expression, migration: Surveyed): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  if (object.type === 'Identifier' && object.name === 'Promise') return true;
  const name = property.type === 'Identifier' ? property.name : '';
  return /^(then|catch|finally)$/.test(name) || ownMethods(migration).get(name)?.async === true;
}

const LIST_METHOD =
  /^(forEach|map|flatMap|from|filter|find|findIndex|some|every|reduce|reduceRight|sort|toSorted|replace|replaceAll)$/;

/** Why a callback of a list is left: the list's method goes on without waiting. Undefined for any other function. */
export function listCallbackProblem(fn: FunctionPath): Problem | undefined {
  const value = outermostSame(fn);
  const call = value.parentPath;
  if (!call?.isCallExpression() || value.listKey !== 'arguments' || isCallbackThatIsAwaited(fn))
    return undefined;
  const method = methodOf(call);
  return method !== undefined && LIST_METHOD.test(method) ? callbackProblem(method) : undefined;
}

function hasOddSignature(fn: FunctionPath): boolean {
  const type = fn.node.returnType;
  if (type?.type === 'TSTypeAnnotation' && /^TS(TypePredicate|ThisType)$/.test(type.typeAnnotation.type))
    return true;
  if (!fn.isFunctionDeclaration()) return false;
  const name = fn.node.id?.name;
  const block = fn.getStatementParent()?.parentPath?.isExportDeclaration()
    ? fn.parentPath.parentPath
    : fn.parentPath;
  const body: unknown = block && 'body' in block.node ? block.node.body : [];
  return Array.isArray(body) && (body as t.Statement[]).some((node) => overloads(node, name));
}

function overloads(statement: t.Statement, name: string | undefined): boolean {
  const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  return node?.type === 'TSDeclareFunction' && node.id?.name === name;
}

function isExported(fn: FunctionPath): boolean {
  const statement = fn.getStatementParent();
  return Boolean(statement?.isExportDeclaration() || statement?.parentPath?.isExportDeclaration());
}

function callbackProblem(method: string | undefined): Problem {
  return method ? reason('callback-of-method', [], { method }) : reason('callback-unawaited');
}
