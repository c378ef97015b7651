import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { bindingNamed } from '../code/bindings.ts';
import { isMember, isWritten, keyName, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { programAround } from '../code/program-around.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { changesOf } from './written-values.ts';

/** What keeps a value from one call of a function to the next: a variable of its module, or a static of its class. */
export interface Keeper {
  is: (path: NodePath) => boolean;
  /** Whether `null` is in there before the first call, and not `undefined`. */
  isNull: boolean;
  /** Where it is given a value, or none. */
  writes: readonly NodePath[];
  variable?: Binding;
  /** Whether code elsewhere may write to it as well. */
  isWrittenElsewhere: () => boolean;
}

type Static = t.ClassProperty | t.ClassPrivateProperty;

/** What a function gives at its end, where that begins without a value. */
export function keeperOf(fn: FunctionPath, source: Source): Keeper | undefined {
  const body = fn.get('body') as NodePath;
  const last = body.isBlockStatement() ? body.get('body').at(-1) : undefined;
  const end = last?.isReturnStatement() ? (last.get('argument') as NodePath) : body;
  if (!end.node) return undefined;
  const given = withoutTypes(end);
  const name =
    given.isAssignmentExpression() || given.isLogicalExpression()
      ? withoutTypes(given.get('left') as NodePath)
      : given;
  if (isMember(name)) return staticKeeper(name, fn, source);
  const binding = name.isIdentifier() ? name.scope.getBinding(name.node.name) : undefined;
  if (!binding?.scope.path.isProgram() || !binding.path.isVariableDeclarator()) return undefined;
  const { init, id } = binding.path.node;
  if (id.type !== 'Identifier' || (init && !isNothing(init))) return undefined;
  return {
    is: (path) => path.isIdentifier() && path.scope.getBinding(path.node.name) === binding,
    isNull: init?.type === 'NullLiteral',
    writes: binding.constantViolations,
    variable: binding,
    isWrittenElsewhere: () => false,
  };
}

/** `Database.instance`, of the class around a static method. */
function staticKeeper(member: NodePath, fn: FunctionPath, source: Source): Keeper | undefined {
  const type = fn.parentPath?.parentPath;
  const name = isMember(member) ? propertyName(member.node) : undefined;
  // A class that a function makes has a static for each call of that.
  if (!type?.isClass() || !type.parentPath.scope.path.isProgram()) return undefined;
  if (!('static' in fn.node) || fn.node.static !== true || name === undefined) return undefined;
  const declared = type.node.body.body.find(
    (each): each is Static => 'value' in each && each.static === true && keyName(each) === name,
  );
  if (!declared || (declared.value && !isNothing(declared.value))) return undefined;
  const isHidden = declared.type === 'ClassPrivateProperty';
  const { id } = type.node;
  const own = id ? bindingNamed(id, type.parentPath.scope) : undefined;
  const is = (path: NodePath) => {
    if (!isMember(path) || propertyName(path.node) !== name) return false;
    const object = withoutTypes(path.get('object') as NodePath);
    // A class that extends this one keeps its own by `this`, but has none of what is private by its name.
    if (object.isThisExpression()) return isHidden;
    return object.isIdentifier() && bindingNamed(object.node, object.scope) === own;
  };
  if (!own || !is(member)) return undefined;
  const writes = writesOfMember(name, programAround(type));
  return {
    is,
    isNull: declared.value?.type === 'NullLiteral',
    writes,
    isWrittenElsewhere: () =>
      !isHidden && changesOf(type, [name], source).some(({ at }) => !isPartOfOne(at, writes)),
  };
}

/** Where a file writes to a member of a name, whatever has it. */
function writesOfMember(name: string, program: NodePath<t.Program>): NodePath[] {
  const found: NodePath[] = [];
  const note = (member: NodePath<t.MemberExpression>) => {
    if (propertyName(member.node) === name && isWritten(member)) found.push(member.parentPath);
  };
  program.traverse({ MemberExpression: note });
  return found;
}

function isPartOfOne(at: NodePath, writes: readonly NodePath[]): boolean {
  return writes.some(({ node }) => at.find((each) => each.node === node) !== null);
}

/** `null` or `undefined`, as what a keeper begins with. */
export function isNothing(node: t.Node): boolean {
  return node.type === 'NullLiteral' || (node.type === 'Identifier' && node.name === 'undefined');
}
