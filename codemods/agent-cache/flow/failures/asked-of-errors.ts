import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { bindingOf, initBehind } from '../../survey/code/bindings.ts';
import { isLogCall } from '../../survey/code/log-calls.ts';
import { isMember, isWritten, keyName, propertyName } from '../../survey/code/members.ts';
import { packageOf } from '../../survey/code/package-of.ts';
import { withoutTypes, withTypes } from '../../survey/code/wrappers.ts';
import type { Mark } from './mark-of-error.ts';
import { isForText } from './text-questions.ts';
import { beginningOf } from './telling.ts';
import { textsOf } from './texts-given.ts';

/** How names of errors end. */
const ERROR =
  /^(e|ex|exc|thrown|cause|reason|problem|failure)$|(^err|Err|^error|Error|^exception|Exception)$/;
/** Parameters whose methods run no other function of the tree. */
const OF_REQUEST = /^(req|request|res|response|reply)$/;

/** Where a program goes by a part of an error, or by its text, that what is thrown may have. */
export function askedOfErrors(
  program: NodePath<t.Program>,
  { names, parts, messages }: Pick<Mark, 'names' | 'parts' | 'messages'>,
  source: Source,
): NodePath | undefined {
  const asks = (name: string | undefined, value: NodePath): boolean =>
    name === 'stack' || name === 'toString'
      ? messages.length > 0 && isForText(name === 'stack' ? value : calledOf(value), undefined, source)
      : name === 'message'
        ? messages.some((each) => isForText(value, each, source))
        : parts.some((part) => part.name === name && isGoneBy(value, part.texts, source));
  let found: NodePath | undefined;
  program.traverse({
    'MemberExpression|OptionalMemberExpression'(path: NodePath) {
      if (found || !isMember(path) || isWritten(path)) return;
      const object = withoutTypes(path.get('object') as NodePath);
      // `error.constructor.status`
      const isOfClass = isMember(object) && propertyName(object.node) === 'constructor';
      const name = propertyName(path.node);
      const error = isOfClass ? (object.get('object') as NodePath) : object;
      if (!asks(isOfClass ? `constructor.${name}` : name, path)) return;
      if (isOfError(error) && !isInClass(path, names)) found = path;
    },
    // `const { code } = error`, and `catch ({ code })`
    ObjectPattern(pattern) {
      if (found || !isPatternOfError(pattern)) return;
      found = pattern.get('properties').find(({ node }) => {
        if (node.type === 'RestElement') return false;
        const taken = node.value.type === 'AssignmentPattern' ? node.value.left : node.value;
        const binding = taken.type === 'Identifier' ? pattern.scope.getBinding(taken.name) : undefined;
        return binding?.referencePaths.some((each) => asks(keyName(node), each)) ?? false;
      });
    },
    // `String(error).includes('no key')`
    CallExpression(call) {
      const [given] = call.get('arguments') as NodePath[];
      if (found || messages.length === 0 || !given || !call.get('callee').isIdentifier({ name: 'String' }))
        return;
      if (isOfError(given) && isForText(call, undefined, source)) found = call;
    },
    // `'isConfig' in error`
    BinaryExpression(path) {
      const { operator, left } = path.node;
      if (found || operator !== 'in' || left.type !== 'StringLiteral') return;
      if (parts.some(({ name }) => name === left.value) && isOfError(path.get('right'))) found = path;
    },
  });
  return found;
}

/** The call of a method, or what stands for the method. */
function calledOf(member: NodePath): NodePath {
  return member.key === 'callee' && member.parentPath ? member.parentPath : member;
}

/** Whether a place is a class's own way to tell its errors, whose uses go by the name of the class. */
function isInClass(place: NodePath, names: readonly string[]): boolean {
  return place.findParent((each) => each.isClass() && names.includes(each.node.id?.name ?? '')) !== null;
}

/** Where a program asks whether an error is of a class that a variable stands for, which may be any. */
export function askedByVariable(program: NodePath<t.Program>): NodePath | undefined {
  let found: NodePath | undefined;
  program.traverse({
    BinaryExpression(path) {
      if (found || path.node.operator !== 'instanceof') return;
      const binding = bindingOf(withoutTypes(path.get('right')));
      const isVariable = binding?.kind === 'param' || binding?.path.isVariableDeclarator() === true;
      const isLoaded = packageOf(withoutTypes(path.get('right'))) !== undefined;
      if (
        isVariable &&
        !isLoaded &&
        !initBehind(binding)?.isClass() &&
        isOfError(path.get('left') as NodePath)
      )
        found = path;
    },
  });
  return found;
}

/** Where a program asks for a class of a package. */
export function askedOfPackage(program: NodePath<t.Program>, from: string): NodePath | undefined {
  let found: NodePath | undefined;
  program.traverse({
    BinaryExpression(path) {
      if (found || path.node.operator !== 'instanceof') return;
      const type = path.get('right');
      const root = isMember(type) ? (type.get('object') as NodePath) : type;
      if (packageOf(root) === from && isOfError(path.get('left') as NodePath)) found = path;
    },
  });
  return found;
}

/** Whether a value is an error, by its name or where it comes from, that what building an agent throws may be. */
export function isOfError(path: NodePath): boolean {
  const value = withoutTypes(path);
  if (isMember(value)) return ERROR.test(propertyName(value.node) ?? '');
  const binding = bindingOf(value);
  if (!binding) return false;
  const { path: declared } = binding;
  if (declared.isCatchClause()) return mayMeet(declared);
  if (binding.kind === 'param') return ERROR.test(binding.identifier.name) || isErrorOf(declared);
  const init = initBehind(binding);
  return ERROR.test(binding.identifier.name) || (init !== undefined && isOfError(init));
}

/** The first of four parameters, or what a chain hands to who deals with its failure. */
function isErrorOf(param: NodePath): boolean {
  const fn = param.parentPath;
  if (!fn?.isFunction() || param.key !== 0) return false;
  if (fn.node.params.length === 4) return true;
  const call = fn.parentPath;
  if (!call?.isCallExpression() || fn.listKey !== 'arguments') return false;
  const { callee } = call.node;
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  return name === 'catch' || (name === 'then' && fn.key === 1);
}

function isPatternOfError({ parentPath: parent, key }: NodePath<t.ObjectPattern>): boolean {
  if (parent?.isCatchClause()) return mayMeet(parent);
  if (parent?.isVariableDeclarator())
    return parent.node.init != null && isOfError(parent.get('init') as NodePath);
  return parent?.isFunction() === true && key === 0 && parent.node.params.length === 4;
}

/** Whether another function of the tree may run in what a `catch` is for: a constructor's error comes out of no other. */
export function mayMeet({ parentPath: tried }: NodePath): boolean {
  if (!tried?.isTryStatement()) return true;
  let found = false;
  tried.get('block').traverse({
    'CallExpression|OptionalCallExpression|NewExpression|TaggedTemplateExpression'(call: NodePath) {
      const callee = withoutTypes(call.get(call.isTaggedTemplateExpression() ? 'tag' : 'callee') as NodePath);
      const root = beginningOf(callee);
      const binding = bindingOf(root);
      const isUnbound = root.isIdentifier() && !binding;
      if (isUnbound || call.node.type === 'Import') return;
      if (binding?.kind === 'param' && isMember(callee) && OF_REQUEST.test(binding.identifier.name)) return;
      const module = packageOf(root);
      found ||= module === undefined || /^[.#~@]\/?$|^\.|^[#~]|^@\//.test(module);
    },
    AwaitExpression(awaited) {
      found ||= awaited.get('argument').isIdentifier();
    },
  });
  return found;
}

/** Whether code goes by a value, which may be one of some texts, or anything. */
function isGoneBy(path: NodePath, texts: readonly string[] | undefined, source: Source): boolean {
  const value = withTypes(path);
  const { parentPath: parent, key } = value;
  if (!parent) return false;
  const isOne = (other: NodePath) => {
    const asked = texts && textsOf(other, source);
    return !asked || asked.some((each) => texts.includes(each));
  };
  if (parent.isBinaryExpression())
    return parent.node.operator !== '+' && isOne(parent.get(key === 'left' ? 'right' : 'left') as NodePath);
  if (parent.isSwitchStatement())
    return parent.get('cases').some((each) => each.node.test && isOne(each.get('test') as NodePath));
  if (parent.isVariableDeclarator())
    return usesOf(parent.scope.getBinding((parent.node.id as t.Identifier).name)).some((each) =>
      isGoneBy(each, texts, source),
    );
  if (isMember(parent))
    return key === 'property' || /^(startsWith|includes|test|match)$/.test(propertyName(parent.node) ?? '');
  if (parent.isCallExpression() || parent.isOptionalCallExpression())
    return value.key === 'callee' || !isLogCall(parent.node as t.CallExpression);
  if (parent.isLogicalExpression()) return key === 'left';
  return (
    ((parent.isIfStatement() || parent.isConditionalExpression()) && key === 'test') ||
    parent.isUnaryExpression({ operator: '!' })
  );
}

function usesOf(binding: Binding | undefined): readonly NodePath[] {
  return binding?.referencePaths ?? [];
}
