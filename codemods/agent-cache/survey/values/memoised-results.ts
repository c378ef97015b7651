import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isNothing, type Keeper, keeperOf } from './memo-keepers.ts';
import { isDeclaration, isRefusal, onlyReads } from './function-results.ts';
import type { FunctionPath } from '../code/placement.ts';
import { withoutTypes } from '../code/wrappers.ts';

/** What a function gives that keeps it from its first call on. */
export interface Memoised {
  /** What is evaluated at the first call. */
  value: NodePath;
  /** The variable of the module that keeps it; undefined where a static of a class does. */
  kept: Binding | undefined;
  /** Whether nothing lets go of it: it is evaluated once, whatever it does. */
  isOnce: boolean;
  /** Whether that does no more than to read. */
  isPlain: boolean;
}

/**
 * `let cached; function config() { if (!cached) cached = {…}; return cached; }`, in the ways that is written; undefined
 * for any other function, and where that may keep anything else.
 */
export function memoisedResult(fn: FunctionPath, source: Source): Memoised | undefined {
  const { node } = fn;
  if (node.async || node.generator || node.params.length > 0) return undefined;
  const kept = keeperOf(fn, source);
  const given = kept?.writes.filter((each) => !isLetGo(each)) ?? [];
  const [assignment, ...others] = given;
  if (!kept || others.length > 0 || !assignment?.isAssignmentExpression()) return undefined;
  if (assignment.getFunctionParent()?.node !== node || !/^(=|\?\?=|\|\|=)$/.test(assignment.node.operator))
    return undefined;
  const value = withoutTypes(assignment.get('right') as NodePath);
  const body = fn.get('body') as NodePath;
  const memo: Keeping = { assignment, kept, fn, source };
  const isMemo = body.isBlockStatement() ? areParts(body, memo, false) : isKeptValue(body, memo);
  if (!isMemo) return undefined;
  return {
    value,
    kept: kept.variable,
    isOnce: kept.writes.length === 1 && !kept.isWrittenElsewhere(),
    isPlain: onlyReads(value, source),
  };
}

/** `cached = undefined`: the next call evaluates it again. */
function isLetGo(path: NodePath): boolean {
  return path.isAssignmentExpression({ operator: '=' }) && isNothing(path.node.right);
}

/** Where a function puts what it keeps, and by what name. */
interface Keeping {
  assignment: NodePath<t.AssignmentExpression>;
  kept: Keeper;
  fn: FunctionPath;
  source: Source;
}

/** Whether all statements of a block have to do with what is kept. What stands behind a first `return` runs once. */
function areParts(block: NodePath<t.BlockStatement>, memo: Keeping, isOnce: boolean): boolean {
  let runsOnce = isOnce;
  return block.get('body').every((each) => {
    const isPart = isPartOf(each, memo, runsOnce);
    runsOnce ||= leavesIfKept(each, memo);
    return isPart;
  });
}

/**
 * A statement that asks for what is kept, keeps it, gives it, or prepares that.
 * @param isOnce whether it runs at the first call alone, and may do anything but to give something else
 */
function isPartOf(statement: NodePath, memo: Keeping, isOnce: boolean): boolean {
  const { assignment, kept, fn, source } = memo;
  if (statement.isBlockStatement()) return areParts(statement, memo, isOnce);
  if (statement.isExpressionStatement() && withoutTypes(statement.get('expression')).node === assignment.node)
    return true;
  if (statement.isReturnStatement()) {
    const given = statement.get('argument') as NodePath;
    return Boolean(given.node) && isKeptValue(given, memo);
  }
  if (statement.isIfStatement() && !statement.node.alternate && asksFor(statement.get('test'), kept))
    return (
      (asksForNone(statement.get('test')) || leavesIfKept(statement, memo)) &&
      isPartOf(statement.get('consequent'), memo, isOnce || asksForNone(statement.get('test')))
    );
  return isDeclaration(statement, source) || isRefusal(statement, fn) || (isOnce && goesOn(statement, memo));
}

/** `if (cached) return cached;` */
function leavesIfKept(statement: NodePath, { kept }: Keeping): boolean {
  if (!statement.isIfStatement() || asksForNone(statement.get('test'))) return false;
  const consequent = statement.get('consequent');
  const last = consequent.isBlockStatement() ? consequent.get('body').at(-1) : consequent;
  return last?.isReturnStatement() === true && asksFor(statement.get('test'), kept);
}

/** Whether a statement neither gives anything nor has part in what is kept: the one behind it runs next, or none. */
function goesOn(statement: NodePath, { assignment }: Keeping): boolean {
  let does = !assignment.findParent(({ node }) => node === statement.node);
  statement.traverse({
    Function: (inner) => inner.skip(),
    ReturnStatement: () => {
      does = false;
    },
  });
  return does && !statement.isReturnStatement();
}

/** `cached`, `cached ??= …`, or `cached ?? (cached = …)`. */
function isKeptValue(path: NodePath, { assignment, kept }: Keeping): boolean {
  const value = withoutTypes(path);
  if (value.node === assignment.node || kept.is(value)) return true;
  return (
    value.isLogicalExpression() &&
    kept.is(withoutTypes(value.get('left') as NodePath)) &&
    withoutTypes(value.get('right')).node === assignment.node
  );
}

/** Whether a condition asks for nothing but whether there is something. */
function asksFor(test: NodePath, kept: Keeper): boolean {
  const asked = withoutTypes(test);
  if (kept.is(asked)) return true;
  if (asked.isUnaryExpression())
    return /^(!|typeof)$/.test(asked.node.operator) && asksFor(asked.get('argument'), kept);
  if (!asked.isBinaryExpression() || !/^[!=]==?$/.test(asked.node.operator)) return false;
  const { operator, left, right } = asked.node;
  if (left.type === 'PrivateName' || !asksFor(asked.get('left') as NodePath, kept)) return false;
  const isType = left.type === 'UnaryExpression';
  if (isType) return right.type === 'StringLiteral' && right.value === 'undefined' && !kept.isNull;
  // What tells `null` from `undefined` has to ask for the one that is there at first.
  return isNothing(right) && (operator.length < 3 || (right.type === 'NullLiteral') === kept.isNull);
}

/** Whether a condition holds where nothing is kept: `!cached`, `cached === undefined`. */
function asksForNone(test: NodePath): boolean {
  const asked = withoutTypes(test);
  if (asked.isUnaryExpression({ operator: '!' })) return !asksForNone(asked.get('argument'));
  if (!asked.isBinaryExpression()) return false;
  const { operator, left, right } = asked.node;
  const isType = left.type === 'UnaryExpression' && left.operator === 'typeof';
  const names = isType ? right.type === 'StringLiteral' && right.value === 'undefined' : isNothing(right);
  return names && operator.startsWith('==');
}
