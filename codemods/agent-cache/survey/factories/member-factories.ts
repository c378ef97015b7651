import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory, FactoryMember, Source } from '../../migration.ts';
import { superclassOf } from '../code/class-members.ts';
import { calledDefinition, definitionOf } from '../code/definitions.ts';
import { joinPaths } from '../code/exported-paths.ts';
import { exportedNameAt, exportedWithName } from '../code/exports.ts';
import { usesOfClassMember } from './member-uses.ts';
import { isMember, isWritten, keyName, propertyName } from '../code/members.ts';
import { usesOfOwnExport } from '../modules/own-exports.ts';
import { usesOfStatic } from './static-uses.ts';
import { thisOwner } from '../code/this-owner.ts';
import { outermostSame } from '../code/wrappers.ts';
import { bindingNamed } from '../code/bindings.ts';

/** A function that is a member, and everything that the tree does with it. */
export interface MemberFunction extends Pick<Factory, 'name' | 'references'> {
  member: FactoryMember;
  /** The first use that nobody can follow. */
  blocking: NodePath | undefined;
}

/** What the tree does with a method, or a function in a field or a property; undefined for any other function. */
export function memberFunction(fn: Factory['fn'], source: Source): MemberFunction | undefined {
  const path = memberAround(fn);
  const name = path && keyName(path.node);
  if (!path || name === undefined || hasDecorators(path.node)) return undefined;
  const { parentPath: around } = path;
  const owner = around?.isClassBody() ? around.parentPath : around;
  if (owner?.isObjectExpression()) return ofObject(path, owner, name, source);
  return owner?.isClass() ? ofClass(fn, path, owner, name, source) : undefined;
}

function memberAround(fn: Factory['fn']): NodePath | undefined {
  if (fn.isObjectMethod() || fn.isClassMethod() || fn.isClassPrivateMethod())
    return fn.node.kind === 'method' ? fn : undefined;
  const value = outermostSame(fn);
  const { parentPath: parent } = value;
  const holds = parent?.isClassProperty() || parent?.isClassPrivateProperty() || parent?.isObjectProperty();
  return parent && holds && value.key === 'value' ? parent : undefined;
}

/** A member of a constant object, or of one that is exported where it stands, when it is only used by its name. */
function ofObject(
  path: NodePath,
  owner: NodePath<t.ObjectExpression>,
  name: string,
  source: Source,
): MemberFunction | undefined {
  const declarator = owner.parentPath;
  const binding = nameOf(owner);
  const whole = exportedNameAt(owner) ?? exportedWithName(owner);
  if (binding ? !binding.constant : whole === undefined) return undefined;
  if (declarator.isVariableDeclarator() && hasType(declarator.node.id)) return undefined;
  const { properties } = owner.node;
  const others = properties.filter((each) => each.type === 'SpreadElement' || keyName(each) === name);
  const paths = binding ? exportPathsOf(owner, binding) : [whole ?? ''];
  const named = binding?.referencePaths ?? [];
  const used = named.filter((each) => !each.isExportDeclaration() && exportedNameAt(each) === undefined);
  owner.traverse({
    ThisExpression: (self) => {
      if (binding && thisOwner(self)?.node === owner.node) used.push(self);
    },
  });
  const own = paths.map((each) => usesOfOwnExport(joinPaths(each, name), [owner, ...named], source));
  const references = own.flatMap((each) => each.references);
  let blocking = others.length === 1 ? own.find((each) => each.blocking)?.blocking : path;
  for (const each of used) {
    const { parentPath: member, key } = each;
    const read = isMember(member) && key === 'object' ? propertyName(member.node) : undefined;
    if (!member || read === undefined || isWritten(member)) blocking ??= each;
    else if (read === name) references.push(member);
  }
  const exportPaths = [...paths.map((each) => joinPaths(each, name)), ...exportedAgain(references)];
  return {
    name: joinPaths(binding?.identifier.name ?? joinPaths('exports', whole ?? ''), name),
    references,
    member: { path, owner, binding, exportPaths, removable: exportPaths.length === 0 },
    blocking,
  };
}

function hasType(id: t.Node): boolean {
  return id.type === 'Identifier' && id.typeAnnotation != null;
}

/** `exports.make = service.make` */
function exportedAgain(references: readonly NodePath[]): string[] {
  return references.flatMap((each) => exportedNameAt(each) ?? []);
}

function ofClass(
  fn: Factory['fn'],
  path: NodePath,
  owner: NodePath<t.Class>,
  name: string,
  source: Source,
): MemberFunction | undefined {
  const { node } = path;
  const isStatic = 'static' in node && node.static === true;
  const isPrivate = name.startsWith('#') || ('accessibility' in node && node.accessibility === 'private');
  const binding = nameOf(owner);
  const paths = binding ? exportPathsOf(owner, binding) : [];
  const whole = exportedNameAt(owner) ?? exportedWithName(owner);
  if (whole !== undefined) paths.push(whole);
  const inClass = isStatic ? name : joinPaths('prototype', name);
  const instances = isStatic || isPrivate || !binding ? [] : instancePathsOf(binding);
  const { references, blocking, isQuoted } = usesOfClassMember(
    { fn, owner, name, isStatic, isPrivate, isExported: paths.length > 0, instances },
    source,
  );
  const own = isStatic ? usesOfStatic(owner, { binding, paths, name }, source) : undefined;
  for (const each of own?.references ?? []) if (!references.includes(each)) references.push(each);
  const again = exportedAgain(references);
  const isTyped = 'typeAnnotation' in node && node.typeAnnotation != null;
  const isNamedOnly = references.every((each) => isReplaceable(each, owner, source));
  const removable =
    !isQuoted &&
    isNamedOnly &&
    again.length === 0 &&
    (isPrivate || paths.length === 0) &&
    instances.length === 0;
  const inherits = !isPrivate && inheritsMore(owner, name, source);
  return {
    name: joinPaths(binding?.identifier.name ?? owner.node.id?.name ?? whole ?? '', name),
    references,
    member: {
      path,
      owner,
      binding,
      exportPaths: [
        ...(isPrivate ? [] : paths.map((each) => joinPaths(each, inClass))),
        ...instances.map((each) => joinPaths(each, name)),
        ...again,
      ],
      removable,
    },
    blocking: blocking ?? own?.blocking ?? (inherits || (isTyped && !removable) ? path : undefined),
  };
}

/** Whether a class may have the member from what it extends, which then calls it as its own. */
function inheritsMore(owner: NodePath<t.Class>, name: string, source: Source): boolean {
  const superclass = superclassOf(owner);
  if (!superclass) return false;
  const found = calledDefinition(superclass, source);
  if (found?.kind !== 'class') return true;
  if (found.path.node.body.body.some((each) => keyName(each) === name)) return true;
  return inheritsMore(found.path, name, source);
}

/** Whether nothing is lost, and no name is left unused, when a call of the member goes with its receiver. */
function isReplaceable(member: NodePath, owner: NodePath<t.Class>, source: Source): boolean {
  const receiver = member.get('object') as NodePath;
  if (receiver.isThisExpression() || receiver.isSuper()) return true;
  if (!receiver.isIdentifier()) return false;
  const found = definitionOf(receiver, source);
  return found?.kind === 'class' && found.path.node === owner.node;
}

type Binding = FactoryMember['binding'];

/** The binding of a class or an object by the name that it is declared with. */
function nameOf(owner: NodePath<t.Class | t.ObjectExpression>): Binding {
  const declaration = owner.isClassDeclaration() ? owner.node : owner.parent;
  const id =
    declaration.type === 'VariableDeclarator' || declaration.type === 'ClassDeclaration'
      ? declaration.id
      : undefined;
  return bindingNamed(id, owner.parentPath.scope);
}

function exportPathsOf(owner: NodePath, binding: NonNullable<Binding>): string[] {
  const declaration = owner.isClassDeclaration() ? owner : owner.parentPath?.parentPath;
  const isExported = declaration?.parentPath?.isExportNamedDeclaration();
  return [
    ...(isExported ? [binding.identifier.name] : []),
    ...binding.referencePaths.flatMap((each) => exportedNameAt(each) ?? []),
  ];
}

/** The paths at which the file exports instances of a class: `export const service = new Service()`. */
function instancePathsOf({ referencePaths }: NonNullable<Binding>): string[] {
  return referencePaths.flatMap(({ parentPath: built, key }) => {
    if (!built?.isNewExpression() || key !== 'callee') return [];
    const whole = exportedNameAt(built);
    const id = built.parentPath.isVariableDeclarator() ? built.parentPath.node.id : undefined;
    const binding = bindingNamed(id, built.scope);
    const named = binding?.constant ? exportPathsOf(built, binding) : [];
    return whole === undefined ? named : [whole, ...named];
  });
}

function hasDecorators(node: t.Node): boolean {
  return 'decorators' in node && Array.isArray(node.decorators) && node.decorators.length > 0;
}
