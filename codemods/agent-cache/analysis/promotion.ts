import type * as t from '@babel/types';
import type { Migration, Problem } from '../migration.ts';
import { callersOf, consumesPromise, isCallbackThatIsAwaited } from './callers.ts';
import { methodOf } from './failure-handlers.ts';
import { isHandler } from './handlers.ts';
import type { FunctionPath } from './placement.ts';
import { outermostSame } from './wrappers.ts';

/** Why a function cannot become async without a difference to whoever calls it; undefined when it can. */
export function promotionProblem(fn: FunctionPath, _migration: Migration): Problem | undefined {
  if (hasOddSignature(fn)) {
    return {
      reason: 'The function has overloads or narrows a type, so it cannot become async.',
      hint: 'Rewrite its signature by hand, then await the cached agent in it.',
    };
  }
  if (isHandler(fn)) return calledDirectly(fn);
  if (isCallbackThatIsAwaited(fn)) return undefined;
  const callers = callersOf(fn);
  if (callers && !isExported(fn)) return callers.every(consumesPromise) ? undefined : synchronousProblem();
  const value = outermostSame(fn);
  const call = value.parentPath;
  if (call?.isCallExpression() && value.listKey === 'arguments') return callbackProblem(methodOf(call));
  return synchronousProblem();
}

const LIST_METHOD =
  /^(forEach|map|flatMap|filter|find|findIndex|some|every|reduce|reduceRight|sort|toSorted|replace|replaceAll)$/;

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

/** A handler that the file itself calls as a function must not start to fail by a promise that nobody sees. */
function calledDirectly(fn: FunctionPath): Problem | undefined {
  const callers = (callersOf(fn) ?? []).filter((call) => !consumesPromise(call));
  return callers.length > 0 ? synchronousProblem() : undefined;
}

function isExported(fn: FunctionPath): boolean {
  const statement = fn.getStatementParent();
  return Boolean(statement?.isExportDeclaration() || statement?.parentPath?.isExportDeclaration());
}

function synchronousProblem(): Problem {
  return {
    reason: 'The function is not async, and its result may be used at once.',
    hint: 'Make it async and await it at its callers, then run the codemod again.',
  };
}

function callbackProblem(method: string | undefined): Problem {
  return {
    reason: `The agent is built in a callback${method ? ` of ${method}` : ''} that nothing waits for.`,
    hint: 'Use a loop, or Promise.all with an async callback, or get the agent before.',
  };
}
