import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Plan } from '../../migration.ts';
import { childrenOf } from '../../source/children.ts';
import { callAround } from '../../flow/failures/chaining.ts';
import { isInStatementList, ownDeclarator } from '../../survey/code/declarations.ts';
import { isMember } from '../../survey/code/members.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import { kindOf } from '../../survey/code/value-kinds.ts';
import { isWithoutEffect } from '../../survey/code/without-effect.ts';

type Awaiting = Extract<Plan, { form: 'await' | 'move' }>;

/**
 * The plan, with what the agent's first call is given of a request that may have sent none of it (`req.body.id`) read
 * before the agent is had, as it was when the agent connected with that call: who sent nothing is told so, be there an
 * agent or not. `first` is the agent in that call.
 */
export function readingAhead(plan: Awaiting, expression: NodePath, first: NodePath): Awaiting {
  const statement = callAround(first)?.getStatementParent();
  const ahead = statement ? missingParts(first, statement) : [];
  if (!statement || ahead.length === 0) return plan;
  const place = placeOf(plan, expression, statement);
  return place && isAlone(place, statement, ahead)
    ? { ...plan, ahead: { parts: ahead, before: place } }
    : plan;
}

/** The statement before which the agent will be had. */
function placeOf(
  plan: Awaiting,
  expression: NodePath,
  statement: NodePath<t.Statement>,
): NodePath<t.Statement> | undefined {
  const [only, ...others] =
    plan.form === 'move' ? plan.before : [ownDeclarator(expression)?.statement ?? statement];
  const isInList = others.length === 0 && only && isInStatementList(only) && isInStatementList(statement);
  return isInList && only.container === statement.container ? only : undefined;
}

/** Whether nothing stands between the place and the statement that says otherwise what the parts are. */
function isAlone(place: NodePath, statement: NodePath, parts: readonly NodePath[]): boolean {
  const [from, to] = [Number(place.key), Number(statement.key)];
  if (from > to) return false;
  const between = (statement.container as t.Statement[]).slice(from, to);
  // Code may fill what it is given; what a request sent, it only reads.
  if (between.length > 1 && parts.some(isLookedUp)) return false;
  const names = new Set(parts.map((each) => rootOf(each.node)));
  return between.every(
    (node) =>
      node.type === 'VariableDeclaration' &&
      node.declarations.every(({ id }) => id.type === 'Identifier' && !names.has(id.name)) &&
      !writes(node),
  );
}

function writes(node: t.Node): boolean {
  if (/^(Assignment|Update)Expression$/.test(node.type)) return true;
  return !/Function|Class/.test(node.type) && childrenOf(node).some(writes);
}

/** The parts of what a request sent in the arguments of a call whose reading fails where it did not send them. */
function missingParts(use: NodePath, statement: NodePath): NodePath[] {
  const call = callAround(use);
  if (!call || !isAlwaysRun(call, statement)) return [];
  const found: NodePath[] = [];
  for (const given of call.get('arguments') as NodePath[]) {
    if (!isWithoutEffect(given.node)) return [];
    if (isQuiet(given.node, given.scope)) continue;
    const parts = partsIn(given, call);
    if (!parts) return [];
    found.push(...parts);
  }
  const objects = new Set<string>();
  return found.filter(({ node }) => {
    const object = textOf((node as t.MemberExpression).object);
    const isKnown = objects.has(object) || isReadAbove(object, statement);
    objects.add(object);
    return !isKnown;
  });
}

/** Whether a statement above has read a part of the object already, and did not fail: `if (!req.body.id) …`. */
function isReadAbove(object: string, statement: NodePath): boolean {
  for (let at: NodePath | null = statement; at && !at.isFunction(); at = at.parentPath) {
    if (at.isStatement() && at.getAllPrevSiblings().some((above) => readsPartOf(object, above))) return true;
  }
  return false;
}

function readsPartOf(object: string, statement: NodePath): boolean {
  let found = false;
  const note = (read: t.Node, path: NodePath) => {
    if (isPath(read) && textOf(read) === object && isAlwaysRun(path, statement)) found = true;
  };
  statement.traverse({
    Function(inner) {
      inner.skip();
    },
    MemberExpression(path) {
      note(path.node.object, path);
    },
    VariableDeclarator(path) {
      if (path.node.id.type === 'ObjectPattern' && path.node.init) note(path.node.init, path);
    },
  });
  return found;
}

/** Undefined where some part is not always read, or is of something else. */
function partsIn(given: NodePath, call: NodePath): NodePath[] | undefined {
  const found: NodePath[] = [];
  let isKnown = true;
  const look = (path: NodePath<t.MemberExpression>) => {
    path.skip();
    if (isQuiet(path.node, path.scope)) return;
    if ((isPartOfRequest(path) || isLookedUp(path)) && isAlwaysRun(path, call)) found.push(path);
    else isKnown = false;
  };
  if (given.isMemberExpression()) look(given);
  else
    given.traverse({
      Function(inner) {
        inner.skip();
      },
      MemberExpression: look,
    });
  return isKnown ? found : undefined;
}

/** `req.body.id`, `body.filter.id` of `const { body } = req`: names and plain properties of what came with a request. */
function isPartOfRequest({ node, scope }: NodePath<t.MemberExpression>): boolean {
  if (node.computed || node.property.type !== 'Identifier') return false;
  return isPath(node.object) && kindOf(node.object, { scope, inner: new Map() }) === 'data';
}

/** `row.id` of `const row = await rows.find(id)`: what was looked up may be nothing, where no code looks at it before. */
function isLookedUp(path: NodePath): boolean {
  const { node, scope } = path;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return false;
  if (!isPath(node.object)) return false;
  const binding = scope.getBinding(rootOf(node.object));
  const declared = binding?.constant ? binding.path.node : undefined;
  if (declared?.type !== 'VariableDeclarator' || declared.id.type !== 'Identifier') return false;
  const from = path.getStatementParent()?.node.start ?? 0;
  const isFirst = binding?.referencePaths.every((use) => (use.node.start ?? 0) >= from) === true;
  return isFirst && declared.init?.type === 'AwaitExpression';
}

function isPath(node: t.Node): boolean {
  if (node.type === 'TSNonNullExpression') return isPath(node.expression);
  if (node.type === 'MemberExpression')
    return isPath(node.object) && (!node.computed || isKey(node.property));
  return node.type === 'Identifier';
}

function isKey({ type }: t.Node): boolean {
  return type === 'Identifier' || type === 'StringLiteral' || type === 'NumericLiteral';
}

function rootOf(node: t.Node): string {
  if (node.type === 'TSNonNullExpression') return rootOf(node.expression);
  if (node.type === 'MemberExpression') return rootOf(node.object);
  return node.type === 'Identifier' ? node.name : '';
}

function textOf(node: t.Node): string {
  if (node.type === 'TSNonNullExpression') return textOf(node.expression);
  if (node.type === 'StringLiteral' || node.type === 'NumericLiteral') return JSON.stringify(node.value);
  if (node.type !== 'MemberExpression') return rootOf(node);
  const part = textOf(node.property);
  return node.computed ? `${textOf(node.object)}[${part}]` : `${textOf(node.object)}.${part}`;
}

/** Whether whoever runs what is around a place comes to it, and only once. */
function isAlwaysRun(place: NodePath, around: NodePath): boolean {
  for (let at = place; at.node !== around.node; ) {
    const { parentPath: parent, key } = at;
    if (
      !parent ||
      parent.isFunction() ||
      parent.isOptionalCallExpression() ||
      parent.isOptionalMemberExpression()
    )
      return false;
    if ((parent.isConditionalExpression() || parent.isIfStatement()) && key !== 'test') return false;
    if (parent.isLogicalExpression() && key === 'right') return false;
    if (parent.isLoop() && !(parent.isForXStatement() && key === 'right')) return false;
    if (parent.isSwitchCase() || parent.isTryStatement()) return false;
    at = parent;
  }
  return !isMember(around);
}
