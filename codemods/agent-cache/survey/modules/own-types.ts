import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledDefinition } from '../code/definitions.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { programOfFile } from '../code/opened-files.ts';
import { typeText } from '../values/type-text.ts';
import { type Construction, ownConstructions } from './own-construction.ts';

/** The type arguments of an agent, each as a text; undefined where they are found by what else it is given. */
type TypeArguments = readonly string[] | undefined;

/** What type-checks in the place of everything. */
const ANY = '{"type":"TSAnyKeyword"}';

const known = new OncePerProject<{ own: TypeArguments | 'several' }>();

/**
 * Whether a construction has other type arguments than what the getter gives, or such of which that cannot be told: its
 * place would not type-check with that, or would take the answers for something else.
 */
export function isOfAnotherType(construction: Construction, getter: string, source: Source): boolean {
  const { project, path } = source;
  const file = project?.cacheModuleOf(path);
  if (!project || file === undefined) return false;
  const { own } = known.of(project, `${file} ${getter}`, () => ({ own: ownTypes(file, getter, source) }));
  const given = typeArgumentsOf(construction, source) ?? declaredFor(construction, source);
  if (own === 'several') return true;
  if (!own && !given) return false;
  const defaults = defaultsOf(construction, source);
  const [here, there] = [filled(given, defaults), filled(own, defaults)];
  return (
    here.length !== there.length || here.some((text, index) => text !== there[index] && there[index] !== ANY)
  );
}

/** Those of the cache's own construction, or of the class wherever the cache module speaks of it. */
function ownTypes(file: string, getter: string, source: Source): TypeArguments | 'several' {
  const texts = new Map<string, TypeArguments>();
  const note = (found: TypeArguments) => texts.set(JSON.stringify(found ?? null), found);
  for (const each of ownConstructions(source, getter)) note(typeArgumentsOf(each, source));
  if (texts.size === 1 && texts.has('null')) {
    const spoken: TypeArguments[] = [];
    programOfFile(file, source)?.traverse({
      TSTypeReference(type) {
        const args = ofTheClass(type, source);
        if (args) spoken.push(args);
      },
    });
    if (spoken.length > 0) texts.clear();
    for (const each of spoken) note(each);
  }
  return texts.size > 1 ? 'several' : [...texts.values()][0];
}

function typeArgumentsOf(path: NodePath, source: Source): TypeArguments {
  const parameters = 'typeParameters' in path.node ? path.get('typeParameters') : undefined;
  if (!parameters || Array.isArray(parameters) || !parameters.isTSTypeParameterInstantiation())
    return undefined;
  return parameters.get('params').map((each) => typeText(each, source));
}

/** The type arguments of a type that is the class; undefined for others, and where it has none. */
function ofTheClass(type: NodePath<t.TSTypeReference>, source: Source): TypeArguments {
  const { typeName } = type.node;
  const name = typeName.type === 'Identifier' ? typeName.name : typeName.right.name;
  return name === source.options.agentClass ? typeArgumentsOf(type, source) : undefined;
}

/** What the place declares its agent to be: of a variable, a field, an assertion, or the function that gives it. */
function declaredFor(construction: Construction, source: Source): TypeArguments {
  const annotation = annotationAround(construction);
  if (!annotation?.node) return undefined;
  let found: TypeArguments;
  const note = (type: NodePath<t.TSTypeReference>) => {
    found ??= ofTheClass(type, source);
  };
  if (annotation.isTSTypeReference()) note(annotation);
  annotation.traverse({ TSTypeReference: note });
  return found;
}

function annotationAround(construction: Construction): NodePath | undefined {
  let value: NodePath = construction;
  for (let parent = value.parentPath; parent; parent = value.parentPath) {
    if (parent.isVariableDeclarator()) return annotationOf(parent.get('id') as NodePath);
    if (parent.isClassProperty() || parent.isClassPrivateProperty()) return annotationOf(parent);
    if (parent.isTSAsExpression() || parent.isTSSatisfiesExpression())
      return parent.get('typeAnnotation') as NodePath;
    if (parent.isReturnStatement() || (parent.isArrowFunctionExpression() && value.key === 'body')) {
      const fn = parent.isReturnStatement() ? parent.getFunctionParent() : parent;
      return fn?.node.returnType ? (fn.get('returnType') as NodePath) : undefined;
    }
    if (!/^(Await|Parenthesized|TSNonNull|Logical|Conditional)Expression$/.test(parent.type))
      return undefined;
    value = parent;
  }
  return undefined;
}

function annotationOf(declared: NodePath): NodePath | undefined {
  const annotation = declared.node && 'typeAnnotation' in declared.node && declared.node.typeAnnotation;
  return annotation ? (declared.get('typeAnnotation') as NodePath) : undefined;
}

/** What the class takes in place of type arguments that it is not given; none where it cannot be read. */
function defaultsOf(construction: Construction, source: Source): readonly (string | undefined)[] {
  const found = calledDefinition(construction.get('callee') as NodePath, source);
  const parameters = found?.kind === 'class' ? found.path.get('typeParameters') : undefined;
  if (!parameters || Array.isArray(parameters) || !parameters.isTSTypeParameterDeclaration()) return [];
  return parameters.get('params').map((each) => {
    const fallback = each.get('default') as NodePath;
    return fallback.node ? typeText(fallback, source) : undefined;
  });
}

function filled(given: TypeArguments, defaults: readonly (string | undefined)[]): (string | undefined)[] {
  const length = Math.max(given?.length ?? 0, defaults.length);
  return Array.from({ length }, (_, index) => given?.[index] ?? defaults[index]);
}
