import { readFileSync } from 'node:fs';
import type * as t from '@babel/types';
import { fileProject } from '../../../codemods/agent-cache/files/file-project.ts';
import { DEFAULT_OPTIONS } from '../../../codemods/agent-cache/options.ts';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';
import { keyName } from '../../../codemods/agent-cache/survey/code/members.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';

/** What the declaration of a class says of building it. */
export interface DeclaredClass {
  abstract: boolean;
  /** It has type parameters that have to be given. */
  generic: boolean;
  /** The constructor is private or protected. */
  closed: boolean;
  /** The constructor is seen to have no parameters. */
  takesNothing: boolean;
  /** The names of the parameters that have to be given. */
  required: readonly string[];
  /** The static methods that others may call, which give a new one. */
  builders: readonly { name: string; required: readonly string[]; async: boolean }[];
}

/** How many classes a constructor may be inherited over. */
const MAX_ANCESTORS = 5;

/** Reads the declaration of a class in a file; undefined where it has none that can be read. */
export function declaredClass(file: string, name: string): DeclaredClass | undefined {
  const program = programOf(file);
  const declared = program && classIn(program, name);
  if (!declared) return undefined;
  const { body } = declared.body;
  const built = constructorOf({ file, program, declared }, MAX_ANCESTORS);
  return {
    abstract: 'abstract' in declared && declared.abstract === true,
    generic: isGeneric(declared),
    closed: built?.accessibility === 'private' || built?.accessibility === 'protected',
    takesNothing: built ? built.params.length === 0 : !declared.superClass,
    required: requiredOf(built?.params ?? []),
    builders: body.flatMap((member) => {
      if (member.type !== 'ClassMethod' || !member.static || member.kind !== 'method') return [];
      const own = keyName(member);
      const isOpen = member.accessibility !== 'private' && member.accessibility !== 'protected';
      if (own === undefined || !isOpen || !buildsItself(member.body, name)) return [];
      const isPromised = JSON.stringify(member.returnType ?? null).includes('"name":"Promise"');
      return [{ name: own, required: requiredOf(member.params), async: member.async || isPromised }];
    }),
  };
}

function isGeneric({ typeParameters: types }: t.Class): boolean {
  return types?.type === 'TSTypeParameterDeclaration' && types.params.some((each) => !each.default);
}

interface InFile {
  file: string;
  program: t.Program;
  declared: t.Class;
}

/** The constructor that builds a class: its own, or that of the nearest class of the tree that it extends. */
function constructorOf({ file, program, declared }: InFile, ancestors: number): t.ClassMethod | undefined {
  const own = declared.body.body.find(
    (member): member is t.ClassMethod => member.type === 'ClassMethod' && member.kind === 'constructor',
  );
  const { superClass } = declared;
  if (own || ancestors === 0 || superClass?.type !== 'Identifier') return own;
  const parent = classIn(program, superClass.name);
  if (parent) return constructorOf({ file, program, declared: parent }, ancestors - 1);
  const imported = importOf(superClass.name, program);
  const from = imported && fileProject(DEFAULT_OPTIONS).resolve(file, imported.module);
  const inFile = from === undefined || from.includes('/node_modules/') ? undefined : programOf(from);
  const inherited = inFile && imported && exportedClass(inFile, imported.name);
  return from === undefined || !inFile || !inherited
    ? undefined
    : constructorOf({ file: from, program: inFile, declared: inherited }, ancestors - 1);
}

function importOf(local: string, { body }: t.Program): { module: string; name: string } | undefined {
  for (const statement of body) {
    if (statement.type !== 'ImportDeclaration') continue;
    const specifier = statement.specifiers.find((each) => each.local.name === local);
    if (!specifier || specifier.type === 'ImportNamespaceSpecifier') continue;
    const name = specifier.type === 'ImportSpecifier' ? writtenName(specifier.imported) : 'default';
    if (name !== undefined) return { module: statement.source.value, name };
  }
  return undefined;
}

function exportedClass(program: t.Program, name: string): t.Class | undefined {
  if (name !== 'default') return classIn(program, name);
  const statement = program.body.find(({ type }) => type === 'ExportDefaultDeclaration');
  return statement && classesIn(statement)[0];
}

function programOf(file: string): t.Program | undefined {
  try {
    return parseSource(file, readFileSync(file, 'utf8').replace(/^\uFEFF/, '')).program;
  } catch {
    return undefined;
  }
}

function classIn({ body }: t.Program, name: string): t.Class | undefined {
  return body.flatMap(classesIn).find(({ id }) => id?.name === name);
}

function classesIn(statement: t.Statement): t.Class[] {
  if (statement.type === 'ClassDeclaration') return [statement];
  if (statement.type !== 'ExportNamedDeclaration' && statement.type !== 'ExportDefaultDeclaration') return [];
  const { declaration } = statement;
  return declaration?.type === 'ClassDeclaration' ? [declaration] : [];
}

function requiredOf(params: readonly t.Node[]): string[] {
  return params.flatMap((param) => {
    const declared = param.type === 'TSParameterProperty' ? param.parameter : param;
    if (declared.type === 'AssignmentPattern' || declared.type === 'RestElement') return [];
    if (declared.type !== 'Identifier') return ['an object'];
    return declared.optional ? [] : [declared.name];
  });
}

/** Whether code builds the class that it stands in: `new this()`, or by the name of the class. */
function buildsItself(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some((each) => buildsItself(each, name));
  if ('type' in node && node.type === 'NewExpression' && 'callee' in node) {
    const { callee } = node as t.NewExpression;
    if (callee.type === 'ThisExpression' || (callee.type === 'Identifier' && callee.name === name))
      return true;
  }
  return Object.entries(node).some(([key, value]) => key !== 'loc' && buildsItself(value, name));
}
