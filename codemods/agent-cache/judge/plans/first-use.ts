import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { callGiven } from '../../survey/functions/later-callbacks.ts';
import { isDeferred } from '../../survey/functions/deferred-uses.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { isHandler, referencesTo } from '../../survey/functions/handlers.ts';
import { isInStatementList } from '../../survey/code/declarations.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';

/**
 * The places where the agent may first be called, in the order of the text: a use in a local function stands for the
 * calls of that function, and one in something that holds the agent (`new Service(agent)`, `{ agent }`) for the uses
 * of that.
 */
export function reachedUses(uses: readonly NodePath[], fn: FunctionPath): NodePath[] {
  const seen = new Set<t.Node>();
  const reached = uses.flatMap((use) => reach(use, fn, seen));
  return reached.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0));
}

/** The statement `const holder = new Holder(agent)` or `const holder = { agent }` around a use. */
export function holderAround(use: NodePath): NodePath<t.VariableDeclaration> | undefined {
  const { outer, holds } = holding(use);
  const declarator = outer.parentPath;
  if (!holds || !declarator?.isVariableDeclarator() || declarator.node.id.type !== 'Identifier')
    return undefined;
  const statement = declarator.parentPath;
  if (!statement?.isVariableDeclaration() || statement.node.declarations.length !== 1) return undefined;
  return isInStatementList(statement) ? statement : undefined;
}

/**
 * The first use of an agent that is only used when the function has long returned. Undefined where some use runs at
 * once, where there is none, and for handlers: what those answer is up to their callbacks as well.
 */
export function firstDeferred(
  expression: NodePath,
  fn: FunctionPath,
  { uses }: AgentFlow,
): NodePath | undefined {
  const isOwn = expression.getFunctionParent()?.node === fn.node;
  const [first] = uses;
  return first && isOwn && !isHandler(fn) && uses.every((use) => isDeferred(use, fn)) ? first : undefined;
}

/** The constructions of what holds the agent around its uses: `new Service(agent)`. */
export function constructionsGiven(uses: readonly NodePath[]): NodePath[] {
  return uses.flatMap((use) => {
    const found: NodePath[] = [];
    for (let at: NodePath | null = use; at && at.node !== holding(use).outer.node; at = at.parentPath)
      if (at.parentPath?.isNewExpression() && at.listKey === 'arguments') found.push(at.parentPath);
    return found;
  });
}

function reach(use: NodePath, fn: FunctionPath, seen: Set<t.Node>, isHeld = false): NodePath[] {
  if (seen.has(use.node)) return [];
  seen.add(use.node);
  const around = namedFunctionAround(use, fn);
  if (around) return referencesTo(around).flatMap((reference) => reach(reference, fn, seen));
  const holder = holderAround(use) ?? literalOfFunction(use, fn) ?? (isHeld ? partTaken(use) : undefined);
  if (!holder) return isHeld && isLookedAt(use) ? [] : [use];
  const [declarator] = holder.get('declarations');
  const id = declarator?.node.id;
  const references = id?.type === 'Identifier' ? holder.scope.getBinding(id.name)?.referencePaths : [];
  const other = keysBeside(use);
  return (references ?? [])
    .filter((each) => !readsOther(each, other))
    .flatMap((each) => reach(each, fn, seen, true));
}

/** The outermost local function with a name that a place within `fn` is in. */
function namedFunctionAround(place: NodePath, fn: FunctionPath): FunctionPath | undefined {
  let found: FunctionPath | undefined;
  for (
    let around = place.getFunctionParent();
    around && around.node !== fn.node;
    around = around.getFunctionParent()
  ) {
    if (!callGiven(around) && referencesTo(around).length > 0) found = around;
  }
  return found;
}

/** The declaration `const part = holder.part` around a use of what holds the agent. */
function partTaken(use: NodePath): NodePath<t.VariableDeclaration> | undefined {
  const member = use.parentPath;
  const declarator = member?.isMemberExpression() && use.key === 'object' ? member.parentPath : undefined;
  if (!declarator?.isVariableDeclarator() || declarator.node.id.type !== 'Identifier') return undefined;
  const statement = declarator.parentPath;
  return statement?.isVariableDeclaration() && statement.node.declarations.length === 1
    ? statement
    : undefined;
}

/** `!load`, `load === undefined`, `if (load)`: nothing is called. */
function isLookedAt({ parent, key }: NodePath): boolean {
  if (parent.type === 'UnaryExpression' || parent.type === 'BinaryExpression') return true;
  return (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && key === 'test';
}

/** The declaration of a literal (`{ load: () => agent.load() }`) one of whose functions uses the agent. */
function literalOfFunction(place: NodePath, fn: FunctionPath): NodePath<t.VariableDeclaration> | undefined {
  let found: NodePath<t.VariableDeclaration> | undefined;
  for (
    let around = place.getFunctionParent();
    around && around.node !== fn.node;
    around = around.getFunctionParent()
  ) {
    if (!callGiven(around)) found = holderAround(around) ?? found;
  }
  return found;
}

/** The call `agent.load.bind(agent)` around either use of the agent in it: nothing of the agent runs yet. */
export function boundMethodAround(use: NodePath): NodePath<t.CallExpression> | undefined {
  const method = use.listKey === 'arguments' ? undefined : use.parentPath?.parentPath;
  const call = use.listKey === 'arguments' ? use.parentPath : method?.parentPath;
  if (!call?.isCallExpression() || call.node.arguments.length !== 1) return undefined;
  const { callee, arguments: given } = call.node;
  const isBinding =
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'bind' &&
    callee.object.type === 'MemberExpression' &&
    callee.object.object.type === 'Identifier' &&
    given[0]?.type === 'Identifier' &&
    given[0].name === callee.object.object.name;
  return isBinding ? call : undefined;
}

/** The value that holds the use, out of the literals and the `new` around it. */
function holding(use: NodePath): { outer: NodePath; holds: boolean } {
  const bound = boundMethodAround(use);
  let outer: NodePath = bound ?? use;
  let holds = bound !== undefined;
  for (let parent = outer.parentPath; parent; parent = outer.parentPath) {
    const isHolder =
      (parent.isNewExpression() && outer.listKey === 'arguments') ||
      parent.isObjectProperty() ||
      parent.isObjectExpression() ||
      parent.isArrayExpression();
    if (!isHolder && !isTypeWrapper(parent)) break;
    holds ||= isHolder;
    outer = parent;
  }
  return { outer, holds };
}

/** The keys of a literal that do not hold the agent. */
function keysBeside(use: NodePath): Set<string> {
  const property = use.parentPath;
  const object = property?.isObjectProperty() ? property.parentPath : undefined;
  if (!object?.isObjectExpression() || !object.parentPath.isVariableDeclarator()) return new Set();
  return new Set(
    object.node.properties.flatMap((each) =>
      each !== property?.node && 'key' in each && each.key.type === 'Identifier' ? [each.key.name] : [],
    ),
  );
}

function readsOther({ parent, key }: NodePath, others: ReadonlySet<string>): boolean {
  const isRead =
    parent.type === 'MemberExpression' && key === 'object' && parent.property.type === 'Identifier';
  return isRead && others.has((parent.property as t.Identifier).name);
}
