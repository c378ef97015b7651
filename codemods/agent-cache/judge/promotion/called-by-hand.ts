import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { consumesPromise } from '../../survey/functions/callers.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { isCallSeen } from './handler-protection.ts';
import { isHandler, looksLikeRequest, registrationOf } from '../../survey/functions/handlers.ts';
import { isSameNode, programsMentioning } from '../../survey/code/opened-files.ts';
import { calledName } from '../../survey/functions/later-callbacks.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { functionName } from '../../survey/code/function-names.ts';

/**
 * A call of a handler by hand (`attach(req, res, next)`), here or in another file of the package, that drops what the
 * handler gives back: it would go on before an async one has ended, and lose its failure.
 */
export function droppingCall(
  fn: FunctionPath,
  ignoresPromises: boolean,
  source: Source,
): NodePath<t.CallExpression> | undefined {
  const name = functionName(fn.node, outermostSame(fn).parent);
  if (name === undefined) return undefined;
  for (const program of programsMentioning(name, source)) {
    let found: NodePath<t.CallExpression> | undefined;
    program.traverse({
      CallExpression(call) {
        if (found || calledName(call) !== name || !isGivenRequest(call)) return;
        const known = calledDefinition(call.get('callee'), source);
        if (known?.kind === 'function' && !isSameNode(known.path, fn, source)) return;
        const isSeen = ignoresPromises ? isCallSeen(call, source) : consumesPromise(call) || isPassedOn(call);
        if (!isSeen) found = call;
      },
    });
    if (found) return found;
  }
  return undefined;
}

/** Returned by a handler that Express itself calls, and waits for. */
export function isPassedOn(call: NodePath): boolean {
  const { parentPath: parent } = call;
  const isReturned =
    parent?.isReturnStatement() || (parent?.isArrowFunctionExpression() && call.key === 'body');
  const fn = isReturned ? (parent?.isFunction() ? parent : parent?.getFunctionParent()) : undefined;
  return Boolean(fn && (registrationOf(fn) || (fn.node.async && isHandler(fn))));
}

/** Whether a call is given a request or a response. */
export function isGivenRequest(call: NodePath<t.CallExpression>): boolean {
  return call.node.arguments.some((each) => each.type === 'Identifier' && looksLikeRequest(each.name));
}
