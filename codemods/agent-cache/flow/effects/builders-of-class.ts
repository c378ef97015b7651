import type * as t from '@babel/types';
import type { CodemodOptions } from '../../options.ts';
import type { Project } from '../../project.ts';
import { sourcesOf } from '../../source/sources.ts';
import { keyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { partsOfClass } from './agent-class.ts';
import { type BuilderWork, workOfBuilder } from './returned-constructions.ts';

/** What builds agents in the module of their class, by name: static members, and what else the module has. */
export interface ClassBuilders {
  statics: ReadonlyMap<string, BuilderWork>;
  functions: ReadonlyMap<string, BuilderWork>;
}

const known = new OncePerProject<ClassBuilders>();
const NONE: ClassBuilders = { statics: new Map(), functions: new Map() };

/** The builders of the class that a file declares. One that hands out an instance which it keeps is none. */
export function buildersOfClass(
  file: string,
  project: Project,
  { agentClass }: Pick<CodemodOptions, 'agentClass'>,
): ClassBuilders {
  return known.of(project, `${agentClass} ${file}`, () => {
    try {
      return read(file, agentClass, project);
    } catch {
      return NONE;
    }
  });
}

function read(file: string, agentClass: string, project: Project): ClassBuilders {
  const members = new Map<string, t.Function>();
  for (const part of partsOfClass(file, agentClass, project).reverse())
    for (const member of part.members) {
      const name = 'static' in member && member.static ? nameOf(member) : undefined;
      const fn = name === undefined ? undefined : functionIn(member);
      if (name !== undefined && fn) members.set(name, fn);
    }
  const { body } = sourcesOf(project).tree(file, project.read(file) ?? '').program;
  const declared = new Map(body.flatMap(functionsOf));
  const builders = { statics: new Map<string, BuilderWork>(), functions: new Map<string, BuilderWork>() };
  // What calls a builder and returns what that gives is one as well.
  for (let found = -1; found !== builders.statics.size + builders.functions.size; ) {
    found = builders.statics.size + builders.functions.size;
    const names = { agentClass, statics: builders.statics, functions: builders.functions };
    for (const [name, fn] of members) note(builders.statics, name, workOfBuilder(fn, names));
    for (const [name, fn] of declared) note(builders.functions, name, workOfBuilder(fn, names));
  }
  return builders;
}

function nameOf(member: t.ClassBody['body'][number]): string | undefined {
  const isPrivate = member.type === 'ClassPrivateMethod' || member.type === 'ClassPrivateProperty';
  return isPrivate ? member.key.id.name : keyName(member);
}

function note(builders: Map<string, BuilderWork>, name: string, work: BuilderWork | undefined): void {
  if (work) builders.set(name, work);
}

/** A method, or the function that a field holds. */
function functionIn(member: t.Node): t.Function | undefined {
  if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod')
    return member.kind === 'method' ? member : undefined;
  const value =
    member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty' ? member.value : undefined;
  return isFunction(value) ? value : undefined;
}

/** The functions that a statement at the top of a module declares or exports, by name; `default` for such an export. */
function functionsOf(statement: t.Statement): [string, t.Function][] {
  if (statement.type === 'ExportNamedDeclaration')
    return statement.declaration ? functionsOf(statement.declaration) : [];
  if (statement.type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    if (declaration.type === 'FunctionDeclaration')
      return [['default', declaration], ...functionsOf(declaration)];
    return isFunction(declaration) ? [['default', declaration]] : [];
  }
  if (statement.type === 'FunctionDeclaration') return statement.id ? [[statement.id.name, statement]] : [];
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.flatMap(({ id, init }): [string, t.Function][] =>
      id.type === 'Identifier' && isFunction(init) ? [[id.name, init]] : [],
    );
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression')
    return [];
  const { left, right } = statement.expression;
  const name =
    left.type === 'MemberExpression' && left.property.type === 'Identifier' ? left.property.name : undefined;
  return name !== undefined && isFunction(right) ? [[name, right]] : [];
}

function isFunction(node: t.Node | null | undefined): node is t.Function {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';
}
