import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory, FactoryMember, Migration } from '../migration.ts';
import { superclassOf } from './class-members.ts';
import { calledDefinition, definitionOf } from './definitions.ts';
import { joinPaths } from './exported-paths.ts';
import { exportedNameAt } from './exports.ts';
import { usesOfClassMember } from './member-uses.ts';
import { isMember, isWritten, keyName, propertyName } from './members.ts';
import { outermostSame } from './wrappers.ts';

/** A function that is a member, and everything that the tree does with it. */
export interface MemberFunction extends Pick<Factory, 'name' | 'references'> {
  member: FactoryMember;
  /** The first use that nobody can follow. */
  blocking: NodePath | undefined;
}

/** What the tree does with a method, or a function in a field or a property; undefined for any other function. */
export function memberFunction(fn: Factory['fn'], migration: Migration): MemberFunction | undefined {
  const path = memberAround(fn);
  const name = path && keyName(path.node);
  if (!path || name === undefined || hasDecorators(path.node)) return undefined;
  const { parentPath: around } = path;
  const owner = around?.isClassBody() ? around.parentPath : around;
  if (owner?.isObjectExpression()) return ofObject(path, owner, name);
  return owner?.isClass() ? ofClass(fn, path, owner, name, migration) : undefined;
}

function memberAround(fn: Factory['fn']): NodePath | undefined {
  if (fn.isObjectMethod() || fn.isClassMethod() || fn.isClassPrivateMethod())
    return fn.node.kind === 'method' ? fn : undefined;
  const value = outermostSame(fn);
  const { parentPath: parent } = value;
  const holds = parent?.isClassProperty() || parent?.isClassPrivateProperty() || parent?.isObjectProperty();
  return parent && holds && value.key === 'value' ? parent : undefined;
}

/** A member of a constant object that is only used by its name: every use of it can be seen there. */
function ofObject(
  path: NodePath,
  owner: NodePath<t.ObjectExpression>,
  name: string,
): MemberFunction | undefined {
  const declarator = owner.parentPath;
  const binding = nameOf(declarator, owner);
  if (!binding?.constant || !declarator.isVariableDeclarator()) return undefined;
  if (declarator.node.id.type !== 'Identifier' || declarator.node.id.typeAnnotation) return undefined;
  const { properties } = owner.node;
  const others = properties.filter((each) => each.type === 'SpreadElement' || keyName(each) === name);
  const paths = exportPathsOf(owner, binding);
  const used = binding.referencePaths.filter(
    (each) => !each.isExportDeclaration() && exportedNameAt(each) === undefined,
  );
  owner.traverse({
    ThisExpression: (self) => {
      if (objectOfThis(self) === owner.node) used.push(self);
    },
  });
  const references: NodePath[] = [];
  let blocking = others.length === 1 ? undefined : path;
  for (const each of used) {
    const { parentPath: member, key } = each;
    const read = isMember(member) && key === 'object' ? propertyName(member.node) : undefined;
    if (!member || read === undefined || isWritten(member)) blocking ??= each;
    else if (read === name) references.push(member);
  }
  return {
    name: joinPaths(binding.identifier.name, name),
    references,
    member: {
      path,
      owner,
      binding,
      exportPaths: paths.map((each) => joinPaths(each, name)),
      removable: paths.length === 0,
    },
    blocking,
  };
}

function ofClass(
  fn: Factory['fn'],
  path: NodePath,
  owner: NodePath<t.Class>,
  name: string,
  migration: Migration,
): MemberFunction | undefined {
  const { node } = path;
  const isStatic = 'static' in node && node.static === true;
  const isPrivate = name.startsWith('#') || ('accessibility' in node && node.accessibility === 'private');
  const binding = nameOf(owner, owner);
  const paths = binding ? exportPathsOf(owner, binding) : [];
  if (owner.parentPath.isExportDefaultDeclaration()) paths.push('default');
  const inClass = isStatic ? name : joinPaths('prototype', name);
  const { references, blocking, isQuoted } = usesOfClassMember(
    { fn, owner, name, isStatic, isPrivate, isExported: paths.length > 0 },
    migration,
  );
  const isTyped = 'typeAnnotation' in node && node.typeAnnotation != null;
  const isNamedOnly = references.every((each) => isReplaceable(each, owner, migration));
  const removable = !isQuoted && isNamedOnly && (isPrivate || paths.length === 0);
  const inherits = !isPrivate && inheritsMore(owner, name, migration);
  return {
    name: joinPaths(binding?.identifier.name ?? '', name),
    references,
    member: {
      path,
      owner,
      binding,
      exportPaths: isPrivate ? [] : paths.map((each) => joinPaths(each, inClass)),
      removable,
    },
    blocking:
      blocking ??
      (isStatic ? passedOn(binding) : undefined) ??
      (inherits || (isTyped && !removable) ? path : undefined),
  };
}

/** Where a class goes to others by its name, who may then call what is static in it. */
function passedOn(binding: Binding): NodePath | undefined {
  return binding?.referencePaths.find((each) => {
    const { parentPath: parent, key } = each;
    if (!parent || each.isExportDeclaration() || exportedNameAt(each) !== undefined) return false;
    if (isMember(parent)) return key !== 'object' || propertyName(parent.node) === undefined;
    if (parent.isBinaryExpression({ operator: 'instanceof' })) return key !== 'right';
    return !parent.isClass() && !parent.isTSType() && !(parent.isNewExpression() && key === 'callee');
  });
}

/** Whether a class may have the member from what it extends, which then calls it as its own. */
function inheritsMore(owner: NodePath<t.Class>, name: string, migration: Migration): boolean {
  const superclass = superclassOf(owner);
  if (!superclass) return false;
  const found = calledDefinition(superclass, migration);
  if (found?.kind !== 'class') return true;
  if (found.path.node.body.body.some((each) => keyName(each) === name)) return true;
  return inheritsMore(found.path, name, migration);
}

/** Whether nothing is lost, and no name is left unused, when a call of the member goes with its receiver. */
function isReplaceable(member: NodePath, owner: NodePath<t.Class>, migration: Migration): boolean {
  const receiver = member.get('object') as NodePath;
  if (receiver.isThisExpression() || receiver.isSuper()) return true;
  if (!receiver.isIdentifier()) return false;
  const found = definitionOf(receiver, migration);
  return found?.kind === 'class' && found.path.node === owner.node;
}

type Binding = FactoryMember['binding'];

/** The binding of a class or an object by the name that it is declared with. */
function nameOf(declaration: NodePath, owner: NodePath): Binding {
  const id =
    declaration.isVariableDeclarator() || declaration.isClassDeclaration() ? declaration.node.id : undefined;
  return id?.type === 'Identifier' ? owner.parentPath?.scope.getBinding(id.name) : undefined;
}

function exportPathsOf(owner: NodePath, binding: NonNullable<Binding>): string[] {
  const declaration = owner.isClassDeclaration() ? owner : owner.parentPath?.parentPath;
  const isExported = declaration?.parentPath?.isExportNamedDeclaration();
  return [
    ...(isExported ? [binding.identifier.name] : []),
    ...binding.referencePaths.flatMap((each) => exportedNameAt(each) ?? []),
  ];
}

/** The object whose method `this` stands in. */
function objectOfThis(self: NodePath): t.Node | undefined {
  const around = self.findParent(
    (each) =>
      each.isClass() || each.isFunctionDeclaration() || each.isFunctionExpression() || each.isObjectMethod(),
  );
  const object = around?.isObjectMethod() ? around.parentPath : around?.parentPath?.parentPath;
  return object?.isObjectExpression() ? object.node : undefined;
}

function hasDecorators(node: t.Node): boolean {
  return 'decorators' in node && Array.isArray(node.decorators) && node.decorators.length > 0;
}
