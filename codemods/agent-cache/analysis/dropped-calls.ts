import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Problem } from '../migration.ts';
import { isGivenRequest, isPassedOn } from './called-by-hand.ts';
import { consumesPromise } from './callers.ts';
import { definitionOf } from './definitions.ts';
import { handlerUses } from './handler-uses.ts';
import { methodOf } from './failure-handlers.ts';
import { lineOf } from './flow-problems.ts';
import { isMember, propertyName } from './members.ts';
import { programsReaching } from './opened-files.ts';
import type { FunctionPath } from './placement.ts';
import { outermostSame } from './wrappers.ts';

type Call = NodePath<t.CallExpression>;

/** A call of the function, under whatever name the tree knows it by, that does not wait for what it gives back. */
export function droppedCall(fn: FunctionPath, migration: Migration): NodePath | undefined {
  return handlerUses(fn, migration).find(({ form, at }) => form === 'call' && !isWaitedFor(at))?.at;
}

/**
 * Why an agent that an async function attaches to something is left: a call that does not wait finds it there, since
 * the function ran up to its first `await` at once.
 */
export function attachedProblem(
  expression: NodePath,
  { fn, uses, migration }: { fn: FunctionPath; uses: readonly NodePath[]; migration: Migration },
): Problem | undefined {
  if (!fn.node.async || ![expression, ...uses].some(isAttached)) return undefined;
  const call = handlerUses(fn, migration).find(({ form, at }) => form === 'call' && !isContinued(at))?.at;
  if (!call) return undefined;
  return {
    reason: `The function attaches the agent, and a call of it (line ${lineOf(call, migration)}) goes on without waiting.`,
    hint: 'Await the function there, then run the codemod again.',
  };
}

function isAttached(value: NodePath): boolean {
  const { parentPath: parent, key } = outermostSame(value);
  return (
    parent?.isAssignmentExpression() === true && key === 'right' && isMember(parent.get('left') as NodePath)
  );
}

/**
 * A call of whatever a table holds under a key that is not written (`actions[name](req, res)`), which may be the
 * function, and which does not wait.
 */
export function droppedTableCall(fn: FunctionPath, migration: Migration): NodePath | undefined {
  if (!isHeld(fn)) return undefined;
  for (const program of programsReaching(fn, undefined, migration)) {
    let found: Call | undefined;
    program.traverse({
      CallExpression(call) {
        if (found || !isGivenRequest(call) || isWaitedFor(call)) return;
        const table = tableOf(call.get('callee'));
        if (table && mayHold(table, fn, migration)) found = call;
      },
    });
    if (found) return found;
  }
  return undefined;
}

/** Whether what follows a call comes after what it gives back: a `.catch` alone waits for nothing. */
function isContinued(call: NodePath): boolean {
  const { parentPath: member } = call;
  const chained = isMember(member) && call.key === 'object' ? member.parentPath : undefined;
  if (!isMember(member) || !chained?.isCallExpression()) return isWaitedFor(call);
  return propertyName(member.node) === 'then' || isContinued(chained);
}

function isWaitedFor(call: NodePath): boolean {
  return consumesPromise(call) || isPassedOn(call);
}

/** Whether the function is the value of a property. */
function isHeld(fn: FunctionPath): boolean {
  if (fn.isObjectMethod()) return true;
  return outermostSame(fn).parentPath?.isObjectProperty() === true;
}

/** What a called value was looked up in: directly, by a variable, or while its entries are walked. */
function tableOf(callee: NodePath): NodePath | undefined {
  if (callee.isMemberExpression() || callee.isOptionalMemberExpression())
    return callee.node.computed ? (callee.get('object') as NodePath) : undefined;
  const binding = callee.isIdentifier() ? callee.scope.getBinding(callee.node.name) : undefined;
  const path = binding?.path;
  if (path?.isVariableDeclarator() && path.node.init) return tableOf(path.get('init') as NodePath);
  const walked = path?.find((each) => each.isForOfStatement() || each.isFunction());
  if (walked?.isForOfStatement()) return entriesOf(walked.get('right'));
  const iterated = walked && outermostSame(walked).parentPath;
  return iterated?.isCallExpression() && methodOf(iterated) === 'forEach'
    ? entriesOf((iterated.get('callee') as NodePath).get('object') as NodePath)
    : undefined;
}

/** The table in `Object.entries(table)` and `Object.values(table)`. */
function entriesOf(list: NodePath): NodePath | undefined {
  if (!list.isCallExpression() || !/^(entries|values)$/.test(methodOf(list) ?? '')) return undefined;
  return list.get('arguments')[0];
}

function mayHold(table: NodePath, fn: FunctionPath, migration: Migration): boolean {
  const known = definitionOf(table, migration);
  const object = fn.findParent((path) => path.isObjectExpression());
  return known?.kind !== 'object' || known.path.node === object?.node;
}
