import { readFileSync } from 'node:fs';
import type * as t from '@babel/types';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';
import { keyName } from '../../../codemods/agent-cache/survey/code/members.ts';

/** What the declaration of a class says of building it. */
export interface DeclaredClass {
  abstract: boolean;
  /** It has type parameters that have to be given. */
  generic: boolean;
  /** The constructor is private or protected. */
  closed: boolean;
  /** The names of the parameters that have to be given. */
  required: readonly string[];
  /** The static methods that others may call, which give a new one. */
  builders: readonly { name: string; required: readonly string[]; async: boolean }[];
}

/** Reads the declaration of a class in a file; undefined where it has none that can be read. */
export function declaredClass(file: string, name: string): DeclaredClass | undefined {
  const declared = classIn(file, name);
  if (!declared) return undefined;
  const { body } = declared.body;
  const built = body.find(
    (member): member is t.ClassMethod => member.type === 'ClassMethod' && member.kind === 'constructor',
  );
  return {
    abstract: 'abstract' in declared && declared.abstract === true,
    generic: isGeneric(declared),
    closed: built?.accessibility === 'private' || built?.accessibility === 'protected',
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

function classIn(file: string, name: string): t.Class | undefined {
  try {
    const { program } = parseSource(file, readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    return program.body.flatMap(classesIn).find(({ id }) => id?.name === name);
  } catch {
    return undefined;
  }
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
