import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledFunction } from '../code/called-code.ts';
import { callersOf } from './callers.ts';
import { keyName } from '../code/members.ts';
import { fileOf, programOfModule } from '../code/opened-files.ts';
import { writtenName } from '../code/written-name.ts';
import type { FunctionPath } from '../code/placement.ts';
import { declaredTypeOf } from './declared-type.ts';
import { programAround } from '../code/program-around.ts';
import { fitsPromise } from './handed-types.ts';
import { takesPromise, typeDeclaredIn, typeIn } from '../code/written-types.ts';

/** Whether the declared type of a function, as far as the tree shows it, is one that no async function has. */
export function forbidsPromise(fn: FunctionPath, source: Source): boolean {
  const type = declaredTypeOf(fn);
  const returned = type && returnTypeOf(type, fn, source);
  return returned !== undefined && returned.type !== 'TSVoidKeyword' && !mayBePromise(returned);
}

/** Whether a function that gives an object may give a promise of it, by its declared type: surely, or since it has none. */
export function allowsPromise(fn: FunctionPath, source: Source): boolean {
  const type = declaredTypeOf(fn);
  return !type || takesPromise(returnTypeOf(type, fn, source));
}

/** Whether a parameter that is a function may give a promise in place of what it gives, for sure. */
export function takesPromiseOf(fn: FunctionPath, index: number, source: Source): boolean {
  const type = typeOfParam(fn.node.params[index]);
  return !type || fitsPromise(type, fn, [], source);
}

/** The type that is written for a parameter, with a default or without one. */
function typeOfParam(param: t.Node | undefined): t.TSType | undefined {
  const name = param?.type === 'AssignmentPattern' ? param.left : param;
  return name && 'typeAnnotation' in name ? typeIn(name.typeAnnotation) : undefined;
}

/**
 * Whether a parameter whose default is such a function may give a promise in place of what it gives. Where no type is
 * written, TypeScript takes that of the default, and nobody may give another one.
 */
export function takesPromiseByDefault(
  pattern: NodePath<t.AssignmentPattern>,
  fn: FunctionPath,
  source: Source,
): boolean {
  if (!/\.[cm]?tsx?$/.test(fileOf(fn, source))) return true;
  const index = fn.node.params.findIndex(
    ({ start, end }) => (start ?? 0) <= (pattern.node.start ?? 0) && (end ?? 0) >= (pattern.node.end ?? 0),
  );
  const param = fn.node.params[index];
  const type = typeOfParam(param);
  if (type) {
    if (param === pattern.node) return fitsPromise(type, fn, [], source);
    const key = pattern.parentPath.isObjectProperty() ? keyName(pattern.parent) : undefined;
    return key !== undefined && fitsPromise(type, fn, [key], source);
  }
  const callers = callersOf(fn);
  return callers?.every(({ node }) => !givesOther(node.arguments, index, pattern.node.left)) === true;
}

/** Whether arguments give something for a parameter, or for a name in its pattern. */
function givesOther(given: t.CallExpression['arguments'], index: number, name: t.Node): boolean {
  if (given.slice(0, index + 1).some(({ type }) => type === 'SpreadElement')) return true;
  const argument = given[index];
  if (argument?.type !== 'ObjectExpression') return argument !== undefined;
  return argument.properties.some(
    (each) => each.type === 'SpreadElement' || (name.type === 'Identifier' && keyName(each) === name.name),
  );
}

/** The type of a property of what a call gives, by the declared type of the function that it calls. */
export function declaredPartOf(call: NodePath, key: string, source: Source): t.TSType | undefined {
  const fn = call.isCallExpression() ? calledFunction(call, source) : undefined;
  const type = fn && typeIn(fn.node.returnType);
  const member = fn && type && memberOf(type, key, fn);
  return member?.type === 'TSPropertySignature' && !member.optional
    ? typeIn(member.typeAnnotation)
    : undefined;
}

/** What a function type gives, for a name of one too. */
function returnTypeOf(type: t.Node, from: NodePath, source: Source): t.TSType | undefined {
  if (type.type === 'TSParenthesizedType') return returnTypeOf(type.typeAnnotation, from, source);
  if (type.type === 'TSFunctionType') return typeIn(type.typeAnnotation);
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return undefined;
  const { name } = type.typeName;
  const program = programAround(from);
  const own = typeDeclaredIn(program, name);
  if (own) return signatureOf(own);
  const specifier = program.scope.getBinding(name)?.path;
  const statement = specifier?.parentPath;
  if (!specifier?.isImportSpecifier() || !statement?.isImportDeclaration()) return undefined;
  const module = programOfModule(statement.node.source.value, from, source);
  const imported = module && typeDeclaredIn(module, writtenName(specifier.node.imported) ?? name);
  return imported && signatureOf(imported);
}

/** A member of an object type, or of one that the file names. */
function memberOf(type: t.Node, key: string, from: NodePath): t.TSTypeElement | undefined {
  const { typeName } = type.type === 'TSTypeReference' ? type : {};
  const program = programAround(from);
  const named = typeName?.type === 'Identifier' ? typeDeclaredIn(program, typeName.name) : undefined;
  const owner = named?.type === 'TSTypeAliasDeclaration' ? named.typeAnnotation : (named ?? type);
  const members =
    owner.type === 'TSTypeLiteral'
      ? owner.members
      : owner.type === 'TSInterfaceDeclaration'
        ? owner.body.body
        : [];
  return members.find((each) => keyName(each) === key);
}

function signatureOf(declaration: t.Node): t.TSType | undefined {
  if (declaration.type === 'TSTypeAliasDeclaration') {
    const { typeAnnotation: type } = declaration;
    return type.type === 'TSFunctionType' ? typeIn(type.typeAnnotation) : undefined;
  }
  if (declaration.type !== 'TSInterfaceDeclaration') return undefined;
  const call = declaration.body.body.find((member) => member.type === 'TSCallSignatureDeclaration');
  return call?.type === 'TSCallSignatureDeclaration' ? typeIn(call.typeAnnotation) : undefined;
}

/** Whether a promise fits, or nobody can tell without the compiler. */
function mayBePromise(type: t.TSType): boolean {
  if (type.type === 'TSUnionType') return type.types.some(mayBePromise);
  if (type.type === 'TSParenthesizedType') return mayBePromise(type.typeAnnotation);
  if (type.type === 'TSTypeReference')
    return type.typeName.type !== 'Identifier' || type.typeName.name !== 'Response';
  return !/^TS(Undefined|Null|String|Number|Boolean|BigInt|Symbol|Never|Void)Keyword$|^TSLiteralType$/.test(
    type.type,
  );
}
