import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { exportsNamed } from '../code/exports-named.ts';
import { keyName } from '../code/members.ts';
import { programOfModule } from '../code/opened-files.ts';
import { writtenName } from '../code/written-name.ts';
import { programAround } from '../code/program-around.ts';
import { takesPromise, typeDeclaredIn, typeIn } from '../code/written-types.ts';

/** A type, and the file whose names it uses. */
interface Typed {
  type: t.Node;
  program: NodePath<t.Program>;
}

/** How many names and modules a type lies behind. */
const MAX_STEPS = 12;
/** Types that have the members of their argument. */
const SAME_MEMBERS = /^(Readonly|Partial|Required|NonNullable|Pick|Omit)$/;

/**
 * Whether a factory may give a promise in place of what it gives, where it lies at a way of names (`['makeAgent']`; empty
 * for itself) in what is declared: a parameter, a variable or a field. What has no type written takes what it is given.
 */
export function givesPromiseToo(declared: NodePath, way: readonly string[], source: Source): boolean {
  const { node } = declared;
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  if (annotation?.type !== 'TSTypeAnnotation') return true;
  return fitsPromise(annotation.typeAnnotation, declared, way, source);
}

/** The same of a type that stands somewhere. */
export function fitsPromise(type: t.Node, at: NodePath, way: readonly string[], source: Source): boolean {
  const program = programAround(at);
  return isPromised({ type, program }, way, source, MAX_STEPS);
}

function isPromised(typed: Typed, way: readonly string[], source: Source, steps: number): boolean {
  if (steps === 0) return false;
  const { type, program } = typed;
  const next = (inner: t.Node, rest = way) => isPromised({ type: inner, program }, rest, source, steps - 1);
  switch (type.type) {
    case 'TSAnyKeyword':
    case 'TSUnknownKeyword':
      return true;
    case 'TSParenthesizedType':
      return next(type.typeAnnotation);
    case 'TSUnionType': {
      const own = type.types.filter(({ type: kind }) => !/^TS(Undefined|Null)Keyword$/.test(kind));
      return own.some((each) => next(each));
    }
    case 'TSIntersectionType':
      return type.types.some((each) => next(each));
    case 'TSFunctionType':
      return way.length === 0 && takesPromise(typeIn(type.typeAnnotation));
    case 'TSTypeAliasDeclaration':
      return next(type.typeAnnotation);
    case 'TSTypeLiteral':
      return ofMembers(type.members, way, next);
    case 'TSInterfaceDeclaration':
      return (
        ofMembers(type.body.body, way, next) ||
        (way.length > 0 && (type.extends ?? []).some(({ expression }) => next(expression)))
      );
    case 'TSIndexedAccessType': {
      const { indexType: index, objectType } = type;
      const isName = index.type === 'TSLiteralType' && index.literal.type === 'StringLiteral';
      return isName && next(objectType, [(index.literal as t.StringLiteral).value, ...way]);
    }
    case 'TSTypeReference': {
      const [first] = type.typeParameters?.params ?? [];
      if (type.typeName.type !== 'Identifier') return false;
      if (first && SAME_MEMBERS.test(type.typeName.name)) return next(first);
      const named = typeNamed(type.typeName.name, program, source, MAX_STEPS);
      return named !== undefined && isPromised(named, way, source, steps - 1);
    }
    case 'Identifier': {
      const named = typeNamed(type.name, program, source, MAX_STEPS);
      return named !== undefined && isPromised(named, way, source, steps - 1);
    }
    default:
      return false;
  }
}

function ofMembers(
  members: readonly t.TSTypeElement[],
  way: readonly string[],
  next: (inner: t.Node, rest: readonly string[]) => boolean,
): boolean {
  const [name, ...rest] = way;
  if (name === undefined)
    return members.some(
      (each) => each.type === 'TSCallSignatureDeclaration' && takesPromise(typeIn(each.typeAnnotation)),
    );
  const member = members.find((each) => keyName(each) === name);
  if (member?.type === 'TSMethodSignature')
    return rest.length === 0 && takesPromise(typeIn(member.typeAnnotation));
  const type = member?.type === 'TSPropertySignature' ? typeIn(member.typeAnnotation) : undefined;
  return type !== undefined && next(type, rest);
}

/** The declaration of a type, in the file that names it or in the one that it comes from. */
function typeNamed(
  name: string,
  program: NodePath<t.Program>,
  source: Source,
  steps: number,
): Typed | undefined {
  if (steps === 0) return undefined;
  const declared = typeDeclaredIn(program, name);
  if (declared) return { type: declared, program };
  const specifier = program.scope.getBinding(name)?.path;
  const statement = specifier?.parentPath;
  if (!specifier || !statement?.isImportDeclaration()) return undefined;
  const imported = specifier.isImportSpecifier() ? writtenName(specifier.node.imported) : undefined;
  return imported === undefined
    ? undefined
    : exportedType(imported, { module: statement.node.source.value, from: program }, source, steps - 1);
}

function exportedType(
  name: string,
  { module, from }: { module: string; from: NodePath<t.Program> },
  source: Source,
  steps: number,
): Typed | undefined {
  const program = steps > 0 ? programOfModule(module, from, source) : undefined;
  if (!program) return undefined;
  for (const found of exportsNamed(program, name)) {
    const behind =
      'module' in found
        ? exportedType(found.member ?? name, { module: found.module, from: program }, source, steps - 1)
        : found.value.isIdentifier()
          ? typeNamed(found.value.node.name, program, source, steps - 1)
          : undefined;
    if (behind) return behind;
  }
  return typeNamed(name, program, source, steps - 1);
}
