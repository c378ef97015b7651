import type { Class, Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { ModuleGraph } from '../source/module-graph.ts';
import type { Declared, Value } from './values.ts';

const DEEPEST = 8;
/** What has a text, or another value, of its own. */
const OWN_TEXT = /^(?:toString|valueOf)$/;
/** Types of the language that are as the type which they are given. */
const LIKE_GIVEN = /^(?:Readonly|Partial|Required|NonNullable|Pick|Omit)$/;

/** The type that a name or a pattern is declared with; undefined where it has none that says something. */
export function declaredOf(pattern: Node, file: string): Declared | undefined {
  const annotation = 'typeAnnotation' in pattern ? pattern.typeAnnotation : undefined;
  if (annotation?.type !== 'TSTypeAnnotation') return undefined;
  const type = annotation.typeAnnotation;
  return /^TS(?:Any|Unknown)Keyword$/.test(type.type) ? undefined : { type, file };
}

/** Notes what type the code says of something that is not known; what it says first is told by whoever gives it. */
export function declare(value: Value | undefined, declared: Declared | undefined, graph: ModuleGraph): void {
  if (declared === undefined || value === undefined || value.is === 'primitive') return;
  if (value.isList === true)
    for (const [name, each] of value.properties) declare(each, typeOfMember(declared, name, graph), graph);
  else if (value.declared === undefined || value.declared.isGuess === true)
    if (value.is === 'unknown' || value.sample !== undefined) value.declared = declared;
}

/** Whether values of a type are numbers. */
export function isOfNumbers(declared: Declared | undefined): boolean {
  return declared?.type.type === 'TSNumberKeyword' || declared?.type.type === 'TSBigIntKeyword';
}

/** Of what JSON shows nothing. */
const OUTSIDE_JSON = /^(?:(?:Readonly|Weak)?(?:Map|Set)|Promise|RegExp|URLSearchParams|Headers|FormData)$/;

/** Whether JSON shows nothing of values of a type. */
export function isOutsideJson({ type, file }: Declared, graph: ModuleGraph): boolean {
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  const { name } = type.typeName;
  return OUTSIDE_JSON.test(name) && typeNamed(name, file, graph) === undefined;
}

/** Whether values of a type, or some of them, are objects that have no text of their own: all are `[object Object]`. */
export function isTextless({ type, file }: Declared, graph: ModuleGraph, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  const ask = (inner: Node) => isTextless({ type: inner, file }, graph, depth + 1);
  switch (type.type) {
    case 'TSTypeLiteral':
      return !type.members.some(saysText);
    case 'TSInterfaceDeclaration':
      return (
        !type.body.body.some(saysText) && (type.extends ?? []).every(({ expression }) => ask(expression))
      );
    case 'ClassDeclaration':
      return !type.body.body.some(saysText) && (!type.superClass || ask(type.superClass));
    case 'TSTypeAliasDeclaration':
    case 'TSParenthesizedType':
    case 'TSTypeOperator':
      return ask(type.typeAnnotation);
    case 'TSArrayType':
      return ask(type.elementType);
    case 'TSUnionType':
      return type.types.some(ask);
    // A text that is branded is a text.
    case 'TSIntersectionType':
      return type.types.every(ask);
    case 'Identifier': {
      const named = typeNamed(type.name, file, graph);
      return named !== undefined && isTextless(named, graph, depth + 1);
    }
    case 'TSTypeReference': {
      const [given] = type.typeParameters?.params ?? [];
      if (type.typeName.type !== 'Identifier') return false;
      const named = typeNamed(type.typeName.name, file, graph);
      if (named !== undefined) return isTextless(named, graph, depth + 1);
      if (type.typeName.name === 'Record') return true;
      return LIKE_GIVEN.test(type.typeName.name) && given !== undefined && ask(given);
    }
    default:
      return false;
  }
}

/** The type of a property, or of the elements of a list; undefined where it is not told. */
export function typeOfMember(
  { type, file }: Declared,
  name: string,
  graph: ModuleGraph,
  depth = 0,
): Declared | undefined {
  if (depth > DEEPEST) return undefined;
  const ask = (inner: Node) => typeOfMember({ type: inner, file }, name, graph, depth + 1);
  const among = (members: readonly Node[]) => {
    const member = members.find((each) => nameInType(each) === name);
    return member && declaredOf(member, file);
  };
  switch (type.type) {
    case 'TSTypeLiteral':
      return among(type.members);
    case 'TSInterfaceDeclaration':
      return among(type.body.body) ?? firstOf(type.extends ?? [], ({ expression }) => ask(expression));
    case 'ClassDeclaration':
      return (
        among(type.body.body) ??
        givenType(type, name, file) ??
        (type.superClass ? ask(type.superClass) : undefined)
      );
    case 'TSTypeAliasDeclaration':
    case 'TSParenthesizedType':
    case 'TSTypeOperator':
      return ask(type.typeAnnotation);
    case 'TSArrayType':
      return /^\d+$/.test(name) ? { type: type.elementType, file } : undefined;
    case 'TSUnionType':
    case 'TSIntersectionType':
      return firstOf(type.types, ask);
    case 'Identifier':
    case 'TSTypeReference': {
      const id = type.type === 'Identifier' ? type : type.typeName;
      if (id.type !== 'Identifier') return undefined;
      const named = typeNamed(id.name, file, graph);
      if (named !== undefined) return typeOfMember(named, name, graph, depth + 1);
      const [given] = type.type === 'TSTypeReference' ? (type.typeParameters?.params ?? []) : [];
      return LIKE_GIVEN.test(id.name) && given !== undefined ? ask(given) : undefined;
    }
    default:
      return undefined;
  }
}

/** `constructor(readonly token: string)` */
function givenType({ body }: Class, name: string, file: string): Declared | undefined {
  for (const member of body.body) {
    if (member.type !== 'ClassMethod' || member.kind !== 'constructor') continue;
    for (const each of member.params) {
      const parameter = each.type === 'TSParameterProperty' ? each.parameter : undefined;
      const named = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
      if (named?.type === 'Identifier' && named.name === name) return declaredOf(named, file);
    }
  }
  return undefined;
}

/** Whether a member gives its object a text, or may: what is computed may be `Symbol.toPrimitive`. */
export function saysText(member: Node): boolean {
  const name = nameInType(member);
  return 'key' in member && (name === undefined || OWN_TEXT.test(name));
}

/** The name of a member of a class or a type; undefined for one that is computed, and for what has no name. */
export function nameInType(member: Node): string | undefined {
  if (!('key' in member)) return undefined;
  return writtenName(member.key as Node, 'computed' in member && member.computed === true);
}

const TYPES = /^(?:TSTypeAliasDeclaration|TSInterfaceDeclaration|ClassDeclaration|TSEnumDeclaration)$/;

/** What declares a type in a file, or in the one that it imports the type from. */
function typeNamed(name: string, file: string, graph: ModuleGraph, depth = 0): Declared | undefined {
  const body = graph.model(file)?.program.body ?? [];
  for (const statement of body) {
    const declared =
      'declaration' in statement && statement.declaration ? statement.declaration : (statement as Node);
    const isMeant = 'id' in declared && declared.id?.type === 'Identifier' && declared.id.name === name;
    if (isMeant && TYPES.test(declared.type)) return { type: declared, file };
    if (statement.type !== 'ImportDeclaration') continue;
    const taken = statement.specifiers.find(({ local }) => local.name === name);
    if (taken === undefined || taken.type === 'ImportNamespaceSpecifier') continue;
    const imported = taken.type === 'ImportSpecifier' ? (writtenName(taken.imported) ?? '') : 'default';
    return exportedType(imported, file, statement.source.value, graph, depth + 1);
  }
  return undefined;
}

function exportedType(
  name: string,
  from: string,
  specifier: string,
  graph: ModuleGraph,
  depth: number,
): Declared | undefined {
  const file = depth > DEEPEST ? undefined : graph.resolve(from, specifier);
  if (file === undefined) return undefined;
  const body = graph.model(file)?.program.body ?? [];
  return (
    firstOf(body, (statement) => {
      if (statement.type === 'ExportDefaultDeclaration' && name === 'default')
        return TYPES.test(statement.declaration.type) ? { type: statement.declaration, file } : undefined;
      if (statement.type === 'ExportAllDeclaration')
        return exportedType(name, file, statement.source.value, graph, depth + 1);
      if (statement.type !== 'ExportNamedDeclaration') return undefined;
      const handed = statement.specifiers.find((each) => writtenName(each.exported) === name);
      if (handed?.type !== 'ExportSpecifier') return undefined;
      const local = writtenName(handed.local) ?? '';
      return statement.source
        ? exportedType(local, file, statement.source.value, graph, depth + 1)
        : typeNamed(local, file, graph, depth + 1);
    }) ?? typeNamed(name, file, graph, depth + 1)
  );
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const each of items) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
