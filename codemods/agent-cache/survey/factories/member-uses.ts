import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory, Source } from '../../migration.ts';
import { superclassOf } from '../code/class-members.ts';
import { calledDefinition, definitionOf } from '../code/definitions.ts';
import { isForeign } from '../code/foreign-values.ts';
import { isMember, isWritten, keyName, type Member, propertyName } from '../code/members.ts';
import { fileOf, isSameNode, programOfFile } from '../code/opened-files.ts';
import { requiredModule } from '../code/required-module.ts';
import { bindingOf } from '../code/bindings.ts';
import { typeIn } from '../code/written-types.ts';

/** A member of a class whose uses are looked for. */
interface ClassMember {
  fn: Factory['fn'];
  owner: NodePath<t.Class>;
  name: string;
  isStatic: boolean;
  /** Only the class itself can use it. */
  isPrivate: boolean;
  isExported: boolean;
  /** The paths at which its file exports instances of the class. */
  instances: readonly string[];
}

interface MemberUses {
  /** Where the file itself uses it. */
  references: NodePath[];
  /** The first place that may use or declare it, and cannot be followed. */
  blocking: NodePath | undefined;
  /** Its name stands in a string: a test may put something in its place. */
  isQuoted: boolean;
}

/**
 * Everything that the package does with a member of a class, by its name. Uses of an exported class in other files are
 * no concern of this where the passes over those files find them: by the class's own name, as all that is static, and
 * in what extends it.
 */
export function usesOfClassMember(member: ClassMember, source: Source): MemberUses {
  const { name, isStatic, isPrivate, owner } = member;
  const { project, program } = source;
  const search = new Search(member, source);
  const others = name.startsWith('#') ? [] : filesWith(name, source);
  const isQuoted = others.some((file) => quotes(name, project?.read(file) ?? ''));
  search.look(program);
  if (!isPrivate && !isStatic) {
    if (!project || others.length > MAX_FILES) search.found.blocking ??= owner;
    else for (const each of others) search.lookInto(programOfFile(each, source));
  }
  return { ...search.found, isQuoted: search.found.isQuoted || isQuoted };
}

/** The other files of the package that have a name, and the tests that import from this one and have it. */
export function filesWith(name: string, { project, path }: Source): string[] {
  if (!project) return [];
  const importers = project.importersOf(path).filter((file) => project.read(file)?.includes(name));
  return [...new Set([...project.filesMentioning(path, name), ...importers])];
}

/** In how many files a name is looked for; one that more of them have says nothing of whose it is. */
const MAX_FILES = 200;

/** A test may put something in the place of a member by its name in quotes. */
function quotes(name: string, text: string): boolean {
  return [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => text.includes(quoted));
}

class Search {
  readonly found: MemberUses = { references: [], blocking: undefined, isQuoted: false };
  readonly #member: ClassMember;
  readonly #migration: Source;

  constructor(member: ClassMember, source: Source) {
    this.#member = member;
    this.#migration = source;
  }

  /** Looks through another file; one that cannot be read may hold anything. */
  lookInto(program: NodePath<t.Program> | undefined): void {
    if (program) this.look(program);
    else this.#block(this.#member.owner);
  }

  look(program: NodePath<t.Program>): void {
    if (this.#migration.project?.isCacheFile(fileOf(program, this.#migration))) return;
    const { name, isPrivate, isStatic } = this.#member;
    program.traverse({
      'MemberExpression|OptionalMemberExpression': (path: NodePath) => {
        if (isMember(path) && propertyName(path.node) === name) this.#use(path);
      },
      PrivateName: (path) => {
        if (isAskedFor(path, name)) this.#block(path);
      },
      StringLiteral: (path) => {
        if (path.node.value !== name || path.key === 'property' || path.key === 'key') return;
        if (path.parentPath.isTSLiteralType()) this.#block(path);
        else this.found.isQuoted = true;
      },
      ObjectProperty: (path) => {
        const isPicked = path.parentPath.isObjectPattern() && keyName(path.node) === name;
        if (isPicked && this.#mayBeOurs(path)) this.#block(path);
      },
      'TSMethodSignature|TSPropertySignature': (path: NodePath) => {
        if (!isPrivate && !isStatic && keyName(path.node) === name && this.#mayBeMethod(path))
          this.#block(path);
      },
      'ClassMethod|ClassProperty|ClassAccessorProperty|TSDeclareMethod|ClassPrivateMethod|ClassPrivateProperty':
        (path: NodePath) => {
          if (keyName(path.node) === name) this.#declared(path);
        },
    });
  }

  #use(use: Member): void {
    const { fn, isPrivate, isStatic } = this.#member;
    const found = definitionOf(use, this.#migration);
    if (found) {
      if (found.kind !== 'function' || !this.#isSame(found.path, fn)) return;
      const isHere = use.scope.getProgramParent().block === this.#migration.program.node;
      if (isWritten(use)) this.#block(use);
      else if (isHere) this.found.references.push(use);
      else if (!this.#isFollowedThere(use)) this.#block(use);
    } else if (isStatic || this.#isOfAnother(use.get('object') as NodePath)) return;
    else if (!isPrivate || this.#isInClass(use)) this.#block(use);
  }

  /** Whether a receiver is known, and none of the class's. */
  #isOfAnother(receiver: NodePath): boolean {
    if (isForeign(receiver, this.#migration)) return true;
    const found = definitionOf(receiver, this.#migration);
    return found?.kind === 'instance' && !this.#isSame(found.path, this.#member.owner);
  }

  /** Whether the passes over another file find the use: by the name of the class or of an instance, or in a class that extends it. */
  #isFollowedThere(use: Member): boolean {
    const { instances, isExported, isStatic } = this.#member;
    const receiver = use.get('object') as NodePath;
    if (instances.length > 0 && isImported(receiver)) return true;
    if (!isExported) return false;
    if (isStatic) return receiver.isIdentifier() && this.#isOwner(receiver);
    if (!receiver.isThisExpression() && !receiver.isSuper()) return false;
    const around = use.findParent((each) => each.isClass());
    const superclass = around?.isClass() ? superclassOf(around) : undefined;
    return superclass !== undefined && this.#isOwner(superclass);
  }

  #isOwner(name: NodePath): boolean {
    const found = calledDefinition(name, this.#migration);
    return found?.kind === 'class' && this.#isSame(found.path, this.#member.owner);
  }

  /** `const { create } = x`: of the class, or of what nobody knows. */
  #mayBeOurs(property: NodePath): boolean {
    const { isPrivate, isStatic, owner } = this.#member;
    const declarator = property.parentPath?.parentPath;
    const init = declarator?.isVariableDeclarator() ? (declarator.get('init') as NodePath) : undefined;
    const found = init?.node ? definitionOf(init, this.#migration) : undefined;
    if (!found && init?.node && isForeign(init, this.#migration)) return false;
    if (!found) return !isStatic && (!isPrivate || this.#isInClass(property));
    return (found.kind === 'class' || found.kind === 'instance') && this.#isSame(found.path, owner);
  }

  /** Whether an interface asks for a method of this name, or for something that may be one. */
  #mayBeMethod({ node }: NodePath): boolean {
    if (node.type === 'TSMethodSignature') return true;
    const annotation = node.type === 'TSPropertySignature' ? node.typeAnnotation : undefined;
    const type = typeIn(annotation);
    if (type?.type !== 'TSTypeReference') return type?.type === 'TSFunctionType';
    const { typeName } = type;
    return typeName.type !== 'Identifier' || typeName.name !== this.#migration.options.agentClass;
  }

  /** Another declaration of the name: in the class itself, or in one that extends it. */
  #declared(declared: NodePath): void {
    const { fn, owner, isStatic } = this.#member;
    const around = declared.parentPath?.parentPath;
    if (
      !around?.isClass() ||
      fn.node === declared.node ||
      fn.findParent((each) => each.node === declared.node)
    )
      return;
    const { node } = declared;
    const isSameSide = ('static' in node && node.static === true) === isStatic;
    if (isSameSide && this.#descends(around, owner)) this.#block(declared);
  }

  #descends(from: NodePath<t.Class>, owner: NodePath<t.Class>): boolean {
    if (this.#isSame(from, owner)) return true;
    const superclass = superclassOf(from);
    if (!superclass) return false;
    const found = calledDefinition(superclass, this.#migration);
    if (found?.kind === 'class') return this.#descends(found.path, owner);
    // `extends withRetry(Base)`
    return !superclass.isIdentifier() && !superclass.isMemberExpression();
  }

  #isInClass(use: NodePath): boolean {
    return use.findParent(({ node }) => node === this.#member.owner.node) !== null;
  }

  #isSame(one: NodePath, other: NodePath): boolean {
    return isSameNode(one, other, this.#migration);
  }

  #block(place: NodePath): void {
    this.found.blocking ??= place;
  }
}

/** `#make in value`: what is asked for by its private name has to stay. */
export function isAskedFor({ key, node }: NodePath<t.PrivateName>, name: string | undefined): boolean {
  return key === 'left' && `#${node.id.name}` === name;
}

/** Whether a name, or the first one of a path, stands for what another module exports. */
function isImported(name: NodePath): boolean {
  if (isMember(name)) return isImported(name.get('object') as NodePath);
  const binding = bindingOf(name);
  if (!binding?.constant) return false;
  const { kind, path } = binding;
  return kind === 'module' || (path.isVariableDeclarator() && requiredModule(path.node.init) !== undefined);
}
