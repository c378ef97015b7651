import type { Binding, NodePath, Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { isMember, isWritten, keyName, propertyName } from '../../survey/code/members.ts';
import { paramAt } from '../../survey/code/parameters.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { withTypes } from '../../survey/code/wrappers.ts';
import type { FailureHandler } from '../../survey/functions/failure-handlers.ts';
import { calledName, isDropped } from '../../survey/functions/later-callbacks.ts';
import { callsOfTelling, isTelling, rootOf } from './telling.ts';

/** The error itself, its text, or something else of it, by which errors are told apart. */
type Kind = 'whole' | 'text' | 'part';

/**
 * Where code that deals with a failure goes by what failed, so that it answers otherwise for another error. To write
 * the error down, to fail with it and to tell its text is the same for all; what is not known to be that is not.
 */
export function goesByError(handler: FailureHandler, source: Source): NodePath | undefined {
  const walk = new Walk(source);
  if (handler.isTryStatement()) {
    const caught = handler.get('handler');
    const param = caught.isCatchClause() ? caught.node.param : undefined;
    return param ? walk.named(param, caught.scope as Scope, 'whole') : undefined;
  }
  const call = handler as NodePath<t.CallExpression>;
  const name = calledName(call);
  if (name !== 'catch' && name !== 'then') return undefined;
  const given = call.get('arguments')[name === 'then' ? 1 : 0] as NodePath | undefined;
  return given && walk.givenTo(given);
}

/** Parts of an error that are its text, which tells who reads it and nothing else. */
const TEXTS = /^(message|stack|toString|toJSON|detail|cause)$/;
/** Methods of a text that give one. */
const GIVES_TEXT = /^(slice|substring|trim\w*|replace(All)?|split|join|toString|to\w+Case|pad\w+|concat)$/;
/** Functions of `Object` that give back what they are given, which may have been given the error. */
const GIVES_BACK = /^(assign|freeze|seal|defineProperty|defineProperties)$/;
/** What makes text of a value. */
const MAKES_TEXT = /^(String|stringify|inspect|format|serializeError|escape\w*)$/;

class Walk {
  readonly #source: Source;
  readonly #seen = new Set<t.Node>();
  /** What functions that are given the error give back of it. */
  readonly #given = new Map<t.Node, Kind>();
  /** Functions that chains give the error, whose callers nobody sees. */
  readonly #handlers = new Set<t.Node>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** The same of what a pattern, or a name, stands for. */
  named(pattern: t.Node, scope: Scope, kind: Kind): NodePath | undefined {
    return namesIn(pattern, kind)
      .map(([name, each]) => this.#bound(scope.getBinding(name), each))
      .find(Boolean);
  }

  /** The same of a function that a chain gives the error. */
  givenTo(value: NodePath): NodePath | undefined {
    const fn = value.isFunction() ? value : this.#functionOf(value);
    if (fn) this.#handlers.add(fn.node);
    if (fn) return this.#param(fn, 0, 'whole');
    const isKnown =
      bindingOf(value)?.kind === 'param' ||
      (isMember(value) && callsOfTelling(propertyName(value.node) ?? '')) ||
      (value.isIdentifier() && /^(noop|undefined)$/.test(value.node.name));
    return isKnown ? undefined : value;
  }

  #param(fn: FunctionPath, index: number, kind: Kind): NodePath | undefined {
    const param = paramAt(fn, index);
    return param && this.named(param.node, fn.scope, kind);
  }

  #functionOf(callee: NodePath): FunctionPath | undefined {
    const found = calledDefinition(callee, this.#source);
    return found?.kind === 'function' ? found.path : undefined;
  }

  #bound(binding: Binding | undefined, kind: Kind): NodePath | undefined {
    return binding?.referencePaths.map((each) => this.#use(each, kind)).find(Boolean);
  }

  /** What becomes of a value that is the error, or was had of it. */
  #use(from: NodePath, kind: Kind): NodePath | undefined {
    const value = withTypes(from);
    const { parentPath: parent, key, listKey } = value;
    if (!parent || this.#seen.has(value.node)) return undefined;
    this.#seen.add(value.node);
    if (isMember(parent)) return this.#member(parent, key, kind);
    if (parent.isCallExpression() || parent.isOptionalCallExpression() || parent.isNewExpression())
      return this.#call(value, parent as NodePath<t.CallExpression>, kind);
    if (parent.isBinaryExpression()) return this.#compared(parent, value, kind);
    if (parent.isUnaryExpression()) return kind === 'whole' ? undefined : this.#use(parent, 'part');
    if (parent.isLogicalExpression() || parent.isConditionalExpression())
      return this.#chosen(parent, value, kind);
    if (parent.isTemplateLiteral()) return this.#use(parent, 'text');
    if (parent.isVariableDeclarator()) return this.named(parent.node.id, parent.scope, kind);
    if (parent.isAssignmentExpression()) return this.#assigned(parent, value, kind);
    if (parent.isIfStatement()) return kind === 'whole' || isTelling(parent) ? undefined : value;
    if (parent.isReturnStatement() || (parent.isArrowFunctionExpression() && key === 'body'))
      return this.#returned(value, kind);
    if (parent.isThrowStatement()) return kind === 'part' ? value : undefined;
    if (parent.isExpressionStatement()) return undefined;
    const isWithin =
      parent.isAwaitExpression() ||
      parent.isSpreadElement() ||
      parent.isArrayExpression() ||
      parent.isObjectExpression() ||
      (parent.isObjectProperty() && key === 'value') ||
      (parent.isSequenceExpression() && listKey === 'expressions');
    return isWithin ? this.#use(parent, kind) : value;
  }

  #member(member: NodePath, key: NodePath['key'], kind: Kind): NodePath | undefined {
    if (key !== 'object') return this.#use(member, 'part');
    if (isWritten(member)) return undefined;
    const name = propertyName(member.node as t.MemberExpression) ?? '';
    const isText = kind === 'text' ? GIVES_TEXT.test(name) || name === 'length' : TEXTS.test(name);
    return this.#use(member, isText ? 'text' : 'part');
  }

  #call(value: NodePath, call: NodePath<t.CallExpression>, kind: Kind): NodePath | undefined {
    if (value.key === 'callee') return kind === 'whole' ? value : this.#use(call, kind);
    if (call.node.type !== 'CallExpression' && call.node.type !== 'OptionalCallExpression')
      return this.#use(call, kind);
    const callee = call.get('callee') as NodePath;
    const name = calledName(call);
    if (bindingOf(callee)?.kind === 'param') return kind === 'part' ? value : undefined;
    if (MAKES_TEXT.test(name)) return this.#use(call, 'text');
    const fn = this.#functionOf(callee);
    if (fn) return this.#run(fn, value, call, kind);
    if (callsOfTelling(name)) return undefined;
    if (GIVES_BACK.test(name) && isOfObject(callee)) return this.#use(call, kind);
    const parts = [callee, ...(call.get('arguments') as NodePath[])];
    if (parts.some((each) => each.node !== value.node && isOfCaller(each))) return value;
    const isKept = kind === 'part' && isOwnVariable(callee, call);
    if (isDropped(call) || (call.parentPath.isAwaitExpression() && isDropped(call.parentPath)))
      return isKept ? value : undefined;
    return this.#use(call, 'part');
  }

  /** A function of the tree does with it what it does, and may give some of it back. */
  #run(
    fn: FunctionPath,
    value: NodePath,
    call: NodePath<t.CallExpression>,
    kind: Kind,
  ): NodePath | undefined {
    const found = this.#param(fn, Number(value.key), kind);
    const given = this.#given.get(fn.node);
    return found ? value : given && this.#use(call, given);
  }

  #compared(binary: NodePath<t.BinaryExpression>, { node }: NodePath, kind: Kind): NodePath | undefined {
    const { operator, left, right } = binary.node;
    const other = left === node ? right : left;
    if (operator === 'instanceof' && other.type === 'Identifier' && other.name === 'Error') return undefined;
    const isNone =
      other.type === 'NullLiteral' || (other.type === 'Identifier' && other.name === 'undefined');
    if (kind === 'whole' && isNone) return undefined;
    return this.#use(binary, operator === '+' ? 'text' : 'part');
  }

  #chosen(
    choice: NodePath<t.LogicalExpression | t.ConditionalExpression>,
    { key }: NodePath,
    kind: Kind,
  ): NodePath | undefined {
    const isTest = choice.isConditionalExpression() ? key === 'test' : key === 'left' && isAnd(choice.node);
    if (isTest && (kind === 'whole' || isTelling(choice))) return undefined;
    return isTest && isDropped(choice) ? choice : this.#use(choice, kind);
  }

  #assigned(assignment: NodePath<t.AssignmentExpression>, value: NodePath, kind: Kind): NodePath | undefined {
    const { left } = assignment.node;
    if (value.key === 'left') return undefined;
    if (left.type !== 'Identifier') return kind === 'part' ? value : undefined;
    return this.#bound(assignment.scope.getBinding(left.name), kind);
  }

  /** What is given back is asked for where the function is called. Callers that are not followed may go by it. */
  #returned(value: NodePath, kind: Kind): NodePath | undefined {
    const fn = value.getFunctionParent();
    const isHandling = value.findParent((each) => each.isCatchClause() || this.#handlers.has(each.node));
    if (fn && !isHandling) this.#given.set(fn.node, kind);
    else if (kind === 'part') return value;
    return undefined;
  }
}

/** `Object.assign`, and not a function of that name of something else. */
function isOfObject(callee: NodePath): boolean {
  return isMember(callee) && callee.get('object').isIdentifier({ name: 'Object' });
}

function isAnd(node: t.Node): boolean {
  return node.type === 'LogicalExpression' && node.operator === '&&';
}

function namesIn(pattern: t.Node, kind: Kind): [string, Kind][] {
  if (pattern.type === 'Identifier') return [[pattern.name, kind]];
  if (pattern.type === 'AssignmentPattern') return namesIn(pattern.left, kind);
  if (pattern.type === 'RestElement') return namesIn(pattern.argument, kind);
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((each) => {
    if (each.type === 'RestElement') return namesIn(each.argument, 'whole');
    return namesIn(each.value, TEXTS.test(keyName(each) ?? '') ? 'text' : 'part');
  });
}

/** Whether an expression is, or holds, something that its function was given: `res`, by which a call may answer. */
function isOfCaller(value: NodePath): boolean {
  return rootOf(value)?.kind === 'param';
}

/** Whether a call is on a variable of its function: what that holds may be asked for later. */
function isOwnVariable(callee: NodePath, call: NodePath): boolean {
  const binding = isMember(callee) ? rootOf(callee) : undefined;
  return binding !== undefined && !binding.scope.path.isProgram() && call.getFunctionParent() !== null;
}
