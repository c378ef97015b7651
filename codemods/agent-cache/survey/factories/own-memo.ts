import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Memo, Source } from '../../migration.ts';
import { bindingNamed } from '../code/bindings.ts';
import { isInStatementList } from '../code/declarations.ts';
import { keyName, isMember, propertyName } from '../code/members.ts';
import { outermostSame, withoutTypes } from '../code/wrappers.ts';
import { isGuarding, isLogLine } from './guarding-statements.ts';
import { useBeside, useInOtherFile, usesOfField, usesOfVariable } from './memo-uses.ts';

/**
 * What keeps the one agent that a function builds at its first call: a variable outside of it, or a field of its class.
 * Undefined where the function does anything else, and, with the first place that does, where other code reads or sets it.
 * @param built what builds the agent
 */
export function memoAround(
  built: NodePath,
  source: Source,
): { memo: Memo } | { memo?: undefined; usedAt: NodePath } | undefined {
  const fn = built.getFunctionParent();
  const kept = fn && keptIn(built);
  const code = kept && isPlainFunction(fn) && !EVALUATES.test(source.text) ? codeOf(kept, fn) : undefined;
  if (!kept || !code) return undefined;
  const { prepared, ...memo } = { ...code, told: code.prepared.filter(isLogLine) };
  const declared = declaredOf(kept.target, fn);
  if (!prepared.every((each) => isOnlyFor(built, each, prepared)) || !isDeclaredEmpty(declared))
    return undefined;
  if (!memo.code.every((each) => asksForInit(each, declared))) return undefined;
  const usedAt = declared.isVariableDeclarator()
    ? useBeside(memo.code, usesOfVariable(declared, source))
    : (useBeside(memo.code, usesOfField(declared, source)) ?? useInOtherFile(declared, source));
  return usedAt ? { usedAt } : { memo: { ...memo, declared } };
}

type Declared = Memo['declared'];

/** Code that may name any variable. */
const EVALUATES = /\beval\b/;

/** Whether a function is called for each agent: what an accessor or a generator gives is used where nobody sees a call. */
function isPlainFunction(fn: NodePath<t.Function>): boolean {
  return !fn.node.generator && !('kind' in fn.node && /^[gs]et$/.test(fn.node.kind));
}

/** Whether code that tells `null` from `undefined` asks for what is there before the first call. */
function asksForInit(code: NodePath, declared: Declared): boolean {
  const node: t.VariableDeclarator | t.ClassProperty | t.ClassPrivateProperty = declared.node;
  const init = node.type === 'VariableDeclarator' ? node.init : node.value;
  const isNull = init != null && withoutTypesOf(init).type === 'NullLiteral';
  let isFound = true;
  const judge = ({ operator, left, right }: t.BinaryExpression) => {
    const asked = [left, right].find((each) => isNothing(each));
    if (/^[!=]==$/.test(operator) && asked)
      isFound &&= (withoutTypesOf(asked).type === 'NullLiteral') === isNull;
  };
  if (code.isBinaryExpression()) judge(code.node);
  code.traverse({ BinaryExpression: ({ node }) => judge(node) });
  return isFound;
}

function withoutTypesOf(node: t.Node): t.Node {
  const isTyped = /^TS(As|NonNull|Satisfies|TypeAssertion)/.test(node.type) && 'expression' in node;
  return isTyped ? withoutTypesOf(node.expression as t.Node) : node;
}

/** Whether constants in front of a construction are only what that is built of: nobody asks for them any more. */
function isOnlyFor(built: NodePath, constants: NodePath, prepared: readonly NodePath[]): boolean {
  const others = prepared.filter((each) => each !== constants);
  const names = Object.keys(constants.getBindingIdentifiers());
  return names
    .flatMap((name) => constants.scope.getBinding(name)?.referencePaths ?? [])
    .every((use) => use.isDescendant(built) || others.some((each) => use.isDescendant(each)));
}

/** What an agent is put into, and the expression that gives what is in there from then on. */
interface Kept {
  target: NodePath;
  whole: NodePath;
  /** It asks itself whether there is one: `client ??= …`, `client || (client = …)`. */
  asks: boolean;
}

function keptIn(built: NodePath): Kept | undefined {
  const value = outermostSame(built);
  const chosen = chosenWith(value);
  const right = chosen ? outermostSame(chosen.whole) : value;
  const assignment = right.parentPath;
  if (!assignment?.isAssignmentExpression() || right.key !== 'right') return undefined;
  const { operator } = assignment.node;
  const target = assignment.get('left') as NodePath;
  if (!/^(=|\?\?=|\|\|=)$/.test(operator) || (chosen && !isSame(chosen.target, target))) return undefined;
  const isAsked = operator !== '=' || chosen !== undefined;
  const around = isAsked ? undefined : chosenWith(outermostSame(assignment));
  if (around && !isSame(around.target, target)) return undefined;
  return { target, whole: around?.whole ?? assignment, asks: isAsked || around !== undefined };
}

/** What a choice builds where nothing is kept yet: `new Agent()` in `kept ?? new Agent()`. */
export function ifNoneIsThere(value: NodePath): NodePath {
  if (value.isAwaitExpression()) return ifNoneIsThere(value.get('argument'));
  if (value.isLogicalExpression()) return value.get('right');
  if (!value.isConditionalExpression()) return value;
  return value.get(askedAbout(value.get('test'))?.ifThere ? 'alternate' : 'consequent');
}

/** `kept ?? value`, `kept ? kept : value` and their like, in which `value` is taken only where there is none yet. */
function chosenWith(value: NodePath): { target: NodePath; whole: NodePath } | undefined {
  const { parentPath: parent, key } = value;
  if (parent?.isLogicalExpression() && key === 'right')
    return parent.node.operator === '&&' ? undefined : { target: parent.get('left'), whole: parent };
  if (!parent?.isConditionalExpression() || key === 'test') return undefined;
  const other = parent.get(key === 'alternate' ? 'consequent' : 'alternate') as NodePath;
  const asked = askedAbout(parent.get('test'));
  const isRight = asked && isSame(asked.target, other) && asked.ifThere === (key === 'alternate');
  return isRight ? { target: other, whole: parent } : undefined;
}

/** What a condition asks for, and whether it holds where that is there; undefined where it asks for more. */
function askedAbout(test: NodePath): { target: NodePath; ifThere: boolean } | undefined {
  const value = withoutTypes(test);
  if (value.isUnaryExpression({ operator: '!' })) {
    const inner = askedAbout(value.get('argument'));
    return inner && { ...inner, ifThere: !inner.ifThere };
  }
  if (value.isBinaryExpression() && /^[!=]==?$/.test(value.node.operator)) {
    const [left, right] = [value.get('left') as NodePath, value.get('right')];
    const ifThere = value.node.operator.startsWith('!');
    if (isNothing(right.node)) return { target: left, ifThere };
    return isNothing(left.node) ? { target: right, ifThere } : undefined;
  }
  return value.isIdentifier() || isMember(value) ? { target: value, ifThere: true } : undefined;
}

/** The code of a function that does nothing but keep what it built and give it. */
function codeOf(kept: Kept, fn: NodePath<t.Function>): (Omit<Memo, 'declared' | 'told'> & Given) | undefined {
  const { whole, asks } = kept;
  const body = fn.get('body') as NodePath;
  if (outermostSame(whole).node === body.node)
    return asks ? { code: [body], given: whole, guard: undefined, prepared: [], isPlain: true } : undefined;
  const statements = statementsOf(body);
  const [only, ...more] = statements;
  const handler = only?.isTryStatement() && !only.node.finalizer ? only.get('handler') : undefined;
  const guard = more.length === 0 && handler?.isCatchClause() ? handler : undefined;
  if (guard) {
    const code = statementsOf(only?.get('block') as NodePath);
    const found = givenBy(code, kept);
    return found?.prepared.every(isLogLine) ? { code, ...found, guard, isPlain: true } : undefined;
  }
  // What asks in front of all the rest stays where it is.
  const first = statements.findIndex((each) => !isGuarding(each) || leavesWith(each, kept.target));
  const code = statements.slice(first);
  const found = first < 0 ? undefined : givenBy(code, kept);
  return found && { code, ...found, guard, isPlain: first === 0 };
}

type Given = Pick<Memo, 'given'> & { prepared: readonly NodePath[] };

function givenBy(statements: readonly NodePath[], kept: Kept): Given | undefined {
  const { target, whole, asks } = kept;
  const own = outermostSame(whole).parentPath;
  const last = statements.at(-1);
  const [first, ...more] = statements.slice(0, -1);
  if (own?.isReturnStatement()) {
    if (own.node !== last?.node) return undefined;
    if (!asks) return leavesWith(first, target) ? beside(more, whole) : undefined;
    return first ? undefined : { given: whole, prepared: [] };
  }
  const given = returnedBy(last, target);
  if (!given || !own?.isExpressionStatement()) return undefined;
  if (asks) return first?.node === own.node && more.length === 0 ? { given, prepared: [] } : undefined;
  if (leavesWith(first, target)) return beside(more, given, own);
  const chosen = first?.isIfStatement() && !first.node.alternate ? first : undefined;
  const asked = chosen && askedAbout(chosen.get('test'));
  if (!asked || asked.ifThere || !isSame(asked.target, target) || more.length > 0) return undefined;
  const consequent = chosen.get('consequent');
  const within = consequent.isBlockStatement() ? statementsOf(consequent) : [consequent as NodePath];
  return beside(within, given, own);
}

/**
 * What is given beside constants of the first construction and lines of a log, `own` among them or behind them; what is
 * asked there alone need not hold later.
 */
function beside(all: readonly NodePath[], given: NodePath, own?: NodePath): Given | undefined {
  const at = own ? all.findIndex((each) => each.node === own.node) : all.length;
  const prepared = all.filter((_, index) => index !== at);
  const isPrepared = (each: NodePath, index: number) =>
    isLogLine(each) || (index < at && each.isVariableDeclaration() && isGuarding(each));
  return at >= 0 && prepared.every(isPrepared) ? { given, prepared } : undefined;
}

/** `if (kept) return kept;` */
function leavesWith(statement: NodePath | undefined, target: NodePath): boolean {
  if (!statement?.isIfStatement() || statement.node.alternate) return false;
  const asked = askedAbout(statement.get('test'));
  if (!asked?.ifThere || !isSame(asked.target, target)) return false;
  return returnedBy(onlyStatement(statement.get('consequent')), target) !== undefined;
}

function returnedBy(statement: NodePath | undefined, target: NodePath): NodePath | undefined {
  if (!statement?.isReturnStatement()) return undefined;
  let value = statement.get('argument') as NodePath;
  while (value.isAwaitExpression() || withoutTypes(value) !== value)
    value = value.isAwaitExpression() ? value.get('argument') : withoutTypes(value);
  return value.node && isSame(value, target) ? value : undefined;
}

function onlyStatement(statement: NodePath): NodePath | undefined {
  if (!statement.isBlockStatement()) return statement;
  const [only, ...more] = statement.get('body');
  return more.length === 0 ? only : undefined;
}

const statementsOf = (body: NodePath): NodePath[] => (body.isBlockStatement() ? body.get('body') : []);

/** Whether two expressions name one variable, or one field of the class around them. */
function isSame(one: NodePath, other: NodePath): boolean {
  const [a, b] = [withoutTypes(one), withoutTypes(other)];
  if (a.isIdentifier() && b.isIdentifier()) return a.node.name === b.node.name;
  if (!isMember(a) || !isMember(b)) return false;
  const name = propertyName(a.node);
  const [from, of] = [a.node.object, b.node.object];
  const isOneObject =
    from.type === 'Identifier'
      ? of.type === 'Identifier' && from.name === of.name
      : from.type === 'ThisExpression' && of.type === 'ThisExpression';
  return isOneObject && name !== undefined && name === propertyName(b.node);
}

/** Where what the agent is put into is declared, outside of the function. */
function declaredOf(target: NodePath, fn: NodePath<t.Function>): NodePath | undefined {
  const value = withoutTypes(target);
  if (value.isIdentifier()) {
    const binding = bindingNamed(value.node, value.scope);
    return binding?.scope.getFunctionParent()?.block === fn.node ? undefined : binding?.path;
  }
  const owner = fn.parentPath?.isClassBody() ? fn.parentPath.parentPath : undefined;
  if (!isMember(value) || !owner?.isClass() || !('static' in fn.node)) return undefined;
  const { object } = value.node;
  const isOwnName = object.type === 'Identifier' && object.name === owner.node.id?.name;
  if (object.type !== 'ThisExpression' && !isOwnName) return undefined;
  const isStatic = isOwnName || fn.node.static === true;
  const name = propertyName(value.node);
  const fields = owner.get('body.body') as NodePath[];
  return fields.find(
    ({ node }) => keyName(node) === name && ('static' in node && node.static === true) === isStatic,
  );
}

/** Whether it is a variable or a field of its own statement or line, in which nothing is before the first call. */
function isDeclaredEmpty(declared: NodePath | undefined): declared is Declared {
  if (declared?.isVariableDeclarator()) {
    const statement = declared.parentPath;
    const isPlain = declared.node.id.type === 'Identifier' && isInStatementList(statement);
    return isPlain && (!declared.node.init || isNothing(declared.node.init));
  }
  if (!declared?.isClassProperty() && !declared?.isClassPrivateProperty()) return false;
  const { node } = declared;
  if (node.decorators?.length || ('declare' in node && node.declare) || ('override' in node && node.override))
    return false;
  return !node.value || isNothing(node.value);
}

function isNothing(given: t.Node): boolean {
  const node = withoutTypesOf(given);
  if (node.type === 'UnaryExpression')
    return node.operator === 'void' && node.argument.type.endsWith('Literal');
  return node.type === 'NullLiteral' || (node.type === 'Identifier' && node.name === 'undefined');
}
