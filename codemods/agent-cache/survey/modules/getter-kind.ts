import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { definitionOf } from '../code/definitions.ts';
import { exportsNamed } from '../code/exports-named.ts';
import { keyName } from '../code/members.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { programOfFile } from '../code/opened-files.ts';
import type { FunctionPath } from '../code/placement.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { keyedGetter } from '../../options.ts';
import { buildsTheClass, exportedMember } from './own-construction.ts';
import { programAround } from '../code/program-around.ts';
import { bindingOf } from '../code/bindings.ts';
import { returnedValues } from '../code/returned-values.ts';
import { typeDeclaredIn, typeIn } from '../code/written-types.ts';

const known = new OncePerProject<boolean>();

/** How many functions and names may lie between the getter and the construction. */
const MAX_STEPS = 6;

/**
 * Whether the cache module gives the file its agent at once, and not as a promise: its getter, or for a task what its
 * provider gives, is a function that is not async and whose result is the class, as it is declared or evident.
 */
export function givesAtOnce(source: Source, keyed = false): boolean {
  const { project, path, options } = source;
  const isTask = source.isTask && !keyed;
  const getter = keyed ? keyedGetter(options) : options.factory;
  const file = project?.cacheModuleOf(path);
  if (!project || file === undefined) return false;
  return known.of(project, `${file} ${isTask} ${getter}`, () => {
    const program = programOfFile(file, source);
    if (!program) return false;
    return isTask
      ? providesAtOnce(program, source)
      : exportedFunctions(program, getter, source).some((fn) => isDirect(fn, source));
  });
}

function exportedFunctions(program: NodePath<t.Program>, name: string, migration: Source): FunctionPath[] {
  for (const source of exportsNamed(program, name)) {
    const reference = 'value' in source ? exportedMember(source.value, source.member) : undefined;
    const found = reference && definitionOf(asValue(reference), migration);
    if (found) return found.kind === 'function' ? [found.path] : [];
  }
  return [];
}

/** The value of a variable that is exported by its declaration. */
function asValue(path: NodePath): NodePath {
  const declarator = path.key === 'id' ? path.parentPath : undefined;
  const init = declarator?.isVariableDeclarator() ? (declarator.get('init') as NodePath) : undefined;
  return init?.node ? init : path;
}

/** Whether what a provider gives has a `getAgent` that is no promise's. */
function providesAtOnce(program: NodePath<t.Program>, source: Source): boolean {
  const [provider] = exportedFunctions(program, source.options.provider, source);
  if (!provider || provider.node.async) return false;
  const declared = declaredGetAgent(provider);
  if (declared) return isAgentType(declared, program, source);
  return returnedValues(provider).some((value) => {
    const object = withoutTypes(value);
    const member = object.isObjectExpression()
      ? object.get('properties').find(({ node }) => keyName(node) === 'getAgent')
      : undefined;
    const found = member?.isObjectProperty()
      ? definitionOf(member.get('value'), source)
      : member && definitionOf(member, source);
    return found?.kind === 'function' && isDirect(found.path, source);
  });
}

/** The type that the provider's declared type gives its `getAgent`. */
function declaredGetAgent(provider: FunctionPath): t.TSType | undefined {
  const type = typeIn(provider.node.returnType);
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return undefined;
  const { name } = type.typeName;
  const declared = typeDeclaredIn(programAround(provider), name);
  if (declared?.type !== 'TSInterfaceDeclaration') return undefined;
  const member = declared.body.body.find((each) => keyName(each) === 'getAgent');
  if (member?.type === 'TSMethodSignature') return typeIn(member.typeAnnotation);
  const own = member?.type === 'TSPropertySignature' ? typeIn(member.typeAnnotation) : undefined;
  return own?.type === 'TSFunctionType' ? typeIn(own.typeAnnotation) : undefined;
}

/** Whether a function gives an agent itself. */
function isDirect(fn: FunctionPath, source: Source, steps = MAX_STEPS): boolean {
  if (fn.node.async || fn.node.generator || steps === 0) return false;
  const declared = typeIn(fn.node.returnType);
  const program = programAround(fn);
  if (declared) return isAgentType(declared, program, source);
  const documented = documentedType(fn);
  if (documented !== undefined) return documented === source.options.agentClass;
  const values = returnedValues(fn);
  return values.length > 0 && values.every((value) => isAgentValue(value, source, steps - 1));
}

/** Whether a type is the agent's class: by its name, by an alias of the file, or as what a builder gives. */
function isAgentType(type: t.TSType, program: NodePath<t.Program>, source: Source, steps = 4): boolean {
  if (steps === 0 || type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  const { name } = type.typeName;
  const { agentClass } = source.options;
  const [argument] = type.typeParameters?.params ?? [];
  if (name === 'Awaited' && argument) return isAgentType(argument, program, source, steps - 1);
  if (/^(InstanceType|ReturnType)$/.test(name) && argument?.type === 'TSTypeQuery')
    return /(^|\.)(\w+)$/.test(agentClass) && namesTheClass(argument.exprName, agentClass);
  if (name === agentClass || importedAs(name, program) === agentClass) return true;
  const alias = typeDeclaredIn(program, name);
  return (
    alias?.type === 'TSTypeAliasDeclaration' && isAgentType(alias.typeAnnotation, program, source, steps - 1)
  );
}

function namesTheClass(name: t.Node, agentClass: string): boolean {
  if (name.type === 'Identifier') return name.name === agentClass;
  return name.type === 'TSQualifiedName' && name.left.type === 'Identifier' && name.left.name === agentClass;
}

function importedAs(name: string, program: NodePath<t.Program>): string | undefined {
  const path = program.scope.getBinding(name)?.path;
  if (!path?.isImportSpecifier()) return undefined;
  const { imported } = path.node;
  return imported.type === 'Identifier' ? imported.name : imported.value;
}

/** What JSDoc says that a function returns. */
function documentedType(fn: FunctionPath): string | undefined {
  const comments = [
    ...(fn.node.leadingComments ?? []),
    ...(fn.getStatementParent()?.node.leadingComments ?? []),
    ...(fn.parent.leadingComments ?? []),
  ];
  const text = comments.map(({ value }) => value).join('\n');
  return /@returns?\s*\{\s*([^}]*?)\s*\}/.exec(text)?.[1];
}

/** Whether an expression is evidently an agent: a new one, what a variable keeps of such, or what a function gives. */
function isAgentValue(path: NodePath, source: Source, steps: number): boolean {
  if (steps === 0) return false;
  const value = withoutTypes(path);
  const next = (each: NodePath) => isAgentValue(each, source, steps - 1);
  if (value.isNewExpression()) return buildsTheClass(value, source);
  if (value.isAssignmentExpression()) return next(value.get('right'));
  if (value.isLogicalExpression()) return next(value.get('right'));
  if (value.isConditionalExpression()) return next(value.get('consequent')) && next(value.get('alternate'));
  if (value.isCallExpression()) {
    if (buildsTheClass(value, source)) return value.parent.type !== 'AwaitExpression';
    const found = definitionOf(value.get('callee') as NodePath, source);
    return found?.kind === 'function' && isDirect(found.path, source, steps - 1);
  }
  if (!value.isIdentifier()) return false;
  const binding = bindingOf(value);
  if (!binding?.path.isVariableDeclarator()) return false;
  const init = binding.path.get('init') as NodePath;
  const given = binding.constantViolations.map((each) =>
    each.isAssignmentExpression() ? (each.get('right') as NodePath) : each,
  );
  const values = [...(init.node ? [init] : []), ...given].filter((each) => !isNothing(each));
  return values.length > 0 && values.every(next);
}

function isNothing({ node }: NodePath): boolean {
  return node.type === 'NullLiteral' || (node.type === 'Identifier' && node.name === 'undefined');
}
