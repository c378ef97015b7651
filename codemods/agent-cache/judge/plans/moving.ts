import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isInStatementList } from '../../survey/code/declarations.ts';
import type { FailureHandler } from '../../survey/functions/failure-handlers.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

interface Later {
  /** The places that may call the agent first. */
  reached: readonly NodePath[];
  /** The places that name the agent. */
  uses: readonly NodePath[];
  /** What is known to be quiet, as other acquisitions are. */
  quiet: ReadonlySet<t.Node>;
  /** What runs before the next statement. */
  behind: readonly t.Node[];
  /** Where others see what is written. */
  written: readonly NodePath[];
}

/**
 * The statement before which the declaration belongs, so that what could leave the function before the agent's first
 * call still does so without an agent, and what others see is written when it was. Undefined when the declaration can
 * stay.
 */
export function laterPlace(
  statement: NodePath<t.Statement>,
  { reached, uses, quiet, behind, written }: Later,
): NodePath<t.Statement> | undefined {
  const list = statement.container;
  const first = reached[0] && childOf(reached[0], list);
  if (!first || !Array.isArray(list) || typeof statement.key !== 'number' || typeof first.key !== 'number')
    return undefined;
  const between = [...behind, ...(list as t.Statement[]).slice(statement.key + 1, first.key)];
  const branch = onlyBranchWith(first, [...reached, ...uses]);
  if (branch) return branch;
  const isSeen = (node: t.Node) => written.some((at) => at.find((outer) => outer.node === node));
  return between.every((node) => isQuiet(node, statement.scope, { allowed: quiet }) && !isSeen(node))
    ? undefined
    : first;
}

/** The statement that gives an agent its name among other things: one of several declarations, or an assignment. */
export function namingStatement(expression: NodePath): NodePath<t.Statement> | undefined {
  const { parentPath: parent } = outermostSame(expression);
  const isNamed = parent?.isVariableDeclarator() || parent?.isAssignmentExpression();
  const statement = isNamed ? parent?.parentPath : undefined;
  const isWhole = statement?.isVariableDeclaration() || statement?.isExpressionStatement();
  return isWhole && isInStatementList(statement) ? statement : undefined;
}

/** Whether the function can end without the agent: its first call is in a branch that is not always taken. */
export function isOptional(use: NodePath, statement: NodePath<t.Statement>): boolean {
  const first = childOf(use, statement.container);
  for (let path = use; first && path.node !== first.node; ) {
    const { parentPath: parent, key, listKey } = path;
    if (!parent || parent.isFunction()) return false;
    if (parent.isSwitchCase() && listKey === 'consequent') return true;
    if ((parent.isIfStatement() || parent.isConditionalExpression()) && key !== 'test') return true;
    if (parent.isLogicalExpression() && key === 'right') return true;
    path = parent;
  }
  return false;
}

/**
 * The first statement of each `try` that holds uses, when every use is in one; undefined otherwise. It is the
 * outermost one, unless something within keeps failures from it: then it is the outermost that is sure to meet one.
 */
export function triesWith(uses: readonly HandledUse[]) {
  const isKept = uses.some(({ handlers }) => handlers[0] !== outermostTry(handlers));
  const meeting = new Set(
    uses.filter((each) => !isKept || isSure(each)).map(({ handlers: [innermost] }) => innermost?.node),
  );
  const firsts = new Map<t.Node, NodePath<t.Statement>>();
  for (const { use, handlers } of uses) {
    const outermost = [...handlers].reverse().find(({ node }) => meeting.has(node));
    const chosen = uses.length === 1 ? handlers[0] : outermost;
    if (!chosen?.isTryStatement() || !use.isDescendant(chosen)) return undefined;
    const first = firstPlaceIn(chosen.get('block'), uses);
    if (!first) return undefined;
    firsts.set(chosen.node, first);
  }
  return firsts.size > 0 ? [...firsts.values()] : undefined;
}

interface HandledUse {
  use: NodePath;
  handlers: readonly FailureHandler[];
}

function outermostTry(handlers: readonly FailureHandler[]): FailureHandler | undefined {
  return [...handlers].reverse().find((handler) => handler.isTryStatement());
}

/** Whether whoever comes into the innermost `try` around a use comes to the use. */
function isSure({ use, handlers: [innermost] }: HandledUse): boolean {
  if (!innermost?.isTryStatement() || !use.isDescendant(innermost)) return true;
  const [first] = innermost.get('block').get('body');
  return first !== undefined && !isOptional(use, first);
}

/** Where a block needs the agent: at its start, or at the first use when it can be left before that. */
function firstPlaceIn(
  block: NodePath<t.BlockStatement>,
  uses: readonly { use: NodePath }[],
): NodePath<t.Statement> | undefined {
  const statements = block.get('body');
  const inside = uses.flatMap(({ use }) => (use.isDescendant(block) ? [use] : []));
  const at = statements.findIndex((statement) => inside.some((use) => use.isDescendant(statement)));
  const place = statements[at];
  if (!place || statements.slice(0, at).every(({ node, scope }) => isQuiet(node, scope)))
    return statements[0];
  return onlyBranchWith(place, inside) ?? place;
}

/** The first statement of the branch of an `if` that holds every use. */
function onlyBranchWith(
  statement: NodePath<t.Statement>,
  uses: readonly NodePath[],
): NodePath<t.Statement> | undefined {
  if (!statement.isIfStatement()) return undefined;
  for (const branch of [statement.get('consequent'), statement.get('alternate')]) {
    if (!branch.isBlockStatement() || !uses.every((use) => use.isDescendant(branch))) continue;
    const [first] = branch.get('body');
    return first && (onlyBranchWith(first, uses) ?? first);
  }
  return undefined;
}

function childOf(path: NodePath, list: unknown): NodePath<t.Statement> | undefined {
  const found = path.findParent((parent) => parent.container === list);
  return found?.isStatement() ? found : undefined;
}
