import type { NodePath } from '@babel/traverse';
import type { Project } from '../../project.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember, isWritten, propertyName } from '../../survey/code/members.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import type { At } from './events.ts';
import type { Thing } from './values.ts';
import { programOf } from './reading-of.ts';

const MENTIONS = /\bprototype\b|__proto__|PrototypeOf\b/;
/** What changes the object that it is given first. */
const CHANGES =
  /^(Object\.(assign|definePropert(y|ies)|setPrototypeOf)|Reflect\.(set|defineProperty|deleteProperty|setPrototypeOf))$/;
/** How many names may stand for one another. */
const MAX_NAMES = 4;

/**
 * Where functions change what instances of a class inherit, its own prototype or one above it, to what their callers
 * decide: an instance that is built for one request has what that one set. `from` is a file of the tree that uses the
 * class, for one of a package.
 */
export function changedPrototype(
  type: Thing,
  project: Project,
  from?: string,
): { what: string; at: At } | undefined {
  for (let each: Thing | undefined = type; each; each = each.proto) {
    if (!each.code || each.label === '') continue;
    const { label, file } = each;
    const own = from ?? file;
    for (const other of [own, ...project.filesOfAllMentioning(own, label)]) {
      if (!MENTIONS.test(project.read(other) ?? '')) continue;
      const offset = changeIn(other, label, project);
      if (offset !== undefined) return { what: `${label}.prototype`, at: { file: other, offset } };
    }
  }
  return undefined;
}

function changeIn(file: string, className: string, project: Project): number | undefined {
  let found: number | undefined;
  const note = (place: NodePath, values: readonly NodePath[]) => {
    if (!isSameForAll(place, values)) found ??= place.node.start ?? 0;
  };
  programOf(file, project)?.traverse({
    MemberExpression(member) {
      if (!isWritten(member) || !isPrototype(member, className)) return;
      const { parentPath: parent } = member;
      note(member, parent.isAssignmentExpression() ? [parent.get('right')] : [parent]);
    },
    CallExpression(call) {
      const callee = call.get('callee') as NodePath;
      const [target, ...others] = call.get('arguments') as NodePath[];
      if (!target || !CHANGES.test(nameOf(callee))) return;
      const isOfClass = nameOf(callee).endsWith('setPrototypeOf') && isNamed(target, className);
      if (isOfClass || isPrototype(target, className)) note(call, others);
    },
  });
  return found;
}

/** Whether an expression is the prototype of a class, or a part of that. */
export function isPrototype(path: NodePath, className: string, names = MAX_NAMES): boolean {
  const value = withoutTypes(path);
  if (isMember(value)) {
    const object = value.get('object') as NodePath;
    const name = propertyName(value.node);
    if (name === 'prototype') return isNamed(object, className) || isConstructorOf(object, className);
    if (name === '__proto__') return mayBeOne(object, className) || isNamed(object, className);
    return isPrototype(object, className, names);
  }
  if (value.isCallExpression()) {
    const [of] = value.get('arguments') as NodePath[];
    const isAsked = /^(Object|Reflect)\.getPrototypeOf$/.test(nameOf(value.get('callee') as NodePath));
    return isAsked && of !== undefined && (isNamed(of, className) || mayBeOne(of, className));
  }
  const init = constantBehind(bindingOf(value));
  return init !== undefined && names > 0 && isPrototype(init, className, names - 1);
}

function isConstructorOf(path: NodePath, className: string): boolean {
  const value = withoutTypes(path);
  return (
    isMember(value) &&
    propertyName(value.node) === 'constructor' &&
    mayBeOne(value.get('object') as NodePath, className)
  );
}

/** Whether an expression is the class, by its name: as it was imported, or as a member; `this` in its statics. */
function isNamed(path: NodePath, className: string): boolean {
  const value = withoutTypes(path);
  if (isMember(value)) return propertyName(value.node) === className;
  if (value.isThisExpression()) {
    const method = value.findParent((each) => each.isFunction() && !each.isArrowFunctionExpression());
    const owner = method?.isClassMethod() && method.node.static ? method.parentPath.parent : undefined;
    return owner !== undefined && 'id' in owner && (owner.id as { name?: string } | null)?.name === className;
  }
  if (!value.isIdentifier()) return false;
  const binding = bindingOf(value);
  return value.node.name === className || (binding && loadedBy(binding))?.name === className;
}

/** Whether an expression may be an instance of the class: of one that is built of another it is known that it is not. */
function mayBeOne(path: NodePath, className: string): boolean {
  const value = withoutTypes(path);
  const init = constantBehind(bindingOf(value));
  const made = withoutTypes(init ?? value);
  return !made.isNewExpression() || isNamed(made.get('callee') as NodePath, className);
}

function nameOf(callee: NodePath): string {
  if (!isMember(callee)) return '';
  const object = callee.get('object') as NodePath;
  return object.isIdentifier() ? `${object.node.name}.${propertyName(callee.node)}` : '';
}

/** Whether a change is the same for all: it is done while the file loads, or by what is given nothing, with what is written there. */
function isSameForAll(place: NodePath, values: readonly NodePath[]): boolean {
  let isGiven = false;
  for (let fn = place.getFunctionParent(); fn; fn = fn.getFunctionParent()) {
    if (isCalledAtLoad(fn)) return true;
    isGiven ||= fn.node.params.length > 0;
  }
  return place.getFunctionParent() === null || (!isGiven && values.every(isWrittenOut));
}

function isCalledAtLoad(fn: NodePath): boolean {
  if (fn.key === 'callee') return fn.getFunctionParent() === null;
  if (!fn.isFunctionDeclaration() || !fn.parentPath.isProgram()) return false;
  const uses = fn.scope.parent.getBinding(fn.node.id?.name ?? '')?.referencePaths ?? [];
  return uses.length > 0 && uses.every((use) => use.key === 'callee' && use.getFunctionParent() === null);
}

function isWrittenOut(path: NodePath): boolean {
  const value = withoutTypes(path);
  if (value.isObjectExpression())
    return value.get('properties').every((each) => {
      if (each.isObjectMethod()) return true;
      return each.isObjectProperty() && isWrittenOut(each.get('value') as NodePath);
    });
  return value.isFunction() || value.isClass() || (value.isLiteral() && !value.isTemplateLiteral());
}
