import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { constructorOf } from '../code/class-members.ts';
import { loadedBy } from '../code/loaded-by.ts';
import { keyName } from '../code/members.ts';
import { fileOf } from '../code/opened-files.ts';
import { programAround } from '../code/program-around.ts';
import { typeDeclaredIn } from '../code/written-types.ts';

/** Types of which no object of a class is: what is of them has other methods. */
const PLAIN =
  /^TS(String|Number|Boolean|BigInt|Symbol|Null|Undefined|Void|Never|Literal|Array|Tuple|TemplateLiteral)/;

/** Whether a name is declared to be of a type that no class of the tree has: `log: Logger` of a package, `ids: string[]`. */
export function isForeignName({ path, identifier }: Binding, source: Source): boolean {
  const declared = path.isVariableDeclarator() ? path.node.id : identifier;
  return isForeign('typeAnnotation' in declared ? declared.typeAnnotation : undefined, path, source);
}

/** The same of a field of the class around a place: `private readonly log: Logger`. */
export function isForeignField(place: NodePath, name: string, source: Source): boolean {
  const owner = place.findParent((each) => each.isClass());
  if (!owner?.isClass()) return false;
  const field = owner
    .get('body')
    .get('body')
    .find(({ node }) => node.type.endsWith('Property') && keyName(node) === name)?.node;
  if (field && 'typeAnnotation' in field && field.typeAnnotation)
    return isForeign(field.typeAnnotation, owner, source);
  for (const { node } of constructorOf(owner)?.get('params') ?? []) {
    const parameter = node.type === 'TSParameterProperty' ? node.parameter : undefined;
    const own = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (own?.type === 'Identifier' && own.name === name) return isForeign(own.typeAnnotation, owner, source);
  }
  return false;
}

function isForeign(annotation: t.Node | null | undefined, at: NodePath, source: Source): boolean {
  if (annotation?.type !== 'TSTypeAnnotation') return false;
  return isForeignType(annotation.typeAnnotation, at, source);
}

function isForeignType(type: t.Node, at: NodePath, source: Source): boolean {
  if (PLAIN.test(type.type)) return true;
  if (type.type === 'TSUnionType') return type.types.every((each) => isForeignType(each, at, source));
  if (type.type !== 'TSTypeReference') return false;
  let { typeName } = type;
  while (typeName.type === 'TSQualifiedName') typeName = typeName.left;
  if (typeName.type !== 'Identifier') return false;
  const { name } = typeName;
  const binding = at.scope.getBinding(name);
  const loaded = binding && loadedBy(binding);
  if (loaded) return isOfPackage(loaded.specifier, binding.path, source);
  return !binding && !isOwnType(name, at);
}

/** Whether a specifier is of a package that the tree says it has, and leads to none of its files. */
export function isOfPackage(specifier: string, from: NodePath, source: Source): boolean {
  const { project } = source;
  const file = fileOf(from, source);
  if (/^\.\.?(\/|$)/.test(specifier) || !project) return false;
  const found = project.resolve(file, specifier);
  return found === undefined ? project.isExplained(file, specifier) : found.includes('/node_modules/');
}

/** A parameter of a type, or a type that the file declares, which Babel's scopes do not know. */
function isOwnType(name: string, at: NodePath): boolean {
  const isParameter = at.findParent(({ node }) => {
    const declared = 'typeParameters' in node ? node.typeParameters : undefined;
    if (declared?.type !== 'TSTypeParameterDeclaration') return false;
    return (declared as t.TSTypeParameterDeclaration).params.some((each) => each.name === name);
  });
  if (isParameter) return true;
  return typeDeclaredIn(programAround(at), name) !== undefined;
}
