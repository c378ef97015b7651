import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { bindingOf, initBehind } from '../../survey/code/bindings.ts';
import { calledFunction, constructedClass } from '../../survey/code/called-code.ts';
import { classChain } from '../../survey/code/class-chain.ts';
import { constructorOf, superclassOf } from '../../survey/code/class-members.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { returnedAtEnd } from '../../survey/code/returned-values.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { depthOf, type Given, textsOf } from './texts-given.ts';

/** By what an error can be told from others. */
export interface Mark {
  /** Its classes, and the codes and names that it is given. */
  names: readonly string[];
  /** What else it has that an error has not by itself, with the texts that it may be where they are known. */
  parts: readonly { name: string; texts: readonly string[] | undefined }[];
  /** Its message; undefined for one that nobody can tell. */
  messages: readonly (string | undefined)[];
  /** It has a status, which Express answers with. */
  hasStatus: boolean;
  /** It is of a class of its own, which a variable may stand for where it is asked. */
  hasClass: boolean;
}

const BUILT_IN =
  /^(Error|TypeError|RangeError|SyntaxError|ReferenceError|EvalError|URIError|AggregateError)$/;
const STATUS = /^(status|statusCode)$/;
/** What says that no agent can be had, whoever answers it: the handlers of its calls answer that themselves. */
const UNAVAILABLE = '503';
const TOLD_BY = /^(code|name|type|kind)$/;
/** What each error has, or what nobody tells it by. */
const OF_ALL = /^(constructor|stack|cause|toString|toJSON)$|^#/;
/** Functions of packages that make errors with a status. */
const MAKES_ERROR = /error|boom|http|problem/i;

/** How many functions may hand on an error: one that calls itself goes on without an end. */
const MOST_CALLS = 6;

const NONE: Mark = { names: [], parts: [], messages: [], hasStatus: false, hasClass: false };

/** By what an error can be told that an expression gives, in a function that is given something. */
export function markOf(value: NodePath, source: Surveyed, given?: Given): Mark {
  const error = withoutTypes(value);
  const next = (each: NodePath) => markOf(each, source, given);
  if (error.isIdentifier()) return markOfVariable(error, source, given);
  if (error.isNewExpression()) return markOfClass(error, source, given);
  if (error.isConditionalExpression())
    return allOf([error.get('consequent'), error.get('alternate')].map(next));
  if (error.isLogicalExpression()) return allOf([error.get('left'), error.get('right')].map(next));
  if (error.isAssignmentExpression()) return next(error.get('right'));
  if (error.isObjectExpression()) return markOfParts(error, source, given);
  if (!error.isCallExpression()) return NONE;
  const callee = error.get('callee') as NodePath;
  const args = error.get('arguments') as NodePath[];
  if (isMember(callee) && callee.get('object').isIdentifier({ name: 'Object' }))
    return allOf(args.map((each, at) => (at > 0 && !each.isObjectExpression() ? NONE : next(each))));
  if (BUILT_IN.test(calleeName(callee.node)))
    return markOfBuiltIn(calleeName(callee.node), args[0], source, given);
  const made = calledFunction(error, source);
  if (made) return markOfReturned(made, source, { fn: made, args, outer: given });
  return { ...NONE, hasStatus: MAKES_ERROR.test(calleeName(callee.node)) };
}

/** What a variable is given, wherever that is, and what is set on it. */
function markOfVariable(name: NodePath<t.Identifier>, source: Surveyed, given?: Given): Mark {
  const binding = bindingOf(name);
  const init = initBehind(binding);
  const later = (binding?.constantViolations ?? []).flatMap((each) =>
    each.isAssignmentExpression({ operator: '=' }) ? [each.get('right')] : [],
  );
  const set = (binding?.referencePaths ?? []).map((each) => {
    const member = each.parentPath;
    const assignment = member?.parentPath;
    if (!member || !isMember(member) || !assignment?.isAssignmentExpression()) return NONE;
    return markOfPart(propertyName(member.node), assignment.get('right'), source, given);
  });
  return allOf([...(init ? [init, ...later] : later).map((each) => markOf(each, source, given)), ...set]);
}

function markOfReturned(fn: FunctionPath, source: Surveyed, given: Given): Mark {
  const returned = depthOf(given) > MOST_CALLS ? undefined : returnedAtEnd(fn);
  return returned ? markOf(returned, source, given) : NONE;
}

function markOfClass(error: NodePath<t.NewExpression>, source: Surveyed, outer?: Given): Mark {
  const callee = error.get('callee') as NodePath;
  const name = calleeName(callee.node);
  const args = error.get('arguments') as NodePath[];
  const type = constructedClass(error, source);
  if (!type) {
    if (name === '') return NONE;
    if (BUILT_IN.test(name)) return markOfBuiltIn(name, args[0], source, outer);
    // `error.isBoom`
    const sign = { name: `is${name}`, texts: undefined };
    return { ...NONE, names: [name], parts: [sign], messages: [undefined], hasStatus: isMember(callee) };
  }
  const marks: Mark[] = [];
  let given: Given = { fn: undefined, args, outer };
  for (const each of classChain(type, source)) {
    const above = superclassOf(each);
    const names = [each.node.id?.name ?? name, above ? calleeName(above.node) : ''];
    marks.push({ ...NONE, names: names.filter((one) => one !== '' && one !== 'Error'), hasClass: true });
    const built = constructorOf(each);
    if (built) given = { ...given, fn: built };
    marks.push(markOfFields(each, source, given));
    const called = built && callOfSuper(built);
    if (called) given = { fn: undefined, args: called.get('arguments') as NodePath[], outer: given };
  }
  marks.push({ ...NONE, messages: messagesOf(given.args[0], source, given.outer) });
  const { names, ...others } = allOf(marks);
  return { names: [...new Set(names)], ...others };
}

function markOfBuiltIn(name: string, message: NodePath | undefined, source: Surveyed, given?: Given): Mark {
  const names = name === 'Error' ? [] : [name];
  return { ...NONE, names, messages: messagesOf(message, source, given) };
}

function messagesOf(message: NodePath | undefined, source: Surveyed, given?: Given): (string | undefined)[] {
  return message ? [...(textsOf(message, source, given) ?? [undefined])] : [''];
}

function callOfSuper(built: NodePath<t.ClassMethod>): NodePath<t.CallExpression> | undefined {
  let found: NodePath<t.CallExpression> | undefined;
  built.traverse({
    CallExpression(call) {
      if (call.get('callee').isSuper()) found ??= call;
    },
  });
  return found;
}

/** What instances of a class are told by: `status = 501`, `this.code = 'ENOKEY'`, `readonly status`. */
function markOfFields(type: NodePath<t.Class>, source: Surveyed, given: Given): Mark {
  const marks = type
    .get('body')
    .get('body')
    .flatMap((member: NodePath) => {
      const { node } = member;
      if ('static' in node && node.static) return [markOfStatic(keyName(node))];
      const isOther = node.type === 'TSDeclareMethod';
      // What is only declared is given its value elsewhere.
      if (isOther || (node.type === 'ClassProperty' && !node.value)) return [];
      const value = member.isClassProperty() ? (member.get('value') as NodePath) : member;
      return [markOfPart(keyName(node), value, source, given)];
    });
  type.traverse({
    TSParameterProperty(declared) {
      const parameter = declared.get('parameter');
      const named = parameter.isAssignmentPattern() ? parameter.get('left') : (parameter as NodePath);
      if (named.isIdentifier()) marks.push(markOfPart(named.node.name, named, source, given));
    },
    AssignmentExpression(assignment) {
      const { left } = assignment.node;
      if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression') return;
      marks.push(markOfPart(propertyName(left), assignment.get('right'), source, given));
    },
  });
  return allOf(marks);
}

/** `error.constructor.status` */
function markOfStatic(name: string | undefined): Mark {
  return name === undefined ? NONE : { ...NONE, parts: [{ name: `constructor.${name}`, texts: undefined }] };
}

function markOfParts(object: NodePath<t.ObjectExpression>, source: Surveyed, given?: Given): Mark {
  return allOf(
    (object.get('properties') as NodePath[]).map((part) =>
      markOfPart(keyName(part.node), part.isObjectProperty() ? part.get('value') : part, source, given),
    ),
  );
}

function markOfPart(name: string | undefined, value: NodePath, source: Surveyed, given?: Given): Mark {
  if (name === undefined || OF_ALL.test(name)) return NONE;
  if (name === 'message') return { ...NONE, messages: messagesOf(value, source, given) };
  const texts = textsOf(value, source, given);
  const isStatus = STATUS.test(name);
  if (isStatus && texts?.every((each) => each === UNAVAILABLE)) return NONE;
  return {
    ...NONE,
    names: TOLD_BY.test(name) ? (texts ?? []) : [],
    parts: [{ name, texts }],
    hasStatus: isStatus,
  };
}

/** Something that may be each of some. */
export function allOf(marks: readonly Mark[]): Mark {
  return {
    names: marks.flatMap(({ names }) => names),
    parts: marks.flatMap(({ parts }) => parts),
    messages: marks.flatMap(({ messages }) => messages),
    hasStatus: marks.some(({ hasStatus }) => hasStatus),
    hasClass: marks.some(({ hasClass }) => hasClass),
  };
}

function calleeName(callee: t.Node): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
}
