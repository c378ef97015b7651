import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isPromiseMethod } from '../../survey/functions/failure-handlers.ts';
import { type HandlerUse, handlerUses } from './handler-uses.ts';
import { isWaitingRoute } from './waiting-routers.ts';
import { isMember } from '../../survey/code/members.ts';
import { isCaught } from '../../flow/failures/passes-promise-on.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';
import { isGivenBack } from '../../survey/functions/given-back.ts';

/** How many functions may pass a promise on to each other. */
const MAX_DEPTH = 4;

/** Frameworks that call the methods of controllers, and answer when one rejects. */
const CALLING_FRAMEWORKS =
  /^(@nestjs\/common|routing-controllers|inversify-express-utils|tsoa|@tsoa\/runtime)$/;
const ROUTE_DECORATOR =
  /^(Get|Post|Put|Patch|Delete|Head|Options|All|Use|http(Get|Post|Put|Patch|Delete|Head))$/i;

/** What comes of the failure of an async handler whose promise Express ignores. */
export interface Protection {
  /** Some of its uses are found. */
  isUsed: boolean;
  /** Uses that lose its failure. */
  losing: HandlerUse[];
}

/** Whether the failure of a handler is dealt with wherever it is registered, or called by hand. */
export function protectionOf(fn: FunctionPath, source: Source, depth = MAX_DEPTH): Protection {
  if (isCalledByFramework(fn)) return { isUsed: true, losing: [] };
  const uses = depth > 0 ? handlerUses(fn, source) : [];
  return { isUsed: uses.length > 0, losing: uses.filter((use) => losesFailure(use, source, depth)) };
}

/** Whether the failure of a call's promise reaches somebody: a handler, or a function that is waited for. */
export function isCallSeen(call: NodePath, source: Source, depth = MAX_DEPTH): boolean {
  const value = wholeChain(call);
  const { parentPath: parent } = value;
  if (isCaught(call)) return true;
  if (parent?.isAwaitExpression()) return true;
  const fn = isGivenBack(value) ? (parent?.isFunction() ? parent : parent?.getFunctionParent()) : undefined;
  if (!fn) return false;
  if (fn.node.async) return true;
  const { isUsed, losing } = protectionOf(fn, source, depth - 1);
  return isUsed && losing.length === 0;
}

function losesFailure({ form, at }: HandlerUse, source: Source, depth: number): boolean {
  if (form === 'wrapped') return false;
  if (form === 'call') return !isCallSeen(at, source, depth);
  if (form === 'other') return true;
  return !isWaitingRoute(at);
}

/** The promise with all that is chained to it, or gathered with it. */
function wholeChain(value: NodePath): NodePath {
  const { parentPath: parent } = value;
  if (!parent) return value;
  if (isTypeWrapper(parent)) return wholeChain(parent);
  if (isMember(parent) && value.key === 'object' && parent.parentPath?.isCallExpression())
    return wholeChain(parent.parentPath);
  const gathered = parent.isArrayExpression() ? parent.parentPath : parent;
  return gathered.isCallExpression() && isPromiseMethod(gathered, /./) ? wholeChain(gathered) : value;
}

/** `@Get() list(…)`, with the decorators of a framework that answers for its controllers. */
export function isCalledByFramework(fn: FunctionPath): boolean {
  if (!fn.isClassMethod()) return false;
  return (fn.node.decorators ?? []).some(({ expression }) => {
    const name = expression.type === 'CallExpression' ? expression.callee : expression;
    if (name.type !== 'Identifier' || !ROUTE_DECORATOR.test(name.name)) return false;
    const statement = fn.scope.getBinding(name.name)?.path.parent as t.Node | undefined;
    return statement?.type === 'ImportDeclaration' && CALLING_FRAMEWORKS.test(statement.source.value);
  });
}
