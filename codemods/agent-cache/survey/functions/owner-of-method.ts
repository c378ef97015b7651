import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../migration.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { fileOf } from '../code/opened-files.ts';
import { keyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';
import { keptOf } from '../../source/kept-with.ts';
import { programAround } from '../code/program-around.ts';
import { classChain } from '../code/class-chain.ts';

/** A class or an object that has methods. */
export interface MethodOwner {
  /** File and offset of the object, or of the first class of the tree that this extends. */
  of: string;
  declared: NodePath;
}

/** The class or object that a function is a method of; undefined for one that is none. */
export function ownerOfMethod(fn: FunctionPath, source: Reading): MethodOwner | undefined {
  return keptOf(programAround(fn), 'owner of method', fn.node, () =>
    asOwner(ownerAround(methodAround(fn)), source),
  );
}

/** What `this` is in a function: in an arrow function of an object, what it is around that. */
export function ownerOfThis(fn: FunctionPath, source: Reading): MethodOwner | undefined {
  return keptOf(programAround(fn), 'owner of this', fn.node, () => asOwner(thisIn(fn), source));
}

function asOwner(declared: NodePath | undefined, source: Reading): MethodOwner | undefined {
  return declared && { of: familyOf(declared, source), declared };
}

function thisIn(fn: FunctionPath): NodePath | undefined {
  if (!fn.isArrowFunctionExpression()) return ownerAround(fn);
  const around = fn.findParent((each) => each.isFunction() || each.isClassProperty());
  return around?.isFunction()
    ? thisIn(around as FunctionPath)
    : (around?.parentPath?.parentPath ?? undefined);
}

/** File and offset of an object, or of the first class of the tree that a class extends. */
export function familyOf(owner: NodePath, source: Reading): string {
  const base = chainOf(owner, source).at(-1) ?? owner;
  return `${absolutePath(fileOf(base, source))}#${base.node.start ?? 0}`;
}

/** The method that an arrow function belongs to. */
function methodAround(fn: FunctionPath): FunctionPath {
  let found = fn;
  while (found.isArrowFunctionExpression() && !ownerAround(found)) {
    const around = found.getFunctionParent() as FunctionPath | null;
    if (!around) break;
    found = around;
  }
  return found;
}

/** A class, and those of the tree that it extends; an object alone. */
export function chainOf(owner: NodePath, source: Reading): NodePath[] {
  return owner.isClass() ? classChain(owner, source) : [owner];
}

/** The methods of a class or an object, with their names. */
export function methodsOf(owner: NodePath): { name: string; fn: FunctionPath }[] {
  const members: readonly NodePath[] = owner.isClass()
    ? owner.get('body').get('body')
    : owner.isObjectExpression()
      ? owner.get('properties')
      : [];
  return members.flatMap((member) => {
    const name = keyName(member.node);
    const value = member.isMethod()
      ? member
      : 'value' in member.node
        ? (member.get('value') as NodePath)
        : member;
    return name !== undefined && name !== 'constructor' && value.isFunction()
      ? [{ name, fn: value as FunctionPath }]
      : [];
  });
}

/** The class or the object that a function is a method of. */
function ownerAround(fn: FunctionPath): NodePath | undefined {
  const member = fn.isMethod() ? fn : outermostSame(fn).parentPath;
  if (!member || !(member.isMethod() || member.isObjectProperty() || member.isClassProperty()))
    return undefined;
  const { parentPath: around } = member;
  return around?.isClassBody() ? (around.parentPath ?? undefined) : (around ?? undefined);
}
